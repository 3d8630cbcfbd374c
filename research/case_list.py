"""The list of cases: its orders, its pages, and how many cases there are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case as Conditional
from django.db.models import F, Q, QuerySet, When

from assessments.standings import with_standing
from cases.models import Case, CaseSummary
from research.deidentified import Leaves
from research.filters.without_identities import rule_of
from research.keyset import Order, Position, keyset_page
from research.sealed import seal, unseal

PAGE_SIZE = 50
# Counting stops here: beyond, nobody reads the number, and it would slow down every page.
MOST_COUNTED = 1000


@dataclass(frozen=True)
class Sort:
    """An order of the list. Cases without a value come last; among equals the newest entry first.

    `is_of_score`: the value has no place in the order once the evidence has changed.
    """

    label: str
    column: str = ""
    descending: bool = True
    read: Callable[[str], Any] = str
    is_of_score: bool = True


SORTS = {
    "newest": Sort("Newest entry first"),
    "number": Sort("Case number", "number", descending=False),
    "latest": Sort("Latest information first", "latest_information", read=date.fromisoformat),
    "score": Sort("Highest standing total", "standing__total", read=int),
    "latency": Sort(
        "Shortest time from last dose", "summary__latency_last_low", descending=False, read=Decimal
    ),
    "half_lives": Sort(
        "Fewest half-lives from last dose", "summary__half_lives_last_low", descending=False, read=Decimal
    ),
    "eosinophils": Sort("Highest eosinophils", "summary__eosinophil_peak", read=Decimal),
    "completeness": Sort("Most complete", "summary__completeness", read=Decimal),
}
NEWEST = SORTS["newest"]
BY_PSEUDONYM = Sort("Case number", "summary__pseudonym", descending=False, is_of_score=False)


def sorts_for(*, identities: bool) -> dict[str, Sort]:
    """The orders for a reader: without the right to identities, those by what is shown to such readers."""
    if identities:
        return SORTS
    return {"newest": NEWEST, "number": BY_PSEUDONYM} | {
        key: sort
        for key, sort in SORTS.items()
        if sort.column and rule_of(Case, sort.column) in (Leaves.AS_IS, Leaves.BANDED)
    }


@dataclass(frozen=True)
class Page:
    """A page of cases, and the positions from which the neighbouring pages are found."""

    cases: list[Case]
    older_than: str | None = None  # set when there is a page further down
    newer_than: str | None = None  # set when there is a page further up


def page_of(
    cases: QuerySet[Case], *, older_than: str = "", newer_than: str = "", sort: Sort = NEWEST
) -> Page:
    """The page after a position (`older_than`), before it (`newer_than`), or the first one.

    Raises ValueError for a position that can't be parsed.
    """
    cases = with_standing(cases).annotate(sorted_by=_value(sort)) if sort.column else cases
    text, backwards = newer_than or older_than, bool(newer_than)
    start = _parse_position(sort, text) if text else None
    order = Order("sorted_by" if sort.column else "", sort.descending)
    shown, has_more = keyset_page(cases, order, PAGE_SIZE, start, backwards=backwards)
    if not shown:
        return Page(shown)
    has_older, has_newer = (True, has_more) if backwards else (has_more, bool(older_than))
    return Page(
        shown,
        older_than=_format_position(sort, shown[-1]) if has_older else None,
        newer_than=_format_position(sort, shown[0]) if has_newer else None,
    )


def _value(sort: Sort) -> Any:
    """What is sorted by. What was stored before the evidence changed has no place in an order."""
    relation = sort.column.rpartition("__")[0]
    if not relation or not sort.is_of_score:
        return F(sort.column)
    return Conditional(When(Q(**{f"{relation}__is_current": True}), then=F(sort.column)))


def _format_position(sort: Sort, case: Case) -> str:
    """The key of a case and the value it is sorted by, sealed for an address; only this order opens it."""
    value = getattr(case, "sorted_by", None)
    return seal(f"{sort.column}~{case.pk}~{'' if value is None else value}")


def _parse_position(sort: Sort, text: str) -> Position:
    column, _, place = unseal(text).partition("~")
    if column != sort.column:
        raise ValueError("This is a page of another order.")
    key, _, value = place.partition("~")
    return Position(int(key), sort.read(value) if value else None)


def count_of(cases: QuerySet[Case]) -> int:
    """How many there are, up to one more than `MOST_COUNTED`."""
    return cases.order_by()[: MOST_COUNTED + 1].count()


def any_outdated(cases: QuerySet[Case]) -> bool:
    """Whether a filter by class leaves cases out because their evidence has changed."""
    return CaseSummary.objects.filter(is_current=False, case__in=cases).exists()
