"""The history of a case as people read it: who changed which field, when, from what to what, and why.

Read from the tables that the database's own triggers fill, so that a change past every service is shown as
well: as one by the database, without a reason.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db import models

from cases.differences import CaseNames, RowChange, row_change
from cases.event_names import read_event_names
from cases.models import CASE_ROWS, Case, CaseEvent, CaseRow
from cases.record.row_snapshots import (
    HISTORIES,
    fetch,
    link_row,
    read_json,
    read_outside_names,
    row_from,
    snapshot,
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


class HistoryPosition(NamedTuple):
    """Where an entry stands in the history of a case, of which later entries come first.

    `table` is the number of its table in `_TABLES`, `line` its key there.
    """

    at: datetime
    table: int
    line: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.table}_{self.line}"

    @classmethod
    def parse(cls, text: str) -> "HistoryPosition":
        """Raises ValueError."""
        at, table, line = text.split("_")
        return cls(datetime.fromisoformat(at), int(table), int(line))


class Seen(NamedTuple):
    """Which state of a case somebody has looked at: its latest event, and when by the database's clock.

    The time shows changes past the services, which leave no event.
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
    older: HistoryPosition | None  # where the next page begins


@dataclass
class RowStates:
    """A row as it was seen and as it is now; None where it wasn't there yet, or is no more."""

    before: Any
    after: Any


@dataclass(frozen=True)
class ChangesSince:
    """What was changed in a case since somebody looked at it; `now` is its state today."""

    saves: list[Save]
    rows: dict[tuple[type[models.Model], int], RowStates]
    now: Seen


@dataclass(frozen=True)
class _Entry:
    """One line of a history table: the row before and after it; None where it wasn't there."""

    position: HistoryPosition
    model: type[models.Model]
    context: dict[str, Any]
    before: Any
    after: Any


def history(case: Case, *, older_than: HistoryPosition | None = None, limit: int = PAGE) -> HistoryPage:
    """A page of the history of a case, newest first. A fixed number of queries."""
    entries = _entries(case, *_older(older_than), limit=limit + 1)
    shown = entries[:limit]
    return HistoryPage(_saves(case, shown), shown[-1].position if len(entries) > limit else None)


def seen_now(case_id: int) -> Seen:
    """The state of a case that somebody who reads it now looks at. One query."""
    ((event, at),) = fetch(
        "SELECT COALESCE(max(id), 0), now() FROM cases_caseevent WHERE case_id = %s", [case_id]
    )
    return Seen(event, at)


def since(case: Case, seen: Seen) -> ChangesSince:
    """What was changed after somebody looked. A fixed number of queries."""
    newer = "AND COALESCE((h.pgh_context->>'event')::bigint > %s, h.pgh_created_at > %s)"
    now = seen_now(case.pk)
    entries = _entries(case, [newer] * len(_TABLES), [list(seen)] * len(_TABLES))
    rows: dict[tuple[type[models.Model], int], RowStates] = {}
    for entry in sorted(entries, key=lambda entry: entry.position.line):
        key = entry.model, (entry.after or entry.before).pk
        rows.setdefault(key, RowStates(entry.before, None)).after = entry.after
    return ChangesSince(_saves(case, entries), rows, now)


def events_since(case: Case, seen: Seen) -> list[CaseEvent]:
    """What the services did to a case since it was looked at, latest first. One query."""
    return list(CaseEvent.objects.filter(case_id=case.pk, id__gt=seen.event))


def _older(position: HistoryPosition | None) -> tuple[list[str], list[list[Any]]]:
    """For each table, the condition that leaves its entries older than a position, and its parameters."""
    if position is None:
        return [""] * len(_TABLES), [[]] * len(_TABLES)
    conditions: list[tuple[str, list[Any]]] = [
        ("AND (h.pgh_created_at, h.pgh_id) < (%s, %s)", [position.at, position.line])
        if table == position.table
        else (f"AND h.pgh_created_at {'<' if table < position.table else '<='} %s", [position.at])
        for table in range(len(_TABLES))
    ]
    return [clause for clause, _ in conditions], [values for _, values in conditions]


# One history table: its entries of a case, each with the state before it.
_ENTRIES = """
    (SELECT h.pgh_created_at AS at, {number} AS number, h.pgh_id AS line, h.pgh_label, h.pgh_context,
        to_json(h)::text, (SELECT to_json(p)::text FROM {table} p WHERE p.pgh_obj_id = h.pgh_obj_id
            AND p.pgh_id < h.pgh_id ORDER BY p.pgh_id DESC LIMIT 1)
    FROM {table} h WHERE h.{case} = %s {clause} ORDER BY at DESC, line DESC LIMIT %s)
"""


def _entries(
    case: Case, clauses: list[str], values: list[list[Any]], limit: int | None = None
) -> list[_Entry]:
    """The entries of all history tables, newest first, each with the state before it. One query."""
    parts = [
        _ENTRIES.format(
            number=number,
            table=HISTORIES[model]._meta.db_table,
            case="id" if model is Case else "case_id",
            clause=clause,
        )
        for number, (model, clause) in enumerate(zip(_TABLES, clauses, strict=True))
    ]
    query = f"{' UNION ALL '.join(parts)} ORDER BY at DESC, number, line DESC LIMIT %s"
    parameters = [value for more in values for value in (case.pk, *more, limit)]
    return [_entry(*columns) for columns in fetch(query, [*parameters, limit])]


def _entry(
    at: datetime, number: int, line: int, label: str, context: Any, text: str, old: str | None
) -> _Entry:
    model, position = _TABLES[number], HistoryPosition(at, number, line)
    row = row_from(model, read_json(text))
    before = row_from(model, read_json(old)) if old and label != "insert" else None
    context = json.loads(context) if isinstance(context, str) else context or {}
    if label == "delete":
        return _Entry(position, model, context, before=row, after=None)
    return _Entry(position, model, context, before=before, after=row)


def _saves(case: Case, entries: list[_Entry]) -> list[Save]:
    if not entries:
        return []
    states = [row for entry in entries for row in (entry.before, entry.after) if row is not None]
    parents: dict[tuple[type[models.Model], Any], Any] = {
        (type(row), row.pk): row for row in _referred_to(case)
    }
    for row in (*parents.values(), *states):
        link_row(row, parents)
    outside_names = read_outside_names(states)
    names = CaseNames(read_event_names(case), {str(row.uuid): title(row) for row in parents.values()})
    return [
        Save(at, by, reason, tuple(changes))
        for (at, _, by, reason), of_save in groupby(sorted(entries, key=_when, reverse=True), _by_whom)
        if (changes := [change for entry in of_save if (change := _change(entry, outside_names, names))])
    ]


def _when(entry: _Entry) -> tuple[datetime, int]:
    """One transaction has one time, and perhaps several events."""
    return entry.position.at, entry.context.get("event") or 0


def _by_whom(entry: _Entry) -> tuple[datetime, int, str, str]:
    return *_when(entry), entry.context.get("username") or DATABASE, entry.context.get("reason", "")


def _change(entry: _Entry, outside_names: Mapping[Any, str], names: CaseNames) -> RowChange | None:
    old, new = (
        snapshot(row, outside_names) if row is not None else None for row in (entry.before, entry.after)
    )
    return row_change(str(entry.model._meta.model_name), old, new, names)


def _referred_to(case: Case) -> Iterator[CaseRow]:
    """The rows that others of the case refer to, as they are or last were. One query."""
    parts = [
        f"(SELECT DISTINCT ON (pgh_obj_id) {number}, to_json(h)::text FROM {table} h "  # noqa: S608
        "WHERE case_id = %s ORDER BY pgh_obj_id, pgh_id DESC)"
        for number, table in enumerate(HISTORIES[model]._meta.db_table for model in _REFERRED_TO)
    ]
    for number, text in fetch(" UNION ALL ".join(parts), [case.pk] * len(parts)):
        yield row_from(_REFERRED_TO[number], read_json(text))
