"""Tests of `values.dates`: a date keeps the precision, the zone and the digits it was reported with."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from values.dates import PartialDate, Precision

TEXT_FORMS = [
    pytest.param("2016", "2016", id="year"),
    pytest.param("2016-03", "201603", id="month"),
    pytest.param("2016-03-15", "20160315", id="day"),
    pytest.param("2016-03-15T10", "2016031510", id="hour"),
    pytest.param("2016-03-15T10+01:00", "2016031510+0100", id="hour-with-zone"),
    pytest.param("2016-03-15T10:20", "201603151020", id="minute"),
    pytest.param("2016-03-15T10:20:30-05:30", "20160315102030-0530", id="second-with-zone"),
    pytest.param("2016-03-15T10:20:30.050+00:00", "20160315102030.050+0000", id="fraction-keeps-its-zeros"),
]

NO_DATES = [
    pytest.param("2016-02-30", id="30-february"),
    pytest.param("2015-02-29", id="leap-day-of-a-common-year"),
    pytest.param("1900-02-29", id="leap-day-of-1900"),
    pytest.param("2016-00", id="month-0"),
    pytest.param("2016-13", id="month-13"),
    pytest.param("2016-04-31", id="31-april"),
    pytest.param("2016-03-15T24", id="hour-24"),
    pytest.param("2016-03-15T10:60", id="minute-60"),
    pytest.param("2016-03-15T10:20:60", id="leap-second"),
    pytest.param("2016-03-15+01:00", id="zone-without-a-time"),
    pytest.param("2016-03-15T10:20.5", id="fraction-without-a-second"),
    pytest.param("2016-03-15T10:20+01:75", id="zone-with-75-minutes"),
    pytest.param("2016-03-15T10:20+25:00", id="zone-of-25-hours"),
    pytest.param("0000", id="year-0"),
    pytest.param("16-03-15", id="year-of-two-digits"),
    pytest.param("2016-3-15", id="month-of-one-digit"),
    pytest.param("2016-03-15 10:20", id="blank-for-T"),
    pytest.param("٢٠١٦", id="digits-that-are-not-ascii"),
    pytest.param("", id="nothing"),
]

BOUNDS = [
    pytest.param("2016", date(2016, 1, 1), date(2016, 12, 31), id="year"),
    pytest.param("2016-02", date(2016, 2, 1), date(2016, 2, 29), id="february-of-a-leap-year"),
    pytest.param("2015-02", date(2015, 2, 1), date(2015, 2, 28), id="february-of-a-common-year"),
    pytest.param("2000-02", date(2000, 2, 1), date(2000, 2, 29), id="february-2000"),
    pytest.param("2016-12", date(2016, 12, 1), date(2016, 12, 31), id="december"),
    pytest.param("2016-02-29", date(2016, 2, 29), date(2016, 2, 29), id="leap-day"),
    pytest.param("2016-12-31T23", date(2016, 12, 31), date(2016, 12, 31), id="last-hour-of-the-year"),
    pytest.param("2016-03-15T23:30-05:00", date(2016, 3, 15), date(2016, 3, 15), id="day-of-its-own-zone"),
    pytest.param("2016-03-15T23:59:59.9", date(2016, 3, 15), date(2016, 3, 15), id="last-tenth-of-a-day"),
]


@pytest.mark.parametrize(("iso", "hl7"), TEXT_FORMS)
def test_both_text_forms_mean_the_same_date(iso, hl7):
    assert PartialDate.parse(iso) == PartialDate.parse_hl7(hl7)


@pytest.mark.parametrize(("iso", "hl7"), TEXT_FORMS)
def test_each_text_form_is_written_as_it_was_read(iso, hl7):
    assert (str(PartialDate.parse(iso)), PartialDate.parse_hl7(hl7).hl7) == (iso, hl7)


@pytest.mark.parametrize("text", NO_DATES)
def test_it_refuses_what_is_no_date(text):
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    "text", ["20160230", "201613", "2016031524", "2016.5", "20160315+0100", "20163", "2016-03"]
)
def test_it_refuses_what_is_no_hl7_timestamp(text):
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse_hl7(text)


def test_the_refusal_of_an_impossible_date_names_it():
    with pytest.raises(ValueError, match="2015-02-29 is not a date of the calendar"):
        PartialDate.parse("2015-02-29")


def test_the_refusal_of_a_wrong_spelling_shows_right_ones():
    with pytest.raises(ValueError, match=r"'15\.3\.2016' is not a date such as 2016, 2016-03 or 2016-03-15"):
        PartialDate.parse("15.3.2016")


@pytest.mark.parametrize(("text", "first", "last"), BOUNDS)
def test_it_spans_the_days_it_can_mean(text, first, last):
    reported = PartialDate.parse(text)
    assert (reported.first_day, reported.last_day) == (first, last)


MOMENTS = [
    pytest.param("2016", "2016-01-01T00:00:00", "2016-12-31T23:59:59.999999", id="year"),
    pytest.param("2016-03-15T10", "2016-03-15T10:00:00", "2016-03-15T10:59:59.999999", id="hour"),
    pytest.param("2016-03-15T10:20", "2016-03-15T10:20:00", "2016-03-15T10:20:59.999999", id="minute"),
    pytest.param("2016-03-15T10:20:30", "2016-03-15T10:20:30", "2016-03-15T10:20:30.999999", id="second"),
    pytest.param(
        "2016-03-15T10:20:30.5", "2016-03-15T10:20:30.500000", "2016-03-15T10:20:30.599999", id="tenth"
    ),
    pytest.param(
        "2016-01-01T00:30+01:00", "2015-12-31T23:30:00", "2015-12-31T23:30:59.999999", id="east-of-utc"
    ),
    pytest.param(
        "2015-12-31T23:30-01:00", "2016-01-01T00:30:00", "2016-01-01T00:30:59.999999", id="west-of-utc"
    ),
]


@pytest.mark.parametrize(("text", "earliest", "latest"), MOMENTS)
def test_it_spans_the_moments_it_can_mean_in_utc(text, earliest, latest):
    reported = PartialDate.parse(text)
    expected = tuple(datetime.fromisoformat(end).replace(tzinfo=UTC) for end in (earliest, latest))
    assert (reported.earliest, reported.latest) == expected


def test_a_python_date_becomes_a_date_to_the_day():
    assert str(PartialDate.of(date(2016, 2, 29))) == "2016-02-29"


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        pytest.param(None, "2016-02-29T10:20:30", id="no-zone"),
        pytest.param(UTC, "2016-02-29T10:20:30+00:00", id="utc"),
        pytest.param(timezone(timedelta(hours=-5, minutes=-30)), "2016-02-29T10:20:30-05:30", id="west"),
    ],
)
@pytest.mark.parametrize("microsecond", [0, 123456])
def test_a_python_datetime_keeps_its_zone_and_its_second(zone, text, microsecond):
    assert str(PartialDate.of(datetime(2016, 2, 29, 10, 20, 30, microsecond, tzinfo=zone))) == text


def test_precision_counts_the_known_parts():
    assert [PartialDate((2016, 3, 15, 10, 20, 30)[:n]).precision for n in range(1, 7)] == list(Precision)


@pytest.mark.parametrize("parts", [(), (2016, 3, 15, 10, 20, 30, 5)], ids=["none", "seven"])
def test_it_refuses_too_few_and_too_many_parts(parts):
    with pytest.raises(ValueError, match="A date needs a year"):
        PartialDate(parts)


@pytest.mark.parametrize("zone", ["1:00", "+1:00", "+0100", "+01:0", "Z", "+01:60", "+24:00"])
def test_it_refuses_a_zone_that_it_could_not_write(zone):
    with pytest.raises(ValueError, match=r"."):
        PartialDate((2016, 3, 15, 10), zone=zone)


zones = st.one_of(
    st.just(""),
    st.builds("{}{:02d}:{:02d}".format, st.sampled_from("+-"), st.integers(0, 13), st.integers(0, 59)),
)


@st.composite
def partial_dates(draw):
    moment = draw(st.datetimes(datetime(1850, 1, 1), datetime(2150, 1, 1)))
    count = draw(st.integers(1, 6))
    parts = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)[:count]
    fraction = draw(st.from_regex(r"\A[0-9]{0,6}\Z")) if count == Precision.SECOND else ""
    return PartialDate(parts, fraction, draw(zones) if count >= Precision.HOUR else "")


@given(partial_dates())
@settings(max_examples=100, deadline=None)
def test_any_date_survives_both_text_forms(reported):
    assert PartialDate.parse(str(reported)) == reported == PartialDate.parse_hl7(reported.hl7)


@given(partial_dates())
@settings(max_examples=100, deadline=None)
def test_dropping_the_last_part_never_narrows_a_date(reported):
    count = max(1, len(reported.parts) - 1)
    wider = PartialDate(reported.parts[:count], zone=reported.zone if count >= Precision.HOUR else "")
    assert wider.first_day <= reported.first_day
    assert reported.last_day <= wider.last_day


@given(partial_dates())
@settings(max_examples=100, deadline=None)
def test_the_earliest_moment_is_never_after_the_latest(reported):
    assert reported.earliest <= reported.latest
