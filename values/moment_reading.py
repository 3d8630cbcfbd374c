"""What a typed moment means, or what must be asked about it: `read_moment`.

Where `values.moment_text.parse_moment` takes the first of two readings, `read_moment` returns both with a
question: 10/11/2026, day 10, "7 days after first dose" of two drugs. The person who types decides.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from values.calendar_text import CalendarDate, WrittenOn, format_date, read_calendar
from values.moment_text import (
    AmbiguousEventError,
    MomentParseError,
    days_of_reaction,
    error_text,
    relative_moment,
)
from values.moments import Moment, Offset
from values.spans import TimeUnit

_SEASON = re.compile(r"(?:early |mid |late )?(?:spring|summer|autumn|fall|winter)(?: of)? \d{4}")
_ABOUT = re.compile(r"(?:about|approximately|around|circa|ca\.?|~)\s*.+")
_LATER = ("tomorrow", "next week", "next month")
_UNKNOWN = ("unknown", "unk", "not known", "n/a", "?")


@dataclass(frozen=True, slots=True)
class MomentReading:
    """One `moment`, or a `question` with the moments to choose from.

    `is_about`: the text gives it as approximate. `first`, `last`: the days of an interval such as mid
    September, whose `moment` is the month or year that holds it; of a single day both are None.
    """

    moment: Moment | None = None
    is_about: bool = False
    first: date | None = None
    last: date | None = None
    question: str = ""
    choices: tuple[Moment, ...] = ()


def read_moment(text: str, events: Mapping[str, str], written_on: WrittenOn | None = None) -> MomentReading:
    """What a typed text means in a case with these events (see `parse_moment`).

    Without `written_on`, texts that need the day of entry or receipt are refused. Raises MomentParseError for
    a text that is no moment, or none that a report can give.
    """
    typed = " ".join(text.strip().split())
    lower = typed.lower()
    _refuse_future_and_unknown(lower)
    if _SEASON.fullmatch(lower):
        return MomentReading(question="Which months? Seasons differ between the hemispheres.")
    try:
        if dates := read_calendar(lower, written_on):
            return _of_dates(typed, dates)
        return _relative(typed, events) or MomentReading(Moment.parse(typed))
    except MomentParseError:
        raise
    except ValueError as error:
        raise MomentParseError(error_text(typed, events, error)) from None


def _refuse_future_and_unknown(text: str) -> None:
    if text in _LATER:
        raise MomentParseError("A report gives what was. Write a date up to today.")
    if text in _UNKNOWN:
        raise MomentParseError("Leave the date empty, and give the reason why it is missing.")


def _of_dates(typed: str, dates: list[CalendarDate]) -> MomentReading:
    if len(dates) == 1:
        (only,) = dates
        return MomentReading(Moment(date=only.reported), only.is_about, only.first, only.last)
    written = " or ".join(format_date(reading.reported) for reading in dates)
    return MomentReading(
        is_about=dates[0].is_about,
        question=f"“{typed}” has {len(dates)} readings: {written}?",
        choices=tuple(Moment(date=reading.reported) for reading in dates),
    )


def _relative(typed: str, events: Mapping[str, str]) -> MomentReading | None:
    """A moment counted from an event; of several events that it can mean, one choice each."""
    lower = typed.lower()
    try:
        moment = relative_moment(lower, events)
    except AmbiguousEventError as error:
        choices = [relative_moment(lower, {name: anchor}) for name, anchor in sorted(error.anchors.items())]
        return MomentReading(
            question=f"Counted from which event: {'; '.join(sorted(error.anchors))}?",
            choices=tuple(moment for moment in choices if moment is not None),
        )
    if moment is None:
        return None
    days = days_of_reaction(lower)
    if days and days[0] > 0:
        return _numbered_day(typed, days, moment)
    return MomentReading(moment, is_about=bool(_ABOUT.fullmatch(lower)))


def _numbered_day(typed: str, days: tuple[int, int], from_zero: Moment) -> MomentReading:
    """A numbered day of the reaction, whose onset is day 0 or day 1."""
    low, high = (Decimal(number - 1) for number in days)
    from_one = Offset(low, high, TimeUnit.DAY)
    return MomentReading(
        question=f"“{typed}”: is the day of onset day 1 or day 0?",
        choices=(Moment(anchor=from_zero.anchor, offset=from_one), from_zero),
    )
