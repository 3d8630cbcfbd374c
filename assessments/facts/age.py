"""How old the patient was when the reaction began, as closely as the report says."""

from decimal import Decimal

from cases.models import Patient
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import CaseTimeline
from values.numbers import rounded
from values.spans import UNKNOWN_SPAN, Span

DAYS_PER_YEAR = Decimal("365.25")
BIRTH = "birth"
# Units of D.2.2b in years. A trimester is no age of somebody born.
IN_YEARS = {
    "a": Decimal(1),
    "mo": 1 / Decimal(12),
    "wk": 7 / DAYS_PER_YEAR,
    "d": 1 / DAYS_PER_YEAR,
    "h": 1 / DAYS_PER_YEAR / 24,
}
DECADE = "{decade}"
_NEONATE = 28 / DAYS_PER_YEAR
# D.2.3 in years, as ICH bounds the groups in its implementation guide.
GROUPS = {
    "1": (Decimal(0), _NEONATE),
    "2": (_NEONATE, Decimal(2)),
    "3": (Decimal(2), Decimal(12)),
    "4": (Decimal(12), Decimal(18)),
    "5": (Decimal(18), Decimal(65)),
    "6": (Decimal(65), None),
}
MICRO = Decimal("0.000001")
# Beyond this no age is one: a slip of the pen is not known.
OLDEST = 150


def age_in_years(record: CaseRecord, timeline: CaseTimeline) -> Span:
    """Years, at least and at most: as stated, else from birth to onset, else by the age group."""
    patient = next(iter(record.all(Patient)), None)
    if patient is None:
        return UNKNOWN_SPAN
    age = _stated(patient)
    if age == UNKNOWN_SPAN and patient.birth_date:
        age = _scaled(-timeline.days_to(BIRTH), 1 / DAYS_PER_YEAR)
    if age == UNKNOWN_SPAN and patient.age_group in GROUPS:
        age = _scaled(Span(*GROUPS[patient.age_group]), Decimal(1))
    ends = [end for end in (age.low, age.high) if end is not None]
    return age if all(0 <= end <= OLDEST for end in ends) else UNKNOWN_SPAN


def _stated(patient: Patient) -> Span:
    if patient.age is None:
        return UNKNOWN_SPAN
    if patient.age_unit == DECADE:
        return _scaled(Span(patient.age, patient.age + 1), Decimal(10))
    factor = IN_YEARS.get(patient.age_unit)
    return UNKNOWN_SPAN if factor is None else _scaled(Span(patient.age, patient.age), factor)


def _scaled(span: Span, factor: Decimal) -> Span:
    low, high = (None if end is None else rounded(end * factor, MICRO) for end in (span.low, span.high))
    return Span(low, high)
