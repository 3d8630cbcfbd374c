"""A calendar date with exactly the precision it was reported with.

People report "2016", "March 2016" or "15 March 2016, 10:20 in Paris". Padding any of them to
a full timestamp invents evidence, so a `PartialDate` has the precision and the zone it was reported
with, and gives the earliest and the latest moment that it can mean.

Two text forms, both lossless: ISO 8601 in reduced precision (stored and shown) and HL7 `TS`
(ICH E2B(R3)). Source: ISO 8601-1:2019; ICH E2B(R3) implementation guide, data type `TS`.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import IntEnum
from typing import Self


class Precision(IntEnum):
    """How much of a date was reported: the number of its parts, from the year down."""

    YEAR = 1
    MONTH = 2
    DAY = 3
    HOUR = 4
    MINUTE = 5
    SECOND = 6


_ISO = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-(?P<month>\d{2})"
    r"(?:-(?P<day>\d{2})"
    r"(?:T(?P<hour>\d{2})"
    r"(?::(?P<minute>\d{2})"
    r"(?::(?P<second>\d{2})(?:\.(?P<fraction>\d{1,6}))?)?)?"
    r"(?P<zone>[+-]\d{2}:\d{2})?)?)?)?",
    re.ASCII,
)
_HL7 = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})?(?P<day>\d{2})?(?P<hour>\d{2})?(?P<minute>\d{2})?"
    r"(?P<second>\d{2})?(?:\.(?P<fraction>\d{1,6}))?(?P<zone>[+-]\d{2}(?:\d{2})?)?",
    re.ASCII,
)
_ZONE = re.compile(r"[+-]([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_PARTS = ("year", "month", "day", "hour", "minute", "second")
_FIRST = (1, 1, 1, 0, 0, 0)
# Formats by the number of parts; a date has at least one.
_HL7_FORMATS = ("", *("%04d" + "%02d" * more for more in range(6)))
_ISO_FORMATS = ("", *("%04d-%02d-%02dT%02d:%02d:%02d"[:end] for end in (4, 9, 14, 19, 24, 29)))


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of any precision from year to second, with the zone it was reported in, if any.

    `parts` holds the reported numbers from the year down (1 to 6 of them), `fraction` the digits
    after the second, `zone` the offset as "+hh:mm". A zone is legal only with a time.
    Raises ValueError for what is no date (31 February, hour 25).
    """

    parts: tuple[int, ...]
    fraction: str = ""
    zone: str = ""

    def __post_init__(self) -> None:
        if not 1 <= len(self.parts) <= len(_PARTS):
            raise ValueError("A date needs a year, and has no part below the second.")
        if self.fraction and len(self.parts) < Precision.SECOND:
            raise ValueError("A fraction of a second needs the second.")
        if self.zone and len(self.parts) < Precision.HOUR:
            raise ValueError("A time zone is only meaningful with a time of day.")
        if self.zone and not _ZONE.fullmatch(self.zone):
            raise ValueError(f"{self.zone!r} is not a time zone such as +01:00.")
        try:
            _ = self.earliest, self.latest
        except (ValueError, OverflowError) as error:
            raise ValueError(f"{self._iso()} is not a date of the calendar: {error}.") from None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ISO 8601 in reduced precision: 2016, 2016-03, 2016-03-15T10:20+01:00. Raises ValueError."""
        return cls._match(_ISO, text, "a date such as 2016, 2016-03 or 2016-03-15")

    @classmethod
    def parse_hl7(cls, text: str) -> Self:
        """Read an HL7 TS: 2016, 201603, 20160315, 20160315102030.5+0100. Raises ValueError."""
        return cls._match(_HL7, text, "an HL7 timestamp such as 2016, 20160315 or 20160315102030+0100")

    @classmethod
    def _match(cls, pattern: re.Pattern[str], text: str, expected: str) -> Self:
        match = pattern.fullmatch(text.strip())
        if not match:
            raise ValueError(f"{text[:40]!r} is not {expected}.")
        zone = match["zone"] or ""
        if zone and ":" not in zone:
            zone = f"{zone[:3]}:{zone[3:] or '00'}"
        parts = tuple(int(match[part]) for part in _PARTS if match[part])
        return cls(parts, match["fraction"] or "", zone)

    @classmethod
    def of(cls, moment: date | datetime) -> Self:
        """A Python date (to the day) or datetime (to the second, with its zone)."""
        parts = (moment.year, moment.month, moment.day)
        if not isinstance(moment, datetime):
            return cls(parts)
        after_seconds = moment.isoformat()[19:].lstrip(".0123456789")
        return cls((*parts, moment.hour, moment.minute, moment.second), zone=after_seconds[:6])

    @property
    def precision(self) -> Precision:
        """The smallest part that was reported."""
        return Precision(len(self.parts))

    @property
    def earliest(self) -> datetime:
        """The first moment this date can mean, in UTC (an unstated zone is taken as UTC)."""
        return self._first_moment().astimezone(UTC)

    @property
    def latest(self) -> datetime:
        """The last moment this date can mean, in UTC, to the microsecond."""
        return self._end().astimezone(UTC) - timedelta(microseconds=1)

    @property
    def first_day(self) -> date:
        """The first calendar day it can mean, in the zone it was reported in."""
        return date(*self.parts[:3]) if len(self.parts) >= Precision.DAY else self._first_moment().date()

    @property
    def last_day(self) -> date:
        """The last calendar day it can mean, in the zone it was reported in."""
        if len(self.parts) >= Precision.DAY:
            return date(*self.parts[:3])
        return (self._end() - timedelta(microseconds=1)).date()

    @property
    def hl7(self) -> str:
        """The date as HL7 TS. `parse_hl7` of it gives the same date back."""
        digits = _HL7_FORMATS[len(self.parts)] % self.parts
        fraction = f".{self.fraction}" if self.fraction else ""
        return digits + fraction + self.zone.replace(":", "")

    def __str__(self) -> str:
        return self._iso()

    def _iso(self) -> str:
        text = _ISO_FORMATS[len(self.parts)] % self.parts
        return text + (f".{self.fraction}" if self.fraction else "") + self.zone

    def _first_moment(self) -> datetime:
        filled = self.parts + _FIRST[len(self.parts) :]
        microsecond = int(self.fraction.ljust(6, "0")) if self.fraction else 0
        return datetime(*filled, microsecond=microsecond, tzinfo=self._tzinfo())  # type: ignore[arg-type, misc]

    def _end(self) -> datetime:
        """The first moment after this date."""
        start = self._first_moment()
        if self.precision is Precision.YEAR:
            return start.replace(year=start.year + 1)
        if self.precision is Precision.MONTH:
            return (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        steps = {
            Precision.DAY: timedelta(days=1),
            Precision.HOUR: timedelta(hours=1),
            Precision.MINUTE: timedelta(minutes=1),
        }
        return start + steps.get(self.precision, timedelta(seconds=1) / int(10 ** len(self.fraction)))

    def _tzinfo(self) -> timezone:
        if not self.zone:
            return UTC
        hours, minutes = int(self.zone[1:3]), int(self.zone[4:6])
        offset = timedelta(hours=hours, minutes=minutes)
        return timezone(-offset if self.zone[0] == "-" else offset)
