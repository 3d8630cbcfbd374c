"""Dates the way people type them: "03/2016", "15 Mar 2016", "day 10", "7 days after first dose of anakinra".

`parse_moment` reads such a text as a `Moment`, `format_moment` writes a moment as such a text. Day and
month are read in that order (15/03/2016), because it cannot be distinguished from month and day; ISO dates
are year first. "Day 10" counts from the onset of the reaction as day 0.
"""

import re
from collections.abc import Mapping
from decimal import Decimal

from values.dates import PartialDate
from values.moments import Moment, Offset
from values.numbers import plain_number
from values.spans import TimeUnit

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
UNIT_SPELLINGS = {
    TimeUnit.YEAR: ("y", "yr", "yrs", "year", "years", "a"),
    TimeUnit.MONTH: ("mo", "mos", "month", "months"),
    TimeUnit.WEEK: ("w", "wk", "wks", "week", "weeks"),
    TimeUnit.DAY: ("d", "day", "days"),
    TimeUnit.HOUR: ("h", "hr", "hrs", "hour", "hours"),
    TimeUnit.MINUTE: ("min", "mins", "minute", "minutes"),
}
UNIT_NAMES = {
    TimeUnit.YEAR: "year",
    TimeUnit.MONTH: "month",
    TimeUnit.WEEK: "week",
    TimeUnit.DAY: "day",
    TimeUnit.HOUR: "hour",
    TimeUnit.MINUTE: "minute",
}
NUMBER_WORDS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
BIRTH, ONSET = "birth", "onset"

_NUMBER = rf"(?:\d+(?:\.\d+)?|{'|'.join(NUMBER_WORDS)}|an?)"
_UNIT = "|".join(sorted((word for words in UNIT_SPELLINGS.values() for word in words), key=len, reverse=True))
_AMOUNT = rf"(?P<low>{_NUMBER})(?:\s*(?:-|–|to)\s*(?P<high>{_NUMBER}))?\s*(?P<unit>{_UNIT})"
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})[a-z]*\.?"

_NUMERIC = re.compile(r"(?:(?P<day>\d{1,2})[./-])?(?P<month>\d{1,2})[./-](?P<year>\d{4})")
_NAMED = re.compile(rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?{_MONTH},?\s+(?P<year>\d{{4}})")
_NAMED_US = re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})")
_ISO_SPACED = re.compile(r"\d{4}-\d{2}-\d{2}\s+\d{2}:\d{2}(?::\d{2})?(?:[+-]\d{2}:\d{2})?")
_DAY_N = re.compile(r"day\s*(?P<low>\d+)(?:\s*(?:-|–|to)\s*(?P<high>\d+))?")
_AGE = re.compile(rf"(?:at\s+)?(?:the\s+)?(?:age\s+(?:of\s+)?)?{_AMOUNT}(?:\s+(?:of\s+age|old))?")
_WITHIN = re.compile(rf"within\s+{_AMOUNT}\s+(?:of|after|from)\s+(?P<event>.+)")
_INTERVAL = re.compile(
    rf"(?:(?:about|approximately|ca\.?|~)\s*)?{_AMOUNT}\s+(?P<side>after|before)\s+(?P<event>.+)"
)
_BEFORE_OR_AFTER = re.compile(r"(?:some\s*time\s+)?(?P<side>after|before)\s+(?P<event>.+)")
_SAME_DAY = re.compile(r"(?:on\s+)?(?:the\s+)?(?:same\s+)?(?:day|time)\s+(?:of|as)\s+(?P<event>.+)")


class MomentParseError(ValueError):
    """A text that cannot be read as a moment; the message gives examples that can."""


def parse_moment(text: str, events: Mapping[str, str]) -> Moment:
    """The moment that a typed text means.

    `events` maps the names of this case's events ("first dose of anakinra", "onset") to their anchors
    (see `values.moments`). Raises MomentParseError.
    """
    typed = " ".join(text.strip().split())
    try:
        moment = _calendar(typed.lower()) or _relative(typed.lower(), events)
        return moment or Moment.parse(typed)
    except MomentParseError:
        raise
    except ValueError as error:
        if any(character.isdigit() for character in typed) and not any(c.isalpha() for c in typed):
            raise MomentParseError(str(error)) from None
        raise MomentParseError(_error_text(typed, events)) from None


def format_moment(moment: Moment, events: Mapping[str, str]) -> str:
    """A moment as a text that `parse_moment` reads back; its canonical text if `events` lacks its event."""
    if moment.offset is None:
        return str(moment)
    offset = moment.offset
    if (
        moment.anchor == BIRTH
        and offset.high is not None
        and not offset.before
        and offset.high - offset.low == 1
    ):
        return f"age {_count(offset.low, offset.unit)}"
    event_name = next((name for name, anchor in events.items() if anchor == moment.anchor), None)
    if event_name is None:
        return str(moment)
    side = "before" if offset.before else "after"
    if offset.high is None:
        return f"{side} {event_name}" if not offset.low else str(moment)
    if not offset.high:
        return f"the day of {event_name}"
    if not offset.low and not offset.before:
        return f"within {_count(offset.high, offset.unit)} of {event_name}"
    if offset.low == offset.high:
        return f"{_count(offset.low, offset.unit)} {side} {event_name}"
    return f"{plain_number(offset.low)}-{_count(offset.high, offset.unit)} {side} {event_name}"


def _count(number: Decimal, unit: TimeUnit) -> str:
    return f"{plain_number(number)} {UNIT_NAMES[unit]}{'' if number == 1 else 's'}"


def _error_text(typed: str, events: Mapping[str, str]) -> str:
    names = "; ".join(sorted(events)) or "none yet"
    return (
        f"“{typed}” is not understood. Write a date (2016, 03/2016, 15 Mar 2016), “day 10”, or an "
        f"interval from an event of this case (7 days after first dose of anakinra). Events: {names}."
    )


def _calendar(text: str) -> Moment | None:
    for pattern in (_NUMERIC, _NAMED, _NAMED_US):
        if match := pattern.fullmatch(text):
            month = match["month"]
            number = int(month) if month.isdigit() else MONTHS.index(month) + 1
            parts = (int(match["year"]), number, *((int(match["day"]),) if match["day"] else ()))
            return Moment(date=PartialDate(parts))
    if _ISO_SPACED.fullmatch(text):
        return Moment(date=PartialDate.parse(text.replace(" ", "T")))
    return None


def _relative(text: str, events: Mapping[str, str]) -> Moment | None:
    if match := _DAY_N.fullmatch(text):
        low = Decimal(match["low"])
        return _moment(_event(ONSET, events), low, Decimal(match["high"] or low), TimeUnit.DAY)
    if match := _WITHIN.fullmatch(text):
        _, high, unit = _amount(match)
        return _moment(_event(match["event"], events), Decimal(0), high, unit)
    if match := _INTERVAL.fullmatch(text):
        low, high, unit = _amount(match)
        return _moment(_event(match["event"], events), low, high, unit, before=match["side"] == "before")
    if match := _SAME_DAY.fullmatch(text):
        return _moment(_event(match["event"], events), Decimal(0), Decimal(0), TimeUnit.DAY)
    if match := _BEFORE_OR_AFTER.fullmatch(text):
        before = match["side"] == "before"
        return _moment(_event(match["event"], events), Decimal(0), None, TimeUnit.DAY, before=before)
    if ("age" in text or "old" in text) and (match := _AGE.fullmatch(text)):
        return _age(match)
    return None


def _age(match: re.Match[str]) -> Moment:
    """An age counts completed units: "16 months" lasts until the seventeenth."""
    low, high, unit = _amount(match)
    return _moment(BIRTH, low, high + 1 if high == low else high, unit)


def _amount(match: re.Match[str]) -> tuple[Decimal, Decimal, TimeUnit]:
    low = _number(match["low"])
    high = _number(match["high"]) if match["high"] else low
    if high < low:
        raise MomentParseError(
            f"An interval runs from less to more: “{match['high']}” is below “{match['low']}”."
        )
    unit = next(unit for unit, words in UNIT_SPELLINGS.items() if match["unit"] in words)
    return low, high, unit


def _number(word: str) -> Decimal:
    if word in ("a", "an"):
        return Decimal(1)
    return Decimal(NUMBER_WORDS.index(word)) if word in NUMBER_WORDS else Decimal(word)


def _event(name: str, events: Mapping[str, str]) -> str:
    """The anchor of an event by its name, without regard to articles and "start of"."""
    bare_name = _without_articles(name)
    anchors = {anchor for event_name, anchor in events.items() if _without_articles(event_name) == bare_name}
    if not anchors:
        anchors = {
            anchor for event_name, anchor in events.items() if bare_name in _without_articles(event_name)
        }
    if len(anchors) == 1:
        return anchors.pop()
    names = "; ".join(sorted(events)) or "none yet"
    problem = "could mean several events" if anchors else "is no event of this case"
    raise MomentParseError(f"“{name}” {problem}. Events: {names}.")


def _without_articles(name: str) -> str:
    return (
        re.sub(r"\b(the|a|an|start of|initiation of|onset of)\b\s*", "", name.lower()).strip(" .")
        or name.lower()
    )


def _moment(
    anchor: str, low: Decimal, high: Decimal | None, unit: TimeUnit, *, before: bool = False
) -> Moment:
    return Moment(anchor=anchor, offset=Offset(low, high, unit, before=before))
