"""What a change of a case did to its score, in sentences: where it stood, where it stands, and why."""

from decimal import Decimal

from assessments.display.words import answer_words, number, points_words
from assessments.score_changes import ItemChange, Stand, item_changes
from cases.models import CaseScore
from scoring.result import Item


def what_the_score_did(before: Stand | None, after: Stand) -> list[str]:
    """The sentences shown after a save, the most important first. `before` is None for a new case."""
    if before is None:
        return [f"RegiSCAR: computed {_line(after.score)}; standing {_standing(after.score)}"]
    told = f"{_line(before.score)} -> {_line(after.score)}"
    sentences = [f"RegiSCAR: computed {told}; standing {_standing(after.score)}"]
    sentences += [_item_sentence(change) for change in item_changes(before, after)]
    if before.score.completeness != after.score.completeness:
        was, now = (_percent(score.completeness) for score in (before.score, after.score))
        sentences.append(f"Completeness: {was} -> {now}")
    return sentences


def _line(score: CaseScore) -> str:
    return f"{score.computed_total} [{score.low}, {score.high}]" if score.is_current else "outdated"


def _standing(score: CaseScore) -> str:
    if not score.is_current:
        return "outdated"
    return (
        f"{score.get_standing_category_display().lower()}, {score.standing_total} ({score.standing_origin})"
    )


def _item_sentence(change: ItemChange) -> str:
    was = _item(change.before) if change.before else "not scored"
    return f"{change.label}: {was} -> {_item(change.after)}, because: {change.after.rule}"


def _item(item: Item) -> str:
    reach = f", {number(item.low)} to {number(item.high)} possible" if item.is_open else ""
    return f"{answer_words(item.answer).lower()}, {points_words(item.points)} ({item.basis}{reach})"


def _percent(share: Decimal | None) -> str:
    return "not known" if share is None else f"{int(share * 100)} %"
