"""What is different between two states of a row, in words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FieldChange:
    """One field: its name in the record, its label on the form, its ICH ids, and what it said before and after."""

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
