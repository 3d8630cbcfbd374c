"""Numbers of examinations in the unit in which the score compares them.

Numbers of a test with a unit of comparison (`scoring.vocabulary.COMPARISON_UNITS`) are converted to it, or
are none. Any other test is only compared with its own limits: its numbers stay in the unit of the row.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from cases.recognition import is_compared_unread, is_other_quantity, plausible_range, read_test_unit
from scoring.vocabulary import TESTS
from values.numbers import normalised
from vocabulary.units import CODES, UnitReading

# Multiples of a limit or an earlier value, with the limit that is then 1.
MULTIPLES = {
    "ratio_to_upper_limit": "upper",
    "ratio_to_lower_limit": "lower",
    "ratio_to_baseline": "baseline",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """How numbers of one test in one unit compare.

    `factor`: to the unit of comparison, None where no factor leads there; `unit_limit`: which limit is 1
    by the unit itself ("3 x ULN"); `least`, `most`: what a patient can have, in the canonical unit.
    """

    unit: UnitReading
    factor: Decimal | None
    unit_limit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None

    def convert(self, value: Decimal | None) -> Decimal | None:
        """A number in the unit of comparison; None where it can't be compared."""
        if value is None:
            return None
        if self.unit.ucum == "[degF]":
            value = self.unit.to_canonical(value) or value
        return None if self.factor is None else normalised(value * self.factor)

    def is_plausible(self, value: Decimal | None) -> bool:
        """Whether a patient can have this number, in the unit of the row. True where nothing is known."""
        if value is None:
            return True
        compared = self.unit.to_canonical(value)
        if self.least is None or self.most is None or compared is None:
            return value >= 0
        return self.least <= compared <= self.most


@lru_cache(maxsize=4096)
def comparison(test: str, unit: str) -> Comparison:
    """How numbers of a test, by its key, compare in a unit as it was written."""
    reading = read_test_unit(test, unit)
    if reading.is_accepted and reading.kind in MULTIPLES:
        factor = None if TESTS[test].unit else Decimal(1)
        return Comparison(reading, factor, MULTIPLES[reading.kind] if factor else "")
    least, most = plausible_range(test, reading) or (None, None)
    return Comparison(reading, _factor(test, reading), "", least, most)


def carry(value: Decimal | None, test: str, source: str, target: str) -> Decimal | None:
    """A number of a row in unit `source` as it compares with a row of the same test in unit `target`.

    None where the units don't convert into each other.
    """
    given, wanted = comparison(test, source), comparison(test, target)
    if value is None or TESTS[test].unit or source == target:
        return given.convert(value)
    own = wanted.unit.factor
    if not own or not given.unit.canonical or given.unit.canonical != wanted.unit.canonical:
        return None
    compared = given.unit.to_canonical(value)
    return None if compared is None else normalised(compared / own)


def _factor(test: str, reading: UnitReading) -> Decimal | None:
    """From the unit of the row to that of comparison; 1 where the numbers stay as they are."""
    target = TESTS[test].unit
    if not target:
        return Decimal(1) if is_compared_unread(test, reading) else None
    code = CODES.get(reading.kind, {}).get(target)
    if not reading.is_accepted or is_other_quantity(test, reading):
        return None
    if code is None or code.canonical != reading.canonical:
        return None
    factor = Decimal(1) if reading.factor is None else reading.factor
    return factor / (code.factor or 1)
