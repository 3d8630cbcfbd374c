"""Rows of a table made without `Model.__init__`, which takes longer than PostgreSQL takes to find them."""

import json
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any, TypeVar

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models.base import ModelState

from cases.models import CaseRow
from values.moments import Moment

Row = TypeVar("Row", bound=CaseRow)
Reader = Callable[[str], Any]

# Columns that psycopg2 doesn't convert by itself. Dates are cached, since few of them are different.
READERS: dict[str, Reader] = {
    "MomentField": lru_cache(maxsize=2**15)(Moment.parse),
    "JSONField": lambda text: {} if text == "{}" else json.loads(text),
}


def fast_rows(
    cursor: CursorWrapper, model: type[Row], case_ids: list[int], columns: tuple[str, ...] | None = None
) -> Iterator[Row]:
    """The rows of these cases with all columns, in the order of the record.

    With `columns`, only these and the keys are read, and the UUID as text. Django fetches a column that was
    left out when it is accessed, in one query for each row.
    """
    sql, names, readers = _selection(model, columns)
    database = connection.alias
    cursor.execute(sql, [case_ids])
    for values in cursor.fetchall():
        row = model.__new__(model)
        attributes = row.__dict__
        attributes["_state"] = state = ModelState()
        state.adding, state.db = False, database
        attributes.update(zip(names, values, strict=True))
        for name, read in readers:
            if attributes[name] is not None:
                attributes[name] = read(attributes[name])
        yield row


def order_of(model: type[CaseRow]) -> tuple[str, ...]:
    """The order of a table's rows in the record: as people placed them, else as they were entered."""
    names = {field.name for field in model._meta.fields}
    return ("position", "id") if "position" in names else ("id",)


@cache
def _selection(
    model: type[CaseRow], columns: tuple[str, ...] | None
) -> tuple[str, tuple[str, ...], tuple[tuple[str, Reader], ...]]:
    """The statement that reads a table, the columns in its order, and those that have readers."""
    kinds = {field.attname: type(field).__name__ for field in model._meta.concrete_fields}
    names = tuple(kinds) if columns is None else tuple(dict.fromkeys(("id", "case_id", "uuid", *columns)))
    uuid_type = "" if columns is None else "::text"
    selected = ", ".join(f'"{name}"{uuid_type if name == "uuid" else ""}' for name in names)
    readers = tuple((name, READERS[kinds[name]]) for name in names if kinds[name] in READERS)
    order = ", ".join(order_of(model))
    sql = f'SELECT {selected} FROM "{model._meta.db_table}" WHERE case_id = ANY(%s) ORDER BY {order}'  # noqa: S608
    return sql, names, readers
