"""The list of cases: what it can be filtered by, and one page of it at any depth in the same time."""

from dataclasses import dataclass

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import Case, CaseScore, Exposure, Origin, Reaction
from cases.models.assessment import CATEGORY_CHOICES

PAGE_SIZE = 50
# Counting stops here: beyond, nobody reads the number, and every page would pay for it.
MOST_COUNTED = 1000


class CaseFilter(django_filters.FilterSet):
    """Filters of the list, addressable by URL.

    Class and origin speak of current scores only: a case whose evidence has changed since belongs
    to no class until it is scored again.
    """

    category = django_filters.ChoiceFilter(
        label="Class", choices=CATEGORY_CHOICES, method="of_current_score", empty_label="Any class"
    )
    origin = django_filters.ChoiceFilter(
        label="Origin of the class",
        choices=Origin.choices,
        method="of_current_score",
        empty_label="Any origin",
    )
    drug = django_filters.CharFilter(label="Drug", method="with_drug", max_length=250)
    words = django_filters.CharFilter(label="Case number or reaction", method="with_words", max_length=250)
    attention = django_filters.ChoiceFilter(
        label="Needs attention",
        choices=[("outdated", "Outdated score"), ("answers_due", "Answers due for re-review")],
        method="in_need",
        empty_label="All cases",
    )

    class Meta:
        model = Case
        fields: list[str] = []

    def of_current_score(self, cases: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        return cases.filter(**{f"score__standing_{name}": value, "score__is_current": True})

    def with_drug(self, cases: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        named = Q(name__icontains=value) | Q(drug__name__icontains=value)
        return cases.filter(Exists(Exposure.objects.filter(named, case=OuterRef("pk"))))

    def with_words(self, cases: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        reaction = Reaction.objects.filter(term__icontains=value, case=OuterRef("pk"))
        return cases.filter(Q(number__icontains=value) | Exists(reaction))

    def in_need(self, cases: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        if value == "outdated":
            return cases.filter(score__is_current=False)
        return cases.filter(score__is_current=True, score__answers_due__gt=0)


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
