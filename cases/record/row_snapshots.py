"""Rows as plain values: as PostgreSQL writes them, now or in the history, and back to rows and words."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pghistory
from django.apps import apps
from django.db import connection, models

from cases.field_labels import label_of
from cases.models import CASE_ROWS, Case, CaseRow, CaseVersion, StoredFile
from cases.models.fields import MomentField
from cases.models.ich import RECEIVED, NumberField
from values.moment_text import format_moment
from values.moments import Moment
from values.numbers import plain_number

TRACKED = (*CASE_ROWS, Case, CaseVersion)
# What belongs to a case and is tracked, with its history.
HISTORIES: dict[type[models.Model], type[models.Model]] = {
    history.pgh_tracked_model: history
    for history in apps.get_models()
    if issubclass(history, pghistory.models.Event) and history.pgh_tracked_model in TRACKED
}
BY_NAME: dict[str, Any] = {str(model._meta.model_name): model for model in TRACKED}
# Said elsewhere, or nothing that anybody entered.
UNTOLD = {"id", "uuid", "case", "opened_at", "opened_by", "closed_by", "record", "message"}


def fetch(query: str, values: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The lines of a query. Numbers in JSON keep their digits."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def read_json(text: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return values


def row_of(model: type[models.Model], values: Mapping[str, Any]) -> Any:
    """A row in memory from plain values by column; columns that the model no longer has are left out."""
    return model(
        **{
            field.attname: field.to_python(values[field.attname])
            for field in model._meta.concrete_fields
            if field.attname in values
        }
    )


def link(row: models.Model, known: Mapping[tuple[type[models.Model], Any], models.Model]) -> None:
    """Let the foreign keys of a row lead to rows in memory. `known` are these, by model and id."""
    columns: Iterable[Any] = row._meta.concrete_fields
    for field in columns:
        other = known.get((field.related_model, getattr(row, field.attname))) if field.is_relation else None
        if other is not None:
            field.set_cached_value(row, other)


def names_outside(rows: Iterable[models.Model]) -> dict[tuple[type[models.Model], Any], str]:
    """What rows refer to outside their case, drugs and people for example. A query for each kind."""
    wanted: dict[type[models.Model], set[Any]] = {}
    for row in rows:
        for field in fields_told(type(row)):
            value = getattr(row, field.attname) if field.is_relation else None
            if value is not None and not issubclass(field.related_model, (CaseRow, StoredFile)):
                wanted.setdefault(field.related_model, set()).add(value)
    return {
        (model, pk): str(other)
        for model, keys in wanted.items()
        for pk, other in model._default_manager.in_bulk(keys).items()
    }


def plain_row(row: Any, named: Mapping[tuple[type[models.Model], Any], str]) -> dict[str, Any]:
    """A row by itself: its name that survives export, its title, and its values as plain JSON by column."""
    values = {field.name: _plain(field, row, named) for field in fields_told(type(row))}
    return {"uuid": str(row.uuid), "title": title(row), "values": values}


def _plain(field: Any, row: models.Model, named: Mapping[Any, str]) -> Any:
    value = getattr(row, field.attname)
    if field.is_relation and value is not None:
        if issubclass(field.related_model, CaseRow):
            return str(getattr(row, field.name).uuid) if field.is_cached(row) else str(value)
        return named.get((field.related_model, value), str(value))
    if value is None or isinstance(value, (bool, int, str, dict, list)):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def title(row: models.Model) -> str:
    """A row as people know it."""
    try:
        return str(row)
    except models.ObjectDoesNotExist:
        # Named after a row that is gone.
        return f"{row._meta.verbose_name} {row.pk}"


def fields_told(model: type[models.Model]) -> list[Any]:
    """The columns of a model that say something, in the order of the model."""
    return [field for field in model._meta.concrete_fields if field.name not in UNTOLD]


def in_words(field: Any, value: Any, events: Mapping[str, str]) -> str:
    """A value as people read it; empty where nothing was reported."""
    if value is None or value in ("", {}, []):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(field, models.DecimalField) and not isinstance(field, NumberField):
        return plain_number(Decimal(str(value)))
    if isinstance(field, MomentField):
        return format_moment(value if isinstance(value, Moment) else Moment.parse(str(value)), events)
    if isinstance(field, models.DateTimeField):
        return str(value)[:16].replace("T", " ")
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_absent(key, told)}" for key, told in sorted(value.items()))
    choices = dict(field.flatchoices) if field is not None else {}
    return str(choices.get(value, value))


def _absent(key: str, told: Any) -> str:
    return ", ".join(sorted(told)) if key == RECEIVED and isinstance(told, dict) else str(told)


def field_named(model: type[models.Model] | None, name: str) -> Any:
    """The column of a name or of its key, if the model still has it."""
    if model is None:
        return None
    return next((field for field in model._meta.concrete_fields if name in (field.name, field.attname)), None)


def label_named(field: Any, name: str) -> str:
    return label_of(field) if field is not None else name.replace("_", " ").capitalize()
