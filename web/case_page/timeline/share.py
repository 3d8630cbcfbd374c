"""How much of a drug is in the body over time, as bounds: first-order elimination, all doses alike.

Amounts are shares of the highest amount there can have been, 0 to 1. As in `scoring.halflife`, the
lower bound takes the earliest day a dose can mean and the shortest half-life, the upper bound the
latest day and the longest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import inf

from scoring.halflife import HOURS_PER_DAY
from values.spans import Span

# Just before a dose: the curve rises upright.
INSTANT = 1e-6
Bounds = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Given:
    """One dose, or a stretch of equal doses `every` so many days. In days from onset.

    A stretch keeps its level while it lasts: between doses it falls as far as the shortest half-life
    takes it in one interval (0: given all the time).
    """

    start: Bounds
    until: Bounds
    every: float | None = None

    @classmethod
    def once(cls, day: Span) -> "Given":
        """A single dose on a day that is bounded on both sides."""
        bounds = (float(day.low or 0), float(day.high or 0))
        return cls(bounds, bounds)


@dataclass(frozen=True)
class Share:
    """The amount of one drug in the body at any day."""

    given: tuple[Given, ...]
    half_life_days: Bounds

    def at(self, day: float) -> Bounds:
        """Lowest and highest share of the highest amount, 0 to 1."""
        once = [self._of(given, day) for given in self.given if given.every is None]
        sums = [sum(bounds[end] for bounds in once) / self._peak for end in (0, 1)]
        going = [self._of(given, day) for given in self.given if given.every is not None]
        low, high = (max([sums[end], *(bounds[end] for bounds in going)]) for end in (0, 1))
        return min(low, high), min(high, 1.0)

    def turns(self) -> list[float]:
        """The days on which the curve changes its course, and the moments before."""
        days = {day for given in self.given for day in (*given.start, *given.until) if day < inf}
        return sorted({moment for day in days for moment in (day - INSTANT, day)})

    @cached_property
    def _peak(self) -> float:
        """The most that single doses can have come to, in doses."""
        once = [given for given in self.given if given.every is None]
        return max((sum(self._of(each, given.start[0])[1] for each in once) for given in once), default=1.0)

    def _of(self, given: Given, day: float) -> Bounds:
        shortest, longest = self.half_life_days
        (earliest, latest), (soonest, last) = given.start, given.until
        if day < earliest:
            return 0.0, 0.0
        high = 1.0 if day <= last else 0.5 ** ((day - last) / longest)
        if day < latest:
            return 0.0, high
        if day < soonest:
            return 0.5 ** ((given.every or 0.0) / shortest), high
        return 0.5 ** ((day - soonest) / shortest), high


def share_of(given: Sequence[Given], half_life_hours: tuple[Decimal, Decimal] | None) -> Share | None:
    """The curve of a drug; None without a half-life or a dose that has its day."""
    if not given or half_life_hours is None:
        return None
    shortest, longest = (float(hours) / HOURS_PER_DAY for hours in sorted(half_life_hours))
    return Share(tuple(given), (shortest, longest))
