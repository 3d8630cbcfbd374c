"""The time axis of the picture of a case: days from onset to places from 0 to 100 % of the width.

Drugs are taken for weeks or months, the reaction is read by the day. So the axis may be folded: the
eight weeks before onset, the time before them and the time of the reaction each get a scale of
their own, with a seam where it changes. Within a section the scale is even.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from assessments.display.words import number
from values.calendar_text import MONTHS
from values.spans import Span

# The longer of the two windows in which a drug reaction of this kind is looked for ends here.
NEAR = -56
ACUTE = 28
# A section that would be hardly longer than what it is cut from is not cut off.
WORTH_CUTTING = 1.5
# Before and after: a resolution by day 15 is what the score asks about, so that day is always there.
LEAST_BEFORE, LEAST_AFTER = 1.0, 21.0
# How much wider a day may be in one section than in another before the axis is folded at all.
UNEVEN = 3.0
WIDTHS = {"far": 1, "near": 2, "acute": 2, "late": 1}
STEPS = (1, 2, 7, 14, 28, 56, 91, 182, 365, 730, 1825, 3650, 18250)
# Room that one label takes, in % of the width: on a wide screen and on a telephone.
ROOM = {"wide": 6.5, "narrow": 12.5}
MARGIN = 0.03


@dataclass(frozen=True, slots=True)
class Section:
    """Days `low` to `high` on the places `left` to `right` (0 to 100), evenly."""

    low: float
    high: float
    left: float
    right: float

    @property
    def per_day(self) -> float:
        return (self.right - self.left) / (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Axis:
    sections: tuple[Section, ...]

    @property
    def low(self) -> float:
        return self.sections[0].low

    @property
    def high(self) -> float:
        return self.sections[-1].high

    def x(self, day: float) -> float:
        """The place of a day; days outside stay on the edge."""
        day = min(max(day, self.low), self.high)
        at = bisect_right([section.low for section in self.sections], day) - 1
        section = self.sections[at]
        return round(section.left + (day - section.low) * section.per_day, 3)

    def reaches(self, span: Span) -> bool:
        """Whether any of what a span may mean lies on the axis."""
        return (span.low is None or span.low <= self.high) and (span.high is None or span.high >= self.low)

    @property
    def seams(self) -> list[float]:
        return [section.left for section in self.sections[1:] if section.low]

    def days(self, steps: int) -> list[float]:
        """So many steps across the width, as days, evenly spaced to the eye."""
        days: list[float] = []
        for section in self.sections:
            count = max(2, round(steps * (section.right - section.left) / 100))
            width = (section.high - section.low) / count
            days += [section.low + width * at for at in range(count)]
        return [*days, self.high]


def window(spans: Iterable[Span]) -> tuple[float, float]:
    """The days that the picture shows: all known ends, and the first weeks of the reaction in any case."""
    ends = [float(end) for span in spans for end in (span.low, span.high) if end is not None]
    low, high = min([-LEAST_BEFORE, *ends]), max([LEAST_AFTER, *ends])
    return low + low * MARGIN, high + high * MARGIN


def even(low: float, high: float) -> Axis:
    """One scale from end to end."""
    return Axis((Section(low, high, 0, 100),))


def folded(low: float, high: float) -> Axis:
    """A scale for each section, or one for all where they would hardly differ."""
    cuts = [low, *([NEAR] if low < NEAR * WORTH_CUTTING else []), 0.0]
    cuts += [*([ACUTE] if high > ACUTE * WORTH_CUTTING else []), high]
    widths = [WIDTHS[_name(start, end, low, high)] for start, end in pairwise(cuts)]
    place, sections = 0.0, []
    for (start, end), width in zip(pairwise(cuts), widths, strict=True):
        right = place + 100 * width / sum(widths)
        sections.append(Section(start, end, place, right))
        place = right
    rates = [section.per_day for section in sections]
    return Axis(tuple(sections)) if max(rates) > UNEVEN * min(rates) else even(low, high)


def _name(start: float, end: float, low: float, high: float) -> str:
    if end <= 0:
        return "near" if end == 0 else "far"
    return "acute" if start == 0 else "late"


def ticks(axis: Axis, onset: date | None) -> list[dict[str, Any]]:
    """Days with their labels; `at` is the width on which a label has room. Calendar dates where known."""
    by_room = {name: set(_tick_days(axis, room)) for name, room in ROOM.items()}
    return [
        {
            "x": axis.x(day),
            "label": number(f"{day:+d}") if day else "0",
            "date": _calendar(onset, day),
            "at": "both" if all(day in days for days in by_room.values()) else _only(day, by_room),
        }
        for day in sorted(set().union(*by_room.values()))
    ]


def _only(day: int, by_room: dict[str, set[int]]) -> str:
    return next(name for name, days in by_room.items() if day in days)


def _tick_days(axis: Axis, room: float) -> Iterable[int]:
    """Round numbers of days, no closer to each other, to a seam or to the edge than a label is wide."""
    taken = [axis.x(0)]
    yield 0
    for section in axis.sections:
        step = next((step for step in STEPS if step * section.per_day >= room), STEPS[-1])
        for day in range(int(section.low // step) * step, int(section.high) + 1, step):
            place = axis.x(day)
            inside = section.low <= day <= section.high and room / 2.5 <= place <= 100 - room / 2.5
            if inside and all(abs(place - other) >= room * 0.95 for other in taken):
                taken.append(place)
                yield day


def _calendar(onset: date | None, day: int) -> str:
    if onset is None:
        return ""
    try:
        then = onset + timedelta(days=day)
    except OverflowError:
        return ""
    return f"{then.day} {MONTHS[then.month - 1].capitalize()} ’{then.year % 100:02}"
