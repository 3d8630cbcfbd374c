"""Ages as readers without the right to identities see them: in months below two years, in whole years up to
90, and from there on "90 years or more".
"""

from decimal import ROUND_FLOOR, Decimal

from values.numbers import rounded

MONTHS_BELOW, HIGHEST = 2, 90
PER_YEAR = 12
# Finer than this, a month or year would be missed by the error of a factor such as 1/12.
MOST_DECIMALS = Decimal("0.0001")
# Years in a unit of ICH's age list, as a fraction.
YEARS: dict[str, tuple[int, int | Decimal]] = {
    "a": (1, 1),
    "mo": (1, PER_YEAR),
    "wk": (7, Decimal("365.25")),
    "d": (1, Decimal("365.25")),
    "h": (1, Decimal("8766")),
}


def banded_age(age: Decimal | None, unit: str) -> tuple[Decimal | None, str]:
    """An age and its unit. A unit that is coarser than years (decades) stays below 90 years."""
    if age is None:
        return None, unit
    if unit not in YEARS:
        return (age, unit) if age * 10 < HIGHEST else (Decimal(HIGHEST // 10), unit)
    times, parts = YEARS[unit]
    months = _whole(age * times * PER_YEAR / parts)
    if months < MONTHS_BELOW * PER_YEAR:
        return months, "mo"
    return min(_whole(months / PER_YEAR), Decimal(HIGHEST)), "a"


def banded_years(low: Decimal | None, high: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """An age in years, at least and at most; from 90 years without an upper end."""
    least, most = (None if end is None else _banded(end) for end in (low, high))
    return least, None if most == HIGHEST else most


def _banded(years: Decimal) -> Decimal:
    if years < MONTHS_BELOW:
        return round(_whole(years * PER_YEAR) / PER_YEAR, 6)
    return min(_whole(years), Decimal(HIGHEST))


def _whole(number: Decimal) -> Decimal:
    return rounded(number, MOST_DECIMALS).to_integral_value(ROUND_FLOOR)
