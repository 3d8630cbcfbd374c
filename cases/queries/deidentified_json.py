"""Cases as JSON for those who must not know who it was: column by column, as `deidentified` says.

Moments become days from the onset of the reaction, at least and at most. Two queries for each table that
dates are told in, however many cases.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from cases.facts.clock import Clock
from cases.queries import case_json
from cases.queries.case_tree import Branch, tree
from cases.queries.deidentified import Leaves, leaves
from cases.queries.records import scored_records
from values.dates import PartialDate
from values.moments import Moment
from values.numbers import plain
from values.spans import Span

# Of the lines of a list, where they are no columns of the case.
BESIDE = {"seen", "updated", "suspects", "latency", "score", "items"}


def whole(case_ids: Iterable[int]) -> dict[int, str]:
    """As `case_json.whole`, de-identified."""
    return _masked(case_json.whole, case_ids)


def light(case_ids: Iterable[int]) -> dict[int, str]:
    """As `case_json.light`, de-identified."""
    return _masked(case_json.light, case_ids)


def _masked(read: Any, case_ids: Iterable[int]) -> dict[int, str]:
    ids = list(case_ids)
    records = scored_records(ids)
    return {pk: _text(masked(tree(), json.loads(text), Clock(records[pk]))) for pk, text in read(ids).items()}


def _text(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def masked(branch: Branch, row: Mapping[str, Any], clock: Clock) -> dict[str, Any]:
    """One row, and all below it, as it may leave."""
    ways = leaves(branch.model)
    below = {one.name: one for one in branch.branches}
    told: dict[str, Any] = {}
    for name, value in row.items():
        if name in below:
            told[name] = _below(below[name], value, clock)
        elif ways.get(name) == Leaves.AS_DAYS:
            told[name] = days(value, clock)
        elif ways.get(name) == Leaves.AS_IS or (name in BESIDE and name not in ways):
            told[name] = value
    return told


def _below(branch: Branch, value: Any, clock: Clock) -> Any:
    if branch.is_single:
        return value and masked(branch, value, clock)
    return [masked(branch, row, clock) for row in value]


def days(value: str | None, clock: Clock) -> dict[str, str | None] | None:
    """Days from onset to a moment or a time: at least and at most, None where that is open."""
    if value is None:
        return None
    try:
        moment = Moment.parse(value)
    except ValueError:
        moment = Moment(date=PartialDate.of(date.fromisoformat(value[:10])))
    return bounds(clock.days_at(moment))


def bounds(span: Span) -> dict[str, str | None]:
    return {
        end: None if value is None else plain(round(value, 3))
        for end, value in (("low", span.low), ("high", span.high))
    }
