"""Comparisons of values in rules. A comparison only fails where no reading of both values is right.

A year, a month and a time without a zone have several readings; a nullFlavor has all of them.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from e2b.datatypes import Range, Value, text_of
from values.dates import PartialDate
from values.spans import Span, TimeUnit

Values = Callable[[str], list[Value]]

# The zones of the earth reach from twelve hours behind UTC to fourteen before it.
_BEHIND, _AHEAD = timedelta(hours=12), timedelta(hours=14)
_LONGEST_NUMBER: Final = 60
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
# Nobody has grown older.
LONGEST_LIFE: Final = "130 a"

# Units by what they measure, each in the first of its kind.
_SIZES: Final[dict[str, dict[str, Decimal | int]]] = {
    "time": {
        "a": 365, "{decade}": 3650, "{trimester}": 91, "mo": 30, "wk": 7, "d": 1, "h": Decimal(1) / 24,
        "min": Decimal(1) / 1440, "s": Decimal(1) / 86400,
    },
    "mass": {"kg": 1000, "g": 1, "mg": Decimal("1e-3"), "ug": Decimal("1e-6"), "ng": Decimal("1e-9")},
    "mass by weight": {"g/kg": 1, "mg/kg": Decimal("1e-3"), "ug/kg": Decimal("1e-6")},
    "volume": {"L": 1, "l": 1, "dL": Decimal("0.1"), "mL": Decimal("1e-3"), "ml": Decimal("1e-3"),
               "uL": Decimal("1e-6")},
}  # fmt: skip
_DECADE: Final = "{decade}"


def in_order(values: Values, names: Sequence[str], later: str) -> bool:
    """Whether no value of the first is surely more than one of the second, each an element or a number."""
    firsts, seconds = (_values(values, name) for name in (names[0], later))
    return not any(_surely_more(first, second) for first in firsts for second in seconds)


def within_limits(values: Values, names: Sequence[str], limits: str) -> bool:
    """Whether a number with its unit is at most the limit of the same kind; `limits` as in "1 kg|20 L"."""
    number = next((number for value in values(names[0]) if (number := number_of(value)) is not None), None)
    unit = next((text_of(value) for value in values(names[1])), "")
    return number is None or is_within(number, unit, limits)


def is_within(number: Decimal, unit: str, limits: str) -> bool:
    """Whether so much of a unit is at most the limit of its kind; units of other kinds have no limit."""
    for limit in limits.split("|"):
        most, _, of_limit = limit.partition(" ")
        for sizes in _SIZES.values():
            if unit in sizes and of_limit in sizes:
                return number * sizes[unit] <= Decimal(most) * sizes[of_limit]
    return True


def is_age(values: Values, names: Sequence[str], dates: str) -> bool:
    """Whether somebody born on one date had that age on one of the others; `dates` as in "D.2.1 at E.i.4"."""
    number = next((number for value in values(names[0]) if (number := number_of(value)) is not None), None)
    stated = _age(number, next((text_of(value) for value in values(names[1])), ""))
    birth, _, at = dates.partition(" at ")
    births, times = (
        [value for value in values(name) if isinstance(value, PartialDate)] for name in (birth, at)
    )
    if stated is None or not births or not times:
        return True
    return any(_overlap(stated, _between(births[0], time)) for time in times)


def _age(number: Decimal | None, unit: str) -> Span | None:
    """An age of 16 years is any day from the 16th birthday to the 17th."""
    if number is None or number < 0 or not is_within(number, unit, LONGEST_LIFE):
        return None
    if unit == _DECADE:
        return Span.of(number * 10, number * 10 + 10, TimeUnit.YEAR)
    return Span.of(number, number + 1, TimeUnit(unit)) if unit in set(TimeUnit) else None


def _between(birth: PartialDate, time: PartialDate) -> Span:
    """The fewest and the most days from birth to a time, with a day more for zones that nobody stated."""
    fewest = (time.first_day - birth.last_day).days - 1
    return Span.days(fewest, (time.last_day - birth.first_day).days + 1)


def _overlap(stated: Span, by_dates: Span) -> bool:
    below = stated.high is not None and by_dates.low is not None and stated.high < by_dates.low
    above = stated.low is not None and by_dates.high is not None and stated.low > by_dates.high
    return not below and not above


def _values(values: Values, name: str) -> list[Value]:
    return [name] if name.lstrip("-").isdecimal() else values(name)


def _surely_more(first: Value, second: Value) -> bool:
    if isinstance(first, PartialDate) and isinstance(second, PartialDate):
        return surely_later(first, second)
    low, high = _ends(first)[0], _ends(second)[1]
    return low is not None and high is not None and low > high


def surely_later(first: PartialDate, second: PartialDate) -> bool:
    """Whether the first date is later than the second, whatever both mean."""
    if first.zone == second.zone:
        shared = min(len(first.parts), len(second.parts))
        return first.parts[:shared] > second.parts[:shared]
    if bool(first.zone) == bool(second.zone):
        return first.earliest > second.latest
    return _earliest(first) > _latest(second)


def _earliest(date: PartialDate) -> datetime:
    return date.earliest if date.zone else date.earliest - _AHEAD


def _latest(date: PartialDate) -> datetime:
    return date.latest if date.zone else date.latest + _BEHIND


def _ends(value: Value) -> tuple[Decimal | None, Decimal | None]:
    if isinstance(value, Range):
        low, high = (None if end is None else number_of(end.value) for end in (value.low, value.high))
        return low, high
    return number_of(value), number_of(value)


def number_of(value: Value) -> Decimal | None:
    """The number of a value; None for what is no number, or one in a unit that the element doesn't have."""
    if not isinstance(value, str) or len(value) > _LONGEST_NUMBER or not _NUMBER.fullmatch(value):
        return None
    return Decimal(value)
