"""What is different between two states of a row, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from cases.record.row_snapshots import BY_NAME, field_named, in_words, label_named

Values = Mapping[str, Any]


@dataclass(frozen=True)
class FieldChange:
    """One field: its column, its label on the form, its ICH ids, and what it said before and after."""

    name: str
    label: str
    ich: tuple[str, ...]
    before: str
    after: str


@dataclass(frozen=True)
class RowChange:
    """One row that was added, changed or removed, under the names that people know."""

    kind: str
    table: str
    title: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Words:
    """What values mean in a case: the names of its events by name, the titles of its rows by UUID."""

    events: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    def of(self, column: Any, value: Any) -> str:
        if isinstance(value, str) and value in self.titles:
            return self.titles[value]
        return in_words(column, value, self.events)


def row_change(table: str, old: Values | None, new: Values | None, words: Words) -> RowChange | None:
    """What became of a row, given as `plain_row` writes it; None if nothing that is told."""
    told = new or old or {}
    fields = field_changes(table, (old or {}).get("values", {}), (new or {}).get("values", {}), words)
    kind = "changed" if old and new else ("added" if new else "removed")
    if kind == "changed" and not fields:
        return None
    model = BY_NAME.get(table)
    return RowChange(kind, str(model._meta.verbose_name) if model else table, told["title"], fields)


def field_changes(table: str, old: Values, new: Values, words: Words) -> tuple[FieldChange, ...]:
    """The values that differ. A column that the model no longer has is told by its name."""
    return tuple(_differing(BY_NAME.get(table), old, new, words))


def _differing(
    model: type[models.Model] | None, old: Values, new: Values, words: Words
) -> Iterator[FieldChange]:
    for name in {**old, **new}:
        if old.get(name) == new.get(name):
            continue
        column = field_named(model, name)
        before, after = (words.of(column, values.get(name)) for values in (old, new))
        if before != after:
            yield FieldChange(
                name, label_named(column, name), tuple(getattr(column, "ich", ())), before, after
            )
