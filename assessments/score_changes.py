"""What a change of a case did to its score: where it stood before and after, item by item."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessments.models import Standing
from cases.models import Case, CaseSummary
from scoring.canonical import decode_result
from scoring.instruments import PRIMARY, rules
from scoring.result import Item, Result


@dataclass(frozen=True)
class Stand:
    """Where a case stood at one time, and the result that was shown for it."""

    standing: Standing | None
    summary: CaseSummary
    result: Result | None


@dataclass(frozen=True)
class ItemChange:
    """One item of the score that is no longer what it was. `before` is None where it wasn't scored."""

    label: str
    before: Item | None
    after: Item


def stand(case: Case) -> Stand:
    """Where a case stands now by the primary instrument. One query."""
    standing = (
        Standing.objects.filter(case=case, instrument=PRIMARY)
        .select_related("computed", "adjudicated", "case__summary")
        .first()
    )
    if standing is None:
        return Stand(None, CaseSummary.objects.get(pk=case.pk), None)
    stored = standing.adjudicated or standing.computed
    return Stand(standing, standing.case.summary, decode_result(stored.result))


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
