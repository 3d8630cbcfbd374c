"""The address of an ICH element on the form of a case, as far as it follows from the models.

The form has a table for each kind of row below the case, under the name by which the case knows these rows. A
row that belongs to one other row (a dose, a substance) is entered inside that row; a pair of two rows (a drug
and a reaction) has a table of its own.
"""

from functools import cache
from typing import Any

from django.db import models

from cases.models import (
    CASE_ROWS,
    Case,
    CaseRow,
    DrugReaction,
    Exposure,
    Reaction,
    Reporter,
    ich,
)
from e2b.elements import REGIONAL

# Blocks that begin so -> the rows with which a region's questions stand.
_QUESTIONED: dict[str, type[CaseRow]] = {
    "C.2.r": Reporter,
    "E.i": Reaction,
    "G.k.9.i": DrugReaction,
    "G.k": Exposure,
}


@cache
def field_address(element: str, row: int = 0) -> str:
    """The fragment of the field that holds an element; "" for those of the transmission.

    What only a region asks for is a question in a table, whose fragment it is; "" with case and patient.
    `row` is which of the rows is meant, counted from 0, where there are several.
    """
    model, name = _fields_by_element().get(element, (None, ""))
    if model is None:
        return _address_of_question(element)
    if model is Case:
        return f"#field-id_{name}"
    above = row_above(model)
    return f"#field-{table_name(above)}-data" if above else f"#field-id_{table_name(model)}-{row}-{name}"


def _address_of_question(element: str) -> str:
    block = REGIONAL[element].block.removeprefix("FDA.") if element in REGIONAL else ""
    tables = (table_name(model) for beginning, model in _QUESTIONED.items() if block.startswith(beginning))
    return next((f"#field-{table}-data" for table in tables), "")


def row_above(model: type[CaseRow]) -> type[CaseRow] | None:
    """The model of the one row inside which rows of this model are entered; None where there is none."""
    keys: list[Any] = [field for field in model._meta.concrete_fields if field.is_relation]
    above = [
        key.related_model
        for key in keys
        if issubclass(key.related_model, CaseRow) and key.remote_field.on_delete is models.CASCADE
    ]
    return above[0] if len(above) == 1 else None


def table_name(model: type[CaseRow]) -> str:
    """The name of the form's table for rows of this model: that of the rows of a case."""
    key: Any = model._meta.get_field("case")  # type: ignore[misc] # declared by each row
    return str(key.remote_field.get_accessor_name())


@cache
def _fields_by_element() -> dict[str, tuple[Any, str]]:
    every: tuple[Any, ...] = (Case, *CASE_ROWS)
    return {element: (model, field.name) for model in every for element, field in ich.elements_of(model)}
