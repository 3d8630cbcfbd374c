"""Rows that say the same twice."""

from collections.abc import Iterator

from cases.checks.result import Look, Place
from cases.models import CaseRow, Examination, Exposure, Reaction, Temperature
from values.quantities import ucum

# What makes two rows of a table the same: which fields have to be filled in, and which have to agree.
# The first is where the finding is shown.
SAME: tuple[tuple[type[CaseRow], tuple[str, ...], tuple[str, ...]], ...] = (
    (Examination, ("name", "when", "value"), ("kind", "qualifier", "unit")),
    (Temperature, ("celsius", "when"), ("site",)),
    (Reaction, ("term",), ("onset",)),
    (Exposure, ("name",), ("role",)),
)


def same_row_twice(look: Look) -> Iterator[Place]:
    for model, filled, agree in SAME:
        seen = set()
        for row in look.record.all(model):
            if any(getattr(row, name) in (None, "") for name in filled):
                continue
            told = tuple(_told(row, name) for name in (*filled, *agree))
            if told in seen:
                yield Place(row, filled[0], "The same is entered twice. Remove one of them.")
            seen.add(told)


def _told(row: CaseRow, name: str) -> object:
    value = getattr(row, name)
    if name == "unit":
        return ucum(value)
    return value.strip().lower() if isinstance(value, str) else value
