"""Moments in words: "15 Mar 2016", "about 15 Mar 2016", "7 days after first dose of anakinra".

`format_moment` writes a moment as a text that `values.moment_reading.read_moment` reads back;
`relative_moment` reads those texts that count from an event.
"""

import re
from collections.abc import Mapping
from decimal import Decimal

from values.calendar_text import format_date
from values.moments import Moment, Offset
from values.numbers import plain_number
from values.spans import TimeUnit

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
_DAY_N = re.compile(r"day\s*(?P<low>\d+)(?:\s*(?:-|–|to)\s*(?P<high>\d+))?")
_DAY_BEFORE = re.compile(r"day\s*[-−](?P<days>\d+)")
_AGE = re.compile(rf"(?:at\s+)?(?:the\s+)?(?:age\s+(?:of\s+)?)?{_AMOUNT}(?:\s+(?:of\s+age|old))?")
_AGE_IN_YEARS = re.compile(r"(?:at\s+)?(?:the\s+)?age\s+(?:of\s+)?(?P<years>\d{1,3})")
_WITHIN = re.compile(rf"within\s+{_AMOUNT}\s+(?:of|after|from)\s+(?P<event>.+)")
_INTERVAL = re.compile(
    rf"(?P<least>at\s+least\s+)?{_AMOUNT}\s+(?P<side>after|before|prior\s+to)\s+(?P<event>.+)"
)
_BEFORE_OR_AFTER = re.compile(r"(?:some\s*time\s+)?(?P<side>after|before)\s+(?P<event>.+)")
_DOSE = re.compile(r"\b(?:injection|infusion|administration)\b")
_START_OF = re.compile(r"(?:the\s+)?(?:start|beginning|initiation)\s+of\s+(?P<drug>.+)")
_END_OF = re.compile(r"(?:the\s+)?(?:end|stop|discontinuation|withdrawal)\s+of\s+(?P<drug>.+)")
_SAME_DAY = re.compile(r"(?:on\s+)?(?:the\s+)?(?:same\s+)?(?:day|time)\s+(?:of|as)\s+(?P<event>.+)")


class MomentParseError(ValueError):
    """A text that cannot be read as a moment; the message gives examples that can."""


class AmbiguousEventError(MomentParseError):
    """A text that counts from one of several events. `anchors`: those that it can mean, by their names."""

    def __init__(self, message: str, anchors: Mapping[str, str]) -> None:
        self.anchors = anchors
        super().__init__(message)


class UnknownEventError(MomentParseError):
    """A text that counts from something that is no event of the case. `name`: that event."""

    def __init__(self, message: str, name: str) -> None:
        self.name = name
        super().__init__(message)


def format_moment(moment: Moment, events: Mapping[str, str]) -> str:
    """A moment as a text that `read_moment` reads back; its canonical text if `events` lacks its event."""
    about = "about " if moment.is_about else ""
    if moment.date is not None:
        return f"{about}{format_date(moment.date)}"
    text = _format_relative(moment, events)
    return str(moment) if text is None else f"{about}{text}"


def _format_relative(moment: Moment, events: Mapping[str, str]) -> str | None:
    offset = moment.offset
    if offset is None:
        return None
    if moment.anchor == BIRTH and _is_age(offset):
        return f"age {_count(offset.low, offset.unit)}"
    event_name = next((name for name, anchor in events.items() if anchor == moment.anchor), None)
    return None if event_name is None else f"{_distance(offset)} {event_name}"


def _is_age(offset: Offset) -> bool:
    """Whether it counts completed units, as an age does."""
    return offset.high is not None and not offset.before and offset.high - offset.low == 1


def _distance(offset: Offset) -> str:
    """How far from an event, up to its name: "7 days after"."""
    side = "before" if offset.before else "after"
    in_days = offset.unit is TimeUnit.DAY
    if offset.high is None:
        least = _count(offset.low, offset.unit)
        return side if in_days and not offset.low else f"at least {least} {side}"
    if not offset.high and in_days and not offset.before:
        return "the day of"
    if not offset.low and offset.high and not offset.before:
        return f"within {_count(offset.high, offset.unit)} of"
    if offset.low == offset.high:
        return f"{_count(offset.low, offset.unit)} {side}"
    return f"{plain_number(offset.low)}-{_count(offset.high, offset.unit)} {side}"


def _count(number: Decimal, unit: TimeUnit) -> str:
    return f"{plain_number(number)} {UNIT_NAMES[unit]}{'' if number == 1 else 's'}"


def error_text(typed: str, events: Mapping[str, str], error: ValueError) -> str:
    """Why a text is no moment: the error itself where it is a date in numbers, else what can be written."""
    if any(character.isdigit() for character in typed) and not any(c.isalpha() for c in typed):
        return f"{str(error).rstrip('.')}. Write it as 29 Sep 2026, Sep 2026 or 2026."
    if not events:
        return f"“{typed}” is not understood. Write a date, such as 29 Sep 2026."
    names = "; ".join(sorted(events))
    return (
        f"“{typed}” is not understood. Write a date (29 Sep 2026, Sep 2026, 2026, mid September 2026), or an "
        f"interval from an event of this case (7 days after first dose of anakinra). Events: {names}."
    )


def relative_moment(text: str, events: Mapping[str, str]) -> Moment | None:
    """The moment of a text in lower case that counts from an event or from birth, if it does."""
    return _day_of_reaction(text, events) or _counted(text, events) or _age(text)


def days_of_reaction(text: str) -> tuple[int, int] | None:
    """The numbers of "day 10" or "days 3 to 5" of the reaction; None for any other text."""
    match = _DAY_N.fullmatch(text)
    return (int(match["low"]), int(match["high"] or match["low"])) if match else None


def _day_of_reaction(text: str, events: Mapping[str, str]) -> Moment | None:
    """A numbered day of the reaction, which begins on day 0."""
    if match := _DAY_BEFORE.fullmatch(text):
        days = Decimal(match["days"])
        return _moment(_event(ONSET, events), days, days, TimeUnit.DAY, before=days > 0)
    if days_named := days_of_reaction(text):
        low, high = (Decimal(number) for number in days_named)
        return _moment(_event(ONSET, events), low, high, TimeUnit.DAY)
    return None


def _counted(text: str, events: Mapping[str, str]) -> Moment | None:
    """A length of time before or after an event, or the event itself."""
    if match := _WITHIN.fullmatch(text):
        _, high, unit = _amount(match)
        return _moment(_event(match["event"], events), Decimal(0), high, unit)
    if match := _INTERVAL.fullmatch(text):
        low, most, unit = _amount(match)
        reach = None if match["least"] else most
        return _moment(_event(match["event"], events), low, reach, unit, before=match["side"] != "after")
    if match := _SAME_DAY.fullmatch(text):
        return _moment(_event(match["event"], events), Decimal(0), Decimal(0), TimeUnit.DAY)
    if match := _BEFORE_OR_AFTER.fullmatch(text):
        before = match["side"] == "before"
        return _moment(_event(match["event"], events), Decimal(0), None, TimeUnit.DAY, before=before)
    return None


def _age(text: str) -> Moment | None:
    """An age counts completed units: "16 months" lasts until the seventeenth. Years need no unit."""
    if match := _AGE_IN_YEARS.fullmatch(text):
        years = Decimal(match["years"])
        return _moment(BIRTH, years, years + 1, TimeUnit.YEAR)
    if not ("age" in text or "old" in text) or not (match := _AGE.fullmatch(text)):
        return None
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
    """The anchor of an event by its name, without regard to articles; "start of" a drug is its first dose."""
    candidates = _same_name(name, events) or _candidates(_DOSE.sub("dose", name), events)
    anchors = set(candidates.values())
    if len(anchors) == 1:
        return anchors.pop()
    names = "; ".join(sorted(events)) or "none yet"
    if anchors:
        raise AmbiguousEventError(f"“{name}” could mean several events. Events: {names}.", candidates)
    raise UnknownEventError(f"“{name}” is no event of this case. Events: {names}.", name)


def _same_name(name: str, events: Mapping[str, str]) -> dict[str, str]:
    return {event: anchor for event, anchor in events.items() if event.lower() == name}


def _candidates(name: str, events: Mapping[str, str]) -> dict[str, str]:
    """The events of this name; else the first or last dose of the drug; else those whose names contain it."""
    bare_name = _without_articles(name)
    same = {event: anchor for event, anchor in events.items() if _without_articles(event) == bare_name}
    for pattern, dose in ((_START_OF, "first"), (_END_OF, "last")):
        if not same and (match := pattern.fullmatch(name)):
            dose_name = f"{dose} dose of {_without_articles(match['drug'])}"
            same = {event: anchor for event, anchor in events.items() if event.lower() == dose_name}
    return same or {
        event: anchor for event, anchor in events.items() if bare_name in _without_articles(event)
    }


def _without_articles(name: str) -> str:
    return (
        re.sub(r"\b(the|a|an|start of|initiation of|onset of)\b\s*", "", name.lower()).strip(" .")
        or name.lower()
    )


def _moment(
    anchor: str, low: Decimal, high: Decimal | None, unit: TimeUnit, *, before: bool = False
) -> Moment:
    return Moment(anchor=anchor, offset=Offset(low, high, unit, before=before))
