"""Several days as one date: from 11 to 20 September, from July to September; and what "about" spans.

Canonical text: 2026-09-11..2026-09-20, 2026-07..2026-09.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self, TypeAlias

from values.dates import PartialDate, Precision

# How far from a date stated as "about" the true one may lie, in days before and after: half a year of a year,
# half a month of a month, three days of a day, one day of a time of day.
ABOUT_DAYS = {Precision.YEAR: 183, Precision.MONTH: 15, Precision.DAY: 3}
ABOUT_DAYS_OF_A_TIME = 1


@dataclass(frozen=True, slots=True)
class DateRange:
    """Any day from the first of `start` to the last of `end`. Raises ValueError unless `end` comes later."""

    start: PartialDate
    end: PartialDate

    def __post_init__(self) -> None:
        if self.start == self.end or self.start.earliest > self.end.latest:
            raise ValueError(f"An interval runs from an earlier to a later date, not {self}.")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the canonical text. Raises ValueError."""
        start, _, end = text.partition("..")
        return cls(PartialDate.parse(start), PartialDate.parse(end))

    @property
    def precision(self) -> Precision:
        """That of the less precise end."""
        return min(self.start.precision, self.end.precision)

    @property
    def earliest(self) -> datetime:
        """The first moment it can mean, in UTC."""
        return self.start.earliest

    @property
    def latest(self) -> datetime:
        """The last moment it can mean, in UTC."""
        return self.end.latest

    @property
    def first_day(self) -> date:
        """The first calendar day it can mean."""
        return self.start.first_day

    @property
    def last_day(self) -> date:
        """The last calendar day it can mean."""
        return self.end.last_day

    @property
    def common(self) -> PartialDate | None:
        """The month or year that holds every day of it; None where it runs into another year."""
        first, last = (day.timetuple()[:3] for day in (self.first_day, self.last_day))
        if first[0] != last[0]:
            return None
        return PartialDate(first[: 2 if first[1] == last[1] else 1])

    def __str__(self) -> str:
        return f"{self.start}..{self.end}"


ReportedDate: TypeAlias = PartialDate | DateRange


def around(reported: ReportedDate) -> ReportedDate:
    """The days that "about" this date spans (`ABOUT_DAYS`), as far as the calendar goes."""
    margin = timedelta(ABOUT_DAYS.get(reported.precision, ABOUT_DAYS_OF_A_TIME))
    try:
        first, last = reported.first_day - margin, reported.last_day + margin
    except OverflowError:
        return reported
    return DateRange(PartialDate.of(first), PartialDate.of(last))
