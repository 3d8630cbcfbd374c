"""New rows with the defaults of their models, made quickly."""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from django.db import models
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=models.Model)


def new_row(model: type[Row]) -> Row:
    """The same as `model()`, which asks every field anew for its default and takes four times as long."""
    row = model.__new__(model)
    constants, factories = _defaults(model)
    row.__dict__.update(constants)
    for name, factory in factories:
        row.__dict__[name] = factory()
    row._state = ModelState()
    return row


@cache
def _defaults(
    model: type[models.Model],
) -> tuple[dict[str, Any], tuple[tuple[str, Callable[[], Any]], ...]]:
    """By column: the defaults that are the same for all rows, and the factories of those that aren't."""
    fields = model._meta.concrete_fields
    factories = {
        field.attname: field.default for field in fields if field.has_default() and callable(field.default)
    }
    constants = {field.attname: field.get_default() for field in fields if field.attname not in factories}
    return constants, tuple(factories.items())
