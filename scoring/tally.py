"""From one reading per item to a total with its interval, by the table of an instrument."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from scoring.result import Decisive, Item, Reading, Result


class Row(NamedTuple):
    """One line of an instrument: its key, its printed label, and the points of each answer."""

    key: str
    label: str
    points: Mapping[str, int]


def tally(
    instrument: str,
    rule_version: str,
    table: Sequence[Row],
    category: Callable[[int], str],
    rank: Callable[[int], int],
    readings: Mapping[str, Reading],
    provisional_item: str = "",
) -> Result:
    """The result of reading every row of a table.

    `category` and `rank` give the class of a total and its place, 0 for the lowest. `provisional_item`
    names the item whose penalty is only due to the time elapsed; empty when the score is not provisional.
    Raises KeyError for an answer that the table lacks.
    """
    items = tuple([_item(row, readings[row.key]) for row in table])
    total = sum([item.points for item in items])
    low = sum([item.low for item in items])
    high = sum([item.high for item in items])
    return Result(
        instrument=instrument,
        rule_version=rule_version,
        total=total,
        low=low,
        high=high,
        category=category(total),
        categories=tuple(dict.fromkeys([category(points) for points in range(low, high + 1)])),
        items=items,
        decisive=_decisive(items, total, rank),
        provisional=bool(provisional_item),
        total_without_penalty=total - _points_of(provisional_item, items) if provisional_item else None,
    )


def _item(row: Row, reading: Reading) -> Item:
    points = low = high = row.points[reading.answer]
    for answer in reading.attainable:
        attainable = row.points[answer]
        if attainable < low:
            low = attainable
        elif attainable > high:
            high = attainable
    return Item(
        key=row.key,
        answer=reading.answer,
        points=points,
        low=low,
        high=high,
        basis=reading.basis,
        rule=reading.rule,
        evidence=reading.evidence,
        needs=reading.needs,
    )


def _points_of(key: str, items: Sequence[Item]) -> int:
    return next((item.points for item in items if item.key == key), 0)


def _decisive(items: Sequence[Item], total: int, rank: Callable[[int], int]) -> tuple[Decisive, ...]:
    """Open items, the one that could move the class furthest first."""
    current = rank(total)
    ranked = []
    for item in items:
        if item.is_open:
            others = total - item.points
            least, most = rank(others + item.low), rank(others + item.high)
            steps = max(abs(least - current), abs(most - current))
            ranked.append(Decisive(item.key, steps, item.high - item.low))
    return tuple(sorted(ranked, key=lambda open_item: (-open_item.class_steps, -open_item.points)))
