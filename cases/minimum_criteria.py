"""The four minimum criteria of a valid report, and where to enter what is missing (GVP VI.B.2, ICH E2D)."""

from collections.abc import Callable
from typing import NamedTuple

from cases.models import CaseRow, Exposure, Patient, Reaction, Reporter
from cases.models.exposure import Role
from cases.models.ich import elements_of
from cases.record.case_record import CaseRecord

# What people write where nothing is known.
UNINFORMATIVE = frozenset(
    {
        "unknown",
        "unk",
        "not known",
        "not reported",
        "none",
        "no comment",
        "no comments",
        "no information",
        "n/a",
        "na",
        "nil",
        "drug use for unknown indication",
        "product used for unknown indication",
    }
)
# The null flavour of a value that the sender has and hides.
MASKED = "MSK"


class Criterion(NamedTuple):
    """One of the four things without which a report is not valid (GVP VI.B.2, ICH E2D)."""

    key: str
    label: str
    model: type[CaseRow]
    field: str  # where to enter what is missing
    remedy: str
    is_met: Callable[[CaseRecord], bool]


def missing_criteria(record: CaseRecord) -> list[Criterion]:
    """The minimum criteria that a report doesn't meet."""
    return [criterion for criterion in CRITERIA if not criterion.is_met(record)]


# Any one of these identifies a person well enough.
IDENTIFYING_PATIENT = (
    "initials",
    "gp_record",
    "specialist_record",
    "hospital_record",
    "investigation_record",
    "birth_date",
    "age",
    "age_group",
    "gestation",
    "sex",
)
IDENTIFYING_REPORTER = (
    "given_name",
    "middle_name",
    "family_name",
    "reporter_organisation",
    "department",
    "street",
    "city",
    "region",
    "postcode",
    "telephone",
    "qualification",
)
# A drug that should have been given and wasn't can be what is suspected.
SUSPECT = (Role.SUSPECT, Role.INTERACTING, Role.NOT_ADMINISTERED)


def _has_reporter(record: CaseRecord) -> bool:
    return any(_holds(row, IDENTIFYING_REPORTER) for row in record.all(Reporter))


def _has_patient(record: CaseRecord) -> bool:
    return any(_holds(row, IDENTIFYING_PATIENT) for row in record.all(Patient))


def _has_drug(record: CaseRecord) -> bool:
    named = (
        row.role in SUSPECT and (is_informative(row.name) or row.drug_id or row.mpid or row.phpid)
        for row in record.all(Exposure)
    )
    return any(named)


def _has_reaction(record: CaseRecord) -> bool:
    return any(row.term or row.translation or row.meddra_code for row in record.all(Reaction))


def _holds(row: CaseRow, names: tuple[str, ...]) -> bool:
    """Whether a row has a value in one of these fields, or hides one that the sender has."""
    return any(getattr(row, name) not in (None, "") for name in names) or any(
        field.name in names
        for element, field in (elements_of(type(row)) if row.null_flavors else ())
        if row.null_flavors.get(element) == MASKED
    )


CRITERIA = (
    Criterion(
        "reporter",
        "An identifiable reporter",
        Reporter,
        "qualification",
        "Enter a name, initials, address, organisation or qualification of whoever reports.",
        _has_reporter,
    ),
    Criterion(
        "patient",
        "An identifiable patient",
        Patient,
        "initials",
        "Enter initials, age, age group, birth date, sex or a record number.",
        _has_patient,
    ),
    Criterion(
        "drug",
        "A suspect drug",
        Exposure,
        "name",
        "Enter the drug, and mark it as suspect or interacting.",
        _has_drug,
    ),
    Criterion(
        "reaction",
        "A suspected reaction",
        Reaction,
        "term",
        "Enter what happened, in the reporter's words.",
        _has_reaction,
    ),
)


def is_informative(text: str) -> bool:
    """Whether a text is more than a word for “not known”."""
    return text.strip().strip(".").lower() not in UNINFORMATIVE | {""}
