"""Tests of `values.moments`: a moment is a date or counted from an event, and holds what was reported."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from values.dates import PartialDate
from values.moments import Moment, Offset
from values.spans import Span, TimeUnit

DOSE = "dose:6c1f0000-0000-4000-8000-00000000009e"

TEXTS = [
    # text, span in days from its anchor
    pytest.param(f"{DOSE}+10d", Span.days(10), id="ten-days-after"),
    pytest.param(f"{DOSE}-56..62d", Span.days(-62, -56), id="before-runs-backwards"),
    pytest.param("birth+16..17mo", Span.days(485, 519), id="at-16-months-of-age"),
    pytest.param(f"{DOSE}+0..14d", Span.days(0, 14), id="within-14-days"),
    pytest.param(f"{DOSE}+0..d", Span(Decimal(0), None), id="after-nobody-says-how-long"),
    pytest.param(f"{DOSE}-0..d", Span(None, Decimal(0)), id="before-nobody-says-how-long"),
    pytest.param(f"{DOSE}.end+1.5h", Span.days("0.0625"), id="after-the-end-of-a-dose"),
    pytest.param(f"{DOSE}+3a", Span.days(1095, 1096), id="years"),
    pytest.param(f"{DOSE}+90min", Span.days("0.0625"), id="minutes"),
]


@pytest.mark.parametrize(("text", "span"), TEXTS)
def test_canonical_text_is_written_as_it_was_read(text, span):
    assert str(Moment.parse(text)) == text


@pytest.mark.parametrize(("text", "span"), TEXTS)
def test_a_relative_moment_gives_days_from_its_anchor(text, span):
    assert Moment.parse(text).offset.span == span


def test_a_date_is_a_moment_too():
    assert Moment.parse("2016-03") == Moment(date=PartialDate((2016, 3)))


def test_a_date_is_not_relative():
    assert not Moment.parse("2016").is_relative


def test_ten_days_after_is_relative():
    assert Moment.parse("birth+10d").is_relative


REFUSED = [
    pytest.param("birth", id="event-without-interval"),
    pytest.param("birth+d", id="interval-without-number"),
    pytest.param("birth+10", id="interval-without-unit"),
    pytest.param("birth+10weeks", id="unit-that-is-not-ucum"),
    pytest.param("birth+17..16mo", id="interval-that-runs-downwards"),
    pytest.param("birth+-3d", id="two-signs"),
    pytest.param("dose:12+3d", id="anchor-that-is-no-uuid"),
    pytest.param("DOSE:6c1f0000-0000-4000-8000-00000000009e+3d", id="anchor-in-capitals"),
    pytest.param("birth+1e1d", id="number-with-exponent"),
    pytest.param("2015-02-29", id="no-date-of-the-calendar"),
    pytest.param("yesterday", id="words"),
]


@pytest.mark.parametrize("text", REFUSED)
def test_it_refuses_any_other_text(text):
    with pytest.raises(ValueError, match=r"."):
        Moment.parse(text)


ONE_DAY = Offset(Decimal(1), Decimal(1), TimeUnit.DAY)


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({}, id="neither"),
        pytest.param({"anchor": "birth"}, id="event-alone"),
        pytest.param({"offset": ONE_DAY}, id="interval-alone"),
        pytest.param({"date": PartialDate((2016,)), "anchor": "birth", "offset": ONE_DAY}, id="both"),
        pytest.param({"date": PartialDate((2016,)), "anchor": "birth"}, id="date-and-event"),
        pytest.param({"date": PartialDate((2016,)), "offset": ONE_DAY}, id="date-and-interval"),
    ],
)
def test_a_moment_is_either_a_date_or_an_event_and_an_interval(parts):
    with pytest.raises(ValueError, match="either a date, or an event and an interval"):
        Moment(**parts)


def test_an_interval_refuses_to_run_downwards():
    with pytest.raises(ValueError, match="from 3 down to 2"):
        Offset(Decimal(3), Decimal(2), TimeUnit.DAY)


def test_an_interval_carries_no_sign_of_its_own():
    with pytest.raises(ValueError, match="before"):
        Offset(Decimal(-3), Decimal(2), TimeUnit.DAY)


@pytest.mark.parametrize("digits", ["10", "10.0", "1E+1"])
def test_equal_intervals_have_one_text(digits):
    number = Decimal(digits)
    assert str(Moment(anchor="birth", offset=Offset(number, number, TimeUnit.DAY))) == "birth+10d"


numbers = st.decimals(0, 999_999, allow_nan=False, allow_infinity=False, places=6)


@st.composite
def moments(draw):
    low = draw(numbers)
    high = draw(st.none() | numbers.filter(lambda number: number >= low))
    anchor = draw(st.uuids().map("reaction:{}".format) | st.just("birth"))
    return Moment(
        anchor=anchor, offset=Offset(low, high, draw(st.sampled_from(TimeUnit)), draw(st.booleans()))
    )


@given(moments())
@settings(max_examples=100, deadline=None)
def test_any_moment_survives_its_canonical_text(moment):
    assert Moment.parse(str(moment)) == moment


@given(moments())
@settings(max_examples=100, deadline=None)
def test_canonical_text_is_a_fixed_point(moment):
    assert str(Moment.parse(str(moment))) == str(moment)
