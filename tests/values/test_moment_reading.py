"""Tests of `values.moment_reading` and `values.calendar_text`: accepted, asked back, refused."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from values.calendar_text import WrittenOn, format_date
from values.dates import PartialDate
from values.moment_reading import read_moment
from values.moment_text import MomentParseError
from values.moments import Moment

ONSET, FIRST, THIRD, OTHER = (f"dose:{n * 8}-0000-4000-8000-000000000000" for n in "1234")
EVENTS = {
    "onset": ONSET,
    "first dose of allopurinol": FIRST,
    "last dose of allopurinol": f"{FIRST}.end",
    "third dose of ilaris": THIRD,
    "first dose of ilaris": OTHER,
}
WRITTEN_ON = WrittenOn(date(2026, 11, 28), received=date(2026, 11, 20))


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("01-SEP-2026", "2026-09-01"),
        ("01SEP2026", "2026-09-01"),
        ("Unk-Sep-2026", "2026-09"),
        ("UN-UNK-2026", "2026"),
        ("--/09/2026", "2026-09"),
        ("00.09.2026", "2026-09"),
        ("1.9.26", "2026-09-01"),
        ("1.9.98", "1998-09-01"),
        ("28.11.26", "1926-11-28"),
        ("30/09/2026", "2026-09-30"),
        ("09/30/2026", "2026-09-30"),
        ("10.11.2026", "2026-11-10"),
        ("11/11/2026", "2026-11-11"),
        ("2026/09/01", "2026-09-01"),
        ("2026年9月1日", "2026-09-01"),
        ("2026年9月", "2026-09"),
        ("20260901", "2026-09-01"),
        ("202609", "2026-09"),
        ("20260901143005+0200", "2026-09-01T14:30:05+02:00"),
        ("1 Sep 2026 14:30", "2026-09-01T14:30"),
        ("1 Sep 2026, 14:30:05 +02:00", "2026-09-01T14:30:05+02:00"),
        ("yesterday", "2026-11-27"),
        ("28.09.", "2026-09-28"),
        ("25/11", "2025-11-25"),
        ("day 0", f"{ONSET}+0d"),
        ("day -3", f"{ONSET}-3d"),
        ("28 days after start of allopurinol", f"{FIRST}+28d"),
        ("2 days before the end of allopurinol", f"{FIRST}.end-2d"),
        ("10 days after the third injection", f"{THIRD}+10d"),
        ("three weeks prior to onset", f"{ONSET}-3wk"),
        ("at the age of 54", "birth+54..55a"),
    ],
)
def test_one_reading_is_taken(typed, canonical):
    reading = read_moment(typed, EVENTS, WRITTEN_ON)
    assert (str(reading.moment), reading.question) == (canonical, "")


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("ca. 29.09.2026", "2026-09-29"),
        ("about 29 Sep 2026", "2026-09-29"),
        ("~ Sep 2026", "2026-09"),
        ("2 weeks ago", "2026-11-14"),
        ("about 2 weeks before onset", f"{ONSET}-2wk"),
    ],
)
def test_an_approximate_moment_is_marked(typed, canonical):
    reading = read_moment(typed, EVENTS, WRITTEN_ON)
    assert str(reading.moment) == f"~{canonical}"


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("early February 2026", "2026-02-01..2026-02-10"),
        ("mid-September 2026", "2026-09-11..2026-09-20"),
        ("end of February 2028", "2028-02-21..2028-02-29"),
        ("week 1 of 2026", "2025-12-29..2026-01-04"),
        ("Q1 2026", "2026-01..2026-03"),
        ("11 to 20 Sep 2026", "2026-09-11..2026-09-20"),
        ("11-20 Sep 2026", "2026-09-11..2026-09-20"),
        ("28 Sep – 3 October 2026", "2026-09-28..2026-10-03"),
        ("between July and September 2026", "2026-07..2026-09"),
        ("from 28.12.2025 to 3.1.2026", "2025-12-28..2026-01-03"),
        ("2025 to 2026", "2025..2026"),
        ("Sep to 3 Oct 2026", "2026-09..2026-10-03"),
        ("around mid September 2026", "~2026-09-11..2026-09-20"),
    ],
)
def test_an_interval_has_both_its_dates(typed, canonical):
    assert str(read_moment(typed, EVENTS).moment) == canonical


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("10/11/2026", ["2026-11-10", "2026-10-11"]),
        ("10-11-2026", ["2026-11-10", "2026-10-11"]),
        ("10/11/2026 14:30", ["2026-11-10T14:30", "2026-10-11T14:30"]),
        ("09/26", ["2026-09-26", "2026-09"]),
        ("10/12", ["2025-12-10", "2026-10-12", "2012-10"]),
        ("day 10", [f"{ONSET}+9d", f"{ONSET}+10d"]),
        ("about 10/11/2026", ["~2026-11-10", "~2026-10-11"]),
        ("10/11/2026 to 15/11/2026", ["2026-11-10..2026-11-15", "2026-10-11..2026-11-15"]),
        ("Day 3-5", [f"{ONSET}+2..4d", f"{ONSET}+3..5d"]),
        ("about 7 days after first dose", [f"~{FIRST}+7d", f"~{OTHER}+7d"]),
        ("7 days after first dose", [f"{FIRST}+7d", f"{OTHER}+7d"]),
        ("winter 2026", []),
    ],
)
def test_two_readings_are_asked_back(typed, choices):
    reading = read_moment(typed, EVENTS, WRITTEN_ON)
    assert reading.moment is None
    assert reading.question
    assert [str(choice) for choice in reading.choices] == choices


def test_the_century_of_a_birth_is_asked():
    born = read_moment("1.9.24", {}, WrittenOn(date(2026, 11, 28), is_birth=True))
    assert [str(choice) for choice in born.choices] == ["2024-09-01", "1924-09-01"]


@pytest.mark.parametrize(
    "typed",
    [
        "31.02.2026",
        "29 Sep 20226",
        "13/13/2026",
        "tomorrow",
        "unknown",
        "soon",
        "",
        "7 days after start of aspirin",
        "32.13.",
        "99999999",
        "week 60 of 2026",
        "31/02/2026 10:00",
        "20 to 11 Sep 2026",
        "5 Sep 2026 to 31 Feb 2027",
        "7 days after " + "very " * 100 + "long",
    ],
)
def test_what_no_report_gives_is_refused(typed):
    with pytest.raises(MomentParseError):
        read_moment(typed, EVENTS, WRITTEN_ON)


@pytest.mark.parametrize("typed", ["today", "28.09.", "1.9.26", "2 weeks ago"])
def test_without_the_day_of_entry_nothing_is_counted_back(typed):
    with pytest.raises(MomentParseError):
        read_moment(typed, EVENTS)


@pytest.mark.parametrize(
    ("canonical", "text"),
    [
        ("2026-09-29", "29 Sep 2026"),
        ("2026-09", "Sep 2026"),
        ("2026", "2026"),
        ("2026-09-29T14", "29 Sep 2026, 14 h"),
        ("2026-09-29T14:30:05+02:00", "29 Sep 2026, 14:30:05 +02:00"),
    ],
)
def test_a_date_is_written_in_one_form(canonical, text):
    assert format_date(PartialDate.parse(canonical)) == text


@given(st.datetimes(), st.integers(1, 6))
@settings(max_examples=100, deadline=None)
def test_the_written_form_is_read_back(moment, parts):
    numbers = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)[:parts]
    reported = PartialDate(numbers)
    if reported.parts[0] >= 1000:
        assert read_moment(format_date(reported), {}).moment == Moment(date=reported)
