"""Keyset pagination: every row once and in order, forwards and backwards, with and without values."""

from datetime import date

import pytest

from cases.models import Case
from research.keyset import NEWEST_FIRST, OLDEST_FIRST, Order, Position, keyset_page
from tests.cases.rows import open_case

ORDERS = [
    NEWEST_FIRST,
    OLDEST_FIRST,
    Order("first_received"),
    Order("first_received", descending=False),
    Order("first_received", newest_first=False),
    Order("first_received", descending=False, newest_first=False),
]
# Equal values, and rows without one.
RECEIVED = [None, date(2026, 3, 1), date(2026, 1, 1), date(2026, 3, 1), None, date(2026, 2, 1), None]


@pytest.fixture
def cases(assessor):
    for number, day in enumerate(RECEIVED):
        open_case(assessor, f"N-{number}", first_received=day)
    return Case.objects.all()


def in_order(order: Order) -> list[Case]:
    """The rows sorted in Python: stable sorts, the last key first."""
    rows = sorted(Case.objects.all(), key=lambda case: case.pk, reverse=order.newest_first)
    if not order.column:
        return rows
    dated = [case for case in rows if case.first_received is not None]
    undated = [case for case in rows if case.first_received is None]
    return sorted(dated, key=lambda case: case.first_received, reverse=order.descending) + undated


def position(order: Order, case: Case) -> Position:
    return Position(case.pk, getattr(case, order.column) if order.column else None)


@pytest.mark.parametrize("order", ORDERS, ids=str)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_pages_forwards_hold_every_row_once_in_order(cases, order, size):
    rows, has_more = keyset_page(cases, order, size)
    seen = list(rows)
    while has_more:
        rows, has_more = keyset_page(cases, order, size, position(order, seen[-1]))
        assert 1 <= len(rows) <= size
        seen += rows
    assert seen == in_order(order)


@pytest.mark.parametrize("order", ORDERS, ids=str)
@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_backwards_hold_the_rows_before_a_position_in_the_same_order(cases, order, size):
    expected = in_order(order)
    for number, case in enumerate(expected):
        rows, has_more = keyset_page(cases, order, size, position(order, case), backwards=True)
        assert rows == expected[max(0, number - size) : number]
        assert has_more is (number > size)


def test_a_page_may_be_of_values(cases):
    keys, has_more = keyset_page(cases.values_list("pk", flat=True), OLDEST_FIRST, 3, Position(0))
    assert (keys, has_more) == (sorted(cases.values_list("pk", flat=True))[:3], True)
