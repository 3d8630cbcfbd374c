"""The whole record of a case as a version freezes it, and two such records compared field by field."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from operator import attrgetter
from typing import Any

from cases.differences import CaseNames, RowChange, field_changes, row_change
from cases.event_names import name_events
from cases.models import CASE_ROWS, Case, CaseRow, CaseVersion, StoredFile
from cases.models.exposure import SUSPECT_ROLES
from cases.record.case_record import CaseRecord
from cases.record.fast_rows import order_of
from cases.record.row_snapshots import (
    BY_NAME,
    fetch,
    link_row,
    read_json,
    read_outside_names,
    row_from,
    snapshot,
)
from cases.standings import Standing, Standings, primary_of, standings_of
from scoring.instruments import primary

FORMAT = "case-record-1"
FrozenRecord = Mapping[str, Any]


def freeze_record(case: Case) -> dict[str, Any]:
    """Everything that is recorded of a case, as plain JSON: rows by table, each with title and values.

    It stands for itself: what rows refer to is named by UUID, drugs and people by name, so that it can be
    read when the models have long moved on. A fixed number of queries.
    """
    return freeze_records([case])[case.pk]


def freeze_records(
    cases: Iterable[Case], without: Collection[type[CaseRow]] = ()
) -> dict[int, dict[str, Any]]:
    """The records of many cases by key, in as many queries as one takes; `without` leaves tables out."""
    by_key = {case.pk: case for case in cases}
    records = _read_records(by_key, [model for model in CASE_ROWS if model not in without])
    outside_names = read_outside_names(
        [*by_key.values(), *(row for record in records.values() for row in record)]
    )
    standings = standings_of(list(by_key))
    return {pk: _freeze(record, standings[pk], outside_names) for pk, record in records.items()}


def _freeze(record: CaseRecord, standings: Standings, outside_names: Mapping[Any, str]) -> dict[str, Any]:
    tables = {
        str(model._meta.model_name): [snapshot(row, outside_names) for row in rows]
        for model, rows in record.rows.items()
    }
    return {
        "format": FORMAT,
        "case": snapshot(record.case, outside_names),
        "score": _score(primary_of(standings)),
        "events": name_events(record.anchor_rows),
        "rows": {name: sorted(rows, key=lambda row: row["uuid"]) for name, rows in tables.items()},
    }


def canonical(record: FrozenRecord) -> bytes:
    """A record as bytes: UTF-8, one spelling for equal records."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_frozen_record(version: CaseVersion) -> dict[str, Any]:
    """The record of a closed version. One query."""
    record: dict[str, Any] = json.loads(bytes(StoredFile.objects.get(pk=version.record_id).content))
    return record


def versions_of(case: Case) -> list[CaseVersion]:
    """All versions of a case, latest first, with the people and without the frozen bytes. One query."""
    return list(case.versions.select_related("opened_by", "closed_by").order_by("-number"))


def compare(before: FrozenRecord, after: FrozenRecord) -> list[RowChange]:
    """What differs between two records: the case first, then row by row in the order of the tables."""
    names = CaseNames({**before["events"], **after["events"]}, {**_titles(before), **_titles(after)})
    changes = [row_change("case", before["case"], after["case"], names), _score_change(before, after)]
    for table in _tables(before, after):
        old, new = (_by_uuid(record, table) for record in (before, after))
        changes += [row_change(table, old.get(uuid), new.get(uuid), names) for uuid in {**old, **new}]
    return [change for change in changes if change is not None]


def suggested_day_zero(case: Case) -> date | None:
    """When the four minimum criteria were first met, as far as the registry knows.

    That is the receipt date of the version in which the last of them was entered: an identifiable patient,
    an identifiable reporter, a suspect drug and a reaction. None while one is missing. One query.
    """
    # History rows name the event of the case that made them; none where somebody wrote past the services.
    first_event = "SELECT min(COALESCE((h.pgh_context->>'event')::bigint, 0)) FROM cases_{}history h WHERE"
    suspect = f" AND h.role IN ({', '.join(repr(str(role)) for role in SUSPECT_ROLES)})"
    criteria = (("patient", ""), ("reporter", ""), ("reaction", ""), ("exposure", suspect))
    parts = [f"({first_event.format(table)} h.case_id = v.case_id{more})" for table, more in criteria]
    version = f"({first_event.format('caseversion')} h.pgh_obj_id = v.id)"
    missing = " OR ".join(f"{part} IS NULL" for part in parts)
    received = fetch(
        f"SELECT received FROM cases_caseversion v WHERE case_id = %s AND NOT ({missing}) "  # noqa: S608
        f"AND {version} <= GREATEST({', '.join(parts)}) ORDER BY number DESC LIMIT 1",
        [case.pk],
    )
    return received[0][0] if received else None


def _read_records(cases: Mapping[int, Case], tables: Iterable[type[CaseRow]]) -> dict[int, CaseRecord]:
    """The records of cases, their rows linked to each other. One query."""
    query = " UNION ALL ".join(
        f"SELECT '{model._meta.model_name}', to_json(t)::text "  # noqa: S608 - names of models
        f"FROM {model._meta.db_table} t WHERE case_id = ANY(%(cases)s)"
        for model in tables
    )
    records = {pk: CaseRecord(case) for pk, case in cases.items()}
    in_memory: dict[tuple[type[Any], Any], Any] = {(Case, pk): case for pk, case in cases.items()}
    for name, text in fetch(query, {"cases": list(cases)}):
        row = row_from(BY_NAME[name], read_json(text))
        in_memory[type(row), row.pk] = row
        records[row.case_id].add([row])
    for record in records.values():
        for row in record:
            link_row(row, in_memory)
        for model, rows in record.rows.items():
            rows.sort(key=attrgetter(*order_of(model)))
    return records


def _score(standing: Standing | None) -> dict[str, Any]:
    if standing is None:
        return {"standing": "", "origin": "", "computed": "", "rules": ""}
    return {
        "standing": standing.badge.words,
        "origin": standing.origin,
        "computed": f"{standing.computed_total} [{standing.low}, {standing.high}]",
        "rules": standing.rule_version,
    }


def _score_change(before: FrozenRecord, after: FrozenRecord) -> RowChange | None:
    fields = field_changes("score", before["score"], after["score"], CaseNames())
    return RowChange("changed", "score", primary().title, fields) if fields else None


def _tables(before: FrozenRecord, after: FrozenRecord) -> list[str]:
    """Tables in the order of the models; those that are no more, last."""
    names = {**before["rows"], **after["rows"]}
    present = [name for name in BY_NAME if name in names]
    return [*present, *(name for name in names if name not in present)]


def _by_uuid(record: FrozenRecord, table: str) -> dict[str, FrozenRecord]:
    return {row["uuid"]: row for row in record["rows"].get(table, ())}


def _titles(record: FrozenRecord) -> dict[str, str]:
    return {row["uuid"]: row["title"] for rows in record["rows"].values() for row in rows}
