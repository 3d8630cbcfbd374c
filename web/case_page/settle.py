"""What would settle the score: the open items by how far each alone could move the class."""

from typing import Any

from assessments.display.scale import reach
from assessments.display.words import categories_words, interval, signed
from assessments.scorecards import ScoreCard
from scoring.instruments import rules
from scoring.result import Decisive, Result


def settle_view(card: ScoreCard) -> dict[str, list[dict[str, Any]]]:
    """Those that could change the class, most powerful first, and those that alone could not."""
    result = card.evidence_result
    if result is None:
        return {"decisive": [], "others": []}
    lines = [(decisive, _line(card, result, decisive)) for decisive in result.decisive]
    return {
        "decisive": [line for decisive, line in lines if decisive.class_steps],
        "others": [line for decisive, line in lines if not decisive.class_steps],
    }


def _line(card: ScoreCard, result: Result, decisive: Decisive) -> dict[str, Any]:
    item = result.item(decisive.key)
    rest = result.total - item.points
    low, high = rest + item.low, rest + item.high
    return {
        "key": item.key,
        "label": card.label(item.key),
        "points": f"{signed(item.low)} to {signed(item.high)}",
        "totals": interval(low, high),
        "classes": categories_words(reach(rules(result.rule_version), low, high)),
        "needs": item.needs,
    }
