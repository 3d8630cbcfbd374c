"""The patient: do age, birth date, weight and sex agree with each other."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from cases.checks.result import CheckedCase, FieldRemark
from cases.models import Parent, Patient
from values.spans import UNKNOWN_SPAN, Span, TimeUnit

YEAR_DAYS = Decimal("365.25")
MALE = "1"
ADULT_YEARS = 18


def age_against_birth_date(checked: CheckedCase) -> Iterator[FieldRemark]:
    """Both as intervals: an age of 16 years is any day from the 16th birthday to the 17th."""
    for patient in checked.record.all(Patient):
        stated, by_dates = stated_age(patient), -checked.timeline.days_to(patient.anchor)
        if not _overlap(stated, by_dates):
            yield FieldRemark(
                patient,
                "age",
                f"By birth date and onset the age is {_in_years(by_dates)}. Check both and the onset.",
            )


def weight_for_age(checked: CheckedCase) -> Iterator[FieldRemark]:
    for patient in checked.record.all(Patient):
        limits = _limits(_age(checked, patient))
        if patient.weight_kg is None or limits is None:
            continue
        if not limits.least_kg <= patient.weight_kg <= limits.most_kg:
            yield FieldRemark(
                patient,
                "weight_kg",
                "This weight is hardly possible at this age. Check the number, its unit and the age.",
            )


def menstruation_of_a_man(checked: CheckedCase) -> Iterator[FieldRemark]:
    for patient in checked.record.all(Patient):
        if patient.sex == MALE and patient.last_menstrual_period:
            yield FieldRemark(
                patient, "last_menstrual_period", "The patient is male. Check the sex, or clear this date."
            )
    for parent in checked.record.all(Parent):
        if parent.sex == MALE and parent.last_menstrual_period:
            yield FieldRemark(
                parent, "last_menstrual_period", "This parent is male. Check the sex, or clear this date."
            )


def parent_of_an_adult(checked: CheckedCase) -> Iterator[FieldRemark]:
    for patient in checked.record.all(Patient):
        age = _age(checked, patient)
        if age.low is not None and age.low >= ADULT_YEARS * 366:
            for parent in checked.record.all(Parent):
                yield FieldRemark(
                    parent,
                    "identification",
                    "A parent belongs to a report on a child or foetus, and this patient is an adult. "
                    "Clear the parent, or check the age.",
                )


def stated_age(patient: Patient) -> Span:
    """The age as the report has it, in days; unknown where there is none or its unit is no unit of time."""
    age, unit = patient.age, patient.age_unit
    if age is None:
        return UNKNOWN_SPAN
    if unit == "{decade}":
        age, width, unit = age * 10, 10, "a"
    else:
        width = 1
    return Span.of(age, age + width, TimeUnit(unit)) if unit in set(TimeUnit) else UNKNOWN_SPAN


def _age(checked: CheckedCase, patient: Patient) -> Span:
    stated = stated_age(patient)
    return stated if stated.is_known else -checked.timeline.days_to(patient.anchor)


def _overlap(stated: Span, by_dates: Span) -> bool:
    """Whether both can be true."""
    below = stated.high is not None and by_dates.low is not None and stated.high < by_dates.low
    above = stated.low is not None and by_dates.high is not None and stated.low > by_dates.high
    return not below and not above


def _in_years(span: Span) -> str:
    low, high = (None if end is None else int(end / YEAR_DAYS) for end in (span.low, span.high))
    if low is None or high is None:
        return f"at least {low} years" if high is None else f"at most {high} years"
    return f"{low} years" if low == high else f"{low} to {high} years"


class Weights(NamedTuple):
    """What people below an age weigh, so wide that only slips of the pen lie outside."""

    below_years: int
    least_kg: Decimal
    most_kg: Decimal


WEIGHTS = (
    Weights(1, Decimal("0.3"), Decimal(20)),
    Weights(3, Decimal(2), Decimal(35)),
    Weights(6, Decimal(5), Decimal(70)),
    Weights(12, Decimal(8), Decimal(150)),
    Weights(150, Decimal(18), Decimal(400)),
)


def _limits(age: Span) -> Weights | None:
    """The limits for an age; where it spans several lines of the table, those of all of them."""
    if age.low is None or age.high is None:
        return None
    touched = [
        line
        for line, from_years in zip(WEIGHTS, (0, *(line.below_years for line in WEIGHTS)), strict=False)
        if age.high >= from_years * 365 and age.low < line.below_years * 366
    ]
    if not touched:
        return None
    return Weights(0, min(line.least_kg for line in touched), max(line.most_kg for line in touched))
