"""How complete a report is, and whether it is valid at all: from rows to what vigiGrade and GVP ask for."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from cases.facts.clock import Clock
from cases.facts.course import latest
from cases.facts.exposures import stated_days
from cases.facts.record import Record
from cases.models import (
    CaseRow,
    Dose,
    DrugReaction,
    Exposure,
    Indication,
    Narrative,
    Patient,
    Reaction,
    Reporter,
)
from cases.models.exposure import Role
from cases.models.ich import elements_of
from cases.models.reaction import Outcome
from scoring.vigigrade import Age, PairFacts, ReportFacts, time_to_onset_penalty
from values.spans import UNKNOWN_SPAN, Span

# What people write where they know nothing.
NOTHING_SAID = frozenset(
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
# A narrative of fewer words tells no story ("see attached letter").
FEWEST_WORDS = 5
REPORT_TYPE_NOT_AVAILABLE = "4"
# In decades or trimesters an age says no more than an age group.
COARSE_AGES = ("{decade}", "{trimester}")
# The reason of absence that stands for a value which the sender has and hides.
MASKED = "MSK"


def report_facts(record: Record, clock: Clock) -> ReportFacts:
    """What vigiGrade looks at. What is reported as unknown is missing."""
    reporter = primary_reporter(record)
    patient = _only(record, Patient)
    return ReportFacts(
        pairs=tuple(_pairs(record, clock)),
        sex=bool(patient and patient.sex),
        age=_age(patient, clock),
        country=any(row.country for row in record.all(Reporter))
        or any(row.country for row in record.all(Reaction)),
        qualification=bool(reporter and reporter.qualification),
        report_type=record.case.report_type not in ("", REPORT_TYPE_NOT_AVAILABLE),
        comments=any(map(_tells_something, record.all(Narrative))),
    )


def primary_reporter(record: Record) -> Reporter | None:
    """The primary source; where none is marked, the first one entered."""
    reporters = record.all(Reporter)
    return next((reporter for reporter in reporters if reporter.is_primary), next(iter(reporters), None))


def says(text: str) -> bool:
    """Whether a text says anything at all."""
    return text.strip().strip(".").lower() not in NOTHING_SAID | {""}


def _pairs(record: Record, clock: Clock) -> Iterator[PairFacts]:
    stated = {(pair.exposure_id, pair.reaction_id): pair for pair in record.all(DrugReaction)}
    for exposure in record.all(Exposure):
        if not exposure.is_suspect:
            continue
        doses = [dose for dose in record.all(Dose) if dose.exposure_id == exposure.pk]
        indication = any(
            says(row.text) or bool(row.meddra_code)
            for row in record.all(Indication)
            if row.exposure_id == exposure.pk
        )
        for reaction in record.all(Reaction):
            yield PairFacts(
                drug=str(exposure.uuid),
                reaction=str(reaction.uuid),
                time_to_onset=_time_to_onset(doses, reaction, clock, stated.get((exposure.pk, reaction.pk))),
                indication=indication,
                outcome=reaction.outcome not in ("", Outcome.UNKNOWN),
                dose=any(dose.amount is not None and dose.unit for dose in doses),
            )


def _time_to_onset(doses: list[Dose], reaction: Reaction, clock: Clock, stated: DrugReaction | None) -> Span:
    """From the first dose to the reaction: as dated, or as the source states it, whichever says more."""
    spans = [clock.between(dose.anchor, reaction.anchor) for dose in doses]
    # What is dated later than a first dose without date says nothing about the first.
    dated = latest([span for span in spans if span.is_known]) if spans and spans[0].is_known else UNKNOWN_SPAN
    return min(dated, stated_days(stated, "first_dose"), key=time_to_onset_penalty)


def _age(patient: Patient | None, clock: Clock) -> Age:
    if patient is None:
        return Age.MISSING
    if patient.age is not None and patient.age_unit not in COARSE_AGES:
        return Age.KNOWN
    if patient.birth_date and clock.days_to(patient.anchor).is_known:
        return Age.KNOWN
    return Age.GROUP if patient.age_group or patient.age is not None else Age.MISSING


def _tells_something(narrative: Narrative) -> bool:
    texts = (narrative.case_narrative, narrative.reporter_comments, narrative.sender_comments)
    return any(says(text) and len(text.split()) >= FEWEST_WORDS for text in texts)


class Criterion(NamedTuple):
    """One of the four things without which a report is not valid (GVP VI.B.2, ICH E2D)."""

    key: str
    label: str
    model: type[CaseRow]
    field: str  # where to enter what is missing
    remedy: str
    is_met: Callable[[Record], bool]


def missing_criteria(record: Record) -> list[Criterion]:
    """The minimum criteria that a report doesn't meet."""
    return [criterion for criterion in CRITERIA if not criterion.is_met(record)]


# Any one of these identifies a person well enough.
PATIENT_IS = (
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
REPORTER_IS = (
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


def _has_reporter(record: Record) -> bool:
    return any(_holds(row, REPORTER_IS) for row in record.all(Reporter))


def _has_patient(record: Record) -> bool:
    return any(_holds(row, PATIENT_IS) for row in record.all(Patient))


def _has_drug(record: Record) -> bool:
    named = (
        row.role in SUSPECT and (says(row.name) or row.drug_id or row.mpid or row.phpid)
        for row in record.all(Exposure)
    )
    return any(named)


def _has_reaction(record: Record) -> bool:
    return any(row.term or row.translation or row.meddra_code for row in record.all(Reaction))


def _holds(row: CaseRow, names: tuple[str, ...]) -> bool:
    """Whether a row has a value in one of these fields, or hides one that the sender has."""
    return any(getattr(row, name) not in (None, "") for name in names) or any(
        field.name in names
        for element, field in (elements_of(type(row)) if row.null_flavors else ())
        if row.null_flavors.get(element) == MASKED
    )


def _only(record: Record, model: type[Patient]) -> Patient | None:
    return next(iter(record.all(model)), None)


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
