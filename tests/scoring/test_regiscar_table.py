"""Tests of the table itself: every cell as printed, the bands, and the errors that others have made.

Source: Kardaun 2007 as re-printed in Int J Mol Sci 2021;22:7072 (table 2) and World J Clin Cases
2019;7:705 (table 1). All No is -4, all Unknown -2, all Yes 9.
"""

import pytest

from scoring.regiscar import v1
from scoring.regiscar.categories import Category
from scoring.regiscar.v1.table import BANDS, TABLE
from scoring.result import UNKNOWN, Basis, Reading, closed
from tests.scoring.build import (
    COMPATIBLE,
    EXCLUDED,
    NEGATIVE,
    OTHER_DIAGNOSIS,
    POSITIVE,
    biopsy,
    blood,
    course,
    facts,
    lab,
    nodes,
    organ,
    skin,
    temperature,
)

# item: (No, Yes or the grades in rising order, Unknown), line by line as printed.
PRINT = [
    ("fever", {"no": -1, "yes": 0, "unknown": -1}),
    ("nodes", {"no": 0, "yes": 1, "unknown": 0}),
    ("eosinophilia", {"no": 0, "moderate": 1, "marked": 2, "unknown": 0}),
    ("atypical", {"no": 0, "yes": 1, "unknown": 0}),
    ("extent", {"no": 0, "yes": 1, "unknown": 0}),
    ("suggesting", {"no": -1, "yes": 1, "unknown": 0}),
    ("biopsy", {"no": -1, "yes": 0, "unknown": 0}),
    ("organs", {"no": 0, "one": 1, "two_or_more": 2, "unknown": 0}),
    ("resolution", {"no": -1, "yes": 0, "unknown": -1}),
    ("other_causes", {"no": 0, "yes": 1, "unknown": 0}),
]
HIGHEST = {key: max(points, key=points.get) for key, points in PRINT}

CLASSES = [
    (-4, "no_case"),
    (1, "no_case"),
    (2, "possible"),
    (3, "possible"),
    (4, "probable"),
    (5, "probable"),
    (6, "definite"),
    (9, "definite"),
]

ALL_YES = facts(
    temperature("38.5"),
    nodes(neck=1, groin=1),
    *blood(count="1.5", leukocytes=8),
    lab("atypical_lymphocytes", kind=POSITIVE),
    skin(51, facial_oedema=True, infiltration=True),
    biopsy(COMPATIBLE),
    organ("liver", proof=True, explanation=EXCLUDED),
    organ("kidney", proof=True, explanation=EXCLUDED),
    course(15, resolved=True),
    *(lab(name, kind=NEGATIVE) for name in ("ana", "blood_culture", "hepatitis_a")),
)
ALL_NO = facts(
    temperature("38.4", peak=True),
    nodes(neck=1, complete=True),
    *blood(count="0.699", leukocytes=8, peak=True),
    lab("atypical_lymphocytes", kind=NEGATIVE),
    skin(50, facial_oedema=True, infiltration=False, purpura_beyond_legs=False, scaling=False),
    biopsy(OTHER_DIAGNOSIS),
    organ("all_others", NEGATIVE),
    course(14, resolved=True),
    lab("ana", kind=POSITIVE),
)


@pytest.mark.parametrize(("row", "printed"), list(zip(TABLE, PRINT, strict=True)), ids=[k for k, _ in PRINT])
def test_each_line_is_as_printed(row, printed):
    assert (row.key, dict(row.points)) == printed


@pytest.mark.parametrize(("total", "name"), CLASSES)
def test_the_bands_are_as_printed(total, name):
    assert v1.category(total) == name


def test_every_attainable_total_has_one_band():
    covered = [total for band in BANDS for total in range(band.low, band.high + 1)]
    assert covered == list(range(-4, 10))


@pytest.mark.parametrize("total", [-5, 10])
def test_no_total_beyond_the_table_has_a_class(total):
    with pytest.raises(KeyError):
        v1.category(total)


def readings(choose):
    return {key: closed(choose(key), Basis.MEASURED, "") for key, _ in PRINT}


EXTREMES = [
    pytest.param(lambda key: "no", -4, id="all-no"),
    pytest.param(lambda key: UNKNOWN, -2, id="all-unknown"),
    pytest.param(HIGHEST.get, 9, id="all-yes"),
]


@pytest.mark.parametrize(("choose", "total"), EXTREMES)
def test_the_sum_of_answers_all_alike(choose, total):
    assert v1.score(readings(choose)).total == total


FROM_FACTS = [
    pytest.param(ALL_YES, 9, 9, 9, Category.DEFINITE, id="all-yes"),
    pytest.param(ALL_NO, -4, -4, -4, Category.NO_CASE, id="all-no"),
    pytest.param(facts(), -2, -4, 9, Category.NO_CASE, id="nothing-recorded"),
]


@pytest.mark.parametrize(("evidence", "total", "low", "high", "category"), FROM_FACTS)
def test_the_score_of_real_facts(evidence, total, low, high, category):
    result = v1.assess(evidence)
    assert (result.total, result.low, result.high, result.category) == (total, low, high, category)


def test_nothing_recorded_touches_every_class():
    assert v1.assess(facts()).categories == tuple(Category)


def test_nothing_recorded_leaves_every_item_open_with_what_it_needs():
    assert all(item.is_open and item.needs for item in v1.assess(facts()).items)


def test_items_come_in_the_order_of_the_print():
    assert [item.key for item in v1.assess(facts()).items] == [key for key, _ in PRINT]


def test_classes_rise_in_the_order_of_the_bands():
    assert [band.category.rank for band in BANDS] == [0, 1, 2, 3]


# What public calculators got wrong.
ELSEWHERE_WRONG = [
    pytest.param("fever", (temperature(39),), 0, id="fever-yes-adds-0"),
    pytest.param("resolution", (course(30, resolved=True),), 0, id="slow-resolution-adds-0"),
    pytest.param("biopsy", (biopsy(COMPATIBLE),), 0, id="biopsy-yes-adds-0"),
    pytest.param(
        "organs",
        [organ(name, proof=True, explanation=EXCLUDED) for name in ("liver", "kidney", "lung")],
        2,
        id="three-organs-add-2",
    ),
    pytest.param("eosinophilia", blood(percent=12, leukocytes="4.5"), 0, id="12-percent-of-4.5-adds-0"),
    pytest.param("eosinophilia", blood(percent=12, leukocytes="3.8"), 1, id="12-percent-of-3.8-adds-1"),
    pytest.param("extent", (), 0, id="unknown-extent-costs-nothing"),
    pytest.param("suggesting", (), 0, id="undescribed-rash-costs-nothing"),
    pytest.param("resolution", (), -1, id="unknown-resolution-costs-1"),
    pytest.param("fever", (), -1, id="unknown-fever-costs-1"),
]


@pytest.mark.parametrize(("key", "rows", "points"), ELSEWHERE_WRONG)
def test_errors_of_others_are_not_ours(key, rows, points):
    assert v1.assess(facts(*rows)).item(key).points == points


@pytest.mark.parametrize("total", [4, 5])
def test_four_and_five_are_not_definite(total):
    assert v1.category(total) is Category.PROBABLE


def test_an_unheard_of_item_is_a_key_error():
    with pytest.raises(KeyError, match="headache"):
        v1.assess(facts()).item("headache")


OPEN_FEVER_AND_SUGGESTING = readings(lambda key: "no") | {
    "suggesting": Reading(UNKNOWN, Basis.MISSING, ("no", "yes"), ""),
    "eosinophilia": closed("marked", Basis.MEASURED, ""),
    "organs": closed("two_or_more", Basis.MEASURED, ""),
    "fever": Reading(UNKNOWN, Basis.MISSING, ("no", "yes"), ""),
}


def test_open_items_are_ranked_by_how_far_they_move_the_class():
    """Total 1, no case: fever or rash alone lifts it to 2, and the rash could also cost a point."""
    ranked = v1.score(OPEN_FEVER_AND_SUGGESTING).decisive
    assert [(item.key, item.class_steps, item.points) for item in ranked] == [
        ("suggesting", 1, 2),
        ("fever", 1, 1),
    ]


def test_an_item_that_lowers_the_class_is_decisive_too():
    lowering = readings(lambda key: "no") | {
        "eosinophilia": closed("marked", Basis.MEASURED, ""),
        "organs": closed("two_or_more", Basis.MEASURED, ""),
        "nodes": closed("yes", Basis.MEASURED, ""),
        "biopsy": Reading(UNKNOWN, Basis.MISSING, ("no", "yes"), ""),
    }
    assert [(item.key, item.class_steps) for item in v1.score(lowering).decisive] == [("biopsy", 1)]


def test_a_small_item_that_moves_the_class_outranks_a_large_one_that_does_not():
    """Total 6, just definite: the biopsy could lower the class, the organs could only add to it."""
    readings_at_six = readings(HIGHEST.get) | {
        "extent": closed("no", Basis.MEASURED, ""),
        "organs": Reading(UNKNOWN, Basis.MISSING, ("no", "one", "two_or_more"), ""),
        "biopsy": Reading(UNKNOWN, Basis.MISSING, ("no", "yes"), ""),
    }
    ranked = v1.score(readings_at_six).decisive
    assert [(item.key, item.class_steps) for item in ranked] == [("biopsy", 1), ("organs", 0)]


def test_a_class_that_only_the_highest_total_reaches_is_among_those_touched():
    one_to_two = readings(lambda key: "no") | {
        key: closed(HIGHEST[key], Basis.MEASURED, "") for key in ("eosinophilia", "organs", "resolution")
    }
    one_to_two["fever"] = Reading(UNKNOWN, Basis.MISSING, ("no", "yes"), "")
    result = v1.score(one_to_two)
    assert (result.low, result.high) == (1, 2)
    assert result.categories == (Category.NO_CASE, Category.POSSIBLE)
