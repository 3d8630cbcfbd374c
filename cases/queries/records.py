"""Read whole cases for scoring: a fixed number of queries, however many cases."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models.base import ModelState

from cases.facts.completeness import PATIENT_IS, REPORTER_IS
from cases.facts.record import SOURCES, Record
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
from values.moments import Moment

# What facts and completeness are made from, beside keys and names of rows. A column that is missing here is
# fetched when it is asked for, one query a row: a test sees to it that none is.
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
        for row in model.objects.filter(case_id__in=ids).order_by(*_order(model)):
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
            for case_id, row in _light_rows(cursor, model, ids):
                if case_id in found:
                    found[case_id].rows[model].append(row)
    return found


def _light_rows(cursor: CursorWrapper, model: type[CaseRow], ids: list[int]) -> Iterator[tuple[int, CaseRow]]:
    """Rows by case, made past `Model.__init__`, which takes longer than scoring does with them."""
    sql, names, readers = _selection(model)
    database = connection.alias
    cursor.execute(sql, [ids])
    for values in cursor.fetchall():
        row = model.__new__(model)
        told = row.__dict__
        told["_state"] = state = ModelState()
        state.adding, state.db = False, database
        told.update(zip(names, values, strict=True))
        for name, read in readers:
            if told[name] is not None:
                told[name] = read(told[name])
        yield told["case_id"], row


@cache
def _selection(
    model: type[CaseRow],
) -> tuple[str, tuple[str, ...], tuple[tuple[str, Callable[[str], Any]], ...]]:
    """The statement that reads a table, the columns in its order, and those that need more than psycopg2."""
    names = tuple(dict.fromkeys(("id", "case_id", "uuid", *SCORED[model])))
    columns = ", ".join(f'"{name}"::text' if name == "uuid" else f'"{name}"' for name in names)
    readers = tuple((name, READERS[kind]) for name in names if (kind := _kind(model, name)) in READERS)
    order = ", ".join(_order(model))
    sql = f"SELECT {columns} FROM {model._meta.db_table} WHERE case_id = ANY(%s) ORDER BY {order}"  # noqa: S608
    return sql, names, readers


def _kind(model: type[CaseRow], column: str) -> str:
    return next(type(field).__name__ for field in model._meta.concrete_fields if field.attname == column)


# The same dates come up again and again.
READERS: dict[str, Callable[[str], Any]] = {
    "MomentField": lru_cache(maxsize=2**15)(Moment.parse),
    "JSONField": json.loads,
}


def _order(model: type[CaseRow]) -> tuple[str, ...]:
    names = {field.name for field in model._meta.fields}
    return ("position", "id") if "position" in names else ("id",)
