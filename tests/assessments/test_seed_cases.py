"""The two cases of the letter: the first proof that the registry does what it promises."""

import pytest

from tests.standings import standing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("patient", "low", "high"), [(0, -1, 7), (1, -1, 9)], ids=["canakinumab", "anakinra"]
)
def test_published_five_stands_beside_the_computed_three(letter_cases, patient, low, high):
    score = standing(letter_cases[patient])
    assert score.is_current
    assert (score.total, score.category, score.origin) == (
        5,
        "probable",
        "reported",
    )
    assert score.reported_is_attainable
    assert (score.computed_total, score.low, score.high) == (3, low, high)
