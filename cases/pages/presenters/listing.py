"""One row of the list of cases."""

from typing import Any

from cases.models import CaseScore
from cases.pages.presenters.standing import headline
from cases.queries.scorecards import ScoreCard
from cases.telling.scale import mini
from cases.telling.words import category_words, days, interval, number
from scoring.instruments import rules
from values.spans import Span

DECISIVE_SHOWN = 3
NO_SINGLE = "no open item by itself"


def list_row(card: ScoreCard) -> dict[str, Any]:
    """A case in one line. Nothing that came out of scoring is shown once the evidence has changed."""
    row = {
        "number": card.case.number,
        "suspects": [exposure.name for exposure in card.suspects],
        "state": card.case.get_state_display(),
        "latest": card.case.latest_information,
        "is_synthetic": card.case.is_synthetic,
        "is_current": card.is_current and card.computed is not None,
        "was_scored": card.computed is not None,
    }
    return {**row, **_scored(card)} if row["is_current"] else row


def _scored(card: ScoreCard) -> dict[str, Any]:
    score, computed, shown = card.score, card.computed, card.evidence_result
    return {
        "headline": headline(score.standing_category, score.standing_total),
        "category": score.standing_category,
        "origin": score.get_standing_origin_display().lower(),
        "origin_note": " and attainable" if score.standing_origin == "reported" else "",
        "provisional": score.provisional,
        "answers_due": score.answers_due,
        "contradicted": score.reported_is_attainable is False,
        "computed": f"{number(computed.total)}, {category_words(computed.category)}",
        "reach": f"in {interval(computed.low, computed.high)}",
        "decisive": [card.label(item.key) for item in card.decisive[:DECISIVE_SHOWN]],
        "more_decisive": max(0, len(card.decisive) - DECISIVE_SHOWN),
        "undecided": "nothing is open" if shown.low == shown.high else NO_SINGLE,
        "latencies": latencies(score),
        "mini": mini(
            rules(computed.rule_version),
            computed,
            standing=score.standing_total,
            origin=score.standing_origin,
        ),
    }


def latencies(score: CaseScore) -> list[str]:
    """Time to onset from last and first dose, as far as it is known."""
    told = (
        (Span(score.latency_last_low, score.latency_last_high), "after the last dose"),
        (Span(score.latency_first_low, score.latency_first_high), "after the first"),
    )
    return [f"{days(span)} {event}" for span, event in told if span != Span()]
