"""De-identified JSON of cases: each column as `deidentified` lists it.

Moments become days from the onset of the reaction, at least and at most. A fixed number of queries for any
number of cases.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

from assessments import case_json
from cases.record.case_timeline import CaseTimeline
from cases.record.read_cases import read_scored_cases
from cases.record.tree import Branch, tree
from research.deidentified import Leaves, leaves
from values.dates import PartialDate
from values.moments import Moment
from values.numbers import plain_number

# Keys of the JSON that are no columns of the case.
EXTRA_KEYS = {"seen", "updated", "suspects", "latency", "score", "items"}
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
    return {pk: json.dumps(data, ensure_ascii=False, separators=(",", ":")) for pk, data in masked}


class _Mask:
    """Masks the rows of one case. Days are cached by date, as rows share their dates."""

    def __init__(self, timeline: CaseTimeline) -> None:
        self._timeline = timeline
        self._days: dict[str, Days] = {}

    def row(self, branch: Branch, row: Mapping[str, Any]) -> dict[str, Any]:
        """One row and all rows below it."""
        as_is, as_days, below = _plan(branch)
        masked: dict[str, Any] = {}
        for name, value in row.items():
            if name in as_is:
                masked[name] = value
            elif name in as_days:
                masked[name] = value and self._days_to(value)
            elif name in below:
                masked[name] = self._below(below[name], value)
        return masked

    def _below(self, branch: Branch, value: Any) -> Any:
        if branch.is_single:
            return value and self.row(branch, value)
        return [self.row(branch, row) for row in value]

    def _days_to(self, text: str) -> Days:
        """Days from onset to a moment or a time: `low` and `high`, None where an end is not known."""
        if text not in self._days:
            span = self._timeline.days_at(_moment(text))
            ends = (("low", span.low), ("high", span.high))
            self._days[text] = {
                end: None if days is None else plain_number(round(days, 3)) for end, days in ends
            }
        return self._days[text]


@cache
def _plan(branch: Branch) -> tuple[set[str], set[str], dict[str, Branch]]:
    """The columns of a row that leave as they are, those that leave as days, and the tables below."""
    ways = leaves(branch.model)
    as_is, as_days = (
        {name for name, way in ways.items() if way == wanted} for wanted in (Leaves.AS_IS, Leaves.AS_DAYS)
    )
    if branch is tree():
        as_is |= EXTRA_KEYS - set(ways)
    below = {table.name: table for table in branch.branches}
    return as_is - set(below), as_days, below


@lru_cache(maxsize=2**15)
def _moment(text: str) -> Moment:
    try:
        return Moment.parse(text)
    except ValueError:  # a time of day, which is more than de-identified days need
        return Moment(date=PartialDate.of(date.fromisoformat(text[:10])))
