"""The head of the score card: where the case stands, in one clear sentence, and its picture."""

from decimal import Decimal
from typing import Any

from assessments.display.badge import result_words
from assessments.display.scale import picture
from assessments.display.words import category_words, interval, number, spoken
from assessments.models import Origin
from assessments.scorecards import ScoreCard
from scoring.instruments import rules
from scoring.result import Result


def standing(card: ScoreCard, reviewers: list[str]) -> dict[str, Any] | None:
    """What may be shown as the class of the case: nothing at all unless the score is current."""
    if not card.is_current or card.computed is None:
        return None
    stored, badge = card.stored_standing, card.stored_standing.badge
    return {
        "headline": badge.label,
        "style": badge.style,
        "origin": stored.origin,
        "says": _origin_sentence(card, reviewers),
        "evidence": _evidence_sentence(card),
        "contradiction": _contradiction(card),
        "provisional": _provisional(card.shown_result),
        "picture": _picture(card),
        "legend": legend(card),
        "never": card.instrument.caution,
        "made": _made(card),
    }


def _origin_sentence(card: ScoreCard, reviewers: list[str]) -> str:
    origin = card.stored_standing.origin
    if origin == Origin.ADJUDICATED:
        return f"adjudicated by {' and '.join(reviewers) or 'a reviewer'}."
    if origin == Origin.REPORTED and card.reported:
        return f"as reported ({card.reported.source}), attainable from the evidence."
    return "computed from the evidence."


def _evidence_sentence(card: ScoreCard) -> str:
    computed, shown = card.computed_result, card.shown_result
    words = result_words(computed)
    gives = f"gives {words}" if len(computed.categories) == 1 else f"leaves it {words}"
    is_computed = card.stored_standing.origin == Origin.COMPUTED
    table = f"By the table its total is {number(computed.total)}. " if len(computed.categories) > 1 else ""
    alone = table if is_computed else f"The evidence alone {gives}. "
    if shown.low == shown.high:
        return f"{alone}No item is open any more."
    answers = "With the answers, anything" if card.adjudicated else "Anything"
    sentence = f"{answers} from {interval(shown.low, shown.high)} remains attainable."
    if not is_computed and not card.adjudicated:
        return f"The evidence alone {gives}, and {sentence[0].lower()}{sentence[1:]}"
    return alone + sentence


def _contradiction(card: ScoreCard) -> str:
    return spoken(card.audit.sentence) if card.audit and not card.audit.is_attainable else ""


def _provisional(result: Result) -> str:
    if not result.provisional or result.total_without_penalty is None:
        return ""
    return (
        "Provisional: the reaction still runs and its fifteenth day has not come. Without what the "
        f"missing resolution costs, the total is {number(result.total_without_penalty)}."
    )


def _picture(card: ScoreCard) -> dict[str, Any]:
    return picture(
        rules(card.computed_result.rule_version),
        computed=card.computed_result,
        adjudicated=card.adjudicated,
        reported=card.reported.total if card.reported else None,
        reported_category=_reported_category(card),
        reported_fits=card.audit.is_attainable if card.audit else True,
    )


def _reported_category(card: ScoreCard) -> str | None:
    return (card.reported.category or None) if card.reported else None


def legend(card: ScoreCard) -> list[dict[str, str]]:
    """What each mark of the picture means, complete without the picture."""
    lines = [_legend_line("computed", "Evidence alone", card.computed_result)]
    if card.adjudicated:
        lines.append(_legend_line("adjudicated", "With reviewers’ answers", card.adjudicated))
    if card.reported:
        total, category = card.reported.total, _reported_category(card)
        words = [category_words(category)] if category else []
        words += [number(total)] if total is not None else []
        lines.append({"kind": "reported", "label": "Reported", "text": " ".join(words)})
    return lines


def _legend_line(kind: str, label: str, result: Result) -> dict[str, str]:
    reach = "" if result.low == result.high else f"; {interval(result.low, result.high)} attainable"
    return {"kind": kind, "label": label, "text": f"{result_words(result)}{reach}"}


def _made(card: ScoreCard) -> dict[str, Any]:
    stored = card.stored_standing
    return {
        "as_of": card.computed_row.as_of if card.computed_row else None,
        "rule_version": stored.rule_version,
        "evidence_version": stored.scored_version,
        "scored_at": stored.scored_at,
        "complete": _percent(card.summary.completeness),
    }


def _percent(share: Decimal | None) -> str:
    return "" if share is None else f"{int(share * 100)} %"
