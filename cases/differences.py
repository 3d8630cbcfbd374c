"""What differs between two states of a row, field by field, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from cases.record.row_snapshots import BY_NAME, find_field, format_value, label_or_name

Values = Mapping[str, Any]


@dataclass(frozen=True)
class FieldChange:
    """One field: its column, its label on the form, its ICH ids, and its value before and after, in words."""

    name: str
    label: str
    ich: tuple[str, ...]
    before: str
    after: str


@dataclass(frozen=True)
class RowChange:
    """One row that was added, changed or removed: its table and title as people know them."""

    kind: str  # "added", "changed", "removed"
    table: str
    title: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class CaseNames:
    """Names of a case that its values refer to: anchors by event name, titles of rows by UUID."""

    events: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    def format(self, column: Any, value: Any) -> str:
        """A value as people read it, what it refers to by name."""
        if isinstance(value, str) and value in self.titles:
            return self.titles[value]
        return format_value(column, value, self.events)


def row_change(table: str, old: Values | None, new: Values | None, names: CaseNames) -> RowChange | None:
    """What changed in a row, given as `snapshot` writes it; None if nothing that is shown."""
    latest = new or old or {}
    fields = field_changes(table, (old or {}).get("values", {}), (new or {}).get("values", {}), names)
    kind = "changed" if old and new else ("added" if new else "removed")
    if kind == "changed" and not fields:
        return None
    model = BY_NAME.get(table)
    return RowChange(kind, str(model._meta.verbose_name) if model else table, latest["title"], fields)


def field_changes(table: str, old: Values, new: Values, names: CaseNames) -> tuple[FieldChange, ...]:
    """The values that differ. A column that the model no longer has is shown by its name."""
    return tuple(_differing(BY_NAME.get(table), old, new, names))


def _differing(
    model: type[models.Model] | None, old: Values, new: Values, names: CaseNames
) -> Iterator[FieldChange]:
    for name in {**old, **new}:
        if old.get(name) == new.get(name):
            continue
        column = find_field(model, name)
        before, after = (names.format(column, values.get(name)) for values in (old, new))
        if before != after:
            yield FieldChange(
                name, label_or_name(column, name), tuple(getattr(column, "ich", ())), before, after
            )
