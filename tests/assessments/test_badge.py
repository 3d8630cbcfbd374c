"""How a class is put: settled where one alone is in reach, else open with all that are."""

from types import SimpleNamespace

import pytest

from assessments.display.badge import assessment_words, badge, class_words, result_words
from scoring.facts import Facts
from scoring.instruments import primary
from scoring.regiscar import v1
from tests.scoring.pair import pair


def stands(origin="computed", total=3, category="possible", ends=("no_case", "definite"), **more):
    values = {
        "is_current": True, "origin": origin, "total": total, "category": category, "computed_total": 3,
        "lowest_category": ends[0], "highest_category": ends[1], "adjudicated_lowest_category": None,
        "adjudicated_highest_category": None, "provisional": False, "reported_is_attainable": None,
        "answers_due": 0, "definition": primary(), **more,
    }  # fmt: skip
    return SimpleNamespace(**values)


def answered(low, high):
    return {"adjudicated_lowest_category": low, "adjudicated_highest_category": high}


POSSIBLE = ("possible", "possible")
# What stands, the badge in one line, and the look.
BADGES = [
    (stands(), "open: no case to definite (3)", "open"),
    (stands(ends=("possible", "probable")), "open: possible to probable (3)", "open"),
    (stands(ends=POSSIBLE), "possible 3", "possible"),
    (
        stands("reported", 5, "probable"),
        "reported probable 5; evidence open: no case to definite (3)",
        "probable",
    ),
    (stands("reported", 3, ends=POSSIBLE), "reported possible 3; evidence possible 3", "possible"),
    (
        stands("reported", None, "definite"),
        "reported definite; evidence open: no case to definite (3)",
        "definite",
    ),
    (
        stands("adjudicated", 4, "probable", **answered("probable", "probable")),
        "adjudicated probable 4; evidence open: no case to definite (3)",
        "probable",
    ),
    # An answer settles one item, not the class: what it leaves open is open.
    (
        stands("adjudicated", 4, "probable", ends=POSSIBLE, **answered("possible", "probable")),
        "adjudicated, open: possible to probable (4); evidence possible 3",
        "open",
    ),
    (stands(provisional=True), "open: no case to definite (3); provisional", "open"),
    (
        stands(reported_is_attainable=False),
        "open: no case to definite (3); reported score contradicted",
        "open",
    ),
    (stands(ends=POSSIBLE, answers_due=1), "possible 3; re-review due: 1 answer", "possible"),
    (
        stands("adjudicated", 4, "probable", answers_due=2, **answered("probable", "probable")),
        "adjudicated probable 4; evidence open: no case to definite (3); re-review due: 2 answers",
        "probable",
    ),
    (stands(is_current=False, answers_due=1), "outdated", ""),
    (None, "not scored yet", ""),
]


@pytest.mark.parametrize(("standing", "words", "look"), BADGES)
def test_a_class_is_put_with_where_it_comes_from_and_what_is_open(standing, words, look):
    shown = badge(standing)
    assert (str(shown), shown.look) == (words, look)
    assert shown.is_open is (look == "open")


@pytest.mark.parametrize(("total", "words"), [(-4, "no case −4"), (0, "no case 0")])
def test_a_total_carries_a_true_minus_sign(total, words):
    assert class_words(total, "no_case", "no_case") == words


def test_a_result_is_put_by_all_classes_that_its_interval_touches():
    assert result_words(v1.assess(Facts())) == "open: no case to definite (−2)"


def test_classes_are_those_of_the_instrument():
    assert class_words(1, "unlikely", "likely", pair()) == "open: unlikely to likely (1)"


@pytest.mark.parametrize(
    ("rules", "words"), [(v1.RULE_VERSION, "open: possible to probable (3)"), ("gone", "3")]
)
def test_of_an_assessment_whose_rules_are_gone_the_total_is_left(rules, words):
    stored = SimpleNamespace(instrument="regiscar", rule_version=rules, total=3, low=2, high=4)
    assert assessment_words(stored) == words
