"""A row of the list of cases."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from assessments.display.badge import result_words
from assessments.display.scale import mini
from assessments.display.words import (
    interval,
    is_informative,
    is_still_taken,
    number,
    quantity,
    since_dose,
)
from assessments.models import Origin
from assessments.scorecards import ScoreCard
from cases.models import Case, CaseState, CaseSummary, ViralTest
from research.viruses import VirusResult
from scoring.instruments import rules
from scoring.result import Result
from values.numbers import plain_number
from values.spans import Span

DECISIVE_SHOWN = 3
SETTLED = "nothing open could change the class"


def list_row(
    card: ScoreCard, viruses: Iterable[VirusResult] = (), *, is_identified: bool = True
) -> dict[str, Any]:
    """The cells of one case. Results of scoring are left out once the evidence has changed.

    `is_identified`: with calendar dates.
    """
    row = {
        "number": card.case.number,
        "suspects": [exposure.name for exposure in card.suspects],
        "state": card.case.get_state_display(),
        "latest": card.case.latest_information if is_identified else None,
        "viruses": list(_viruses(list(viruses))),
        "is_synthetic": card.case.is_synthetic,
        "is_nullified": card.case.state == CaseState.NULLIFIED,
        "is_current": card.is_current and card.computed is not None,
        "was_scored": card.computed is not None,
    }
    if card.computed is None or not card.is_current:
        return row
    return {**row, **_scored(card, card.computed)}


def unread_row(case: Case, number: str, problem: str) -> dict[str, Any]:
    """The cells of a case that can't be read: its number, and what is wrong with it."""
    return {"number": number, "state": case.get_state_display(), "problem": problem}


def _scored(card: ScoreCard, computed: Result) -> dict[str, Any]:
    standing, summary, shown = card.stored_standing, card.summary, card.shown_result
    badge = standing.badge
    return {
        "headline": badge.label,
        "style": badge.style,
        "evidence": badge.evidence,
        "attainable": standing.origin == Origin.REPORTED,
        "marks": badge.marks,
        "computed": result_words(computed),
        "reach": interval(computed.low, computed.high),
        "decisive": [card.label(item.key) for item in card.decisive[:DECISIVE_SHOWN]],
        "more_decisive": max(0, len(card.decisive) - DECISIVE_SHOWN),
        "undecided": "nothing is open" if shown.low == shown.high else SETTLED,
        "latencies": latencies(summary),
        "half_lives": half_lives(summary),
        "age": _span_words(summary.age_low, summary.age_high, "years"),
        "peaks": _peaks(summary),
        "present": summary.get_present_at_onset_display().lower(),
        "completeness": "" if summary.completeness is None else f"{summary.completeness:.2f}",
        "mini": mini(
            rules(computed.rule_version),
            computed,
            standing=standing.total,
            origin=standing.origin,
        ),
    }


def latencies(summary: CaseSummary) -> list[str]:
    """Time to onset from last and first dose, in words; an interval that is not known is left out."""
    intervals = (
        (Span(summary.latency_last_low, summary.latency_last_high), "last"),
        (Span(summary.latency_first_low, summary.latency_first_high), "first"),
    )
    return [number(since_dose(span, which)) for span, which in intervals if is_informative(span)]


def half_lives(summary: CaseSummary) -> str:
    """Half-lives from last dose to onset, in words; empty where they are not known."""
    if is_still_taken(Span(summary.latency_last_low, summary.latency_last_high)):
        return ""
    words = _span_words(summary.half_lives_last_low, summary.half_lives_last_high, "half-lives")
    return f"{words} after the last dose" if words else ""


def _span_words(low: Decimal | None, high: Decimal | None, unit: str) -> str:
    """A range in words: "2 years", "18 to 65 years", "65 years or more"; empty where neither end is known."""
    ends = [None if end is None else plain_number(round(end, 2)) for end in (low, high)]
    if ends[0] == ends[1]:
        return f"{ends[0]} {unit}" if ends[0] is not None else ""
    if None in ends:
        return f"{ends[0]} {unit} or more" if ends[0] is not None else f"{ends[1]} {unit} at most"
    return f"{ends[0]} to {ends[1]} {unit}"


def _peaks(summary: CaseSummary) -> list[str]:
    peaks = (
        ("eosinophils", summary.eosinophil_peak, "10*9/L"),
        ("ALT", summary.alt_peak, "U/L"),
        ("creatinine", summary.creatinine_peak, "umol/L"),
    )
    return [f"{name} {quantity(round(peak, 2), unit)}" for name, peak, unit in peaks if peak is not None]


def _viruses(results: list[VirusResult]) -> Iterator[str]:
    """The positive tests, each in a line; then the other tests by result."""
    for test, is_positive in results:
        if is_positive:
            yield _positive(test)
    others: dict[str, list[str]] = {}
    for test, is_positive in results:
        if not is_positive:
            result = test.examination.get_result_display().split(",")[0].lower()
            others.setdefault(result, []).append(test.get_virus_display())
    for result, names in others.items():
        yield f"{result}: {', '.join(dict.fromkeys(names))}"


def _positive(test: ViralTest) -> str:
    number = f", {quantity(test.examination.value, test.examination.unit)}" if test.examination.value else ""
    where = f" ({test.specimen.lower()})" if test.specimen else ""
    return f"{test.get_virus_display()} positive{number}{where}"
