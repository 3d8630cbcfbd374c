"""The days above the columns of the laboratory grid, read as the dates of the form are."""

from collections.abc import Mapping
from dataclasses import dataclass

from values.calendar_text import WrittenOn
from values.moment_reading import AmbiguousMomentError
from values.moment_text import MomentParseError
from values.moments import Moment
from web.entry.moment_phrases import moment_phrase, parse_phrase

DAY_REMEDY = "Write the day of the results, such as 1 Oct 2026."


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What dates are read by, and the results that the case has already, by `signature`."""

    events: Mapping[str, str]
    written_on: WrittenOn
    stored: frozenset[tuple[str, ...]] = frozenset()


@dataclass(frozen=True, slots=True)
class DayReading:
    """A day as it is read, or a problem with the texts to choose from."""

    moment: Moment | None = None
    meaning: str = ""
    problem: str = ""
    choices: tuple[str, ...] = ()


def read_day(text: str, around: Surroundings) -> DayReading:
    """The moment above a column. Without a text, its results have no date."""
    if not text.strip():
        return DayReading(meaning="no day")
    try:
        moment = parse_phrase(text, around.events, around.written_on)
    except AmbiguousMomentError as error:
        return DayReading(problem=str(error), choices=error.choices)
    except MomentParseError:
        return DayReading(problem=f"“{text}” is not read as a day. {DAY_REMEDY}")
    return DayReading(moment, moment_phrase(moment, around.events))


def same_day(text: str, around: Surroundings) -> str:
    """A text that is the same for two ways to write one day."""
    reading = read_day(text, around)
    return str(reading.moment) if reading.moment else text.strip()
