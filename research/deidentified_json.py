"""Cases as JSON for those who must not know who it was: column by column, as `deidentified` says.

Moments become days from the onset of the reaction, at least and at most. A fixed number of queries, however
many cases.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

from cases.record import as_json as case_json
from cases.record.case_timeline import CaseTimeline
from cases.record.read_cases import read_scored_cases
from cases.record.tree import Branch, tree
from research.deidentified import Leaves, leaves
from values.dates import PartialDate
from values.moments import Moment
from values.numbers import plain_number

# Of the lines of a list, where they are no columns of the case.
BESIDE = {"seen", "updated", "suspects", "latency", "score", "items"}
Days = dict[str, str | None] | None


def whole(case_ids: Iterable[int]) -> dict[int, str]:
    """As `case_json.whole`, de-identified."""
    return _masked(case_json.whole, case_ids)


def light(case_ids: Iterable[int]) -> dict[int, str]:
    """As `case_json.light`, de-identified."""
    return _masked(case_json.light, case_ids)


def _masked(read: Callable[[Iterable[int]], dict[int, str]], case_ids: Iterable[int]) -> dict[int, str]:
    ids = list(case_ids)
    records = read_scored_cases(ids)
    masked = (
        (pk, _Mask(CaseTimeline(records[pk])).row(tree(), json.loads(text))) for pk, text in read(ids).items()
    )
    return {pk: json.dumps(told, ensure_ascii=False, separators=(",", ":")) for pk, told in masked}


class _Mask:
    """How one case leaves. Its dates come up again and again."""

    def __init__(self, timeline: CaseTimeline) -> None:
        self._timeline = timeline
        self._days: dict[str, Days] = {}

    def row(self, branch: Branch, row: Mapping[str, Any]) -> dict[str, Any]:
        """One row, and all below it."""
        as_is, as_days, below = _plan(branch)
        told: dict[str, Any] = {}
        for name, value in row.items():
            if name in as_is:
                told[name] = value
            elif name in as_days:
                told[name] = value and self._days_to(value)
            elif name in below:
                told[name] = self._below(below[name], value)
        return told

    def _below(self, branch: Branch, value: Any) -> Any:
        if branch.is_single:
            return value and self.row(branch, value)
        return [self.row(branch, row) for row in value]

    def _days_to(self, text: str) -> Days:
        """Days from onset to a moment or a time: at least and at most, None where that is open."""
        if text not in self._days:
            span = self._timeline.days_at(_moment(text))
            ends = (("low", span.low), ("high", span.high))
            self._days[text] = {
                end: None if days is None else plain_number(round(days, 3)) for end, days in ends
            }
        return self._days[text]


@cache
def _plan(branch: Branch) -> tuple[set[str], set[str], dict[str, Branch]]:
    """What of a row leaves as it is, what as days, and what is below it."""
    ways = leaves(branch.model)
    as_is, as_days = (
        {name for name, way in ways.items() if way == one} for one in (Leaves.AS_IS, Leaves.AS_DAYS)
    )
    if branch is tree():
        as_is |= BESIDE - set(ways)
    below = {one.name: one for one in branch.branches}
    return as_is - set(below), as_days, below


@lru_cache(maxsize=2**15)
def _moment(text: str) -> Moment:
    try:
        return Moment.parse(text)
    except ValueError:  # a point in time, of which the day is enough
        return Moment(date=PartialDate.of(date.fromisoformat(text[:10])))
