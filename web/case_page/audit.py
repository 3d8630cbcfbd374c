"""The audit of a reported score: whether the evidence allows it, and what it would take."""

from typing import Any

from assessments.display.words import answer_words, number, signed, spoken
from assessments.scorecards import ScoreCard
from scoring.audit import Assignment
from scoring.result import Item
from scoring.tally import Row

SHOWN_AT_ONCE = 6


def audit_view(card: ScoreCard) -> dict[str, Any] | None:
    """None where nothing was reported, or nothing computed to hold it against."""
    audit, reported = card.audit, card.reported
    if audit is None or reported is None:
        return None
    ways = [_way(card, at, assignment) for at, assignment in enumerate(audit.assignments, start=1)]
    return {
        "is_attainable": audit.is_attainable,
        "sentence": spoken(audit.sentence),
        "source": reported.source,
        "verbatim": reported.verbatim,
        "fitting": len(ways),
        "combinations": audit.combinations,
        "first": ways[:SHOWN_AT_ONCE],
        "rest": ways[SHOWN_AT_ONCE:],
    }


def _way(card: ScoreCard, at: int, assignment: Assignment) -> dict[str, Any]:
    result = card.computed_result
    changed = {key for key, _, _ in assignment.changes}
    return {
        "at": at,
        "changes": [
            change_words(card.table[key], result.item(key), needed) for key, _, needed in assignment.changes
        ],
        "points": [
            {"label": card.label(item.key), "points": signed(points), "changed": item.key in changed}
            for item, points in zip(result.items, assignment.points, strict=True)
        ],
        "total": number(assignment.total),
    }


def change_words(row: Row, item: Item, needed: int) -> dict[str, str]:
    """What would have to be true of one item: "Rash suggesting DRESS", "yes", "+1 instead of 0"."""
    answers = [answer for answer, points in row.points.items() if points == needed]
    return {
        "label": row.label,
        "answer": " or ".join(answer_words(answer).lower() for answer in answers),
        "points": f"{signed(needed)} instead of {signed(item.points)}",
    }
