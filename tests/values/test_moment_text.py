"""Tests of `values.moment_text`: dates the way people type them."""

import pytest

from values.moment_text import MomentParseError, format_moment, parse_moment
from values.moments import Moment

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
        ("03/04/2016", "2016-04-03"),
        ("15 Mar 2016", "2016-03-15"),
        ("15th March 2016", "2016-03-15"),
        ("March 15, 2016", "2016-03-15"),
        ("Sept 2016", "2016-09"),
        ("  march   2016 ", "2016-03"),
        ("2016-03-15", "2016-03-15"),
        ("2016-03-15 10:20", "2016-03-15T10:20"),
        ("2016-03-15T10:20:30+01:00", "2016-03-15T10:20:30+01:00"),
        ("day 10", f"{ONSET}+10d"),
        ("Day 3-5", f"{ONSET}+3..5d"),
        ("7 days after first dose of anakinra", f"{DOSE}+7d"),
        ("seven days after the first dose of anakinra", f"{DOSE}+7d"),
        ("a week before onset", f"{ONSET}-1wk"),
        ("2-3 weeks after the last dose", f"{LAST}+2..3wk"),
        ("about 2 months after macrophage activation syndrome", f"{MAS}+2mo"),
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
    assert str(parse_moment(typed, EVENTS)) == canonical


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("soon", "is not understood"),
        ("", "is not understood"),
        ("31/02/2016", "not a date of the calendar"),
        ("15/13/2016", "not a date of the calendar"),
        ("3 days after the first dose of ibuprofen", "is no event of this case"),
        ("3 days after dose of anakinra", "could mean several events"),
        ("5-3 days after onset", "from less to more"),
        ("7 days", "is not understood"),
        ("99999999", "is not"),
    ],
)
def test_an_error_names_the_text_and_what_can_be_read(typed, words):
    with pytest.raises(MomentParseError, match=words):
        parse_moment(typed, EVENTS)


def test_the_error_names_the_events_of_the_case():
    with pytest.raises(MomentParseError, match="first dose of anakinra; last dose of anakinra"):
        parse_moment("3 days after breakfast", EVENTS)


def test_without_events_an_interval_is_refused():
    with pytest.raises(MomentParseError, match="none yet"):
        parse_moment("day 10", {})


@pytest.mark.parametrize(
    ("canonical", "words"),
    [
        ("2016-03", "2016-03"),
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
    assert parse_moment(words, EVENTS) == moment
