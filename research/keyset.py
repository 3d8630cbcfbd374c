"""Keyset pagination: a page begins at a row instead of an offset, which takes the same time at any depth."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

T = TypeVar("T")


@dataclass(frozen=True)
class Order:
    """By a column, rows without a value last; among equals, or without a column, by primary key."""

    column: str = ""
    descending: bool = True
    newest_first: bool = True


@dataclass(frozen=True)
class Position:
    """Where a row stands in an order: its primary key, and its value in the column."""

    key: int
    value: Any = None


NEWEST_FIRST, OLDEST_FIRST = Order(), Order(newest_first=False)


def keyset_page(
    rows: QuerySet[Any, T], order: Order, size: int, start: Position | None = None, *, backwards: bool = False
) -> tuple[list[T], bool]:
    """At most `size` rows after the start, or before it if `backwards`, always in the given order.

    The second value is whether more rows follow in the same direction.
    """
    if start is not None:
        rows = rows.filter(_beyond(order, start, backwards=backwards))
    fetched = list(rows.order_by(*_order_by(order, backwards=backwards))[: size + 1])
    page = fetched[:size]
    return page[::-1] if backwards else page, len(fetched) > size


def _order_by(order: Order, *, backwards: bool) -> list[str | OrderBy]:
    key = "-pk" if order.newest_first is not backwards else "pk"
    if not order.column:
        return [key]
    value = F(order.column)
    nulls: dict[str, Any] = {"nulls_first": True} if backwards else {"nulls_last": True}
    return [value.desc(**nulls) if order.descending is not backwards else value.asc(**nulls), key]


def _beyond(order: Order, start: Position, *, backwards: bool) -> Q:
    """The rows after a position, or before it."""
    key = Q(pk__lt=start.key) if order.newest_first is not backwards else Q(pk__gt=start.key)
    if not order.column:
        return key
    without_value = Q(**{f"{order.column}__isnull": True})
    if start.value is None:
        return ~without_value | (without_value & key) if backwards else without_value & key
    comparison = "lt" if order.descending is not backwards else "gt"
    beyond = Q(**{f"{order.column}__{comparison}": start.value}) | (Q(**{order.column: start.value}) & key)
    return beyond if backwards else beyond | without_value
