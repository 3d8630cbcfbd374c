"""What a change of a case did to its score: where it stood before and after, item by item."""

from collections.abc import Iterator
from dataclasses import dataclass

from cases.models import Case, CaseScore
from scoring.canonical import decode_result
from scoring.instruments import rules
from scoring.result import Item, Result


@dataclass(frozen=True)
class Stand:
    """Where a case stood at one time, and the result that was shown for it."""

    score: CaseScore
    result: Result | None


@dataclass(frozen=True)
class ItemChange:
    """One item of the score that is no longer what it was. `before` is None where it wasn't scored."""

    label: str
    before: Item | None
    after: Item


def stand(case: Case) -> Stand:
    """Where a case stands now. One query."""
    score = CaseScore.objects.select_related("computed", "adjudicated").get(pk=case.pk)
    stored = score.adjudicated or score.computed
    return Stand(score, decode_result(stored.result) if stored else None)


def item_changes(before: Stand, after: Stand) -> Iterator[ItemChange]:
    """The items whose answer, points, interval or basis has changed, in the order of the instrument."""
    if after.result is None:
        return
    labels = {row.key: row.label for row in rules(after.result.rule_version).TABLE}
    earlier = {item.key: item for item in before.result.items} if before.result else {}
    for item in after.result.items:
        was = earlier.get(item.key)
        if was is None or _shown(was) != _shown(item):
            yield ItemChange(labels[item.key], was, item)


def _shown(item: Item) -> tuple[object, ...]:
    return item.answer, item.points, item.low, item.high, item.basis
