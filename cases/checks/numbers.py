"""Numbers without a unit, and units without a number."""

from collections.abc import Iterator

from cases.checks.result import CheckedCase, FieldRemark
from cases.models import (
    CaseRow,
    Dose,
    DrugReaction,
    Examination,
    Exposure,
    Parent,
    Patient,
    Reaction,
    Substance,
    Treatment,
)

# Every number with a unit of its own: table, number, unit. (Patient's age: a constraint.)
NUMBERS: tuple[tuple[type[CaseRow], str, str], ...] = (
    (Patient, "gestation", "gestation_unit"),
    (Parent, "age", "age_unit"),
    (Exposure, "cumulative_dose", "cumulative_dose_unit"),
    (Exposure, "gestation", "gestation_unit"),
    (Dose, "amount", "unit"),
    (Dose, "interval", "interval_unit"),
    (Dose, "duration", "duration_unit"),
    (Substance, "strength", "strength_unit"),
    (DrugReaction, "first_dose_interval", "first_dose_unit"),
    (DrugReaction, "last_dose_interval", "last_dose_unit"),
    (Reaction, "duration", "duration_unit"),
    (Treatment, "amount", "unit"),
    (Examination, "value", "unit"),
)


def number_without_unit(checked: CheckedCase) -> Iterator[FieldRemark]:
    for model, number, unit in NUMBERS:
        for row in checked.record.all(model):
            if getattr(row, number) is not None and not getattr(row, unit):
                yield FieldRemark(
                    row, unit, "A number without its unit. Enter the unit; 1 for a pure number."
                )


def unit_without_number(checked: CheckedCase) -> Iterator[FieldRemark]:
    for model, number, unit in NUMBERS:
        for row in checked.record.all(model):
            if getattr(row, unit) and getattr(row, number) is None:
                yield FieldRemark(
                    row, number, "A unit without its number. Enter the number, or clear the unit."
                )
