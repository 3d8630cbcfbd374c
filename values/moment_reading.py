"""What a typed moment means, or what must be asked about it: `read_moment`.

A text with two readings gives both of them and a question: 10/11/2026, day 10, "7 days after first dose" of
two drugs. The person who types decides. `values.moment_text.format_moment` writes a moment as such a text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from values.calendar_text import ABOUT, CalendarDate, WrittenOn, read_calendar
from values.dates import PartialDate, Precision
from values.moment_text import (
    AmbiguousEventError,
    MomentParseError,
    days_of_reaction,
    error_text,
    format_moment,
    relative_moment,
)
from values.moments import Moment, Offset
from values.spans import TimeUnit

_SEASON = re.compile(r"(?:early |mid |late )?(?:spring|summer|autumn|fall|winter)(?: of)? \d{4}")
LONGEST = 300  # characters of a moment: the name of its event may be long
_LATER = ("tomorrow", "next week", "next month")
_UNKNOWN = ("unknown", "unk", "un", "nk", "not known", "not stated", "not available", "n/a", "na", "?", "-")


@dataclass(frozen=True, slots=True)
class MomentReading:
    """One `moment`, or a `question` with the moments to choose from."""

    moment: Moment | None = None
    question: str = ""
    choices: tuple[Moment, ...] = ()


class AmbiguousMomentError(MomentParseError):
    """A text with several readings. `choices`: a text for each of them that has no other."""

    def __init__(self, message: str, choices: tuple[str, ...]) -> None:
        self.choices = choices
        super().__init__(message)


def parse_moment(text: str, events: Mapping[str, str], written_on: WrittenOn | None = None) -> Moment:
    """The one moment that a text means (see `read_moment`). Raises MomentParseError, with the remedy."""
    reading = read_moment(text, events, written_on)
    if reading.moment is not None:
        return reading.moment
    choices = tuple(format_moment(moment, events) for moment in reading.choices)
    remedy = f" Write {', or '.join(choices)}." if choices else ""
    raise AmbiguousMomentError(f"{reading.question}{remedy}", choices)


def parse_day(text: str, written_on: WrittenOn | None = None) -> date:
    """The one day of the calendar that a text means. Raises MomentParseError, with the remedy."""
    moment = parse_moment(text, {}, written_on)
    day = moment.date
    if moment.is_about or not isinstance(day, PartialDate) or day.precision is not Precision.DAY:
        raise MomentParseError(f"“{text.strip()}” is no whole date. Write day, month and year: 29 Sep 2026.")
    return day.first_day


def read_moment(text: str, events: Mapping[str, str], written_on: WrittenOn | None = None) -> MomentReading:
    """What a typed text means in a case.

    `events` maps the names of this case's events ("first dose of anakinra", "onset") to their anchors
    (see `values.moments`). Without `written_on`, texts that need the day of entry or receipt are refused.
    Raises MomentParseError for a text that is no moment, or none that a report can give.
    """
    typed = " ".join(text.strip().split())
    lower = typed.lower()
    if len(typed) > LONGEST:
        raise MomentParseError(f"A date has at most {LONGEST} characters, such as 29 Sep 2026.")
    _refuse_future_and_unknown(lower)
    if _SEASON.fullmatch(lower):
        return MomentReading(
            question="Which months? Seasons differ between the hemispheres: write Jun to Aug 2026."
        )
    if canonical := _canonical(typed):
        return MomentReading(canonical)
    if dates := _calendar(typed, written_on):
        return _of_dates(typed, dates)
    try:
        if match := ABOUT.fullmatch(typed):
            return _approximate(_counted_or_canonical(match["rest"], events))
        return _counted_or_canonical(typed, events)
    except MomentParseError:
        raise
    except ValueError as error:
        raise MomentParseError(error_text(typed, events, error)) from None


def _calendar(typed: str, written_on: WrittenOn | None) -> list[CalendarDate]:
    try:
        return read_calendar(typed.lower(), written_on)
    except ValueError as error:
        reason = str(error).rstrip(".")
        raise MomentParseError(
            f"“{typed}” is no date: {reason}. Write it as 29 Sep 2026, Sep 2026 or 2026."
        ) from None


def _counted_or_canonical(typed: str, events: Mapping[str, str]) -> MomentReading:
    return _relative(typed, events) or MomentReading(Moment.parse(typed))


def _canonical(typed: str) -> Moment | None:
    try:
        return Moment.parse(typed)
    except ValueError:
        return None


def _approximate(reading: MomentReading) -> MomentReading:
    moment = reading.moment and replace(reading.moment, is_about=True)
    choices = tuple(replace(choice, is_about=True) for choice in reading.choices)
    return MomentReading(moment, reading.question, choices)


def _refuse_future_and_unknown(text: str) -> None:
    if text in _LATER:
        raise MomentParseError("A report gives what was. Write a date up to today.")
    if text in _UNKNOWN:
        raise MomentParseError("Leave the date empty, and give the reason why it is missing.")


def _of_dates(typed: str, dates: list[CalendarDate]) -> MomentReading:
    moments = tuple(Moment(date=reading.reported, is_about=reading.is_about) for reading in dates)
    if len(moments) == 1:
        return MomentReading(moments[0])
    return MomentReading(question=f"“{typed}” has {len(dates)} readings.", choices=moments)


def _relative(typed: str, events: Mapping[str, str]) -> MomentReading | None:
    """A moment counted from an event; of several events that it can mean, one choice each."""
    lower = typed.lower()
    try:
        moment = relative_moment(lower, events)
    except AmbiguousEventError as error:
        choices = [relative_moment(lower, {name: anchor}) for name, anchor in sorted(error.anchors.items())]
        return MomentReading(
            question=f"“{typed}” can be counted from several events.",
            choices=tuple(moment for moment in choices if moment is not None),
        )
    if moment is None:
        return None
    days = days_of_reaction(lower)
    if days and days[0] > 0:
        return _numbered_day(typed, days, moment)
    return MomentReading(moment)


def _numbered_day(typed: str, days: tuple[int, int], from_zero: Moment) -> MomentReading:
    """A numbered day of the reaction, whose onset is day 0 or day 1."""
    low, high = (Decimal(number - 1) for number in days)
    from_one = Offset(low, high, TimeUnit.DAY)
    return MomentReading(
        question=f"“{typed}”: is the day of onset day 1 or day 0?",
        choices=(Moment(anchor=from_zero.anchor, offset=from_one), from_zero),
    )
