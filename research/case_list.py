"""The list of cases: one page of it at any depth in the same time, and how many there are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Case as Conditional
from django.db.models import F, Q, QuerySet, When

from cases.models import Case, CaseScore

PAGE_SIZE = 50
# Counting stops here: beyond, nobody reads the number, and every page would pay for it.
MOST_COUNTED = 1000
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True)
class Sort:
    """An order of the list. Cases without a value come last; among equals the newest entry first."""

    label: str
    column: str = ""
    descending: bool = True
    read: Callable[[str], Any] = str


SORTS = {
    "newest": Sort("Newest entry first"),
    "number": Sort("Case number", "number", descending=False),
    "latest": Sort("Latest information first", "latest_information", read=date.fromisoformat),
    "score": Sort("Highest standing total", "score__standing_total", read=int),
    "latency": Sort(
        "Shortest time from last dose", "score__latency_last_low", descending=False, read=Decimal
    ),
    "half_lives": Sort(
        "Fewest half-lives from last dose", "score__half_lives_last_low", descending=False, read=Decimal
    ),
    "eosinophils": Sort("Highest eosinophils", "score__eosinophil_peak", read=Decimal),
    "completeness": Sort("Most complete", "score__completeness", read=Decimal),
}
NEWEST = SORTS["newest"]


@dataclass(frozen=True)
class Page:
    """A page of cases, and where the neighbouring pages begin, as they are written in an address."""

    cases: list[Case]
    older_than: str | None = None  # set when there is a page further down
    newer_than: str | None = None  # set when there is a page further up


def page_of(
    cases: QuerySet[Case], *, older_than: str = "", newer_than: str = "", sort: Sort = NEWEST
) -> Page:
    """One page, found by where it begins and not by how many cases come before it.

    Raises ValueError for a place that is none.
    """
    upwards = bool(newer_than)
    place = newer_than or older_than
    cases = cases.annotate(sorted_by=_value(sort)) if sort.column else cases
    if place:
        cases = cases.filter(_beyond(sort, *_read(sort, place), upwards=upwards))
    found = list(cases.order_by(*_order(sort, upwards=upwards))[: PAGE_SIZE + 1])
    goes_on, shown = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    if upwards:
        shown.reverse()
    came_from_above = bool(older_than) and bool(shown)
    return Page(
        shown,
        older_than=_write(sort, shown[-1]) if shown and (goes_on or upwards) else None,
        newer_than=_write(sort, shown[0]) if shown and (goes_on if upwards else came_from_above) else None,
    )


def _value(sort: Sort) -> Any:
    """What is sorted by. What an outdated score says is nothing."""
    if not sort.column.startswith("score__"):
        return F(sort.column)
    return Conditional(When(score__is_current=True, then=F(sort.column)))


def _order(sort: Sort, *, upwards: bool) -> list[Any]:
    by_key = "pk" if upwards else "-pk"
    if not sort.column:
        return [by_key]
    value = F("sorted_by")
    if sort.descending is upwards:
        return [value.asc(nulls_first=True) if upwards else value.asc(nulls_last=True), by_key]
    return [value.desc(nulls_first=True) if upwards else value.desc(nulls_last=True), by_key]


def _beyond(sort: Sort, value: Any, key: int, *, upwards: bool) -> Q:
    """What comes after a place, or before it."""
    by_key = Q(pk__gt=key) if upwards else Q(pk__lt=key)
    if not sort.column:
        return by_key
    without = Q(sorted_by__isnull=True)
    if value is None:
        return ~without | (without & by_key) if upwards else without & by_key
    comparison = "lt" if sort.descending is not upwards else "gt"
    further = Q(**{f"sorted_by__{comparison}": value}) | (Q(sorted_by=value) & by_key)
    return further if upwards else further | without


def _write(sort: Sort, case: Case) -> str:
    value = getattr(case, "sorted_by", None)
    return f"{case.pk}~{'' if value is None else value}" if sort.column else str(case.pk)


def _read(sort: Sort, place: str) -> tuple[Any, int]:
    key, _, value = place.partition("~")
    if not (key.isascii() and key.isdigit() and int(key) <= LARGEST_KEY) or "\x00" in value:
        raise ValueError("There is no such page.")
    try:
        return sort.read(value) if value and sort.column else None, int(key)
    except InvalidOperation:
        raise ValueError("There is no such page.") from None


def count_of(cases: QuerySet[Case]) -> int:
    """How many there are, up to one more than `MOST_COUNTED`."""
    return cases.order_by()[: MOST_COUNTED + 1].count()


def any_outdated(cases: QuerySet[Case]) -> bool:
    """Whether a filter by class leaves cases out because their evidence has changed."""
    return CaseScore.objects.filter(is_current=False, case__in=cases).exists()
