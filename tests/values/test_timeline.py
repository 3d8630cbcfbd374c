"""Tests of `values.timeline`: days between events follow from references and dates, never from a guess."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from values.dates import PartialDate, Precision
from values.moments import Moment
from values.spans import UNKNOWN_SPAN, Span
from values.timeline import CircularReference, Timeline, days_between


def event(number):
    return f"dose:{number:08x}-0000-4000-8000-000000000000"


FIRST, SECOND, THIRD, ONSET, GONE = map(event, range(5))

# The first letter: monthly doses, onset ten days after the third, everything gone within 14 days.
LETTER = Timeline(
    {
        SECOND: Moment.parse(f"{FIRST}+1mo"),
        THIRD: Moment.parse(f"{SECOND}+1mo"),
        ONSET: Moment.parse(f"{THIRD}+10d"),
        GONE: Moment.parse(f"{ONSET}+0..14d"),
    }
)

LETTER_SPANS = [
    pytest.param(THIRD, ONSET, Span.days(10), id="one-step"),
    pytest.param(FIRST, THIRD, Span.days(56, 62), id="two-steps-add-up"),
    pytest.param(FIRST, ONSET, Span.days(66, 72), id="first-dose-to-onset"),
    pytest.param(ONSET, FIRST, Span.days(-72, -66), id="backwards-is-negative"),
    pytest.param(THIRD, GONE, Span.days(10, 24), id="through-an-open-interval"),
    pytest.param(ONSET, ONSET, Span.days(0), id="an-event-to-itself"),
    pytest.param(FIRST, event(99), UNKNOWN_SPAN, id="nothing-joins-them"),
    pytest.param(event(99), event(99), Span.days(0), id="an-unheard-of-event-to-itself"),
]


@pytest.mark.parametrize(("start", "end", "span"), LETTER_SPANS)
def test_days_follow_from_the_chain_of_references(start, end, span):
    assert LETTER.between(start, end) == span


def test_two_events_of_one_anchor_are_compared_over_it():
    line = Timeline({SECOND: Moment.parse(f"{FIRST}+28..31d"), ONSET: Moment.parse(f"{FIRST}+66d")})
    assert line.between(SECOND, ONSET) == Span.days(35, 38)


def test_an_open_end_stays_open():
    line = Timeline({ONSET: Moment.parse(f"{FIRST}+7..d")})
    assert line.between(FIRST, ONSET) == Span(Decimal(7), None)


def test_dates_join_chains_that_share_no_event():
    line = Timeline(
        {
            FIRST: Moment.parse("2016-01"),
            SECOND: Moment.parse(f"{FIRST}+7d"),
            THIRD: Moment.parse("2016-03-15"),
            ONSET: Moment.parse(f"{THIRD}-2d"),
        }
    )
    assert line.between(SECOND, ONSET) == Span.days(35, 65)


def test_one_dated_end_alone_is_unknown():
    line = Timeline({FIRST: Moment.parse("2016-01-01"), ONSET: Moment.parse(f"{THIRD}+3d")})
    assert line.between(FIRST, ONSET) == UNKNOWN_SPAN


def test_the_reported_date_of_a_relative_event_is_none():
    assert LETTER.calendar_date(ONSET) is None


def test_the_reported_date_of_a_dated_event_is_given_back():
    assert Timeline({FIRST: Moment.parse("2016-03")}).calendar_date(FIRST) == PartialDate((2016, 3))


CIRCLES = [
    pytest.param({FIRST: f"{FIRST}+1d"}, (FIRST, FIRST), id="to-itself"),
    pytest.param({FIRST: f"{SECOND}+1d", SECOND: f"{FIRST}-1d"}, (FIRST, SECOND, FIRST), id="two-events"),
    pytest.param(
        {FIRST: f"{SECOND}+1d", SECOND: f"{THIRD}+1d", THIRD: f"{FIRST}+1d"},
        (FIRST, SECOND, THIRD, FIRST),
        id="three-events",
    ),
]


@pytest.mark.parametrize(("moments", "circle"), CIRCLES)
def test_a_circle_is_refused_and_named(moments, circle):
    line = Timeline({name: Moment.parse(text) for name, text in moments.items()})
    with pytest.raises(CircularReference) as refusal:
        line.check()
    assert refusal.value.events == circle


def test_a_circle_beyond_the_events_asked_for_is_refused_too():
    line = Timeline({ONSET: Moment.parse(f"{FIRST}+1d"), FIRST: Moment.parse(f"{FIRST}+1d")})
    with pytest.raises(CircularReference, match="dated in a circle"):
        line.between(THIRD, ONSET)


def test_a_line_without_circles_passes_the_check():
    LETTER.check()


BETWEEN = [
    pytest.param("2016-02-28", "2016-03-01", Span.days(2), id="over-a-leap-day"),
    pytest.param("2015-02-28", "2015-03-01", Span.days(1), id="over-no-leap-day"),
    pytest.param("2015-12-31", "2016-01-01", Span.days(1), id="over-new-year"),
    pytest.param("2016-03-10", "2016-03-25", Span.days(15), id="the-10th-to-the-25th-is-15"),
    pytest.param("2016-03-25", "2016-03-10", Span.days(-15), id="backwards"),
    pytest.param("2016-02", "2016-03", Span.days(1, 59), id="month-to-next-month"),
    pytest.param("2016-02", "2016-02", Span.days(-28, 28), id="the-same-month-says-little"),
    pytest.param("2016", "2017", Span.days(1, 730), id="year-to-next-year"),
    pytest.param("2016-03-10", "2016-03-11T01:00", Span.days(1), id="one-time-alone-counts-days"),
    pytest.param(
        "2016-03-10T23:30-05:00", "2016-03-12", Span.days(2), id="a-day-is-that-of-the-reported-zone"
    ),
    pytest.param(
        "2016-03-10T12:00:00+02:00",
        "2016-03-10T10:00:00+00:00",
        Span(Decimal("-0.000012"), Decimal("0.000012")),
        id="one-moment-in-two-zones",
    ),
    pytest.param("2016-03-10T00", "2016-03-11T00", Span(Decimal(23) / 24, Decimal(25) / 24), id="two-hours"),
]


@pytest.mark.parametrize(("start", "end", "span"), BETWEEN)
def test_days_between_dates_are_as_wide_as_their_precision(start, end, span):
    days = days_between(PartialDate.parse(start), PartialDate.parse(end))
    assert days.low == pytest.approx(span.low, abs=Decimal("0.000001"))
    assert days.high == pytest.approx(span.high, abs=Decimal("0.000001"))


concrete = st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)


def blurred(moment, precision):
    return PartialDate(PartialDate.of(moment).parts[:precision])


@given(concrete, concrete, st.sampled_from(Precision), st.sampled_from(Precision))
@settings(max_examples=300, deadline=None)
def test_the_days_between_partial_dates_contain_the_truth(start, end, first, last):
    span = days_between(blurred(start, first), blurred(end, last))
    if min(first, last) >= Precision.HOUR:
        truth, slack = Decimal((end - start).total_seconds()) / 86400, Decimal("0.000001")
    else:
        truth, slack = Decimal((end.date() - start.date()).days), Decimal(0)
    assert span.low - slack <= truth <= span.high + slack


@given(concrete, st.lists(st.tuples(st.integers(-400, 400), st.integers(0, 30)), max_size=5))
@settings(max_examples=100, deadline=None)
def test_a_chain_contains_the_truth_however_long(start, steps):
    """Each step is given with some slack; the span from the dated start must still contain the true days."""
    moments, truth = {event(0): Moment(date=PartialDate.of(start.date()))}, start
    for number, (days, vague) in enumerate(steps):
        truth += timedelta(days=days)
        low, high = max(0, abs(days) - vague), abs(days) + vague
        sign = "-" if days < 0 else "+"
        moments[event(number + 1)] = Moment.parse(f"{event(number)}{sign}{low}..{high}d")
    moments[event(99)] = Moment(date=PartialDate((truth.year, truth.month)))
    line = Timeline(moments)
    along = line.between(event(0), event(len(steps)))
    across = line.between(event(0), event(99))
    passed = (truth.date() - start.date()).days
    assert along.low <= passed <= along.high
    assert across.low <= passed <= across.high
