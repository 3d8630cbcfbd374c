"""A length of time in days that lies between two bounds."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Self

from values.numbers import rounded

_MICRODAY = Decimal("0.000001")

# The fewest and the most days that n calendar months can have, n = 0..11 (any start, leap years included).
MONTH_RUNS = (
    (0, 0),
    (28, 31),
    (59, 62),
    (89, 92),
    (120, 123),
    (150, 153),
    (181, 184),
    (212, 215),
    (242, 245),
    (273, 276),
    (303, 306),
    (334, 337),
)


class TimeUnit(StrEnum):
    """UCUM codes of the units in which people give intervals."""

    YEAR = "a"
    MONTH = "mo"
    WEEK = "wk"
    DAY = "d"
    HOUR = "h"
    MINUTE = "min"


_FIXED_DAYS = {
    TimeUnit.WEEK: Decimal(7),
    TimeUnit.DAY: Decimal(1),
    TimeUnit.HOUR: Decimal(1) / 24,
    TimeUnit.MINUTE: Decimal(1) / 1440,
}


@dataclass(frozen=True, slots=True)
class Span:
    """Days between two events: at least `low`, at most `high`; None leaves that end open.

    Negative when the second event came first. Raises ValueError when low exceeds high.
    """

    low: Decimal | None = None
    high: Decimal | None = None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"A span cannot run from {self.low} down to {self.high} days.")

    @classmethod
    def days(cls, low: int | str | Decimal, high: int | str | Decimal | None = None) -> Self:
        """Exactly `low` days, or from `low` to `high` days. Raises ValueError when low exceeds high."""
        return cls(Decimal(low), Decimal(low if high is None else high))

    @classmethod
    def of(cls, low: Decimal, high: Decimal | None, unit: TimeUnit) -> Self:
        """`low` to `high` of a unit, in days; months and years count as the calendar may have them."""
        least = _least_days(low, unit)
        if low == high and unit in _FIXED_DAYS:
            return cls(least, least)
        return cls(least, None if high is None else _most_days(high, unit))

    @classmethod
    def of_seconds(cls, low: float, high: float) -> Self:
        """From `low` to `high` seconds, in days to about a tenth of a second."""
        return cls(*(rounded(Decimal(str(end)) / 86400, _MICRODAY).normalize() for end in (low, high)))

    @property
    def is_known(self) -> bool:
        """Whether both ends are bounded."""
        return self.low is not None and self.high is not None

    def __add__(self, other: "Span") -> "Span":
        return Span(_sum(self.low, other.low), _sum(self.high, other.high))

    def __neg__(self) -> "Span":
        return Span(
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
        )

    def __sub__(self, other: "Span") -> "Span":
        return Span(_difference(self.low, other.high), _difference(self.high, other.low))

    def surely_at_least(self, days: int | Decimal) -> bool:
        """Whether even the lower bound is `days` or more."""
        return self.low is not None and self.low >= days

    def surely_below(self, days: int | Decimal) -> bool:
        """Whether even the upper bound is less than `days`."""
        return self.high is not None and self.high < days

    def __str__(self) -> str:
        """For people: "10 days", "66 to 72 days", "at least 3 days", "unknown"."""
        low, high = (None if end is None else _to_hundredth(end) for end in (self.low, self.high))
        if low is None and high is None:
            return "unknown"
        if low is None:
            return f"at most {high} {_days(self.high)}"
        if high is None:
            return f"at least {low} {_days(self.low)}"
        return f"{low} {_days(self.low)}" if low == high else f"{low} to {high} days"


UNKNOWN_SPAN = Span()


def _sum(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else left + right


def _difference(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else left - right


def _days(number: Decimal | None) -> str:
    return "day" if number is not None and abs(number) == 1 else "days"


def _to_hundredth(number: Decimal) -> str:
    """Without exponent and trailing zeros, to a hundredth of a day."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _least_days(count: Decimal, unit: TimeUnit) -> Decimal:
    if unit in _FIXED_DAYS:
        return rounded(count * _FIXED_DAYS[unit], _MICRODAY).normalize()
    years, months, fraction = _calendar_parts(count, unit)
    return Decimal(years * 365 + years // 4 + MONTH_RUNS[months][0]) + rounded(fraction * 28, _MICRODAY)


def _most_days(count: Decimal, unit: TimeUnit) -> Decimal:
    if unit in _FIXED_DAYS:
        return _least_days(count, unit)
    years, months, fraction = _calendar_parts(count, unit)
    return Decimal(years * 365 + -(-years // 4) + MONTH_RUNS[months][1]) + rounded(fraction * 31, _MICRODAY)


def _calendar_parts(count: Decimal, unit: TimeUnit) -> tuple[int, int, Decimal]:
    """Whole years, whole months (0-11) and the fraction of a month left over."""
    in_months = count * 12 if unit is TimeUnit.YEAR else count
    whole = int(in_months)
    return whole // 12, whole % 12, in_months - whole
