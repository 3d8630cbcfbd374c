"""Cases as JSON, made by PostgreSQL: every row of them, each below the row it belongs to.

One statement for any number of cases. Columns come from the models by way of `tree`; numbers are text,
so that they keep the digits they were reported with; moments are their canonical text.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import connection, models

from cases.record.tree import NAMED_BY, Branch, leads_to_row, tree

# From the first suspect drug to onset: in days, and in half-lives of the drug; at least and at most.
LATENCY = """(SELECT row_to_json(r) FROM (SELECT
  trim_scale(s.latency_first_low)::text AS days_from_first_dose_low,
  trim_scale(s.latency_first_high)::text AS days_from_first_dose_high,
  trim_scale(s.latency_last_low)::text AS days_from_last_dose_low,
  trim_scale(s.latency_last_high)::text AS days_from_last_dose_high,
  trim_scale(s.half_lives_first_low)::text AS half_lives_from_first_dose_low,
  trim_scale(s.half_lives_first_high)::text AS half_lives_from_first_dose_high,
  trim_scale(s.half_lives_last_low)::text AS half_lives_from_last_dose_low,
  trim_scale(s.half_lives_last_high)::text AS half_lives_from_last_dose_high,
  NULLIF(s.present_at_onset, '') AS present_at_onset
  FROM cases_casesummary s WHERE s.case_id = c.id) r) AS latency"""
UPDATED = """GREATEST((SELECT max(e.at) FROM cases_caseevent e WHERE e.case_id = c.id),
  (SELECT s.updated_at FROM cases_casesummary s WHERE s.case_id = c.id)) AS updated"""
SEEN = "(SELECT max(e.id) FROM cases_caseevent e WHERE e.case_id = c.id) AS seen"
VERSIONS = """(SELECT COALESCE(json_agg(r), '[]') FROM (SELECT v.uuid, v.number, v.kind, v.received,
  v.day_zero, v.held_by, v.source, NULLIF(v.significance, '') AS significance, v.reason, v.opened_at,
  v.closed_at
  FROM cases_caseversion v WHERE v.case_id = c.id ORDER BY v.number) r) AS versions"""
SUSPECTS = """(SELECT COALESCE(json_agg(x.name ORDER BY x.position, x.id), '[]') FROM cases_exposure x
  WHERE x.case_id = c.id AND x.role IN ('1', '3')) AS suspects"""


def whole(case_ids: Iterable[int], beside: tuple[str, ...] = ()) -> dict[int, str]:
    """These cases by id with all their rows and versions, as JSON text. One query.

    `beside`: further columns as SQL, where `c` is the case.
    """
    return _fetch(_whole(beside), case_ids)


def digests(case_ids: Iterable[int], beside: tuple[str, ...] = ()) -> dict[int, str]:
    """The SHA-256 of each text of `whole`, in hexadecimal, without the texts. One query."""
    return _fetch(_digests(beside), case_ids)


def light(case_ids: Iterable[int], beside: tuple[str, ...] = ()) -> dict[int, str]:
    """These cases by id in one line each: identifiers, suspects, dates, and what is `beside`. One query."""
    return _fetch(_light(beside), case_ids)


def _fetch(statement: str, case_ids: Iterable[int]) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(case_ids)])
        return dict(cursor.fetchall())


@cache
def _whole(beside: tuple[str, ...]) -> str:
    return _statement(", ".join([SEEN, UPDATED, *_columns(tree(), "c"), *beside, VERSIONS]))


@cache
def _digests(beside: tuple[str, ...]) -> str:
    return (
        "SELECT whole.id, encode(sha256(convert_to(whole.text, 'UTF8')), 'hex') "  # noqa: S608 - names of models
        f"FROM ({_whole(beside)}) whole(id, text)"
    )


@cache
def _light(beside: tuple[str, ...]) -> str:
    own = ("c.uuid", "c.number", "c.state", "c.is_synthetic", "c.first_received", "c.latest_information")
    return _statement(", ".join([*own, UPDATED, SUSPECTS, LATENCY, *beside]))


def _statement(columns: str) -> str:
    return (
        f"SELECT c.id, (SELECT row_to_json(r) FROM (SELECT {columns}) r)::text "  # noqa: S608 - names of models
        "FROM cases_case c WHERE c.id = ANY(%s) ORDER BY c.id"
    )


def _columns(branch: Branch, alias: str) -> list[str]:
    own = [f'{alias}."uuid"', *(_column(field, alias) for field in branch.fields)]
    below = (_below(inner, f"{alias}{number}", alias) for number, inner in enumerate(branch.branches))
    return [*own, *below]


def _column(field: Any, alias: str) -> str:
    own = f'{alias}."{field.column}"'
    if isinstance(field, models.DecimalField):
        return f'{own}::text AS "{field.name}"'
    if not field.is_relation:
        return f'{own} AS "{field.name}"'
    named = "uuid" if leads_to_row(field) else NAMED_BY[field.related_model]
    if named == field.target_field.name:
        return f'{own} AS "{field.name}"'
    table = field.related_model._meta.db_table
    return f'(SELECT o."{named}" FROM {table} o WHERE o.id = {own}) AS "{field.name}"'  # noqa: S608


def _below(branch: Branch, alias: str, above: str) -> str:
    key = branch.model._meta.get_field(branch.parent).column
    order = "" if branch.is_single else f" ORDER BY {_order(branch, alias)}"
    rows = (
        f"SELECT {', '.join(_columns(branch, alias))} FROM {branch.model._meta.db_table} {alias} "  # noqa: S608
        f"WHERE {alias}.{key} = {above}.id{order}"
    )
    value = "row_to_json(r)" if branch.is_single else "COALESCE(json_agg(r), '[]')"
    return f'(SELECT {value} FROM ({rows}) r) AS "{branch.name}"'  # noqa: S608


def _order(branch: Branch, alias: str) -> str:
    has_order = any(field.name == "position" for field in branch.fields)
    return f"{alias}.position, {alias}.id" if has_order else f"{alias}.id"
