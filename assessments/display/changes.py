"""What a change of a case did to its score, in sentences: where it stood, where it stands, and why."""

from decimal import Decimal

from assessments.display.words import answer_words, number, points_words
from assessments.score_changes import ItemChange, Stand, item_changes
from scoring.instruments import primary
from scoring.result import Item


def what_the_score_did(before: Stand | None, after: Stand) -> list[str]:
    """The sentences shown after a save, the most important first. `before` is None for a new case."""
    title = primary().title
    if before is None:
        return [f"{title}: computed {_line(after)}; standing {_standing(after)}"]
    moved = f"{_line(before)} -> {_line(after)}"
    sentences = [f"{title}: computed {moved}; standing {_standing(after)}"]
    sentences += [_item_sentence(change) for change in item_changes(before, after)]
    if before.summary.completeness != after.summary.completeness:
        was, now = (_percent(stand.summary.completeness) for stand in (before, after))
        sentences.append(f"Completeness: {was} -> {now}")
    return sentences


def _line(stand: Stand) -> str:
    standing = stand.standing
    if standing is None or not standing.is_current:
        return "outdated"
    return f"{standing.computed_total} [{standing.low}, {standing.high}]"


def _standing(stand: Stand) -> str:
    return str(stand.standing.badge) if stand.standing else "outdated"


def _item_sentence(change: ItemChange) -> str:
    was = _item(change.before) if change.before else "not scored"
    return f"{change.label}: {was} -> {_item(change.after)}, because: {change.after.rule}"


def _item(item: Item) -> str:
    reach = f", {number(item.low)} to {number(item.high)} possible" if item.is_open else ""
    return f"{answer_words(item.answer).lower()}, {points_words(item.points)} ({item.basis}{reach})"


def _percent(share: Decimal | None) -> str:
    return "not known" if share is None else f"{int(share * 100)} %"
