"""Numbers without a unit, units without a number, and numbers out of any life."""

from collections.abc import Iterator

from cases.checks.result import CheckedCase, FieldRemark
from cases.models import (
    CASE_ROWS,
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
from cases.models.ich import elements_of
from e2b.rules.comparisons import is_within
from e2b.rules.consistency import LIMITS

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


# The most that is plausible, by the fields of `e2b.rules.consistency.LIMITS`.
_FIELDS = {element: (model, field.name) for model in CASE_ROWS for element, field in elements_of(model)}
MOST = tuple((*_FIELDS[limit.number], _FIELDS[limit.unit][1], limit.most) for limit in LIMITS)


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


def number_too_large(checked: CheckedCase) -> Iterator[FieldRemark]:
    for model, number, unit, most in MOST:
        for row in checked.record.all(model):
            value = getattr(row, number)
            if value is not None and not is_within(value, getattr(row, unit), most):
                yield FieldRemark(row, number, "So much is hardly possible. Check the number and its unit.")
