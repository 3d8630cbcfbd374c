"""The highest result of a test during the reaction, in one unit, for filters. No score looks at it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from assessments.facts.comparison import comparison
from cases.models import Examination
from cases.recognition import read_test_unit, test_of
from cases.record.case_record import CaseRecord
from scoring.facts import UPPER_BOUNDS, ResultKind


class Scale(NamedTuple):
    """A test of the vocabulary and the unit in which its peaks are compared.

    `factors`: by kind of quantity, from its unit of comparison (`vocabulary.units`) to that of the scale.
    """

    test: str
    unit: str
    factors: Mapping[str, Decimal]


EOSINOPHILS = Scale("eosinophils", "10*9/L", {"count_concentration": Decimal(1)})
ALT = Scale("alt", "U/L", {"catalytic_concentration": Decimal(1)})
# Molar quantities are compared in mmol/L, masses in mg/L. Molar mass 113.12 g/mol: 1 mg/L is 8.84 umol/L.
CREATININE = Scale(
    "creatinine", "umol/L", {"molar_concentration": Decimal(1000), "mass_concentration": Decimal("8.84")}
)

# A number beyond this is no result but a slip of the pen, and no column holds it.
HIGHEST = Decimal(10) ** 11


def in_scale(value: Decimal, unit: str, scale: Scale) -> Decimal | None:
    """A result in the unit of its scale; None where its unit doesn't convert."""
    reading = read_test_unit(scale.test, unit)
    factor = scale.factors.get(reading.kind)
    compared = reading.to_canonical(value) if reading.is_accepted else None
    return None if factor is None or compared is None else compared * factor


def peak(record: CaseRecord, scale: Scale) -> Decimal | None:
    """The highest number of the reaction; None where there is none in a unit that converts.

    "More than" counts as its number; "less than", and what no patient can have, is no peak.
    """
    converted = [
        in_scale(row.value, row.unit, scale)
        for row in record.of_reaction(Examination)
        if row.value is not None
        and row.result in (ResultKind.MEASURED, ResultKind.POSITIVE)
        and row.qualifier not in UPPER_BOUNDS
        and test_of(row).key == scale.test
        and comparison(scale.test, row.unit).is_plausible(row.value)
    ]
    return max((value for value in converted if value is not None and value < HIGHEST), default=None)
