"""Tests of `values.spans`: days between two bounds, and what calendar units can mean in days."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from values.spans import MONTH_RUNS, UNKNOWN_SPAN, Span, TimeUnit


def add_months(day, months):
    """The same day so many months later, or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + month // 11, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


def every_day(first, last):
    return (first + timedelta(days=n) for n in range((last - first).days))


UNITS = [
    pytest.param("10", "10", TimeUnit.DAY, "10", "10", id="days"),
    pytest.param("1", "2", TimeUnit.WEEK, "7", "14", id="weeks"),
    pytest.param("12", "36", TimeUnit.HOUR, "0.5", "1.5", id="hours"),
    pytest.param("90", "90", TimeUnit.MINUTE, "0.0625", "0.0625", id="minutes"),
    pytest.param("1", "1", TimeUnit.MONTH, "28", "31", id="one-month"),
    pytest.param("2", "2", TimeUnit.MONTH, "59", "62", id="two-months"),
    pytest.param("12", "12", TimeUnit.MONTH, "365", "366", id="twelve-months-are-a-year"),
    pytest.param("16", "17", TimeUnit.MONTH, "485", "519", id="at-16-months-of-age"),
    pytest.param("1", "1", TimeUnit.YEAR, "365", "366", id="one-year"),
    pytest.param("4", "4", TimeUnit.YEAR, "1461", "1461", id="four-years-have-one-leap-day"),
    pytest.param("0.5", "0.5", TimeUnit.YEAR, "181", "184", id="half-a-year-is-six-months"),
    pytest.param("1.5", "1.5", TimeUnit.MONTH, "42", "46.5", id="a-month-and-a-half"),
]


@pytest.mark.parametrize(("low", "high", "unit", "least", "most"), UNITS)
def test_a_unit_counts_as_the_calendar_may_have_it(low, high, unit, least, most):
    assert Span.of(Decimal(low), Decimal(high), unit) == Span.days(least, most)


def test_after_without_saying_how_long_has_no_upper_bound():
    assert Span.of(Decimal(3), None, TimeUnit.DAY) == Span(Decimal(3), None)


@pytest.mark.parametrize("months", range(12))
def test_month_runs_are_those_of_the_real_calendar(months):
    # One cycle of leap years, every start day, the 29th to 31st of longer months included.
    lengths = {(add_months(day, months) - day).days for day in every_day(date(2000, 1, 1), date(2004, 1, 1))}
    assert (min(lengths), max(lengths)) == MONTH_RUNS[months]


@given(
    st.dates(date(1901, 3, 1), date(2050, 1, 1)),
    st.integers(0, 400),
)
@settings(max_examples=200, deadline=None)
def test_months_contain_the_true_number_of_days(start, months):
    span = Span.of(Decimal(months), Decimal(months), TimeUnit.MONTH)
    assert span.low <= (add_months(start, months) - start).days <= span.high


@given(st.dates(date(1901, 3, 1), date(2050, 1, 1)), st.integers(0, 49))
@settings(max_examples=200, deadline=None)
def test_years_contain_the_true_number_of_days(start, years):
    span = Span.of(Decimal(years), Decimal(years), TimeUnit.YEAR)
    assert span.low <= (add_months(start, 12 * years) - start).days <= span.high


@given(st.floats(-1e9, 1e9), st.floats(0, 1e9))
@settings(max_examples=100, deadline=None)
def test_seconds_are_kept_to_a_tenth_of_a_second(low, width):
    span = Span.of_seconds(low, low + width)
    tenth = Decimal("0.1")
    assert abs(span.low * 86400 - Decimal(low)) < tenth
    assert abs(span.high * 86400 - Decimal(low + width)) < tenth


def test_it_refuses_to_run_downwards():
    with pytest.raises(ValueError, match="from 3 down to 2 days"):
        Span.days(3, 2)


ends = st.none() | st.integers(-1000, 1000).map(Decimal)


@st.composite
def spans_with_a_member(draw):
    """A span, possibly unbounded, and a number that lies in it."""
    member = draw(st.integers(-1000, 1000))
    below, above = (draw(st.none() | st.integers(0, 500)) for _ in "lh")
    low = None if below is None else Decimal(member - below)
    high = None if above is None else Decimal(member + above)
    return Span(low, high), member


def contains(span, number):
    return (span.low is None or span.low <= number) and (span.high is None or number <= span.high)


@given(spans_with_a_member(), spans_with_a_member())
@settings(max_examples=200, deadline=None)
def test_sum_and_difference_contain_those_of_any_members(first, second):
    (span, number), (subtrahend, subtracted) = first, second
    assert contains(span + subtrahend, number + subtracted)
    assert contains(span - subtrahend, number - subtracted)


@given(spans_with_a_member())
@settings(max_examples=50, deadline=None)
def test_negating_twice_changes_nothing(span_and_member):
    opposite = -span_and_member[0]
    assert -opposite == span_and_member[0]


SURE = [
    # span, surely at least 15, surely below 15
    pytest.param(Span.days(15), True, False, id="exactly-15"),
    pytest.param(Span.days(14), False, True, id="exactly-14"),
    pytest.param(Span.days("14.99"), False, True, id="just-short"),
    pytest.param(Span.days(14, 15), False, False, id="straddling"),
    pytest.param(Span.days(10, 15), False, False, id="touching-from-below"),
    pytest.param(Span(Decimal(15), None), True, False, id="at-least-15"),
    pytest.param(Span(None, Decimal(14)), False, True, id="at-most-14"),
    pytest.param(UNKNOWN_SPAN, False, False, id="unknown"),
]


@pytest.mark.parametrize(("span", "at_least", "below"), SURE)
def test_what_straddles_a_threshold_is_sure_of_neither(span, at_least, below):
    assert (span.surely_at_least(15), span.surely_below(15)) == (at_least, below)


@pytest.mark.parametrize(
    ("span", "is_known"),
    [
        (Span.days(0), True),
        (Span(Decimal(0), None), False),
        (Span(None, Decimal(0)), False),
        (UNKNOWN_SPAN, False),
    ],
)
def test_it_is_known_when_both_ends_are_bounded(span, is_known):
    assert span.is_known is is_known


WORDS = [
    (Span.days(1), "1 day"),
    (Span.days(-1), "-1 day"),
    (Span.days(0), "0 days"),
    (Span.days("-0"), "0 days"),
    (Span.days(10), "10 days"),
    (Span.of(Decimal(10), Decimal(10), TimeUnit.DAY), "10 days"),
    (Span.days("0.25"), "0.25 days"),
    (Span.days(66, 72), "66 to 72 days"),
    (Span(Decimal(3), None), "at least 3 days"),
    (Span(Decimal(1), None), "at least 1 day"),
    (Span(None, Decimal(14)), "at most 14 days"),
    (UNKNOWN_SPAN, "unknown"),
]


@pytest.mark.parametrize(("span", "words"), WORDS, ids=[words for _, words in WORDS])
def test_it_is_formatted_for_people(span, words):
    assert str(span) == words
