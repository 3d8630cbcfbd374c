"""Rows that are entered twice."""

from collections.abc import Iterator

from cases.checks.result import CheckedCase, FieldRemark
from cases.models import CaseRow, Examination, Exposure, Reaction, Temperature
from cases.recognition import ucum_of

# What makes two rows of a table the same: which fields have to be filled in, and which have to agree.
# The first is where the remark is shown.
SAME: tuple[tuple[type[CaseRow], tuple[str, ...], tuple[str, ...]], ...] = (
    (Examination, ("name", "when", "value"), ("kind", "qualifier", "unit")),
    (Temperature, ("celsius", "when"), ("site",)),
    (Reaction, ("term",), ("onset",)),
    (Exposure, ("name",), ("role",)),
)


def same_row_twice(checked: CheckedCase) -> Iterator[FieldRemark]:
    for model, filled, agree in SAME:
        seen = set()
        for row in checked.record.all(model):
            if any(getattr(row, name) in (None, "") for name in filled):
                continue
            values = tuple(_comparable(row, name) for name in (*filled, *agree))
            if values in seen:
                yield FieldRemark(row, filled[0], "The same is entered twice. Remove one of them.")
            seen.add(values)


def _comparable(row: CaseRow, name: str) -> object:
    """A value as it is compared: units by their UCUM code, texts without case."""
    value = getattr(row, name)
    if name == "unit":
        return ucum_of(value)
    return value.strip().lower() if isinstance(value, str) else value
