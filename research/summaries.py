"""What the cases of a filter have in common, in numbers that can be put beside those of another."""

from dataclasses import dataclass

from django.db.models import Count, Q

from cases.models import CaseScore, ViralTest
from cases.models.assessment import CATEGORY_CHOICES
from cases.models.examination import Virus
from research.filters import CaseFilter
from research.filters.examinations import TESTED
from research.filters.kinds import VIRUS
from scoring.halflife import HALF_LIVES_TO_CLEAR

WEEK, CLEAR = 7, HALF_LIVES_TO_CLEAR
# A case is in a band if all of its interval is; what straddles two is not known well enough.
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
POSITIVE, NEGATIVE = TESTED["positive"][1], TESTED["negative"][1]


@dataclass(frozen=True)
class Positivity:
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
    found = filters.qs.order_by().values("pk")
    current = Q(is_current=True)
    asked = {
        "total": Count("pk"),
        "outdated": Count("pk", filter=~current),
        **{
            f"class_{key}": Count("pk", filter=current & Q(standing_category=key))
            for key, _ in CATEGORY_CHOICES
        },
        **_bands("latency", LATENCY, "latency_first", current),
        **_bands("half_lives", HALF_LIVES, "half_lives_last", current),
    }
    told = CaseScore.objects.filter(case__in=found).aggregate(**asked)
    scored = told["total"] - told["outdated"]
    return Summary(
        told["total"],
        told["outdated"],
        {words: told[f"class_{key}"] for key, words in CATEGORY_CHOICES},
        _named("latency", LATENCY, told, scored),
        _named("half_lives", HALF_LIVES, told, scored),
        _viruses(found),
    )


def _bands(name: str, bands: Bands, column: str, current: Q) -> dict[str, Count]:
    return {
        f"{name}_{at}": Count("pk", filter=current & Q(**{f"{column}_{end}": v for end, v in ends.items()}))
        for at, (_, ends) in enumerate(bands)
    }


def _named(name: str, bands: Bands, told: dict[str, int], scored: int) -> dict[str, int]:
    counts = {words: told[f"{name}_{at}"] for at, (words, _) in enumerate(bands)}
    return {**counts, "not known well enough": scored - sum(counts.values())}


def _viruses(found: object) -> list[Positivity]:
    """Of the cases in which a virus was looked for during the reaction, those in which it was found."""
    tests = ViralTest.objects.filter(VIRUS.only, POSITIVE | NEGATIVE, case__in=found).order_by()
    counted = tests.values("virus").annotate(
        tested=Count("case", distinct=True), positive=Count("case", distinct=True, filter=POSITIVE)
    )
    by_virus = {one["virus"]: (one["tested"], one["positive"]) for one in counted}
    return [Positivity(words, *by_virus[key]) for key, words in Virus.choices if key in by_virus]
