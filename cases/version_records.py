"""Versions of cases: the whole record as it is frozen, and two of them compared field by field."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from cases.differences import RowChange, Words, field_changes, row_change
from cases.event_names import anchor_rows_among, name_events
from cases.models import CASE_ROWS, Case, CaseRow, CaseScore, CaseVersion, StoredFile
from cases.models.exposure import SUSPECT_ROLES
from cases.record.row_snapshots import BY_NAME, fetch, link, names_outside, plain_row, read_json, row_of

FORMAT = "case-record-1"
Record = Mapping[str, Any]


def record_of(case: Case) -> dict[str, Any]:
    """Everything that is recorded of a case, as plain JSON: rows by table, each with title and values.

    It stands for itself: what rows refer to is named by UUID, drugs and people by name, so that it can be
    read when the models have long moved on. A fixed number of queries.
    """
    return records_of([case])[case.pk]


def records_of(cases: Iterable[Case], without: Collection[type[CaseRow]] = ()) -> dict[int, dict[str, Any]]:
    """The records of many cases by key, in as many queries as one takes; `without` leaves tables out."""
    by_key = {case.pk: case for case in cases}
    rows = _rows(by_key, [model for model in CASE_ROWS if model not in without])
    named = names_outside([*by_key.values(), *(row for of_case in rows.values() for row in of_case)])
    scores = CaseScore.objects.in_bulk(by_key)
    return {pk: _record(case, rows[pk], scores[pk], named) for pk, case in by_key.items()}


def _record(case: Case, rows: list[CaseRow], score: CaseScore, named: Mapping[Any, str]) -> dict[str, Any]:
    tables: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        tables.setdefault(str(row._meta.model_name), []).append(plain_row(row, named))
    return {
        "format": FORMAT,
        "case": plain_row(case, named),
        "score": _score(score),
        "events": name_events(anchor_rows_among(rows)),
        "rows": {name: sorted(of_table, key=lambda row: row["uuid"]) for name, of_table in tables.items()},
    }


def canonical(record: Record) -> bytes:
    """A record as bytes: UTF-8, one spelling for equal records."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def frozen(version: CaseVersion) -> dict[str, Any]:
    """The record of a closed version."""
    return read_record(StoredFile.objects.get(pk=version.record_id).content)


def read_record(content: bytes | memoryview) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(bytes(content))
    return record


def versions_of(case: Case) -> list[CaseVersion]:
    """All versions of a case, latest first, with the people and without the frozen bytes. One query."""
    return list(case.versions.select_related("opened_by", "closed_by").order_by("-number"))


def compare(before: Record, after: Record) -> list[RowChange]:
    """What is different between two records: the case first, then row by row in the order of the tables."""
    words = Words({**before["events"], **after["events"]}, {**_titles(before), **_titles(after)})
    changes = [row_change("case", before["case"], after["case"], words), _of_score(before, after)]
    for table in _tables(before, after):
        old, new = (_by_uuid(record, table) for record in (before, after))
        for uuid in {**old, **new}:
            changes.append(row_change(table, old.get(uuid), new.get(uuid), words))
    return [change for change in changes if change is not None]


def suggested_day_zero(case: Case) -> date | None:
    """When the four minimum criteria were first met, as far as the registry can tell.

    That is the receipt date of the version in which the last of them was entered: an identifiable patient,
    an identifiable reporter, a suspect drug and a reaction. None while one is missing. One query.
    """
    # History rows name the event of the case by which they came; none where somebody wrote past the services.
    came = "SELECT min(COALESCE((h.pgh_context->>'event')::bigint, 0)) FROM cases_{}history h WHERE"
    suspect = f" AND h.role IN ({', '.join(repr(str(role)) for role in SUSPECT_ROLES)})"
    criteria = (("patient", ""), ("reporter", ""), ("reaction", ""), ("exposure", suspect))
    parts = [f"({came.format(table)} h.case_id = v.case_id{more})" for table, more in criteria]
    version = f"({came.format('caseversion')} h.pgh_obj_id = v.id)"
    missing = " OR ".join(f"{part} IS NULL" for part in parts)
    found = fetch(
        f"SELECT received FROM cases_caseversion v WHERE case_id = %s AND NOT ({missing}) "  # noqa: S608
        f"AND {version} <= GREATEST({', '.join(parts)}) ORDER BY number DESC LIMIT 1",
        [case.pk],
    )
    return found[0][0] if found else None


def _rows(cases: Mapping[int, Case], tables: Iterable[type[CaseRow]]) -> dict[int, list[CaseRow]]:
    """Rows of cases by case, linked to the rows of it that they refer to. One query."""
    told = " UNION ALL ".join(
        f"SELECT '{model._meta.model_name}', to_json(t)::text "  # noqa: S608 - names of models
        f"FROM {model._meta.db_table} t WHERE case_id = ANY(%(cases)s)"
        for model in tables
    )
    rows: dict[int, list[CaseRow]] = {pk: [] for pk in cases}
    known: dict[tuple[type[Any], Any], Any] = {(Case, pk): case for pk, case in cases.items()}
    for name, text in fetch(told, {"cases": list(cases)}):
        row = row_of(BY_NAME[name], read_json(text))
        known[type(row), row.pk] = row
        rows[row.case_id].append(row)
    for of_case in rows.values():
        for row in of_case:
            link(row, known)
    return rows


def _score(score: CaseScore) -> dict[str, Any]:
    return {
        "standing": f"{score.get_standing_category_display()} {score.standing_total}",
        "origin": score.standing_origin,
        "computed": f"{score.computed_total} [{score.low}, {score.high}]",
        "rules": score.rule_version,
    }


def _of_score(before: Record, after: Record) -> RowChange | None:
    fields = field_changes("score", before["score"], after["score"], Words())
    return RowChange("changed", "score", "RegiSCAR", fields) if fields else None


def _tables(before: Record, after: Record) -> list[str]:
    """Tables in the order of the models; those that are no more, last."""
    names = {**before["rows"], **after["rows"]}
    known = [name for name in BY_NAME if name in names]
    return [*known, *(name for name in names if name not in known)]


def _by_uuid(record: Record, table: str) -> dict[str, Record]:
    return {row["uuid"]: row for row in record["rows"].get(table, ())}


def _titles(record: Record) -> dict[str, str]:
    return {row["uuid"]: row["title"] for rows in record["rows"].values() for row in rows}
