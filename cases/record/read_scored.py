"""Read whole cases for scoring: a fixed number of queries, however many cases."""

from collections.abc import Iterable, Sequence

from django.db import connection

from cases.minimum_criteria import PATIENT_IS, REPORTER_IS
from cases.models import (
    BiopsyDetail,
    Case,
    CaseRow,
    Dose,
    DrugReaction,
    Examination,
    Exposure,
    Indication,
    LymphNodeExamination,
    LymphNodeSite,
    MedicalHistory,
    Narrative,
    OrganInvolvement,
    PastDrug,
    Patient,
    Reaction,
    Reporter,
    SkinExamination,
    Temperature,
    Treatment,
)
from cases.record.fast_rows import light_rows, order_of
from cases.record.scored_record import SOURCES, Record

# What facts and completeness are made from. A test sees to it that no column is missing.
SCORED: dict[type[CaseRow], tuple[str, ...]] = {
    Patient: ("birth_date", "death_date", "age_unit", "null_flavors", *PATIENT_IS),
    MedicalHistory: ("start", "end"),
    PastDrug: ("start", "end", "response_at"),
    Exposure: (
        "name", "role", "drug_id", "mpid", "phpid", "is_ongoing_at_onset", "stated_half_life_low_hours",
        "stated_half_life_high_hours", "reference_half_life_low_hours", "reference_half_life_high_hours",
    ),
    Dose: ("exposure_id", "amount", "unit", "interval", "interval_unit", "start", "end"),
    DrugReaction: (
        "exposure_id", "reaction_id", "first_dose_interval", "first_dose_unit", "last_dose_interval",
        "last_dose_unit",
    ),
    Reaction: (
        "onset", "end", "relapse", "is_assessed", "is_resolved", "outcome", "country", "term", "translation",
        "meddra_code",
    ),
    Treatment: ("start", "end", "response", "response_at"),
    Temperature: ("phase", "when", "result", "celsius", "site", "is_peak"),
    SkinExamination: (
        "phase", "when", "extent", "extent_percent", "facial_oedema", "infiltration", "purpura_beyond_legs",
        "scaling", "reporter_finds_suggestive",
    ),
    LymphNodeExamination: ("phase", "when", "result", "is_complete"),
    LymphNodeSite: ("examination_id", "site", "size_cm"),
    OrganInvolvement: ("phase", "when", "organ", "result", "meets_threshold", "other_explanation"),
    Examination: (
        "phase", "when", "kind", "test", "result", "qualifier", "value", "unit", "upper_limit", "sample",
    ),
    BiopsyDetail: ("examination_id", "tissue", "conclusion"),
    Reporter: ("country", "is_primary", "null_flavors", *REPORTER_IS),
    Indication: ("exposure_id", "text", "meddra_code"),
    Narrative: ("case_narrative", "reporter_comments", "sender_comments"),
}  # fmt: skip


def records(case_ids: Iterable[int], tables: Sequence[type[CaseRow]] = SOURCES) -> dict[int, Record]:
    """The records of these cases by id. One query for the cases and one for each table."""
    ids = list(case_ids)
    found = {case.pk: Record(case) for case in Case.objects.filter(pk__in=ids)}
    for model in tables:
        for row in model.objects.filter(case_id__in=ids).order_by(*order_of(model)):
            if row.case_id in found:
                found[row.case_id].rows[model].append(row)
    return found


def scored_records(case_ids: Iterable[int]) -> dict[int, Record]:
    """As `records`, for scoring alone and several times quicker.

    Rows hold the columns that scoring looks at, and their UUIDs as text, which is all it makes of them.
    """
    ids = list(case_ids)
    if not ids:
        return {}
    found = {case.pk: Record(case) for case in Case.objects.filter(pk__in=ids)}
    with connection.cursor() as cursor:
        for model in SOURCES:
            for row in light_rows(cursor, model, ids, SCORED[model]):
                if row.case_id in found:
                    found[row.case_id].rows[model].append(row)
    return found
