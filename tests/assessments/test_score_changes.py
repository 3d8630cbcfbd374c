"""What a change did to the score is told item by item, with the reason."""

from decimal import Decimal

import pytest

from assessments.display.changes import what_the_score_did
from assessments.score_changes import item_changes, stand
from cases.models import Reporter, Temperature
from tests.cases.rows import add, open_case, sql

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(letter_cases):
    return letter_cases[0]


def test_nothing_changed_nothing_told(case):
    assert list(item_changes(stand(case), stand(case))) == []
    assert len(what_the_score_did(stand(case), stand(case))) == 1


def test_a_measured_temperature_is_told_with_its_rule(case, assessor):
    before = stand(case)
    add(case, assessor, Temperature(celsius=Decimal("39.2"), result="measured"))
    (change,) = item_changes(before, stand(case))
    assert (change.before.basis, change.after.basis) == ("reported", "measured")
    first, second = what_the_score_did(before, stand(case))
    assert first == (
        "RegiSCAR: computed 3 [-1, 7] -> 3 [0, 7]; "
        "standing reported probable 5; evidence open: no case to definite (3)"
    )
    assert second.startswith(
        "Fever ≥ 38.5 °C: yes, 0 points (reported, −1 to 0 possible) -> yes, 0 points (measured), because: "
    )
    assert second.endswith(change.after.rule)


def test_completeness_is_told_when_it_moves(case, assessor):
    before = stand(case)
    add(case, assessor, Reporter(country="FR", qualification="1"))
    assert what_the_score_did(before, stand(case))[1:] == ["Completeness: 72 % -> 90 %"]


def test_a_new_case_and_an_outdated_one(assessor):
    case = open_case(assessor)
    assert what_the_score_did(None, stand(case)) == [
        "RegiSCAR: computed -2 [-4, 9]; standing open: no case to definite (−2)"
    ]
    sql("UPDATE cases_case SET safety_report_id = 'x' WHERE id = %s", case.pk)
    assert what_the_score_did(None, stand(case)) == ["RegiSCAR: computed outdated; standing outdated"]


def test_where_a_case_stands_costs_one_query(case, django_assert_num_queries):
    with django_assert_num_queries(1):
        stand(case)
