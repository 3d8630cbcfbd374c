"""Findings that follow from a test: a body temperature of F.r is a temperature for the score.

The test stays as it is. The finding bears a name made from the test's, so that both know each other.
"""

import uuid
from collections.abc import Iterator
from decimal import Decimal

from cases.models import Examination, Temperature
from cases.record.case_record import CaseRecord
from exchange.icsr.recognised import is_temperature, unit_of
from scoring.facts import ResultKind
from values.quantities import IncompatibleUnits, Quantity

# What a body can have; anything else is a slip of unit or number, and left to people.
LOWEST, HIGHEST = Decimal(30), Decimal(45)
_SAID = ("phase", "result", "celsius", "site", "is_peak", "when")
_HUNDREDTH = Decimal("0.01")


def temperature_of(test: Examination) -> Temperature | None:
    """The temperature that a test measured, in degrees Celsius; None if it measured none."""
    if not is_temperature(test.name) or test.value is None or test.qualifier != "=":
        return None
    try:
        celsius = Quantity(test.value, unit_of(test.unit)).to("Cel").value
    except IncompatibleUnits:
        return None
    if not LOWEST <= celsius <= HIGHEST or celsius != celsius.quantize(_HUNDREDTH):
        return None
    return Temperature(
        uuid=derived_name(test),
        phase=test.phase,
        result=ResultKind.MEASURED.value,
        celsius=celsius,
        when=test.when,
    )


def carried(whole: CaseRecord) -> Iterator[Temperature]:
    """The findings that say no more than the tests that they follow from."""
    tests = {derived_name(test): test for test in whole.all(Examination) if is_temperature(test.name)}
    for row in whole.all(Temperature):
        follows = temperature_of(tests[row.uuid]) if row.uuid in tests else None
        if follows and all(getattr(row, name) == getattr(follows, name) for name in _SAID):
            yield row


def derived_name(test: Examination) -> uuid.UUID:
    return uuid.uuid5(test.uuid, "temperature")
