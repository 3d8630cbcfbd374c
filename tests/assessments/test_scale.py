"""The geometry of the pictures of a score."""

import pytest

from assessments.display.scale import Scale, mini, picture
from scoring.regiscar.categories import Category
from tests.web.case_page.builders import RULES, SOME

COMPUTED = RULES.assess(SOME)
SCALE = Scale(RULES)


def test_the_scale_runs_from_all_no_to_all_yes():
    assert (SCALE.low, SCALE.high, SCALE.cells) == (-4, 9, 14)


@pytest.mark.parametrize(("total", "middle"), [(-4, 0.5 / 14), (3, 7.5 / 14), (9, 13.5 / 14)])
def test_a_total_stands_in_the_middle_of_its_cell(total, middle):
    assert SCALE.middle(total) == pytest.approx(middle)


@pytest.mark.parametrize(("low", "high", "cells"), [(-4, 9, 14), (-1, 7, 9), (3, 3, 1)])
def test_an_interval_covers_the_cells_of_both_its_ends(low, high, cells):
    assert SCALE.width(low, high) == pytest.approx(cells / 14)


def test_bands_cover_the_scale_without_gap():
    bands = picture(RULES, computed=COMPUTED)["bands"]
    assert [band["label"] for band in bands] == ["No case", "Possible", "Probable", "Definite"]
    assert [band["limits"] for band in bands] == ["below 2", "2 or 3", "4 or 5", "above 5"]
    assert sum(float(band["width"].rstrip("%")) for band in bands) == pytest.approx(100, abs=0.05)


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        ({}, ["computed"]),
        ({"reported": 5}, ["computed", "reported"]),
        ({"adjudicated": COMPUTED, "reported": 5}, ["computed", "adjudicated", "reported"]),
        ({"reported": 9, "reported_fits": False}, ["computed", "reported contradicted"]),
        ({"reported_category": Category.PROBABLE}, ["computed", "reported"]),
    ],
)
def test_each_kind_of_score_has_a_lane_of_its_own(told, kinds):
    drawn = picture(RULES, computed=COMPUTED, **told)
    assert [lane["kind"] for lane in drawn["lanes"]] == kinds
    assert len({lane["y"] for lane in drawn["lanes"]}) == len(kinds)


def test_a_reported_class_without_total_has_a_bar_and_no_mark():
    lane = picture(RULES, computed=COMPUTED, reported_category=Category.PROBABLE)["lanes"][-1]
    assert lane["x"] is None
    assert lane["bar"]["width"] == f"{2 / 14 * 100:.2f}%"


def test_the_description_says_all_that_is_drawn():
    said = picture(RULES, computed=COMPUTED, reported=5, reported_fits=False)["description"]
    assert "Evidence alone open: no case to definite (1); −2 to 9 remains attainable." in said
    assert "Reported: 5, contradicts the evidence." in said


@pytest.mark.parametrize(("standing", "is_drawn"), [(5, True), (COMPUTED.total, False), (None, False)])
def test_the_small_picture_marks_a_standing_total_that_differs(standing, is_drawn):
    drawn = mini(RULES, COMPUTED, standing=standing, origin="reported")
    assert (drawn["standing"] is not None) is is_drawn
