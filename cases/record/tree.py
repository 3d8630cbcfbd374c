"""The shape of a case as a tree: its tables, which hangs below which, and under what name.

Made from the models alone, so that JSON, its schema and JSON input can't leave a table out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models

from accounts.models import Organisation
from cases.models import CASE_ROWS, Case, CaseRow, Drug, StoredFile

# The column by which rows outside the case are named.
NAMED_BY: dict[type[models.Model], str] = {Drug: "name", Organisation: "identifier", StoredFile: "digest"}
# Keys of the database, and columns that nobody enters since they follow from others.
KEYS = {"id", "case", "uuid"}
DERIVED = {
    "organisation", "created_at", "file", "representation", "compression", "file_name", "media_type",
    "reference_half_life_low_hours", "reference_half_life_high_hours", "reference_half_lives",
    "reference_release",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Branch:
    """One table of the case: its name in the tree, its columns, and the tables below it."""

    name: str
    model: Any
    is_single: bool
    parent: str  # the key by which a row hangs below the one above; empty for the case
    fields: tuple[Any, ...]
    branches: tuple["Branch", ...]

    def __iter__(self) -> Iterator["Branch"]:
        """This branch and all below it."""
        yield self
        for branch in self.branches:
            yield from branch

    @property
    def title(self) -> str:
        """The name of one row in a schema: `CausalityAssessment`."""
        return str(self.model.__name__)

    def is_given(self, field: Any) -> bool:
        """Whether people enter this column; else it follows from others."""
        return field.name not in DERIVED


def leads_to_row(field: Any) -> bool:
    """Whether a column names another row of the case, by its UUID."""
    return field.is_relation and issubclass(field.related_model, CaseRow)


@cache
def tree() -> Branch:
    """The whole case."""
    return _branch(Case, "case", "", is_single=True)


def _branch(model: type[models.Model], name: str, parent: str, *, is_single: bool) -> Branch:
    below = [
        (row, key) for row in CASE_ROWS if (key := _parent(row)) is not None and key.related_model is model
    ]
    return Branch(
        name,
        model,
        is_single,
        parent,
        tuple(_fields(model, parent)),
        tuple(_branch(row, _name(row, key), key.name, is_single=key.one_to_one) for row, key in below),
    )


def _parent(model: type[CaseRow]) -> Any:
    """The key by which a row hangs below another: the first it goes away with, else that of the case."""
    keys: list[Any] = [field for field in model._meta.concrete_fields if leads_to_row(field)]
    inside = (key for key in keys if key.remote_field.on_delete is models.CASCADE)
    return next(inside, _key_of_case(model))


def _key_of_case(model: Any) -> Any:
    return model._meta.get_field("case")


def _name(model: type[CaseRow], key: Any) -> str:
    if key.one_to_one:
        return str(model._meta.verbose_name).replace(" ", "_")
    return str(key.remote_field.get_accessor_name())


def _fields(model: type[models.Model], parent: str) -> Iterator[Any]:
    """The columns that a row of the tree has, in the order of the model."""
    for field in model._meta.concrete_fields:
        outside = field.is_relation and not leads_to_row(field) and field.related_model not in NAMED_BY
        if field.name not in KEYS and field.name != parent and not outside:
            yield field
