"""When something happened, as reported: on a date of any precision, or relative to another event.

A report gives "on 15 March", "seven days after the first dose" or "at 16 months of age". The
second and third are no dates and must not be turned into any. A `Moment` holds what was reported;
`values.timeline` works out what follows from it.

Canonical text, stored in the database and shown by machines:

    2016-03-15                                   a date (see `values.dates`)
    2016-03-11..2016-03-20                       any day of these (see `values.date_ranges`)
    ~2016-03-15                                  about that date
    dose:6c1f...9e+10d                           ten days after that dose
    birth+16..17mo                               at 16 months of age
    treatment:0b44...21+0..14d                   within 14 days of that treatment
    reaction:77aa...03+0..d                      after that reaction began, without stating how long
    dose:6c1f...9e-56..62d                       56 to 62 days before that dose
    ~dose:6c1f...9e+10d                          about ten days after that dose
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Self

from values.date_ranges import DateRange, ReportedDate, around
from values.dates import PartialDate
from values.numbers import plain_number
from values.spans import UNKNOWN_SPAN, Span, TimeUnit

# What a moment can be counted from: the birth of the patient, or a row of the same case,
# named by its kind and its UUID, optionally the end of that row instead of its start.
ANCHOR = r"(?:birth|[a-z_]+:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.end)?)"
_NUMBER = r"\d{1,6}(?:\.\d{1,6})?"
_RELATIVE = re.compile(
    rf"(?P<anchor>{ANCHOR})(?P<sign>[+-])(?P<low>{_NUMBER})(?P<range>\.\.(?P<high>{_NUMBER})?)?"
    rf"(?P<unit>{'|'.join(TimeUnit)})",
    re.ASCII,
)
ABOUT = "~"
# How far from an interval stated as "about" the true one may lie, in days: half a unit, of days three.
ABOUT_UNITS = {
    TimeUnit.YEAR: Decimal(183),
    TimeUnit.MONTH: Decimal(15),
    TimeUnit.WEEK: Decimal("3.5"),
    TimeUnit.DAY: Decimal(3),
    TimeUnit.HOUR: Decimal("0.5"),
    TimeUnit.MINUTE: Decimal("0.05"),
}


@dataclass(frozen=True, slots=True)
class Offset:
    """How long after (or, with `before`, how long before) an event: `low` to `high` of a unit.

    `high` None: "after" or "before", without stating how long. Raises ValueError for a negative number,
    and where `low` exceeds `high`.
    """

    low: Decimal
    high: Decimal | None
    unit: TimeUnit
    before: bool = False

    def __post_init__(self) -> None:
        if self.low < 0:
            raise ValueError(f"An interval of {self.low} {self.unit} has no sign: say `before` instead.")
        if self.high is not None and self.low > self.high:
            raise ValueError(f"An interval cannot run from {self.low} down to {self.high}.")

    @property
    def span(self) -> Span:
        """In days, negative when before."""
        span = Span.of(self.low, self.high, self.unit)
        return -span if self.before else span

    @property
    def around(self) -> Span:
        """In days, as wide as "about" makes it (`ABOUT_UNITS`)."""
        span, margin = Span.of(self.low, self.high, self.unit), ABOUT_UNITS[self.unit]
        low = max(Decimal(0), (span.low or Decimal(0)) - margin)
        span = Span(low, None if span.high is None else span.high + margin)
        return -span if self.before else span

    def __str__(self) -> str:
        sign = "-" if self.before else "+"
        if self.high is None:
            return f"{sign}{plain_number(self.low)}..{self.unit}"
        reach = "" if self.low == self.high else f"..{plain_number(self.high)}"
        return f"{sign}{plain_number(self.low)}{reach}{self.unit}"


@dataclass(frozen=True, slots=True)
class Moment:
    """Either a `date`, or an `anchor` with an `offset`. Raises ValueError when it is neither or both.

    `is_about`: it was reported as approximate. `possible` and `span` are what it can mean then; `date` and
    `offset` are what was reported.
    """

    date: ReportedDate | None = None
    anchor: str = ""
    offset: Offset | None = None
    is_about: bool = False

    def __post_init__(self) -> None:
        relative = bool(self.anchor) and self.offset is not None
        if (self.date is None) != relative or bool(self.anchor) != (self.offset is not None):
            raise ValueError("A moment is either a date, or an event and an interval.")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the canonical text. Raises ValueError, with an example, for any other."""
        stated = text.strip()
        if stated.startswith(ABOUT):
            return replace(cls._parse_exact(stated[1:]), is_about=True)
        return cls._parse_exact(stated)

    @classmethod
    def _parse_exact(cls, text: str) -> Self:
        match = _RELATIVE.fullmatch(text)
        if not match:
            return cls(date=DateRange.parse(text) if ".." in text else PartialDate.parse(text))
        low = Decimal(match["low"])
        high = low if match["range"] is None else Decimal(match["high"]) if match["high"] else None
        offset = Offset(low, high, TimeUnit(match["unit"]), before=match["sign"] == "-")
        return cls(anchor=match["anchor"], offset=offset)

    @property
    def is_relative(self) -> bool:
        """Whether it is counted from an event and not a date."""
        return self.offset is not None

    @property
    def is_single_date(self) -> bool:
        """Whether it is one date, of whatever precision, and not "about" it."""
        return isinstance(self.date, PartialDate) and not self.is_about

    @property
    def possible(self) -> ReportedDate | None:
        """The dates that it can mean; None where it is relative."""
        return around(self.date) if self.is_about and self.date is not None else self.date

    @property
    def certain(self) -> PartialDate | None:
        """A single date that surely holds it: of several days their month or year, if they have one."""
        dates = self.possible
        return dates.common if isinstance(dates, DateRange) else dates

    @property
    def span(self) -> Span:
        """The days from the anchor that it can mean; unbounded where it is a date.

        About ten days after something is never before it.
        """
        if self.offset is None:
            return UNKNOWN_SPAN
        return self.offset.around if self.is_about else self.offset.span

    def __str__(self) -> str:
        text = str(self.date) if self.date is not None else f"{self.anchor}{self.offset}"
        return f"{ABOUT}{text}" if self.is_about else text
