"""Read cases from the database into `CaseRecord`: a fixed number of queries, however many cases.

The caller sees to it that only visible cases are asked for.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import ForeignKey

from cases.minimum_criteria import IDENTIFYING_PATIENT, IDENTIFYING_REPORTER
from cases.models import (
    CASE_ROWS,
    BiopsyDetail,
    Case,
    CaseRow,
    DifferentialDiagnosis,
    Dose,
    Drug,
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
    Symptom,
    Temperature,
    Treatment,
)
from cases.record.case_record import SOURCES, CaseRecord, keys_to_rows
from cases.record.fast_rows import fast_rows, order_of
from cases.standings import standings_of

CHUNK = 200

# What facts and completeness are made from. A test sees to it that no column is missing.
SCORED: dict[type[CaseRow], tuple[str, ...]] = {
    Patient: ("birth_date", "death_date", "age_unit", "null_flavors", *IDENTIFYING_PATIENT),
    MedicalHistory: ("start", "end", "term", "is_continuing", "is_family_history"),
    PastDrug: ("start", "end", "response_at"),
    Exposure: (
        "name", "role", "drug_id", "mpid", "phpid", "is_ongoing_at_onset", "stated_half_life_low_hours",
        "stated_half_life_high_hours", "reference_half_lives",
    ),
    Dose: (
        "exposure_id", "amount", "unit", "interval", "interval_unit", "start", "end", "duration",
        "duration_unit", "text",
    ),
    DrugReaction: (
        "exposure_id", "reaction_id", "first_dose_interval", "first_dose_unit", "last_dose_interval",
        "last_dose_unit", "recurrence",
    ),
    Reaction: (
        "onset", "end", "duration", "duration_unit", "relapse", "is_assessed", "is_resolved", "outcome",
        "country", "term", "translation", "meddra_code",
    ),
    Treatment: ("name", "is_systemic_steroid", "route", "start", "end", "response", "response_at"),
    Temperature: ("phase", "when", "result", "celsius", "site", "is_peak"),
    SkinExamination: (
        "phase", "when", "extent", "extent_percent", "facial_oedema", "infiltration", "purpura_beyond_legs",
        "scaling", "reporter_finds_suggestive",
    ),
    LymphNodeExamination: ("phase", "when", "result", "is_complete"),
    LymphNodeSite: ("examination_id", "site", "size_cm"),
    OrganInvolvement: (
        "phase", "when", "organ", "name", "result", "meets_threshold", "other_explanation",
    ),
    Symptom: ("phase", "when", "term", "result"),
    DifferentialDiagnosis: ("diagnosis", "status", "of_background"),
    Examination: (
        "phase", "when", "kind", "name", "test", "result", "qualifier", "value", "unit", "text",
        "lower_limit", "upper_limit", "sample", "is_peak",
    ),
    BiopsyDetail: ("examination_id", "tissue", "conclusion"),
    Reporter: ("country", "is_primary", "null_flavors", *IDENTIFYING_REPORTER),
    Indication: ("exposure_id", "text", "meddra_code"),
    Narrative: ("case_narrative", "reporter_comments", "sender_comments"),
}  # fmt: skip


def read_cases(
    case_ids: Iterable[int],
    tables: Sequence[type[CaseRow]] = CASE_ROWS,
    *,
    rows_only: bool = False,
    drugs: bool = False,
) -> dict[int, CaseRecord]:
    """These cases by id, in the order asked for, with all rows of these tables, linked to each other.

    One query for the cases and one for each table. Unless `rows_only`, their standings, the files and other
    cases that rows name, and the drugs of the dictionary are read as well, in two further queries; `drugs`:
    these alone.
    """
    ids = list(case_ids)
    cases = Case.objects.in_bulk(ids)
    records = {pk: CaseRecord(cases[pk]) for pk in ids if pk in cases}
    _read_rows(records, tables, rows_only=rows_only, drugs=drugs or not rows_only)
    if not rows_only:
        _add_standings(records)
    return records


def read_rows(case: Case) -> CaseRecord:
    """A case that is at hand already, with all its rows, linked to each other, and the drugs that these name.

    One query for each table, and one for the drugs.
    """
    record = CaseRecord(case)
    _read_rows({case.pk: record}, CASE_ROWS, rows_only=True, drugs=True)
    return record


def _read_rows(
    records: dict[int, CaseRecord], tables: Sequence[type[CaseRow]], *, rows_only: bool, drugs: bool
) -> None:
    with connection.cursor() as cursor:
        by_key = {model: _read_table(cursor, model, records, rows_only) for model in tables}
    _link_rows(by_key)
    if drugs:
        _link_drugs(by_key)


def read_scored_cases(case_ids: Iterable[int]) -> dict[int, CaseRecord]:
    """These cases by id with what scoring reads, several times quicker than whole.

    Rows hold the columns of `SCORED` alone, their UUIDs as text, and aren't linked to each other. One query
    for the cases and one for each table of `SOURCES`.
    """
    ids = list(case_ids)
    if not ids:
        return {}
    records = {case.pk: CaseRecord(case) for case in Case.objects.filter(pk__in=ids)}
    with connection.cursor() as cursor:
        for model in SOURCES:
            for row in fast_rows(cursor, model, ids, SCORED[model]):
                if row.case_id in records:
                    records[row.case_id].rows[model].append(row)
    return records


def _read_table(
    cursor: CursorWrapper, model: type[CaseRow], records: dict[int, CaseRecord], rows_only: bool
) -> dict[int, CaseRow]:
    """The rows of a table by their keys, each added to its record."""
    ids = list(records)
    has_outside = not rows_only and any(_leads_outside(key) for key in model._meta.fields)
    rows = _rows_with_outside(model, ids) if has_outside else fast_rows(cursor, model, ids)
    to_case: Any = next(field for field in model._meta.fields if field.name == "case")
    by_key = {}
    for row in rows:
        by_key[row.pk] = row
        record = records[row.case_id]  # type: ignore[index]
        record.rows[model].append(row)
        to_case.set_cached_value(row, record.case)
    return by_key


def _rows_with_outside(model: type[CaseRow], ids: list[int]) -> Iterable[CaseRow]:
    """Rows with the files and other cases that they name."""
    outside = [key for key in model._meta.fields if _leads_outside(key)]
    files = [key.name for key in outside if _leads_to(key, "StoredFile")]
    rows = model.objects.filter(case_id__in=ids).order_by(*order_of(model))
    return rows.select_related(*(key.name for key in outside)).defer(
        *(f"{name}__thumbnail" for name in files)
    )


def _link_rows(by_key: dict[type[CaseRow], dict[int, CaseRow]]) -> None:
    """Let foreign keys between the rows lead to what is in memory.

    A row that was added by somebody else between two of the queries may lead to one that wasn't read: its
    key is left for Django to follow.
    """
    for model, rows in by_key.items():
        for key in keys_to_rows(model):
            parents = by_key.get(key.related_model, {})  # type: ignore[arg-type]
            for row in rows.values():
                if (parent := parents.get(getattr(row, key.attname))) is not None:
                    key.set_cached_value(row, parent)


def _add_standings(records: dict[int, CaseRecord]) -> None:
    for pk, standings in standings_of(list(records)).items():
        records[pk].standings = standings


def _link_drugs(by_key: dict[type[CaseRow], dict[int, CaseRow]]) -> None:
    """Let keys to the drug dictionary lead to its entries in memory."""
    links = [
        (row, key, pk)
        for model, rows in by_key.items()
        for key in model._meta.fields
        if _leads_to(key, "Drug")
        for row in rows.values()
        if (pk := getattr(row, key.attname)) is not None
    ]
    drugs = {drug.pk: drug for drug in Drug.objects.filter(pk__in={pk for _, _, pk in links})}
    for row, key, pk in links:
        key.set_cached_value(row, drugs[pk])  # type: ignore[attr-defined]


def _leads_to(key: object, *models: str) -> bool:
    return isinstance(key, ForeignKey) and key.related_model.__name__ in models


def _leads_outside(key: object) -> bool:
    """Whether a key leads to a file, or to a case that is not the row's own."""
    return _leads_to(key, "StoredFile") or (_leads_to(key, "Case") and key.name != "case")  # type: ignore[attr-defined]
