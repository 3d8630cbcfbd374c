"""Read and write what scores are stored in: assessments with their items, standings, and summaries.

What is new or changed is written in one statement for each kind. None of these tables is tracked, and no
trigger looks at what is written here: what is append-only proves itself.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import connection, models

from assessments.models import Assessment, AssessmentItem, Standing
from cases.copying import as_text, copy_lines, fresh_keys
from cases.models import CaseSummary
from scoring.result import Item, Result
from values.numbers import rounded

# Within a case: the key of an instrument, and of an exposure where it assesses drugs.
SubjectKey = tuple[str, int | None]
ASSESSMENT = tuple(field.attname for field in Assessment._meta.concrete_fields)
ITEM = (
    "assessment_id",
    "position",
    "key",
    "answer",
    "points",
    "low",
    "high",
    "basis",
    "rule",
    "needs",
    "evidence",
)
# As many decimals as the columns have.
MICRO = Decimal("0.000001")


def standings_of(case_ids: Iterable[int]) -> dict[int, dict[SubjectKey, Standing]]:
    """The standings of cases, with what their assessments differ by. One query."""
    texts = ("facts_digest", "answers", "result")
    columns = [field.attname for field in Standing._meta.concrete_fields]
    of_assessments = [f"{link}__{name}" for link in ("computed", "adjudicated") for name in texts]
    rows = Standing.objects.filter(case_id__in=list(case_ids)).select_related("computed", "adjudicated")
    standings: dict[int, dict[SubjectKey, Standing]] = {}
    for row in rows.only(*columns, *of_assessments):
        standings.setdefault(row.case_id, {})[row.instrument, row.exposure_id] = row
    return standings


def keys_for(assessments: list[Assessment]) -> None:
    """Give new assessments their keys, so that score rows can point to them."""
    if assessments:
        for assessment, key in zip(assessments, fresh_keys(Assessment, len(assessments)), strict=True):
            assessment.pk = key


def store_assessments(fresh: list[tuple[Assessment, Result]], now: datetime) -> None:
    """Add assessments that have their keys, with an item row for each line of their result."""
    copy_lines(Assessment, ASSESSMENT, (_assessment_line(assessment, now) for assessment, _ in fresh))
    copy_lines(
        AssessmentItem,
        ITEM,
        (
            _item_line(assessment.pk, position, item)
            for assessment, result in fresh
            for position, item in enumerate(result.items, start=1)
        ),
    )


def _assessment_line(assessment: Assessment, now: datetime) -> str:
    assessment.created_at = now
    return "\t".join([as_text(getattr(assessment, name)) for name in ASSESSMENT])


def _item_line(assessment: int, position: int, item: Item) -> str:
    cells = (item.key, item.answer, item.points, item.low, item.high, item.basis.value, item.rule, item.needs)
    evidence = f"{{{','.join(item.evidence)}}}"
    return "\t".join(map(as_text, (assessment, position, *cells, evidence)))


def snapshot(row: CaseSummary | Standing) -> dict[str, Any]:
    """What a summary or a standing holds, as the database would give it back, without key and counter."""
    return {name: _as_stored(getattr(row, name)) for name in _columns(type(row))}


def _as_stored(value: Any) -> Any:
    return rounded(value, MICRO) if isinstance(value, Decimal) else value


@cache
def _columns(model: type[models.Model]) -> tuple[str, ...]:
    """The columns that scoring fills: no key, nothing that the database computes, no counter of triggers."""
    without = {*KEYS[model], "id", "evidence_version", "pseudonym"}
    return tuple(
        field.attname
        for field in model._meta.concrete_fields
        if not field.generated and field.attname not in without
    )


KEYS: dict[type[models.Model], tuple[str, ...]] = {
    CaseSummary: ("case_id",),
    Standing: ("case_id", "instrument", "exposure_id"),
}


def store_rows(summaries: Iterable[CaseSummary], standings: Iterable[Standing]) -> None:
    """Write these rows of cases whose summaries are locked, in one statement. Standings may be new."""
    of_cases = [{"case_id": row.case_id, **snapshot(row)} for row in summaries]
    inserted = (*KEYS[Standing], "evidence_version")
    of_subjects = [{**{name: getattr(row, name) for name in inserted}, **snapshot(row)} for row in standings]
    if not of_cases and not of_subjects:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _statement(), [json.dumps(of_cases, default=str), json.dumps(of_subjects, default=str)]
        )


@cache
def _statement() -> str:
    summary, standing = CaseSummary._meta.db_table, Standing._meta.db_table
    columns = ", ".join([*KEYS[Standing], "evidence_version", *_columns(Standing)])
    return f"""
        WITH summarised AS (
            UPDATE {summary} SET {_assigned(CaseSummary, "fresh")}
            FROM json_populate_recordset(NULL::{summary}, %s) fresh WHERE {summary}.case_id = fresh.case_id
        )
        INSERT INTO {standing} ({columns})
        SELECT {columns} FROM json_populate_recordset(NULL::{standing}, %s)
        ON CONFLICT ({", ".join(KEYS[Standing])}) DO UPDATE SET {_assigned(Standing, "excluded")}
    """  # noqa: S608 - names of models


def _assigned(model: type[models.Model], source: str) -> str:
    return ", ".join(f"{name} = {source}.{name}" for name in _columns(model))


def delete_standings(rows: Iterable[Standing]) -> None:
    """Remove standings of drugs that are gone. No query where there is none."""
    if keys := [row.pk for row in rows]:
        Standing.objects.filter(pk__in=keys).delete()
