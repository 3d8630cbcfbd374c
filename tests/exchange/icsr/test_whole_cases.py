"""Cases are read in a fixed number of queries, and their rows are linked without another."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import CASE_ROWS
from cases.record.read_cases import read_cases
from exchange.icsr import message_of
from exchange.icsr.fast_defaults import new_row
from exchange.icsr.plan import PLANS

pytestmark = pytest.mark.django_db
# The cases, their scores and the dictionary stand beside the tables of rows.
BESIDE = 3


@pytest.mark.parametrize("how_many", [1, 2])
def test_queries_do_not_grow_with_the_cases(letter_cases, how_many):
    with CaptureQueriesContext(connection) as queries:
        cases = read_cases(case.pk for case in letter_cases[:how_many])
    assert len(cases) == how_many
    assert len(queries) == len(CASE_ROWS) + BESIDE
    with CaptureQueriesContext(connection) as queries:
        for record in cases.values():
            message_of(record)
    assert len(queries) == 0


def test_every_row_is_there_once(letter_cases):
    for case, record in zip(letter_cases, read_cases(c.pk for c in letter_cases).values(), strict=True):
        assert record.case == case
        assert record.standing.case_id == case.pk
        for model in CASE_ROWS:
            assert {row.pk for row in record.all(model)} == set(
                model.objects.filter(case=case).values_list("pk", flat=True)
            )


def test_cases_come_in_the_order_asked_for(letter_cases):
    ids = [case.pk for case in reversed(letter_cases)]
    assert list(read_cases([*ids, 0])) == ids


@pytest.mark.parametrize("model", PLANS)
def test_a_blank_row_is_what_its_model_makes(model):
    ours, theirs = (content(row) for row in (new_row(model), model()))
    assert ours == theirs
    assert new_row(model).null_flavors is not new_row(model).null_flavors


def content(row):
    """The content of an unsaved row, but for its UUID."""
    assert row._state.adding
    assert row._state.db is None
    return {
        name: (type(value), value) for name, value in row.__dict__.items() if name not in ("_state", "uuid")
    }
