"""Summary counts of the cases that match a filter, for comparing two filters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from assessments.standings import with_standing
from cases.models import Case, ViralTest
from cases.models.examination import Virus
from research.filters import CaseFilter
from research.filters.class_by import CLASS_BY, CountedClass
from research.filters.conditions import VIRUS
from research.filters.examinations import TEST_RESULTS
from research.filters.switches import LEAVE_OUT
from research.small_cells import Count as Number
from scoring.halflife import HALF_LIVES_TO_CLEAR
from scoring.instruments import primary

WEEK, CLEAR = 7, HALF_LIVES_TO_CLEAR
# A case is in a band if its whole interval is; one that spans two bands is not known well enough.
OPEN = "Open: several classes in reach"
Bands = tuple[tuple[str, dict[str, int]], ...]
LATENCY: Bands = (
    ("under 1 week", {"high__lt": WEEK}),
    ("1 to 8 weeks", {"low__gte": WEEK, "high__lte": 8 * WEEK}),
    ("over 8 weeks", {"low__gt": 8 * WEEK}),
)
HALF_LIVES: Bands = (
    ("up to 1 half-life", {"high__lte": 1}),
    (f"1 to {CLEAR} half-lives", {"low__gt": 1, "high__lte": CLEAR}),
    (f"over {CLEAR} half-lives", {"low__gt": CLEAR}),
)
POSITIVE, NEGATIVE = TEST_RESULTS["positive"][1], TEST_RESULTS["negative"][1]


@dataclass(frozen=True)
class Positivity:
    """Cases tested for a virus, and of these the positive ones."""

    virus: str
    tested: Number
    positive: Number


@dataclass(frozen=True)
class Summary:
    """Counts of cases. Days count from the first dose, half-lives from the last, of the first suspect.

    `nullified`: cases that are left out, and not in the total. `settled`: of each class the cases that have
    no other one in reach. A count is text where it is withheld.
    """

    total: int
    outdated: int
    nullified: int
    classes: Mapping[str, Number]
    settled: Mapping[str, Number]
    latency: Mapping[str, Number]
    half_lives: Mapping[str, Number]
    viruses: list[Positivity]


def summary(filters: CaseFilter, class_by: str = "") -> Summary:
    """The summary of the cases that a filter finds; three queries.

    `class_by`: the key of what classes are counted by; empty for what they are searched by.
    """
    case_ids = filters.qs.order_by().values("pk")
    current = Q(summary__is_current=True)
    counted = CLASS_BY[class_by or filters.class_by_chosen]
    aggregates = {
        "total": Count("pk"),
        "outdated": Count("pk", filter=Q(summary__is_current=False)),
        **_classes(counted),
        **_bands("latency", LATENCY, "summary__latency_first", current),
        **_bands("half_lives", HALF_LIVES, "summary__half_lives_last", current),
    }
    counts = with_standing(Case.objects.filter(pk__in=case_ids)).aggregate(**aggregates)
    scored = counts["total"] - counts["outdated"]
    return Summary(
        counts["total"],
        counts["outdated"],
        filters.nullified_left_out().count() if filters.nullified_chosen == LEAVE_OUT else 0,
        _by_class("class", counts, scored if counted.only_settled else None),
        _by_class("settled", counts),
        _named("latency", LATENCY, counts, scored),
        _named("half_lives", HALF_LIVES, counts, scored),
        _viruses(case_ids),
    )


def class_counts(cases: Any, class_by: str) -> dict[str, int]:
    """How many of these cases, given by their keys, are of each class. One query."""
    joined = with_standing(Case.objects.filter(pk__in=cases))
    return _by_class("class", joined.aggregate(**_classes(CLASS_BY[class_by])))


def _classes(counted: CountedClass) -> dict[str, Count]:
    """The cases of each class, and of these the settled ones."""
    aggregates = {}
    for key, _ in primary().category_choices:
        of_class = Q(standing__is_current=True) & counted.among([key], "standing__")
        aggregates[f"class_{key}"] = Count("pk", filter=of_class)
        aggregates[f"settled_{key}"] = Count("pk", filter=of_class & Q(standing__is_settled=True))
    return aggregates


def _by_class(name: str, counts: dict[str, int], scored: int | None = None) -> dict[str, int]:
    """Counts by the class in words. `scored`: all cases that have one, where the open ones are named too."""
    of_classes = {words: counts[f"{name}_{key}"] for key, words in primary().category_choices}
    return of_classes if scored is None else {**of_classes, OPEN: scored - sum(of_classes.values())}


def _bands(name: str, bands: Bands, column: str, current: Q) -> dict[str, Count]:
    return {
        f"{name}_{at}": Count("pk", filter=current & Q(**{f"{column}_{end}": v for end, v in ends.items()}))
        for at, (_, ends) in enumerate(bands)
    }


def _named(name: str, bands: Bands, all_counts: dict[str, int], scored: int) -> dict[str, int]:
    counts = {words: all_counts[f"{name}_{at}"] for at, (words, _) in enumerate(bands)}
    return {**counts, "not known well enough": scored - sum(counts.values())}


def _viruses(case_ids: object) -> list[Positivity]:
    """For each virus: cases tested for it during the reaction, and those with a positive test."""
    tests = ViralTest.objects.filter(VIRUS.only, POSITIVE | NEGATIVE, case__in=case_ids).order_by()
    counted = tests.values("virus").annotate(
        tested=Count("case", distinct=True), positive=Count("case", distinct=True, filter=POSITIVE)
    )
    by_virus = {row["virus"]: (row["tested"], row["positive"]) for row in counted}
    return [Positivity(words, *by_virus[key]) for key, words in Virus.choices if key in by_virus]
