"""The test of a row is stored where its name leads to one, and follows the name until somebody chooses."""

from decimal import Decimal

import pytest

from cases.amendment import add_to_all, amend, amend_set
from cases.models import Examination
from tests.cases.rows import add, open_case

pytestmark = pytest.mark.django_db

FILLED = (
    ({"name": "GPT (ALAT)", "unit": "U/l", "value": 312}, "alt"),
    ({"name": "Eosinophile", "unit": "%", "value": 4}, "eosinophils_percent"),
    ({"name": "PCR", "unit": "mg/L", "value": 4}, "crp"),
    ({"name": "ALT", "test": "ast", "value": 4}, "ast"),
    ({"name": "ALT", "test": "none", "value": 4}, "none"),
    # What means several things, or nothing in the vocabulary, is left open.
    ({"name": "PCR", "value": 4}, ""),
    ({"name": "ALT of another day", "value": 4}, ""),
    # A number that the test can't have is a slip somewhere: it's no reason to refuse the row.
    ({"name": "ALT", "value": -4}, ""),
    ({"name": "Eosinophils", "unit": "%", "value": 150}, ""),
)


@pytest.mark.parametrize(("values", "test"), FILLED)
def test_a_name_that_leads_to_one_test_fills_it_in(assessor, values, test):
    case = open_case(assessor)
    row = add(case, assessor, Examination(**{**values, "value": Decimal(values["value"])}))
    row.refresh_from_db()
    assert row.test == test


def test_rows_stored_as_a_set_are_filled_in_too(assessor):
    cases = [open_case(assessor, "SET-1"), open_case(assessor, "SET-2")]
    with amend_set(cases, by=assessor, reason="a set") as amendments:
        add_to_all((amendment, [Examination(name="ALT", value=Decimal(3))]) for amendment in amendments)
    assert list(Examination.objects.values_list("test", flat=True)) == ["alt", "alt"]


CHANGED = (
    # What had come from the name follows it ...
    ({"name": "ALT"}, {"name": "AST"}, "ast"),
    ({"name": "ALT"}, {"name": "a name of its own"}, ""),
    ({"name": "Eosinophils", "unit": "10*9/L"}, {"unit": "%"}, "eosinophils_percent"),
    ({"name": "PCR", "unit": "mg/L"}, {"unit": ""}, ""),
    ({"name": "a name of its own"}, {"name": "ALT"}, "alt"),
    # ... and what a person chose doesn't.
    ({"name": "ALT", "test": "ast"}, {"name": "AP (Blut)"}, "ast"),
    ({"name": "ALT", "test": "none"}, {"name": "AST"}, "none"),
    ({"name": "ALT"}, {"name": "AST", "test": "ggt"}, "ggt"),
    ({"name": "ALT"}, {"test": "ggt"}, "ggt"),
    ({"name": "ALT", "test": "ast"}, {"test": ""}, "alt"),
    ({"name": "ALT"}, {"comment": "as before"}, "alt"),
)


@pytest.mark.parametrize(("before", "change", "test"), CHANGED)
def test_a_changed_name_or_unit_is_read_anew(assessor, before, change, test):
    case = open_case(assessor)
    row = add(case, assessor, Examination(value=Decimal(3), **before))
    with amend(case, by=assessor, reason="a change") as amendment:
        amendment.change(row, **change)
    row.refresh_from_db()
    assert row.test == test


def test_a_row_whose_test_is_settled_costs_no_query(assessor, django_assert_num_queries):
    from cases.filled_tests import fill_test

    with django_assert_num_queries(0):
        for row in (
            Examination(name="ALT"),
            Examination(pk=1, name="ALT", test="alt"),
            Examination(name="x"),
        ):
            fill_test(row)
