"""Calendar dates the way people type them: 29-SEP-2026, 29.9.26, 00/09/2026, mid September 2026.

`read_calendar` gives every date that a text can mean: none, one, or two where day and month could change
places. `format_date` writes a date in the one form that nobody can misread: 29 Sep 2026, 11 to 20 Sep 2026.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from values.date_ranges import DateRange, ReportedDate
from values.dates import PartialDate, Precision

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Which days of a month are its early, middle and late ones; 0: its last day.
PARTS_OF_A_MONTH = {"early": (1, 10), "mid": (11, 20), "middle": (11, 20), "late": (21, 0), "end": (21, 0)}

_MONTH = rf"(?P<month>{'|'.join(MONTHS)})[a-z]*\.?"
_UNKNOWN = r"(?:un|unk|uk|unknown|xx|--?|00|0|\?\?)"
_CLOCK = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.(?P<fraction>\d{1,6}))?)?(?:\s*h)?\s*"
    r"(?P<zone>[+-]\d{2}:\d{2})?"
)
ABOUT = re.compile(r"(?:about|approximately|approx\.?|around|circa|ca\.?|~)\s*(?P<rest>.+)", re.IGNORECASE)
_WITH_CLOCK = re.compile(rf"(?P<day_text>.+?)(?:,\s*|\s+){_CLOCK}")
_WITH_HOUR = re.compile(r"(?P<day_text>.+),\s*(?P<hour>\d{1,2})\s*h(?:\s*(?P<zone>[+-]\d{2}:\d{2}))?")
_NUMERIC = re.compile(
    rf"(?:(?P<first>\d{{1,2}}|{_UNKNOWN})(?P<sign>[./-]))?"
    r"(?P<second>\d{1,2})[./-](?P<year>\d{4}|\d{2})"
)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})(?:[/.-](?P<day>\d{1,2}))?")
_JAPANESE = re.compile(r"(?P<year>\d{4})年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?)?")
_NAMED = re.compile(
    rf"(?:(?P<day>\d{{1,2}}|{_UNKNOWN})(?:st|nd|rd|th)?\s*[ .-]?\s*)?{_MONTH}[,-]?\s*(?P<year>\d{{4}})"
)
_NAMED_US = re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})")
_YEAR_ONLY = re.compile(rf"{_UNKNOWN}[/.-]{_UNKNOWN}[/.-](?P<year>\d{{4}})")
_HL7 = re.compile(r"(?:19|20)\d{4}(?:\d{2}){0,4}(?:\.\d{1,6})?(?:[+-]\d{4})?")
_ISO_SPACED = re.compile(r"\d{4}-\d{2}-\d{2}\s+\d{2}:\d{2}(?::\d{2})?(?:[+-]\d{2}:\d{2})?")
_PART = re.compile(rf"(?P<part>{'|'.join(PARTS_OF_A_MONTH)})(?:\s+of)?[\s-]+{_MONTH},?\s+(?P<year>\d{{4}})")
_WEEK = re.compile(r"(?:calendar\s+)?week\s+(?P<week>\d{1,2})(?:\s+of)?,?\s+(?P<year>\d{4})")
_QUARTER = re.compile(r"q(?P<quarter>[1-4])\s*/?\s*(?P<year>\d{4})")
_NO_YEAR = re.compile(r"(?P<first>\d{1,2})(?P<sign>[./])(?P<second>\d{1,2})\.?")
_FROM_TO = re.compile(
    r"(?:from\s+|between\s+)?(?P<start>.+?)(?:\s+(?:to|and|until|till|-)\s+|\s*(?:–|\.\.)\s*)(?P<end>.+)"
)
_DAY_TO_DAY = re.compile(r"(?P<start>\d{1,2})-(?P<end>\d{1,2}[ .].+)")
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2}(?:t.+)?)?)?")
_DAYS_AGO = {"today": 0, "yesterday": 1}
_AGO = re.compile(r"(?P<number>\d{1,3})\s+(?P<unit>day|week)s?\s+ago")
_DAYS_OF = {"day": 1, "week": 7}


@dataclass(frozen=True, slots=True)
class WrittenOn:
    """The days by which a text without its year or century, or one that counts back, is read.

    `received`: when the report came in; what it describes was not later. `is_birth`: the text is a date of
    birth, whose century two digits don't give.
    """

    entered: date
    received: date | None = None
    is_birth: bool = False

    @property
    def latest(self) -> date:
        """The last day that the text can mean."""
        return self.received or self.entered


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A date or an interval of dates that a text can mean; `is_about` where the text gives it so."""

    reported: ReportedDate
    is_about: bool = False


def read_calendar(text: str, written_on: WrittenOn | None = None) -> list[CalendarDate]:
    """The dates that a text in lower case can mean; none where it isn't one of these forms.

    Two where both 10 November and 11 October are possible, day first. Raises ValueError for what is no date.
    """
    if match := ABOUT.fullmatch(text):
        return [
            CalendarDate(reading.reported, is_about=True)
            for reading in read_calendar(match["rest"], written_on)
        ]
    if written_on and (counted := _counted_back(text, written_on.entered)):
        return [counted]
    if interval := _interval(text):
        return [CalendarDate(interval)]
    days = _dates(text, written_on)
    return [CalendarDate(reported) for reported in days or _between_dates(text, written_on)]


def format_date(reported: ReportedDate) -> str:
    """A date as precise as it was reported: 29 Sep 2026; Sep 2026; 2026; 29 Sep 2026, 14:30 +02:00.

    Of an interval, the first date without what it shares with the last: 11 to 20 Sep 2026.
    """
    if isinstance(reported, PartialDate):
        return _single(reported)
    start, end = _single(reported.start), _single(reported.end)
    shared = _shared_parts(reported)
    return f"{' '.join(start.split()[:-shared] if shared else [start])} to {end}"


def _shared_parts(dates: DateRange) -> int:
    """How many last words both dates of an interval share: the year, or month and year."""
    start, end = dates.start.parts, dates.end.parts
    if len(start) != len(end) or not Precision.MONTH <= len(start) <= Precision.DAY or start[0] != end[0]:
        return 0
    return 2 if len(start) == Precision.DAY and start[1] == end[1] else 1


def _single(reported: PartialDate) -> str:
    year, *rest = reported.parts
    names = [str(rest[1])] if len(rest) > 1 else []
    day = " ".join([*names, MONTHS[rest[0] - 1].capitalize(), f"{year:04}"] if rest else [f"{year:04}"])
    if len(rest) < 3:
        return day
    clock = ":".join(f"{part:02}" for part in rest[2:])
    hour_only = " h" if len(rest) == 3 else ""
    fraction = f".{reported.fraction}" if reported.fraction else ""
    return f"{day}, {clock}{fraction}{hour_only}" + (f" {reported.zone}" if reported.zone else "")


def _dates(text: str, written_on: WrittenOn | None) -> list[PartialDate]:
    if _ISO_SPACED.fullmatch(text):
        return [PartialDate.parse(text.replace(" ", "T"))]
    if _HL7.fullmatch(text):
        return [PartialDate.parse_hl7(text)]
    for pattern in (_WITH_CLOCK, _WITH_HOUR):
        if (match := pattern.fullmatch(text)) and (days := _days(match["day_text"], written_on)):
            return [_at(day, match) for day in days if len(day.parts) == 3]
    return _days(text, written_on)


def _days(text: str, written_on: WrittenOn | None) -> list[PartialDate]:
    """The days, months or years of a text without a time of day."""
    for pattern in (_YEAR_FIRST, _JAPANESE, _NAMED, _NAMED_US, _YEAR_ONLY):
        if match := pattern.fullmatch(text):
            return [_partial(**match.groupdict())]
    if (match := _NUMERIC.fullmatch(text)) and (match["first"] or len(match["year"]) == 4):
        return _numeric(match, written_on)
    if written_on and (match := _NO_YEAR.fullmatch(text)):
        return _without_year(match, written_on)
    return []


def _partial(year: str, month: str | None = None, day: str | None = None) -> PartialDate:
    number = None if month is None else int(month) if month.isdigit() else MONTHS.index(month) + 1
    parts = (int(year), number, _day_number(day))
    return PartialDate(tuple(part for part in parts if part is not None))


def _day_number(day: str | None) -> int | None:
    """The day of the month; None where it is missing, or written as unknown (00, --, UNK)."""
    return int(day) if day and day.isdigit() and int(day) else None


def _numeric(match: re.Match[str], written_on: WrittenOn | None) -> list[PartialDate]:
    """Numbers for day, month and year: dots are day first, slashes and dashes either way."""
    first, second, year = _day_number(match["first"]), int(match["second"]), match["year"]
    if len(year) == 2:
        return _with_century(first, second, int(year), match, written_on)
    if first is None:
        return [PartialDate((int(year), second))]
    return [PartialDate((int(year), month, day)) for day, month in _orders(first, second, match["sign"])]


def _orders(first: int, second: int, sign: str) -> list[tuple[int, int]]:
    """Day and month in every order that they can have."""
    if sign == "." or first == second or (first > 12) or (first <= 12 < second and second > 31):
        return [(first, second)]
    return [(second, first)] if second > 12 else [(first, second), (second, first)]


def _with_century(
    first: int | None, second: int, year: int, match: re.Match[str], written_on: WrittenOn | None
) -> list[PartialDate]:
    """A year of two digits: the nearest that is not after receipt; of a birth, every century is possible."""
    if written_on is None or first is None:
        return []
    century = written_on.latest.year // 100 * 100
    readings = []
    for day, month in _orders(first, second, match["sign"]):
        past = _past((century + year, century - 100 + year), month, day, written_on)
        readings += past if written_on.is_birth else past[:1]
    return readings


def _without_year(match: re.Match[str], written_on: WrittenOn) -> list[PartialDate]:
    """Day and month alone, in the year that ends with the receipt; 09/26 may be September 2026 as well."""
    first, second, this_year = int(match["first"]), int(match["second"]), written_on.latest.year
    readings = [
        past
        for day, month in _orders(first, second, match["sign"])
        for past in _past((this_year, this_year - 1), month, day, written_on)[:1]
    ]
    if match["sign"] == "/" and first <= 12 and len(match["second"]) == 2:
        month_of_year = PartialDate((this_year // 100 * 100 + second, first))
        readings += [month_of_year] if month_of_year.first_day <= written_on.latest else []
    return readings


def _past(years: tuple[int, ...], month: int, day: int, written_on: WrittenOn) -> list[PartialDate]:
    """This day of each year that has it, as far as it is not after the report."""
    days = [
        date(year, month, day)
        for year in years
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    ]
    return [PartialDate.of(day) for day in days if day <= written_on.latest]


def _at(day: PartialDate, clock: re.Match[str]) -> PartialDate:
    groups = clock.groupdict()
    parts = tuple(int(groups[name]) for name in ("hour", "minute", "second") if groups.get(name))
    return PartialDate((*day.parts, *parts), groups.get("fraction") or "", groups.get("zone") or "")


def _counted_back(text: str, entered: date) -> CalendarDate | None:
    """The day of entry, the day before, or about a number of days or weeks before."""
    if text in _DAYS_AGO:
        return CalendarDate(PartialDate.of(entered - timedelta(days=_DAYS_AGO[text])))
    if match := _AGO.fullmatch(text):
        days = int(match["number"]) * _DAYS_OF[match["unit"]]
        return CalendarDate(PartialDate.of(entered - timedelta(days=days)), is_about=True)
    return None


def _between_dates(text: str, written_on: WrittenOn | None) -> list[DateRange]:
    """Every interval that a text can mean: 11 to 20 Sep 2026; from Jul to Sep 2026; 2025 to 2026."""
    match = _FROM_TO.fullmatch(text) or _DAY_TO_DAY.fullmatch(text)
    if not match:
        return []
    ends = _dates(match["end"], written_on) or _iso(match["end"])
    starts = _dates(match["start"], written_on) or _iso(match["start"])
    pairs = [
        (start, end)
        for end in ends
        for start in starts or _dates(_completed(match["start"], end), written_on)
    ]
    forward = [(start, end) for start, end in pairs if start != end and start.earliest <= end.latest]
    if pairs and not forward:
        raise ValueError("An interval runs from an earlier to a later date.")
    return [DateRange(start, end) for start, end in forward]


def _iso(text: str) -> list[PartialDate]:
    return [PartialDate.parse(text.upper())] if _ISO.fullmatch(text) else []


def _completed(start: str, end: PartialDate) -> str:
    """The first date of an interval with the month and year, or the year, that only the last one bears."""
    rest = _single(end).split()
    return " ".join([start, *(rest[1:] if start.isdigit() else rest[-1:])]).lower()


def _interval(text: str) -> DateRange | None:
    """Several days: a part of a month, a calendar week (ISO 8601), a quarter."""
    if match := _PART.fullmatch(text):
        year, month = int(match["year"]), MONTHS.index(match["month"]) + 1
        first, last = PARTS_OF_A_MONTH[match["part"]]
        return _days_from(date(year, month, first), date(year, month, last or monthrange(year, month)[1]))
    if match := _WEEK.fullmatch(text):
        monday = date.fromisocalendar(int(match["year"]), int(match["week"]), 1)
        return _days_from(monday, monday + timedelta(days=6))
    if match := _QUARTER.fullmatch(text):
        year, last_month = int(match["year"]), int(match["quarter"]) * 3
        return DateRange(PartialDate((year, last_month - 2)), PartialDate((year, last_month)))
    return None


def _days_from(first: date, last: date) -> DateRange:
    return DateRange(PartialDate.of(first), PartialDate.of(last))
