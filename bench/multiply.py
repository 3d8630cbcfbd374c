"""Enlarge a registry by copying the rows of its scored cases inside PostgreSQL.

Every copy has its own keys, UUIDs and case numbers, all else is the same: the same mix of cases at any size.
History, events and frozen files are not copied. The text of a stored assessment still names the UUIDs of the
original case. Triggers are off, and indexes are rebuilt at the end.
"""

import sys
from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models, transaction

from assessments.models import Assessment, AssessmentItem, Standing
from cases.models import Case, CaseRow, CaseSummary, CaseVersion
from cases.models.fields import MomentField

COPIED = (Case, CaseSummary, CaseVersion, Assessment, AssessmentItem, Standing)
MODELS: list[type[models.Model]] = [
    model for model in apps.get_models() if model in COPIED or issubclass(model, CaseRow)
]
# Indexes but the primary key, as statements that drop and rebuild them. Those that foreign keys need stay.
INDEXES = """
    SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
           format('ALTER TABLE %%s ADD CONSTRAINT %%I ', conrelid::regclass, conname)
           || pg_get_constraintdef(oid)
    FROM pg_constraint c WHERE conrelid = %(table)s::regclass AND contype = 'u'
        AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.conindid AND k.contype = 'f')
    UNION ALL
    SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
    FROM pg_index WHERE indrelid = %(table)s::regclass AND NOT indisprimary
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('u', 'f'))"""


def multiply(times: int) -> None:
    """Make the registry this many times as large, in one transaction. Only for databases of benchmarks."""
    tables = [model for model in MODELS if _largest(model)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica; SET LOCAL maintenance_work_mem = '1GB'")
        rebuild = list(_without_indexes(tables))
        shift = {model: _largest(model) for model in tables}
        for model in tables:
            for copy in range(1, times):
                cursor.execute(_insert(model, copy, shift))
            print(f"{model._meta.db_table}: {times} times", file=sys.stderr, flush=True)
        for statement in rebuild:
            cursor.execute(statement)
        for model in tables:
            if _has_sequence(model):
                name = model._meta.db_table
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}")


def _insert(model: type[models.Model], copy: int, shift: dict[type[models.Model], int]) -> str:
    columns = {f.column: _cell(f, copy, shift) for f in model._meta.concrete_fields if not f.generated}
    # In the order of the keys, as if the cases had been entered.
    return (
        f"INSERT INTO {model._meta.db_table} ({_quoted(columns)}) SELECT {', '.join(columns.values())} "
        f"FROM {model._meta.db_table} WHERE {_key(model)} <= {shift[model]} ORDER BY {_key(model)}"
    )


def _cell(field: models.Field, copy: int, shift: dict[type[models.Model], int]) -> str:
    """The value of a column of a copy, as SQL."""
    # The mark replaces the version digit of the UUID, 4 in every original, so that copies are unique.
    column, mark = f'"{field.column}"', f"{copy + 4:x}"
    if field.primary_key and not field.is_relation:
        return f"{column} + {copy * shift[field.model]}"
    if field.is_relation and field.related_model in shift:
        return f"{column} + {copy * shift[field.related_model]}"
    if isinstance(field, models.UUIDField):
        return f"overlay({column}::text PLACING '{mark}' FROM 15)::uuid"
    if isinstance(field, MomentField):
        return f"regexp_replace({column}, '^([a-z]+:.{{14}}).', '\\1{mark}')"
    if field.model is Case and field.name in ("number", "safety_report_id", "worldwide_id"):
        return f"{column} || '.{copy}'"
    return column


def _without_indexes(tables: list[type[models.Model]]) -> Iterator[str]:
    """Drop the indexes of these tables; yields the statements that rebuild them."""
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(INDEXES, {"table": model._meta.db_table})
            for drop, make in cursor.fetchall():
                cursor.execute(drop)
                yield make


def _largest(model: type[models.Model]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COALESCE(max({_key(model)}), 0) FROM {model._meta.db_table}")
        return int(cursor.fetchone()[0])


def _has_sequence(model: type[models.Model]) -> bool:
    return isinstance(model._meta.pk, models.AutoField | models.BigAutoField)


def _key(model: type[models.Model]) -> str:
    return str(model._meta.pk.column)


def _quoted(columns: dict[str, str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
