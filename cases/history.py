"""The history of a case as people read it: who changed which field, when, from what to what, and why.

Read from the tables that the database's own triggers fill, so that a change past every service is told as
well: as one of the database, without a reason.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db import models

from cases.differences import RowChange, Words, row_change
from cases.event_names import read_event_names
from cases.models import CASE_ROWS, Case, CaseEvent, CaseRow
from cases.record.row_snapshots import (
    HISTORIES,
    fetch,
    link,
    names_outside,
    plain_row,
    read_json,
    row_of,
    title,
)

PAGE = 100
DATABASE = "the database"
# In one order for good, so that a page of the history begins where the last one ended.
_TABLES = sorted(HISTORIES, key=lambda model: str(model._meta.model_name))
_RELATED = {
    key.related_model for model in CASE_ROWS for key in model._meta.concrete_fields if key.is_relation
}
_REFERRED_TO = sorted(
    (model for model in CASE_ROWS if model in _RELATED),
    key=lambda model: str(model._meta.model_name),
)


class Place(NamedTuple):
    """Where a line stands in the history: later lines come first."""

    at: datetime
    table: int
    line: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.table}_{self.line}"

    @classmethod
    def parse(cls, text: str) -> "Place":
        """Raises ValueError."""
        at, table, line = text.split("_")
        return cls(datetime.fromisoformat(at), int(table), int(line))


class Seen(NamedTuple):
    """Which state of a case somebody has looked at: its latest event, and when by the database's clock.

    The clock tells of changes past the services, which leave no event.
    """

    event: int
    at: datetime

    def __str__(self) -> str:
        return f"{self.event}_{self.at.isoformat()}"

    @classmethod
    def parse(cls, text: str) -> "Seen":
        """Raises ValueError."""
        event, at = text.split("_")
        return cls(int(event), datetime.fromisoformat(at))


@dataclass(frozen=True)
class Save:
    """What was changed at once, by one person, for one reason."""

    at: datetime
    by: str
    reason: str
    changes: tuple[RowChange, ...]


@dataclass(frozen=True)
class HistoryPage:
    saves: list[Save]
    older: Place | None  # where the next page begins


@dataclass
class RowStates:
    """A row as it was seen and as it is now; None where it wasn't there yet, or is no more."""

    before: Any
    after: Any


@dataclass(frozen=True)
class Meanwhile:
    """What became of a case since it was looked at."""

    saves: list[Save]
    rows: dict[tuple[type[models.Model], int], RowStates]
    now: Seen


@dataclass(frozen=True)
class _Line:
    place: Place
    model: type[models.Model]
    context: dict[str, Any]
    before: Any
    after: Any


def history(case: Case, *, older_than: Place | None = None, limit: int = PAGE) -> HistoryPage:
    """A page of the history of a case, newest first. A fixed number of queries."""
    lines = _lines(case, *_older(older_than), limit=limit + 1)
    shown = lines[:limit]
    return HistoryPage(_saves(case, shown), shown[-1].place if len(lines) > limit else None)


def seen_now(case_id: int) -> Seen:
    """What somebody who reads the case now has seen. One query."""
    ((event, at),) = fetch(
        "SELECT COALESCE(max(id), 0), now() FROM cases_caseevent WHERE case_id = %s", [case_id]
    )
    return Seen(event, at)


def since(case: Case, seen: Seen) -> Meanwhile:
    """What was changed after somebody looked. A fixed number of queries."""
    newer = "AND COALESCE((h.pgh_context->>'event')::bigint > %s, h.pgh_created_at > %s)"
    now = seen_now(case.pk)
    lines = _lines(case, [newer] * len(_TABLES), [list(seen)] * len(_TABLES))
    rows: dict[tuple[type[models.Model], int], RowStates] = {}
    for line in sorted(lines, key=lambda line: line.place.line):
        known = rows.setdefault((line.model, (line.after or line.before).pk), RowStates(line.before, None))
        known.after = line.after
    return Meanwhile(_saves(case, lines), rows, now)


def events_since(case: Case, seen: Seen) -> list[CaseEvent]:
    """What the services did to a case since it was looked at, latest first. One query."""
    return list(CaseEvent.objects.filter(case_id=case.pk, id__gt=seen.event))


def _older(place: Place | None) -> tuple[list[str], list[list[Any]]]:
    """For each table, which of its lines come after a place."""
    if place is None:
        return [""] * len(_TABLES), [[]] * len(_TABLES)
    told: list[tuple[str, list[Any]]] = [
        ("AND (h.pgh_created_at, h.pgh_id) < (%s, %s)", [place.at, place.line])
        if table == place.table
        else (f"AND h.pgh_created_at {'<' if table < place.table else '<='} %s", [place.at])
        for table in range(len(_TABLES))
    ]
    return [clause for clause, _ in told], [values for _, values in told]


# One table of a case: its lines, and the state before each.
_LINES = """
    (SELECT h.pgh_created_at AS at, {number} AS number, h.pgh_id AS line, h.pgh_label, h.pgh_context,
        to_json(h)::text, (SELECT to_json(p)::text FROM {table} p WHERE p.pgh_obj_id = h.pgh_obj_id
            AND p.pgh_id < h.pgh_id ORDER BY p.pgh_id DESC LIMIT 1)
    FROM {table} h WHERE h.{case} = %s {clause} ORDER BY at DESC, line DESC LIMIT %s)
"""


def _lines(case: Case, clauses: list[str], values: list[list[Any]], limit: int | None = None) -> list[_Line]:
    """The lines of all history tables, newest first, each with the state before it. One query."""
    parts = [
        _LINES.format(
            number=number,
            table=HISTORIES[model]._meta.db_table,
            case="id" if model is Case else "case_id",
            clause=clause,
        )
        for number, (model, clause) in enumerate(zip(_TABLES, clauses, strict=True))
    ]
    query = f"{' UNION ALL '.join(parts)} ORDER BY at DESC, number, line DESC LIMIT %s"
    found = fetch(query, [value for given in values for value in (case.pk, *given, limit)] + [limit])
    return [_line(*columns) for columns in found]


def _line(
    at: datetime, number: int, line: int, label: str, context: Any, text: str, old: str | None
) -> _Line:
    model = _TABLES[number]
    row = row_of(model, read_json(text))
    before = row_of(model, read_json(old)) if old and label != "insert" else None
    told = json.loads(context) if isinstance(context, str) else context or {}
    if label == "delete":
        return _Line(Place(at, number, line), model, told, before=row, after=None)
    return _Line(Place(at, number, line), model, told, before=before, after=row)


def _saves(case: Case, lines: list[_Line]) -> list[Save]:
    if not lines:
        return []
    states = [row for line in lines for row in (line.before, line.after) if row is not None]
    known: dict[tuple[type[models.Model], Any], Any] = {
        (type(row), row.pk): row for row in _referred_to(case)
    }
    for row in (*known.values(), *states):
        link(row, known)
    named = names_outside(states)
    words = Words(read_event_names(case), {str(row.uuid): title(row) for row in known.values()})
    return [
        Save(at, by, reason, tuple(changes))
        for (at, _, by, reason), of_save in groupby(sorted(lines, key=_when, reverse=True), _by_whom)
        if (changes := [change for line in of_save if (change := _change(line, named, words))])
    ]


def _when(line: _Line) -> tuple[datetime, int]:
    """One transaction has one time, and perhaps several events."""
    return line.place.at, line.context.get("event") or 0


def _by_whom(line: _Line) -> tuple[datetime, int, str, str]:
    return *_when(line), line.context.get("username") or DATABASE, line.context.get("reason", "")


def _change(line: _Line, named: Mapping[Any, str], words: Words) -> RowChange | None:
    old, new = (plain_row(row, named) if row is not None else None for row in (line.before, line.after))
    return row_change(str(line.model._meta.model_name), old, new, words)


def _referred_to(case: Case) -> Iterator[CaseRow]:
    """The rows that others of the case refer to, as they are or last were. One query."""
    parts = [
        f"(SELECT DISTINCT ON (pgh_obj_id) {number}, to_json(h)::text FROM {table} h "  # noqa: S608
        "WHERE case_id = %s ORDER BY pgh_obj_id, pgh_id DESC)"
        for number, table in enumerate(HISTORIES[model]._meta.db_table for model in _REFERRED_TO)
    ]
    for number, text in fetch(" UNION ALL ".join(parts), [case.pk] * len(parts)):
        yield row_of(_REFERRED_TO[number], read_json(text))
