"""Temperatures derived from tests: a body temperature among the tests (F.r) is one for the score.

The test stays as it is. The temperature's UUID is made from the test's, and can be found from it.
"""

import uuid
from collections.abc import Iterator
from decimal import Decimal

from cases.models import Examination, Temperature
from cases.record.case_record import CaseRecord
from exchange.icsr.recognition import is_temperature, unit_of
from scoring.facts import ResultKind
from values.numbers import rounded
from values.quantities import IncompatibleUnits, Quantity

# What a body can have; anything else is a slip of unit or number, and left to people.
LOWEST, HIGHEST = Decimal(30), Decimal(45)
_COMPARED = ("phase", "result", "celsius", "site", "is_peak", "when")
_HUNDREDTH = Decimal("0.01")


def temperature_of(test: Examination) -> Temperature | None:
    """The temperature that a test measured, in degrees Celsius; None if it measured none."""
    if not is_temperature(test.name) or test.value is None or test.qualifier != "=":
        return None
    try:
        celsius = Quantity(test.value, unit_of(test.unit, test.name)).to("Cel").value
    except IncompatibleUnits:
        return None
    if not LOWEST <= celsius <= HIGHEST or celsius != rounded(celsius, _HUNDREDTH):
        return None
    return Temperature(
        uuid=derived_uuid(test),
        phase=test.phase,
        result=ResultKind.MEASURED.value,
        celsius=celsius,
        when=test.when,
    )


def derived_temperatures(record: CaseRecord) -> Iterator[Temperature]:
    """The temperatures that hold no more than the tests that they are derived from."""
    tests = {derived_uuid(test): test for test in record.all(Examination) if is_temperature(test.name)}
    for row in record.all(Temperature):
        derived = temperature_of(tests[row.uuid]) if row.uuid in tests else None
        if derived and all(getattr(row, name) == getattr(derived, name) for name in _COMPARED):
            yield row


def derived_uuid(test: Examination) -> uuid.UUID:
    """The UUID of the temperature that is derived from a test."""
    return uuid.uuid5(test.uuid, "temperature")
