"""When something happened, as reported: on a date of any precision, or relative to another event.

A report gives "on 15 March", "seven days after the first dose" or "at 16 months of age". The
second and third are no dates and must not be turned into any. A `Moment` holds what was reported;
`values.timeline` works out what follows from it.

Canonical text, stored in the database and shown by machines:

    2016-03-15                                   a date (see `values.dates`)
    dose:6c1f...9e+10d                           ten days after that dose
    birth+16..17mo                               at 16 months of age
    treatment:0b44...21+0..14d                   within 14 days of that treatment
    reaction:77aa...03+0..d                      after that reaction began, without stating how long
    dose:6c1f...9e-56..62d                       56 to 62 days before that dose
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from values.dates import PartialDate
from values.numbers import plain_number
from values.spans import Span, TimeUnit

# What a moment can be counted from: the birth of the patient, or a row of the same case,
# named by its kind and its UUID, optionally the end of that row instead of its start.
ANCHOR = r"(?:birth|[a-z_]+:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.end)?)"
_NUMBER = r"\d{1,6}(?:\.\d{1,6})?"
_RELATIVE = re.compile(
    rf"(?P<anchor>{ANCHOR})(?P<sign>[+-])(?P<low>{_NUMBER})(?P<range>\.\.(?P<high>{_NUMBER})?)?"
    rf"(?P<unit>{'|'.join(TimeUnit)})",
    re.ASCII,
)


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

    def __str__(self) -> str:
        sign = "-" if self.before else "+"
        if self.high is None:
            return f"{sign}{plain_number(self.low)}..{self.unit}"
        reach = "" if self.low == self.high else f"..{plain_number(self.high)}"
        return f"{sign}{plain_number(self.low)}{reach}{self.unit}"


@dataclass(frozen=True, slots=True)
class Moment:
    """Either a `date`, or an `anchor` with an `offset`. Raises ValueError when it is neither or both."""

    date: PartialDate | None = None
    anchor: str = ""
    offset: Offset | None = None

    def __post_init__(self) -> None:
        relative = bool(self.anchor) and self.offset is not None
        if (self.date is None) != relative or bool(self.anchor) != (self.offset is not None):
            raise ValueError("A moment is either a date, or an event and an interval.")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the canonical text. Raises ValueError, with an example, for any other."""
        match = _RELATIVE.fullmatch(text.strip())
        if not match:
            return cls(date=PartialDate.parse(text))
        low = Decimal(match["low"])
        high = low if match["range"] is None else Decimal(match["high"]) if match["high"] else None
        offset = Offset(low, high, TimeUnit(match["unit"]), before=match["sign"] == "-")
        return cls(anchor=match["anchor"], offset=offset)

    @property
    def is_relative(self) -> bool:
        """Whether it is counted from an event and not a date."""
        return self.date is None

    def __str__(self) -> str:
        return str(self.date) if self.date is not None else f"{self.anchor}{self.offset}"
