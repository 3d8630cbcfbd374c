"""Rows as plain JSON values, read from tables or histories: made into rows in memory, snapshots and words."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pghistory
from django.apps import apps
from django.db import connection, models

from cases.field_labels import label_of
from cases.models import CASE_ROWS, Case, CaseRow, CaseShare, CaseVersion, StoredFile
from cases.models.fields import MomentField
from cases.models.ich import RECEIVED, NumberField
from cases.preserved_words import preserved_words
from values.calendar_text import format_date
from values.dates import PartialDate
from values.moment_text import format_moment
from values.moments import Moment
from values.numbers import plain_number

TRACKED: tuple[type[models.Model], ...] = (*CASE_ROWS, Case, CaseVersion, CaseShare)
# The history table of each tracked table of a case.
_EVENTS: list[Any] = [model for model in apps.get_models() if issubclass(model, pghistory.models.Event)]
HISTORIES: dict[type[models.Model], type[models.Model]] = {
    history.pgh_tracked_model: history for history in _EVENTS if history.pgh_tracked_model in TRACKED
}
BY_NAME: dict[str, type[models.Model]] = {str(model._meta.model_name): model for model in TRACKED}
# What nobody entered, or what is shown in another place.
LEFT_OUT = {"id", "uuid", "case", "opened_at", "opened_by", "closed_by", "record", "message"}


def fetch(query: str, values: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """All result rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def read_json(text: str) -> dict[str, Any]:
    """A JSON object. Its numbers are Decimals, so that they keep their digits."""
    values: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return values


def row_from(model: type[models.Model], values: Mapping[str, Any]) -> Any:
    """A row in memory from plain values by column; columns that the model no longer has are left out."""
    return model(
        **{
            field.attname: field.to_python(values[field.attname])
            for field in model._meta.concrete_fields
            if field.attname in values
        }
    )


def link_row(row: models.Model, in_memory: Mapping[tuple[type[models.Model], Any], models.Model]) -> None:
    """Let the foreign keys of a row lead to rows in memory, which are given by model and id."""
    fields: Iterable[Any] = row._meta.concrete_fields
    for field in fields:
        if not field.is_relation:
            continue
        other = in_memory.get((field.related_model, getattr(row, field.attname)))
        if other is not None:
            field.set_cached_value(row, other)


def read_outside_names(rows: Iterable[models.Model]) -> dict[tuple[type[models.Model], Any], str]:
    """The names of what rows refer to outside their case: drugs, people. One query for each table."""
    wanted: dict[type[models.Model], set[Any]] = {}
    for row in rows:
        for field in shown_fields(type(row)):
            value = getattr(row, field.attname) if field.is_relation else None
            if value is not None and not issubclass(field.related_model, (CaseRow, StoredFile)):
                wanted.setdefault(field.related_model, set()).add(value)
    return {
        (model, pk): str(other)
        for model, keys in wanted.items()
        for pk, other in model._default_manager.in_bulk(keys).items()
    }


def snapshot(row: Any, outside_names: Mapping[tuple[type[models.Model], Any], str]) -> dict[str, Any]:
    """A row as plain JSON: its UUID, its title, and its values by column; drugs and people by name."""
    values = {field.name: _json_value(field, row, outside_names) for field in shown_fields(type(row))}
    return {"uuid": str(row.uuid), "title": title(row), "values": values}


def _json_value(field: Any, row: models.Model, outside_names: Mapping[Any, str]) -> Any:
    value = getattr(row, field.attname)
    if field.is_relation and value is not None:
        if issubclass(field.related_model, CaseRow):
            return str(getattr(row, field.name).uuid) if field.is_cached(row) else str(value)
        return outside_names.get((field.related_model, value), str(value))
    if value is None or isinstance(value, (bool, int, str, dict, list)):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def title(row: models.Model) -> str:
    """The title of a row as people know it, even if the row that it is named after is gone."""
    try:
        return str(row)
    except models.ObjectDoesNotExist:
        return f"{row._meta.verbose_name} {row.pk}"


def shown_fields(model: type[models.Model]) -> list[Any]:
    """The columns of a model that hold what was entered, in the order of the model."""
    return [field for field in model._meta.concrete_fields if field.name not in LEFT_OUT]


def format_value(field: Any, value: Any, events: Mapping[str, str]) -> str:
    """A value as people read it; empty where nothing was reported. `events` are anchors by event name."""
    if value is None or value in ("", {}, []):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(field, models.DecimalField) and not isinstance(field, NumberField):
        return plain_number(Decimal(str(value)))
    if isinstance(field, MomentField):
        return format_moment(value if isinstance(value, Moment) else Moment.parse(str(value)), events)
    if isinstance(field, models.DateTimeField):
        return format_date(PartialDate.parse(str(value)[:16].replace(" ", "T")))
    if isinstance(field, models.DateField):
        return format_date(PartialDate.parse(str(value)))
    if isinstance(value, dict):
        reasons = ((key, _format_absence(key, reason)) for key, reason in sorted(value.items()))
        return "; ".join(words if key == RECEIVED else f"{key}: {words}" for key, words in reasons)
    choices = dict(field.flatchoices) if field is not None else {}
    return str(choices.get(value, value))


def _format_absence(key: str, reason: Any) -> str:
    if key != RECEIVED or not isinstance(reason, dict):
        return str(reason)
    return "; ".join(f"{value.element} {value.name}: {value.words}" for value in preserved_words(reason))


def find_field(model: type[models.Model] | None, name: str) -> Any:
    """The column of this name, or whose key has this name; None if the model no longer has it."""
    if model is None:
        return None
    return next((field for field in model._meta.concrete_fields if name in (field.name, field.attname)), None)


def label_or_name(field: Any, name: str) -> str:
    """The label of a column; made from its name where the model no longer has it."""
    return label_of(field) if field is not None else name.replace("_", " ").capitalize()
