"""Examinations: are their results complete, in a known unit, and possible."""

from collections.abc import Iterator

from cases.checks.result import CheckedCase, FieldRemark
from cases.models import Examination, ExaminationKind, Phase
from cases.recognition import is_compared_unread, is_unit_of, offered_units, plausible_range, test_of, unit_of
from scoring.facts import ResultKind
from values.numbers import plain_number
from vocabulary.units import Certainty

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
        test = test_of(row).key
        if test and row.value is not None and row.unit and not is_unit_of(test, unit_of(row)):
            yield FieldRemark(row, "unit", _not_understood(row, test))


def _not_understood(row: Examination, test: str) -> str:
    """Why the unit is not read, what it may mean, and the units that are."""
    reading = unit_of(row)
    if reading.certainty is Certainty.SUGGESTED:
        why = f"It may mean {reading.ucum}: {reading.reason}"
    elif reading.reason:
        why = reading.reason
    else:
        why = "It is no unit of this test." if reading.is_accepted else "It isn't in the list of units."
    counts = (
        "compares only with limits in the same unit" if is_compared_unread(test, reading) else "doesn't count"
    )
    return (
        f"“{row.unit}” is not read. {why} The result {counts} until the unit is one of this test"
        f"{offered_units(test)}."
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
        reading = unit_of(row)
        plausible = plausible_range(test_of(row).key, reading) if reading.is_accepted else None
        value = None if row.value is None else reading.to_canonical(row.value)
        if plausible is not None and value is not None and value > plausible[1]:
            number = f"{plain_number(value)} {reading.canonical}"
            yield FieldRemark(row, "value", f"{number} is hardly possible. Check the number and its unit.")
