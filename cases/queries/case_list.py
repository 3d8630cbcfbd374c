"""The list of cases: one page of it at any depth in the same time, and how many there are."""

from dataclasses import dataclass

from django.db.models import QuerySet

from cases.models import Case, CaseScore

PAGE_SIZE = 50
# Counting stops here: beyond, nobody reads the number, and every page would pay for it.
MOST_COUNTED = 1000


@dataclass(frozen=True)
class Page:
    """A page of cases, the newest entry first, and where the neighbouring pages begin."""

    cases: list[Case]
    older_than: int | None = None  # set when there is a page further down
    newer_than: int | None = None  # set when there is a page further up


def page_of(cases: QuerySet[Case], *, older_than: int | None = None, newer_than: int | None = None) -> Page:
    """One page, found by where it begins and not by how many cases come before it."""
    upwards = newer_than is not None
    if upwards:
        cases = cases.filter(pk__gt=newer_than).order_by("pk")
    else:
        cases = cases.filter(pk__lt=older_than) if older_than is not None else cases
        cases = cases.order_by("-pk")
    found = list(cases[: PAGE_SIZE + 1])
    goes_on, shown = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    if upwards:
        shown.reverse()
    came_from_above = older_than is not None and bool(shown)
    return Page(
        shown,
        older_than=shown[-1].pk if shown and (goes_on or upwards) else None,
        newer_than=shown[0].pk if shown and (goes_on if upwards else came_from_above) else None,
    )


def count_of(cases: QuerySet[Case]) -> int:
    """How many there are, up to one more than `MOST_COUNTED`."""
    return cases.order_by()[: MOST_COUNTED + 1].count()


def any_outdated(cases: QuerySet[Case]) -> bool:
    """Whether a filter by class leaves cases out because their evidence has changed."""
    return CaseScore.objects.filter(is_current=False, case__in=cases).exists()
