"""Summary counts of the cases that match a filter, for comparing two filters."""

from dataclasses import dataclass

from django.db.models import Count, Q

from assessments.standings import with_standing
from cases.models import Case, ViralTest
from cases.models.examination import Virus
from research.filters import CaseFilter
from research.filters.conditions import VIRUS
from research.filters.examinations import TEST_RESULTS
from scoring.halflife import HALF_LIVES_TO_CLEAR
from scoring.instruments import primary

WEEK, CLEAR = 7, HALF_LIVES_TO_CLEAR
# A case is in a band if its whole interval is; one that spans two bands is not known well enough.
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
    tested: int
    positive: int


@dataclass(frozen=True)
class Summary:
    """Counts of cases. Days count from the first dose, half-lives from the last, of the first suspect."""

    total: int
    outdated: int
    classes: dict[str, int]
    latency: dict[str, int]
    half_lives: dict[str, int]
    viruses: list[Positivity]


def summary(filters: CaseFilter) -> Summary:
    """The summary of the cases that a filter finds. Two queries."""
    case_ids = filters.qs.order_by().values("pk")
    current, standing = Q(summary__is_current=True), Q(standing__is_current=True)
    categories = primary().category_choices
    aggregates = {
        "total": Count("pk"),
        "outdated": Count("pk", filter=Q(summary__is_current=False)),
        **{f"class_{key}": Count("pk", filter=standing & Q(standing__category=key)) for key, _ in categories},
        **_bands("latency", LATENCY, "summary__latency_first", current),
        **_bands("half_lives", HALF_LIVES, "summary__half_lives_last", current),
    }
    counts = with_standing(Case.objects.filter(pk__in=case_ids)).aggregate(**aggregates)
    scored = counts["total"] - counts["outdated"]
    return Summary(
        counts["total"],
        counts["outdated"],
        {words: counts[f"class_{key}"] for key, words in categories},
        _named("latency", LATENCY, counts, scored),
        _named("half_lives", HALF_LIVES, counts, scored),
        _viruses(case_ids),
    )


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
