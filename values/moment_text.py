"""Dates the way people type them: "03/2016", "15 Mar 2016", "day 10", "7 days after first dose of anakinra".

What is understood is a `Moment`; whoever asks shows its meaning back. Day and month are read in that
order (15/03/2016), since a month first can't be told from it; ISO dates are year first. "Day 10" counts
from the onset of the reaction as day 0.
"""

import re
from collections.abc import Mapping
from decimal import Decimal

from values.dates import PartialDate
from values.moments import Moment, Offset
from values.numbers import plain
from values.spans import TimeUnit

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
UNITS = {
    TimeUnit.YEAR: ("y", "yr", "yrs", "year", "years", "a"),
    TimeUnit.MONTH: ("mo", "mos", "month", "months"),
    TimeUnit.WEEK: ("w", "wk", "wks", "week", "weeks"),
    TimeUnit.DAY: ("d", "day", "days"),
    TimeUnit.HOUR: ("h", "hr", "hrs", "hour", "hours"),
    TimeUnit.MINUTE: ("min", "mins", "minute", "minutes"),
}
SPOKEN = {
    TimeUnit.YEAR: "year",
    TimeUnit.MONTH: "month",
    TimeUnit.WEEK: "week",
    TimeUnit.DAY: "day",
    TimeUnit.HOUR: "hour",
    TimeUnit.MINUTE: "minute",
}
WORDS = (
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

_NUMBER = rf"(?:\d+(?:\.\d+)?|{'|'.join(WORDS)}|an?)"
_UNIT = "|".join(sorted((word for words in UNITS.values() for word in words), key=len, reverse=True))
_AMOUNT = rf"(?P<low>{_NUMBER})(?:\s*(?:-|–|to)\s*(?P<high>{_NUMBER}))?\s*(?P<unit>{_UNIT})"
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})[a-z]*\.?"

_NUMERIC = re.compile(r"(?:(?P<day>\d{1,2})[./-])?(?P<month>\d{1,2})[./-](?P<year>\d{4})")
_NAMED = re.compile(rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?{_MONTH},?\s+(?P<year>\d{{4}})")
_NAMED_US = re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})")
_ISO_SPACED = re.compile(r"\d{4}-\d{2}-\d{2}\s+\d{2}:\d{2}(?::\d{2})?(?:[+-]\d{2}:\d{2})?")
_DAY_N = re.compile(r"day\s*(?P<low>\d+)(?:\s*(?:-|–|to)\s*(?P<high>\d+))?")
_AGE = re.compile(rf"(?:at\s+)?(?:the\s+)?(?:age\s+(?:of\s+)?)?{_AMOUNT}(?:\s+(?:of\s+age|old))?")
_WITHIN = re.compile(rf"within\s+{_AMOUNT}\s+(?:of|after|from)\s+(?P<event>.+)")
_FROM = re.compile(
    rf"(?:(?:about|approximately|ca\.?|~)\s*)?{_AMOUNT}\s+(?P<side>after|before)\s+(?P<event>.+)"
)
_SOMETIME = re.compile(r"(?:some\s*time\s+)?(?P<side>after|before)\s+(?P<event>.+)")
_SAME = re.compile(r"(?:on\s+)?(?:the\s+)?(?:same\s+)?(?:day|time)\s+(?:of|as)\s+(?P<event>.+)")


class NotUnderstood(ValueError):
    """What was typed is no date that we can read; the message says what would be."""


def understand(text: str, events: Mapping[str, str]) -> Moment:
    """Read what somebody typed.

    `events` maps the names by which this case's events may be called ("first dose of anakinra",
    "onset") to their anchors. Raises NotUnderstood.
    """
    typed = " ".join(text.strip().split())
    try:
        found = _calendar(typed.lower()) or _relative(typed.lower(), events)
        return found or Moment.parse(typed)
    except NotUnderstood:
        raise
    except ValueError as error:
        if any(character.isdigit() for character in typed) and not any(c.isalpha() for c in typed):
            raise NotUnderstood(str(error)) from None
        raise NotUnderstood(_advice(typed, events)) from None


def tell(moment: Moment, events: Mapping[str, str]) -> str:
    """A moment in words that `understand` reads back; its canonical text where its event has no name here."""
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
    name = next((called for called, anchor in events.items() if anchor == moment.anchor), None)
    if name is None:
        return str(moment)
    side = "before" if offset.before else "after"
    if offset.high is None:
        return f"{side} {name}" if not offset.low else str(moment)
    if not offset.high:
        return f"the day of {name}"
    if not offset.low and not offset.before:
        return f"within {_count(offset.high, offset.unit)} of {name}"
    if offset.low == offset.high:
        return f"{_count(offset.low, offset.unit)} {side} {name}"
    return f"{plain(offset.low)}-{_count(offset.high, offset.unit)} {side} {name}"


def _count(number: Decimal, unit: TimeUnit) -> str:
    return f"{plain(number)} {SPOKEN[unit]}{'' if number == 1 else 's'}"


def _advice(typed: str, events: Mapping[str, str]) -> str:
    known = "; ".join(sorted(events)) or "none yet"
    return (
        f"“{typed}” is not understood. Write a date (2016, 03/2016, 15 Mar 2016), “day 10”, or an "
        f"interval from an event of this case (7 days after first dose of anakinra). Events: {known}."
    )


def _calendar(typed: str) -> Moment | None:
    for pattern in (_NUMERIC, _NAMED, _NAMED_US):
        if found := pattern.fullmatch(typed):
            month = found["month"]
            number = int(month) if month.isdigit() else MONTHS.index(month) + 1
            parts = (int(found["year"]), number, *((int(found["day"]),) if found["day"] else ()))
            return Moment(date=PartialDate(parts))
    if _ISO_SPACED.fullmatch(typed):
        return Moment(date=PartialDate.parse(typed.replace(" ", "T")))
    return None


def _relative(typed: str, events: Mapping[str, str]) -> Moment | None:
    if found := _DAY_N.fullmatch(typed):
        low = Decimal(found["low"])
        return _moment(_event(ONSET, events), low, Decimal(found["high"] or low), TimeUnit.DAY)
    if found := _WITHIN.fullmatch(typed):
        _, high, unit = _amount(found)
        return _moment(_event(found["event"], events), Decimal(0), high, unit)
    if found := _FROM.fullmatch(typed):
        low, high, unit = _amount(found)
        return _moment(_event(found["event"], events), low, high, unit, before=found["side"] == "before")
    if found := _SAME.fullmatch(typed):
        return _moment(_event(found["event"], events), Decimal(0), Decimal(0), TimeUnit.DAY)
    if found := _SOMETIME.fullmatch(typed):
        before = found["side"] == "before"
        return _moment(_event(found["event"], events), Decimal(0), None, TimeUnit.DAY, before=before)
    if ("age" in typed or "old" in typed) and (found := _AGE.fullmatch(typed)):
        return _at_age(found)
    return None


def _at_age(found: re.Match[str]) -> Moment:
    """An age counts what is completed: "16 months" lasts until the seventeenth."""
    low, high, unit = _amount(found)
    return _moment(BIRTH, low, high + 1 if high == low else high, unit)


def _amount(found: re.Match[str]) -> tuple[Decimal, Decimal, TimeUnit]:
    low = _number(found["low"])
    high = _number(found["high"]) if found["high"] else low
    if high < low:
        raise NotUnderstood(
            f"An interval runs from less to more: “{found['high']}” is below “{found['low']}”."
        )
    unit = next(unit for unit, words in UNITS.items() if found["unit"] in words)
    return low, high, unit


def _number(word: str) -> Decimal:
    if word in ("a", "an"):
        return Decimal(1)
    return Decimal(WORDS.index(word)) if word in WORDS else Decimal(word)


def _event(name: str, events: Mapping[str, str]) -> str:
    """The anchor of an event by the name it was called, articles and "the start of" aside."""
    wanted = _bare(name)
    anchors = {anchor for called, anchor in events.items() if _bare(called) == wanted}
    if not anchors:
        anchors = {anchor for called, anchor in events.items() if wanted in _bare(called)}
    if len(anchors) == 1:
        return anchors.pop()
    known = "; ".join(sorted(events)) or "none yet"
    problem = "could mean several events" if anchors else "is no event of this case"
    raise NotUnderstood(f"“{name}” {problem}. Events: {known}.")


def _bare(name: str) -> str:
    return (
        re.sub(r"\b(the|a|an|start of|initiation of|onset of)\b\s*", "", name.lower()).strip(" .")
        or name.lower()
    )


def _moment(
    anchor: str, low: Decimal, high: Decimal | None, unit: TimeUnit, *, before: bool = False
) -> Moment:
    return Moment(anchor=anchor, offset=Offset(low, high, unit, before=before))
