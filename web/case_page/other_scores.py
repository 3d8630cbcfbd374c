"""The scores of a case, or of its suspect drugs, by other instruments than the primary one."""

from collections.abc import Iterable
from typing import Any

from assessments.display.words import answer_words, interval, signed
from assessments.scorecards import ScoreCard
from scoring.result import Basis, Item


def other_scores(cards: Iterable[ScoreCard]) -> list[dict[str, Any]]:
    """One card each. Nothing that came out of a score that is not current."""
    return [_card(card) for card in cards]


def _card(card: ScoreCard) -> dict[str, Any]:
    instrument = card.instrument
    shown = {
        "key": instrument.key,
        "title": instrument.title,
        "purpose": instrument.purpose,
        "citation": instrument.citation,
        "caution": instrument.caution,
        "drug": card.exposure.name if card.exposure else "",
        "is_current": card.is_current and card.computed is not None,
    }
    return {**shown, **_scored(card)} if shown["is_current"] else shown


def _scored(card: ScoreCard) -> dict[str, Any]:
    standing, result = card.stored_standing, card.shown_result
    badge = standing.badge
    return {
        "headline": badge.label,
        "beside": "; ".join(filter(None, (badge.evidence, *badge.marks))),
        "reach": interval(result.low, result.high),
        "rule_version": standing.rule_version,
        "items": [_item(card, item) for item in result.items],
    }


def _item(card: ScoreCard, item: Item) -> dict[str, Any]:
    return {
        "label": card.label(item.key),
        "answer": answer_words(item.answer, card.instrument),
        "points": signed(item.points),
        "reach": interval(item.low, item.high) if item.is_open else "",
        "basis": item.basis.value,
        # A reviewer's reason is free text: it stands with the answers in the history.
        "rule": "" if item.basis is Basis.ADJUDICATED else item.rule,
        "needs": item.needs if item.is_open else "",
    }
