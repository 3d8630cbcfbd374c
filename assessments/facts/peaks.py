"""The highest result of a test during the reaction, in one unit, for filters. No score looks at it.

Beside what converts safely (`values.quantities`), each test says which units mean the same for it alone.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from cases.models import Examination
from cases.models.examination import Qualifier
from cases.record.case_record import CaseRecord
from scoring.facts import ResultKind
from values.quantities import IncompatibleUnits, factor


class Scale(NamedTuple):
    """A test of the vocabulary, the unit in which its peaks are compared, and its own units in that unit."""

    test: str
    unit: str
    own: Mapping[str, Decimal] = {}


EOSINOPHILS = Scale("eosinophils", "10*9/L")
# Of an enzyme, an international unit is the unit: 1 umol/min. A katal is 60 million of them (IUPAC 1979).
ALT = Scale("alt", "U/L", {"[IU]/L": Decimal(1), "[iU]/L": Decimal(1), "ukat/L": Decimal(60)})
# Molar mass 113.12 g/mol.
CREATININE = Scale("creatinine", "umol/L", {"mg/dL": Decimal("88.4")})

UPPER_BOUNDS = (Qualifier.LESS, Qualifier.AT_MOST)
# A number beyond this is no result but a slip of the pen, and no column holds it.
HIGHEST = Decimal(10) ** 11


def in_scale(value: Decimal, unit: str, scale: Scale) -> Decimal:
    """A result in the unit of its scale. Raises IncompatibleUnits."""
    for own, size in scale.own.items():
        try:
            return value * factor(unit, own) * size
        except IncompatibleUnits:
            continue
    return value * factor(unit, scale.unit)


def peak(record: CaseRecord, scale: Scale) -> Decimal | None:
    """The highest number of the reaction; None where there is none in a unit that converts.

    "More than" counts as its number; "less than" is no peak.
    """
    found = [
        converted
        for row in record.of_reaction(Examination)
        if row.test == scale.test
        and row.value is not None
        and row.result in (ResultKind.MEASURED, ResultKind.POSITIVE)
        and row.qualifier not in UPPER_BOUNDS
        and (converted := _converted(row, scale)) is not None
    ]
    return max(found, default=None)


def _converted(row: Examination, scale: Scale) -> Decimal | None:
    try:
        value = in_scale(row.value, row.unit, scale)
    except IncompatibleUnits:
        return None
    return value if value < HIGHEST else None
