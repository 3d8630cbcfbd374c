"""Dates and durations in the phrases of the form: parsed as typed, and written out for people."""

from collections.abc import Mapping
from decimal import Decimal

from values.calendar_text import MONTHS
from values.moment_text import MomentParseError, format_moment, parse_moment
from values.moments import Moment
from values.numbers import plain_number

FEWEST_HOURS_IN_DAYS = 72  # from here on a duration is written in days


def parse_phrase(text: str, events: Mapping[str, str]) -> Moment:
    """The moment that a text means; `events` are names of events -> anchors.

    Raises MomentParseError, with the remedy.
    """
    try:
        return parse_moment(text, events)
    except MomentParseError as error:
        if "is no event of this case" not in str(error):
            raise
        raise MomentParseError(
            f"{error} Enter the event on this page (a drug and its dose, a reaction, a treatment, an "
            "earlier condition), or give a date."
        ) from None


def moment_phrase(moment: Moment, events: Mapping[str, str]) -> str:
    """A moment as a sentence would have it: "15 Mar 2016", "7 days after first dose of anakinra"."""
    if moment.date is None:
        return format_moment(moment, events)
    year, *rest = moment.date.parts
    if len(rest) > 2:
        clock = ":".join(f"{part:02}" for part in rest[2:])
        zone = f" {moment.date.zone}" if moment.date.zone else ""
        return f"{_day(year, *rest[:2])}, {clock}{' h' if len(rest) == 3 else ''}{zone}"
    return {0: f"some time in {year}", 1: f"some time in {_day(year, *rest)}"}.get(
        len(rest), _day(year, *rest)
    )


def _day(year: int, month: int | None = None, day: int | None = None) -> str:
    name = MONTHS[month - 1].capitalize() if month else ""
    return " ".join(str(part) for part in (day, name, year) if part)


def hours_phrase(low: Decimal, high: Decimal) -> str:
    """A range of hours, in days where it is long: "4 to 6 hours", "3.5 days"."""
    if low >= FEWEST_HOURS_IN_DAYS:
        low, high, unit = round(low / 24, 1), round(high / 24, 1), "days"
    else:
        unit = "hours"
    if low == high:
        return f"{plain_number(low)} {unit}"
    return f"{plain_number(low)} to {plain_number(high)} {unit}"
