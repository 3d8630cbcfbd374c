"""The half-lives of a drug as they are copied to an exposure: one after the other, the usual one first.

Each is the condition, the lowest and the highest hours ("-" where the source gives no number), and whether
somebody has seen the source: "chronic 12 17 verified; first_dose 25 65 verified".
"""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from scoring.facts import Condition, HalfLife
from values.numbers import plain_number

if TYPE_CHECKING:
    from cases.models.drug import HalfLife as Row

SEPARATOR = "; "
VERIFIED, NOT_VERIFIED, NO_NUMBER = "verified", "unverified", "-"
# Those that may count for a patient. The others are for people to read in the dictionary.
COUNTED = frozenset(
    {
        Condition.CHILD,
        Condition.NEWBORN,
        Condition.FIRST_DOSE,
        Condition.RENAL_IMPAIRMENT,
        Condition.CLEARANCE,
    }
)


def write_half_lives(rows: Iterable["Row"]) -> str:
    """Those of a drug that may count: its default, then those for some patients."""
    counted = [row for row in rows if row.is_default or row.condition in COUNTED]
    return SEPARATOR.join(_part(row) for row in sorted(counted, key=lambda row: not row.is_default))


def _part(row: "Row") -> str:
    ends = (NO_NUMBER if end is None else plain_number(end) for end in (row.low_hours, row.high_hours))
    return " ".join((row.condition, *ends, VERIFIED if row.is_verified else NOT_VERIFIED))


@lru_cache(maxsize=1024)
def read_half_lives(text: str) -> tuple[HalfLife, ...]:
    """The half-lives of a text that `write_half_lives` wrote."""
    return tuple(_read(*part.split()) for part in text.split(SEPARATOR) if part)


def _read(condition: str, low: str, high: str, verified: str) -> HalfLife:
    hours = None if low == NO_NUMBER else (Decimal(low), Decimal(high))
    return HalfLife(Condition(condition), hours, is_verified=verified == VERIFIED)
