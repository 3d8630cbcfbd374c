"""k-anonymity once more, in plain Python over loaded cases; it shares nothing with `research.anonymity`."""

from collections import Counter
from collections.abc import Hashable, Iterable
from decimal import ROUND_FLOOR, Decimal

from cases.models import (
    AutopsyCauseOfDeath,
    Exposure,
    GeneticDetail,
    Patient,
    Reaction,
    ReportedCauseOfDeath,
    Reporter,
    Sender,
    StudyRegistration,
)
from cases.record.case_record import CaseRecord

MONTHS = {"a": Decimal(12), "mo": Decimal(1), "wk": 84 / Decimal("365.25"), "d": 12 / Decimal("365.25")}
COUNTRIES = (
    (Reporter, "country"),
    (Reaction, "country"),
    (Sender, "country"),
    (Exposure, "country_obtained"),
    (Exposure, "authorisation_country"),
    (StudyRegistration, "country"),
)


def plain_anonymity(records: Iterable[CaseRecord], floor: int) -> tuple[int | None, int, int]:
    """The smallest group of cases that are alike, all cases, and those in groups below the floor."""
    sizes = Counter(map(attributes, records)).values()
    return min(sizes, default=None), sum(sizes), sum(size for size in sizes if size < floor)


def attributes(record: CaseRecord) -> Hashable:
    patient = next(iter(record.all(Patient)), Patient())
    summary = record.case.summary
    return (
        years_shown(summary.age_low),
        None if (summary.age_high or 0) >= 90 else years_shown(summary.age_high),
        reported_age_shown(patient),
        patient.age_group,
        patient.sex,
        frozenset(getattr(row, name) for model, name in COUNTRIES for row in record.all(model)) - {""},
        record.case.organisation_id,
        frozenset(
            row.drug_id or row.name.strip().lower() for row in record.all(Exposure) if row.role in "13"
        ),
        tuple(day and day.year for day in (summary.onset_earliest, summary.onset_latest)),
        frozenset((row.gene, row.allele, row.examination.result) for row in record.all(GeneticDetail)),
        is_dead(record, patient),
    )


def years_shown(years: Decimal | None) -> Decimal | None:
    if years is None:
        return None
    return whole(years * 12) / 12 if years < 2 else min(whole(years), Decimal(90))


def reported_age_shown(patient: Patient) -> tuple[Decimal | None, str]:
    if patient.age is None:
        return None, ""
    if patient.age_unit not in MONTHS:  # decades
        return min(patient.age, Decimal(9)), patient.age_unit
    months = whole(patient.age * MONTHS[patient.age_unit])
    return (months, "mo") if months < 24 else (min(whole(months / 12), Decimal(90)), "a")


def whole(number: Decimal) -> Decimal:
    return round(number, 4).to_integral_value(ROUND_FLOOR)


def is_dead(record: CaseRecord, patient: Patient) -> bool:
    fatal = any(row.outcome == "5" or row.reporter_death or row.company_death for row in record.all(Reaction))
    causes = record.all(ReportedCauseOfDeath) or record.all(AutopsyCauseOfDeath)
    return fatal or bool(causes) or patient.death_date is not None
