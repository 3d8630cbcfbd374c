"""Examinations: are their results complete, in a known unit, and possible."""

from collections.abc import Iterator
from decimal import Decimal

from cases.checks.result import CheckedCase, FieldRemark
from cases.models import Examination, ExaminationKind, Phase
from scoring.facts import ResultKind
from scoring.vocabulary import TESTS
from values.numbers import plain_number
from values.quantities import IncompatibleUnits, Quantity

# Compared as a multiple of the laboratory's own upper limit.
NEEDS_UPPER_LIMIT = (
    "alt",
    "ast",
    "alp",
    "bilirubin_total",
    "bilirubin_direct",
    "creatine_kinase",
    "amylase",
    "lipase",
)
# Beyond this, in the unit of the vocabulary, the unit is wrong rather than the patient ill.
HIGHEST = {"eosinophils": Decimal(150), "leukocytes": Decimal(800), "troponin_t": Decimal(500)}


def no_name(checked: CheckedCase) -> Iterator[FieldRemark]:
    for row in checked.record.all(Examination):
        if not row.name and not row.meddra_code:
            yield FieldRemark(row, "name", "A result without its test. Enter the name of the test.")


def virus_without_result(checked: CheckedCase) -> Iterator[FieldRemark]:
    for row in checked.record.all(Examination):
        if row.kind == ExaminationKind.VIRAL and row.result == ResultKind.NOT_STATED:
            yield FieldRemark(
                row, "result", "A virus test without a result. Enter it, or “Not done” if it wasn't done."
            )


def unit_not_understood(checked: CheckedCase) -> Iterator[FieldRemark]:
    for row in checked.record.all(Examination):
        wanted = TESTS[row.test].unit if row.test in TESTS else ""
        if wanted and row.value is not None and row.unit and _in(row, wanted) is None:
            yield FieldRemark(
                row,
                "unit",
                f"The score compares this test in {wanted}, and “{row.unit}” can't be converted: the result "
                "doesn't count. Enter it in the unit of the laboratory report.",
            )


def no_upper_limit(checked: CheckedCase) -> Iterator[FieldRemark]:
    for row in checked.record.all(Examination):
        in_need = row.test in NEEDS_UPPER_LIMIT and row.phase == Phase.REACTION
        if in_need and row.value is not None and row.upper_limit is None:
            yield FieldRemark(
                row,
                "upper_limit",
                "The score compares this test with the laboratory's upper limit of normal. Enter it.",
            )


def value_too_high(checked: CheckedCase) -> Iterator[FieldRemark]:
    for row in checked.record.all(Examination):
        if row.test in HIGHEST and row.value is not None:
            unit = TESTS[row.test].unit
            value = _in(row, unit)
            if value is not None and value > HIGHEST[row.test]:
                yield FieldRemark(
                    row,
                    "value",
                    f"{plain_number(value)} {unit} is hardly possible. Check the number and its unit.",
                )


def _in(row: Examination, unit: str) -> Decimal | None:
    try:
        return Quantity(row.value, row.unit).to(unit).value
    except IncompatibleUnits:
        return None
