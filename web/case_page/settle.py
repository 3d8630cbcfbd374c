"""What would settle the score: the open items by how far each alone could move the class."""

from typing import Any

from assessments.display.scale import reach
from assessments.display.words import categories_words, interval, signed
from assessments.scorecards import ScoreCard
from scoring.instruments import rules
from scoring.result import Decisive, Result


def settle_view(card: ScoreCard) -> dict[str, Any]:
    """Those that could change the class, most powerful first, and those that alone could not.

    `together`: the classes in reach where only several items at once could change it, else "".
    """
    result = card.evidence_result
    if result is None:
        return {"decisive": [], "others": [], "together": ""}
    lines = [(decisive, _line(card, result, decisive)) for decisive in result.decisive]
    decisive = [line for decisive, line in lines if decisive.class_steps]
    needs_several = not decisive and len(result.categories) > 1
    return {
        "decisive": decisive,
        "others": [line for decisive, line in lines if not decisive.class_steps],
        "together": categories_words(result.categories) if needs_several else "",
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
