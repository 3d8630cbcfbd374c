"""Tests of `values.moment_text`: moments in words, and back."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from values.date_ranges import DateRange
from values.dates import PartialDate
from values.moment_reading import read_moment
from values.moment_text import MomentParseError, format_moment
from values.moments import Moment, Offset
from values.spans import TimeUnit

DOSE, LAST, ONSET = (f"dose:{n * 8}-0000-4000-8000-000000000000" for n in "123")
EVENTS = {
    "first dose of anakinra": DOSE,
    "last dose of anakinra": LAST,
    "onset": ONSET,
    "macrophage activation syndrome": "medicalhistory:44444444-0000-4000-8000-000000000000",
}
MAS = EVENTS["macrophage activation syndrome"]


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("2016", "2016"),
        ("03/2016", "2016-03"),
        ("3.2016", "2016-03"),
        ("15/03/2016", "2016-03-15"),
        ("15.3.2016", "2016-03-15"),
        ("15 Mar 2016", "2016-03-15"),
        ("15th March 2016", "2016-03-15"),
        ("March 15, 2016", "2016-03-15"),
        ("Sept 2016", "2016-09"),
        ("  march   2016 ", "2016-03"),
        ("2016-03-15", "2016-03-15"),
        ("2016-03-15 10:20", "2016-03-15T10:20"),
        ("2016-03-15T10:20:30+01:00", "2016-03-15T10:20:30+01:00"),
        ("7 days after first dose of anakinra", f"{DOSE}+7d"),
        ("seven days after the first dose of anakinra", f"{DOSE}+7d"),
        ("a week before onset", f"{ONSET}-1wk"),
        ("2-3 weeks after the last dose", f"{LAST}+2..3wk"),
        ("about 2 months after macrophage activation syndrome", f"~{MAS}+2mo"),
        ("one month after the macrophage activation syndrome", f"{MAS}+1mo"),
        ("within 14 days of onset", f"{ONSET}+0..14d"),
        ("6 h after last dose of anakinra", f"{LAST}+6h"),
        ("after onset", f"{ONSET}+0..d"),
        ("before first dose of anakinra", f"{DOSE}-0..d"),
        ("the day of onset", f"{ONSET}+0d"),
        ("at 16 months of age", "birth+16..17mo"),
        ("age 2 years", "birth+2..3a"),
        ("12 months old", "birth+12..13mo"),
        (f"{DOSE}+7d", f"{DOSE}+7d"),
    ],
)
def test_it_parses(typed, canonical):
    assert str(read_moment(typed, EVENTS).moment) == canonical


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("soon", "is not understood"),
        ("", "is not understood"),
        ("31/02/2016", "not a date of the calendar"),
        ("15/13/2016", "not a date of the calendar"),
        ("3 days after the first dose of ibuprofen", "is no event of this case"),
        ("5-3 days after onset", "from less to more"),
        ("7 days", "is not understood"),
        ("99999999", "is not"),
    ],
)
def test_an_error_names_the_text_and_what_can_be_read(typed, words):
    with pytest.raises(MomentParseError, match=words):
        read_moment(typed, EVENTS)


def test_the_error_names_the_events_of_the_case():
    with pytest.raises(MomentParseError, match="first dose of anakinra; last dose of anakinra"):
        read_moment("3 days after breakfast", EVENTS)


def test_without_events_an_interval_is_refused():
    with pytest.raises(MomentParseError, match="none yet"):
        read_moment("day 10", {})


@pytest.mark.parametrize(
    ("canonical", "words"),
    [
        ("2016-03", "Mar 2016"),
        ("2016-03-15", "15 Mar 2016"),
        ("2016-03-15T10:20:30.5+01:00", "15 Mar 2016, 10:20:30.5 +01:00"),
        ("~2016-03", "about Mar 2016"),
        ("2016-03-11..2016-03-20", "11 to 20 Mar 2016"),
        ("2016-03-11..2016-04-02", "11 Mar to 2 Apr 2016"),
        ("2015-12-28..2016-01-03", "28 Dec 2015 to 3 Jan 2016"),
        ("2016-03..2016-05", "Mar to May 2016"),
        ("2015..2016", "2015 to 2016"),
        ("~2016-03-15..2017", "about 15 Mar 2016 to 2017"),
        (f"~{DOSE}+7d", "about 7 days after first dose of anakinra"),
        (f"{DOSE}+3..d", "at least 3 days after first dose of anakinra"),
        (f"{DOSE}-0d", "0 days before first dose of anakinra"),
        (f"{DOSE}+0wk", "0 weeks after first dose of anakinra"),
        (f"{DOSE}+7d", "7 days after first dose of anakinra"),
        (f"{DOSE}+1d", "1 day after first dose of anakinra"),
        (f"{LAST}-56..62d", "56-62 days before last dose of anakinra"),
        (f"{ONSET}+0..14d", "within 14 days of onset"),
        (f"{ONSET}+0d", "the day of onset"),
        (f"{ONSET}+0..d", "after onset"),
        ("birth+16..17mo", "age 16 months"),
        (f"{MAS}+1.5h", "1.5 hours after macrophage activation syndrome"),
        ("dose:99999999-0000-4000-8000-000000000000+7d", "dose:99999999-0000-4000-8000-000000000000+7d"),
    ],
)
def test_formatted_text_is_parsed_back(canonical, words):
    moment = Moment.parse(canonical)
    assert format_moment(moment, EVENTS) == words
    assert read_moment(words, EVENTS).moment == moment


numbers = st.decimals(0, 9999, allow_nan=False, allow_infinity=False, places=2)


@st.composite
def dates(draw):
    time = draw(st.datetimes())
    parts = (time.year, time.month, time.day, time.hour, time.minute, time.second)[: draw(st.integers(1, 6))]
    fraction = draw(st.sampled_from(["", "5", "052"])) if len(parts) == 6 else ""
    return PartialDate(parts, fraction, draw(st.sampled_from(["", "+02:00"])) if len(parts) > 3 else "")


@st.composite
def moments(draw):
    is_about = draw(st.booleans())
    kind = draw(st.sampled_from(["date", "range", "relative"]))
    if kind == "relative":
        ends = sorted(draw(st.lists(numbers, min_size=1, max_size=2)))
        high = None if draw(st.integers(0, 4)) == 0 else ends[-1]
        offset = Offset(ends[0], high, draw(st.sampled_from(TimeUnit)), draw(st.booleans()))
        anchor = draw(st.sampled_from([*EVENTS.values(), "birth"]))
        return Moment(anchor=anchor, offset=offset, is_about=is_about)
    if kind == "date":
        return Moment(date=draw(dates()), is_about=is_about)
    start, end = sorted((draw(dates()), draw(dates())), key=lambda day: day.earliest)
    assume(start != end)
    return Moment(date=DateRange(start, end), is_about=is_about)


@given(moments())
@settings(max_examples=300, deadline=None)
def test_what_is_shown_can_be_typed_back(moment):
    events = {**EVENTS, "birth": "birth"}
    for text in (format_moment(moment, events), format_moment(moment, {}), str(moment)):
        assert read_moment(text, events).moment == moment
        assert read_moment(text.upper() if text != str(moment) else text, events).moment == moment


@pytest.mark.parametrize(
    "name",
    [
        "onset of rash",
        "onset of injection site rash after injection",
        "the a to z syndrome",
        "covid - 2019",
        "hepatitis before 2016",
        "start of dialysis",
        "pain within 3 days of infusion",
    ],
)
def test_an_event_is_found_by_its_very_name(name):
    events = {name: DOSE, "rash": ONSET, "a to z syndrome": LAST, "dialysis": MAS}
    for canonical in (f"{DOSE}+7d", f"{DOSE}+0d", f"{DOSE}-0..d", f"~{DOSE}+0..14d"):
        moment = Moment.parse(canonical)
        assert read_moment(format_moment(moment, events), events).moment == moment
