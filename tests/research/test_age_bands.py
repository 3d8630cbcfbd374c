"""Ages for readers without identities: months below two years, whole years, “90 or more”."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.age_bands import banded_age, banded_years


@pytest.mark.parametrize(
    ("age", "unit", "shown"),
    [
        ("16", "mo", ("16", "mo")),
        ("16.4", "mo", ("16", "mo")),
        ("500", "d", ("16", "mo")),
        ("30", "mo", ("2", "a")),
        ("2", "a", ("2", "a")),
        ("48.9", "a", ("48", "a")),
        ("89.99", "a", ("89", "a")),
        ("90", "a", ("90", "a")),
        ("97.53125", "a", ("90", "a")),
        ("1200", "mo", ("90", "a")),
        ("4", "{decade}", ("4", "{decade}")),
        ("10", "{decade}", ("9", "{decade}")),
        ("5", "wk", ("1", "mo")),
        ("20", "h", ("0", "mo")),
    ],
)
def test_an_age_with_its_unit(age, unit, shown):
    number, unit = banded_age(Decimal(age), unit)
    assert (str(number), unit) == shown


def test_no_age_stays_none():
    assert banded_age(None, "") == (None, "")
    assert banded_years(None, None) == (None, None)


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        ("48.9", "48.9", ("48", "48")),
        ("18", "65.5", ("18", "65")),
        ("95.5", "97", ("90", None)),
        ("65", None, ("65", None)),
        ("1.35", "1.4", ("1.333333", "1.333333")),
    ],
)
def test_years_at_least_and_at_most(low, high, shown):
    ends = banded_years(*(None if end is None else Decimal(end) for end in (low, high)))
    assert tuple(None if end is None else str(end) for end in ends) == shown


@given(st.decimals(0, 130, places=4))
def test_a_band_is_never_narrower_than_a_month_and_holds_the_age(years):
    number, unit = banded_age(years, "a")
    floor = number / 12 if unit == "mo" else number
    assert floor <= years
    assert number == number.to_integral_value()
    assert number <= 90
