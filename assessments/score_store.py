"""Write scores: new assessments with their items, and the score rows that changed, in one statement each.

Neither table is tracked, and no trigger looks at them: what is append-only proves itself.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from cases.copying import as_text, copy_lines, fresh_keys
from cases.models import Assessment, AssessmentItem, CaseScore
from scoring.result import Item, Result

# Everything of a score row but its key, what the database computes, and the counter, which triggers keep.
STORED = tuple(
    column.attname
    for column in CaseScore._meta.concrete_fields
    if not column.primary_key and not column.generated and column.name != "evidence_version"
)
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
# As many places as the score row keeps.
MICRO = Decimal("0.000001")


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


def picture(score: CaseScore) -> dict[str, Any]:
    """What a score row says, as the database would give it back."""
    return {name: _as_kept(getattr(score, name)) for name in STORED}


def _as_kept(value: Any) -> Any:
    return value.quantize(MICRO) if isinstance(value, Decimal) else value


def store_scores(scores: Iterable[CaseScore]) -> None:
    """Write score rows that are locked, all in one statement."""
    rows = [{"case_id": score.case_id, **picture(score)} for score in scores]
    if not rows:
        return
    table = CaseScore._meta.db_table
    settings = ", ".join(f"{name} = fresh.{name}" for name in STORED)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {settings} FROM json_populate_recordset(NULL::{table}, %s) fresh "  # noqa: S608
            f"WHERE {table}.case_id = fresh.case_id",
            [json.dumps(rows, default=str)],
        )
