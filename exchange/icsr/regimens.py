"""Equal doses at equal intervals as one regimen: 4 mg/kg every month instead of three doses of 4 mg/kg.

The record keeps each dose, because other rows are dated by them.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from cases.models import Dose
from e2b import Block, Value
from exchange.icsr.row_texts import RowDescriber
from values.dates import PartialDate

_TIMES = ("G.k.4.r.4", "G.k.4.r.5")
_INTERVAL = ("G.k.4.r.2", "G.k.4.r.3")
# Intervals in words, with their number and UCUM unit.
_WORDS = {
    r"monthly|every month|once a month|per month": ("1", "mo"),
    r"weekly|every week|once a week|per week": ("1", "wk"),
    r"daily|every day|once a day|per day|/\s?day|/\s?d\b": ("1", "d"),
    r"every (?P<number>\d+) (?P<unit>day|week|month)s": ("", ""),
    r"yearly|every year": ("1", "a"),
}
_INTERVALS = [(re.compile(words, re.I), interval) for words, interval in _WORDS.items()]
_UNITS = {"day": "d", "week": "wk", "month": "mo"}


def as_regimens(doses: Sequence[Dose], blocks: Sequence[Block], describer: RowDescriber) -> tuple[Block, ...]:
    """The blocks of the doses of one drug, in which each run of equal doses is one regimen."""
    regimens: list[Block] = []
    for start, stop in _runs(blocks):
        run, members = doses[start:stop], blocks[start:stop]
        interval = _interval(run, members[0], describer) if len(run) > 1 else None
        regimens += members if interval is None else [_regimen(members, interval)]
    return tuple(regimens)


def _runs(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """From where to where blocks say the same but for their dates."""
    runs: list[tuple[int, int]] = []
    for at, block in enumerate(blocks):
        if runs and _timeless(blocks[runs[-1][0]]) == _timeless(block) and not _has_end(blocks[at - 1]):
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs


def _timeless(block: Block) -> dict[str, Value]:
    return {name: value for name, value in block.values.items() if name not in _TIMES}


def _has_end(block: Block) -> bool:
    return "G.k.4.r.5" in block.values


def _regimen(members: Sequence[Block], interval: tuple[str, str]) -> Block:
    """The first dose, repeated at an interval until the last one."""
    first, last = members[0], members[-1]
    values: dict[str, Value | None] = dict(zip(_INTERVAL, interval, strict=True))
    end = last["G.k.4.r.5"] or last["G.k.4.r.4"]
    if isinstance(end, PartialDate):
        values["G.k.4.r.5"] = end
    return first.with_values(values)


def _interval(run: Sequence[Dose], block: Block, describer: RowDescriber) -> tuple[str, str] | None:
    """From one dose to the next: as recorded, in the words of the dose, or as the dates lie; else None."""
    if all(name in block.values for name in _INTERVAL):
        return str(block["G.k.4.r.2"]), str(block["G.k.4.r.3"])
    return interval_in_words(run[0].text) or _between(run, describer)


def interval_in_words(text: str) -> tuple[str, str] | None:
    """The interval that a dosage in words states: number and UCUM unit."""
    for pattern, interval in _INTERVALS:
        if match := pattern.search(text):
            named = match.groupdict()
            return (named["number"], _UNITS[named["unit"].lower()]) if named else interval
    return None


def _between(run: Sequence[Dose], describer: RowDescriber) -> tuple[str, str] | None:
    """The days between doses, where all intervals are the same."""
    days = [describer.day_of(dose.start) for dose in run]
    gaps = {(later - earlier).days for earlier, later in pairwise(days) if earlier and later}
    if None not in days and len(gaps) == 1 and (gap := gaps.pop()) > 0:
        return (str(gap // 7), "wk") if gap % 7 == 0 else (str(gap), "d")
    return None
