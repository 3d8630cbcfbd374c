"""Score cards without a database, for the presenters."""

from datetime import UTC, datetime
from types import SimpleNamespace

from assessments.display.badge import badge
from assessments.models import Assessment
from assessments.scorecards import ScoreCard
from cases.models import Case, ReportedScore
from scoring.canonical import encode, encode_facts
from scoring.facts import Facts, ResultKind, Temperature, Test
from scoring.instruments import primary
from scoring.result import Result
from values.spans import Span

RULES = primary().rules
FEVER = Temperature(id="fever", kind=ResultKind.POSITIVE)
EOSINOPHILS = Test(id="eo", name="eosinophils", kind=ResultKind.MEASURED, value=10, day=Span.days(0))
# Fever in words, marked eosinophilia: 0 + 2, the missing resolution costs 1, so 1 in [-2, 9].
SOME = Facts(temperatures=(FEVER,), tests=(EOSINOPHILS,))


def card(
    facts: Facts = SOME,
    *,
    adjudicated: Result | None = None,
    reported: ReportedScore | None = None,
    is_current: bool = True,
    **score: object,
) -> ScoreCard:
    """A card over some facts, standing as computed unless told otherwise."""
    computed = RULES.assess(facts)
    ends = (adjudicated.categories[0], adjudicated.categories[-1]) if adjudicated else (None, None)
    given = {
        "computed_total": computed.total,
        "lowest_category": computed.categories[0],
        "highest_category": computed.categories[-1],
        "adjudicated_lowest_category": ends[0],
        "adjudicated_highest_category": ends[1],
        "is_current": is_current,
        "category": str(computed.category),
        "total": computed.total,
        "origin": "computed",
        "rule_version": computed.rule_version,
        "scored_version": 7,
        "scored_at": datetime(2026, 3, 1, 12, tzinfo=UTC),
        "provisional": computed.provisional,
        "answers_due": 0,
        "completeness": None,
        "reported_is_attainable": None,
        "latency_first_low": None,
        "latency_first_high": None,
        "latency_last_low": None,
        "latency_last_high": None,
        **dict.fromkeys(("half_lives_last_low", "half_lives_last_high", "age_low", "age_high")),
        **dict.fromkeys(("eosinophil_peak", "alt_peak", "creatinine_peak")),
        **score,
    }
    return ScoreCard(
        case=Case(number="C-1"),
        summary=SimpleNamespace(**given, get_present_at_onset_display=lambda: "Not known"),
        standing=SimpleNamespace(**given, badge=badge(SimpleNamespace(**given, definition=primary()))),
        computed_row=Assessment(result=encode(computed), facts=encode_facts(facts)),
        adjudicated_row=Assessment(result=encode(adjudicated)) if adjudicated else None,
        reported=reported,
    )


def reported(total: int | None, category: str = "") -> ReportedScore:
    return ReportedScore(total=total, category=category, source="A letter")
