"""Whether a reported score is within reach is known without trying every combination, and known rightly."""

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from assessments.standing import is_attainable
from cases.models import ReportedScore
from scoring.audit import audit
from scoring.regiscar import v1
from scoring.regiscar.categories import Category
from tests.cases.rows import sql
from tests.scoring.strategies import any_facts

TOTALS = st.none() | st.integers(-4, 9)
CLASSES = st.sampled_from(["", *Category])


@given(any_facts(), TOTALS, CLASSES)
def test_it_agrees_with_the_audit(told, total, category):
    if total is None and not category:
        return
    result = v1.assess(told)
    tried = audit(
        result, total=total, category=Category(category) if category else None, classify=v1.category
    )
    reported = ReportedScore(total=total, category=category)
    assert is_attainable(v1, result, reported) == tried.is_attainable


def test_without_a_reported_score_there_is_no_answer():
    assert is_attainable(v1, v1.assess(v1.Facts()), None) is None


@pytest.mark.parametrize(("total", "attainable"), [(-4, True), (9, True), (None, True)])
def test_of_an_empty_case_everything_is_attainable(total, attainable):
    reported = ReportedScore(total=total, category="" if total is not None else "definite")
    assert is_attainable(v1, v1.assess(v1.Facts()), reported) is attainable


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ("low = computed_total + 1", "standing_computed_inside_interval"),
        ("high = computed_total - 1", "standing_computed_inside_interval"),
        ("adjudicated_low = 0", "standing_adjudicated_with_interval"),
        ("origin = 'adjudicated'", "standing_adjudicated_with_interval"),
    ],
)
def test_no_class_is_stored_without_its_interval(letter_cases, changed, constraint):
    with pytest.raises(Exception, match=constraint), transaction.atomic():
        sql(f"UPDATE assessments_standing SET {changed}")
