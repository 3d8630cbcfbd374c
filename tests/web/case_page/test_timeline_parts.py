"""Parts of the time line: positions on the axis, how much of a drug is left, bars, marks and their words."""

from decimal import Decimal
from itertools import pairwise
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.case_page.rich_case import ONSET
from values.spans import Span
from web.case_page.timeline.axis import Axis, even, folded, ticks, window
from web.case_page.timeline.draw import draw
from web.case_page.timeline.lanes import Bar, Lane, Mark, Measure, at, during
from web.case_page.timeline.share import Given, share_of

# The axis


@pytest.mark.parametrize(
    ("axis", "places"),
    [
        (even(-50, 50), {-60: 0, -50: 0, 0: 50, 25: 75, 50: 100, 51: 100}),
        # Near and reaction halve the width, whatever their lengths.
        (folded(-80, 21), {-80: 0, -40: 25, 0: 50, 10.5: 75, 21: 100}),
        # A year before and a year after: 1 part, 2 parts, 2 parts, 1 part.
        (
            folded(-420, 420),
            {-420: 0, -238: 8.333, -56: 16.667, -28: 33.333, 0: 50, 14: 66.667, 28: 83.333, 420: 100},
        ),
    ],
)
def test_days_have_their_places(axis, places):
    assert {day: axis.x(day) for day in places} == pytest.approx(places, abs=0.001)


def test_an_axis_is_folded_only_where_that_enlarges_something():
    assert folded(-20, 21) == even(-20, 21)
    assert folded(-80, 21) != even(-80, 21)


EDGES = st.tuples(
    st.floats(-700_000, -1, allow_nan=False), st.floats(21, 700_000, allow_nan=False)
)  # fmt: skip


@given(EDGES, st.lists(st.floats(-700_000, 700_000, allow_nan=False), min_size=2))
def test_later_days_never_stand_further_left(edges, days):
    for axis in (even(*edges), folded(*edges)):
        places = [axis.x(day) for day in sorted(days)]
        assert places == sorted(places)
        assert 0 <= places[0] <= places[-1] <= 100


@given(EDGES)
def test_labels_stand_apart_and_name_onset(edges):
    for axis in (even(*edges), folded(*edges)):
        for room, least in (("wide", 6), ("narrow", 11)):
            shown = [tick for tick in ticks(axis, None) if tick["at"] in ("both", room)]
            assert "0" in [tick["label"] for tick in shown]
            assert all(after["x"] - before["x"] > least for before, after in pairwise(shown))


def test_ticks_carry_the_calendar_where_onset_has_its_day():
    shown = {tick["label"]: tick["date"] for tick in ticks(even(-30, 30), ONSET)}
    assert (shown["0"], shown["+14"]) == ("15 Mar ’21", "29 Mar ’21")


def test_the_picture_reaches_day_15_at_least():
    low, high = window([Span.days(-7), Span(Decimal(0), None)])
    assert low < -7
    assert high > 15


# What is still in the body

SIX_HOURS, MONTHLY = (Decimal(6), Decimal(6)), (Decimal(24 * 24), Decimal(26 * 24))


@pytest.mark.parametrize(
    ("doses", "half_life", "day", "low", "high"),
    [
        ([Span.days(0)], SIX_HOURS, -0.01, 0, 0),
        ([Span.days(0)], SIX_HOURS, 0, 1, 1),
        ([Span.days(0)], SIX_HOURS, 0.25, 0.5, 0.5),
        ([Span.days(0)], SIX_HOURS, 0.5, 0.25, 0.25),
        # Gone after a day, or after ten days nearly all there.
        ([Span.days(0)], SIX_HOURS, 1, 0.0625, 0.0625),
        ([Span.days(0)], MONTHLY, 10, 0.749, 0.766),
        # A dose of some day from -4 to -2: surely there from -2 on, perhaps from -4 on.
        ([Span.days(-4, -2)], SIX_HOURS, -4.1, 0, 0),
        ([Span.days(-4, -2)], SIX_HOURS, -3, 0, 1),
        ([Span.days(-4, -2)], SIX_HOURS, -1.75, 0.5**9, 0.5),
        # Two doses a half-life apart: 1, then 1.5 of one dose, which is the peak.
        ([Span.days(0), Span.days("0.25")], SIX_HOURS, 0, 2 / 3, 2 / 3),
        ([Span.days(0), Span.days("0.25")], SIX_HOURS, 0.25, 1, 1),
        ([Span.days(0), Span.days("0.25")], SIX_HOURS, 0.5, 0.5, 0.5),
    ],
)
def test_the_share_in_the_body_falls_by_its_half_life(doses, half_life, day, low, high):
    share = share_of([Given.once(dose) for dose in doses], half_life)
    assert share.at(day) == pytest.approx((low, high), abs=0.001)


def test_a_stretch_keeps_its_level_and_falls_between_doses_as_far_as_it_can():
    share = share_of([Given((-10, -10), (0, 0), every=0.5)], SIX_HOURS)
    assert share.at(-11) == (0, 0)
    assert share.at(-5) == (0.25, 1)
    assert share.at(0.25) == (0.5, 0.5)


def test_a_stretch_that_goes_on_never_falls():
    assert share_of([Given((-10, -10), (inf, inf), every=0)], SIX_HOURS).at(900) == (1, 1)


@pytest.mark.parametrize(("doses", "half_life"), [([], SIX_HOURS), ([Span.days(0)], None)])
def test_without_dose_or_half_life_there_is_no_curve(doses, half_life):
    assert share_of([Given.once(dose) for dose in doses], half_life) is None


# Bars and marks


def drawn(*bars: Bar, marks=(), axis: Axis | None = None, **lane):
    row = Lane("Drugs", "treatment", "x", bars=list(bars), marks=list(marks), **lane)
    (group,) = draw("even", "", axis or even(-50, 50), [row], None)["groups"]
    return group["lanes"][0]


@pytest.mark.parametrize(
    ("start", "end", "is_open", "pieces"),
    [
        (Span.days(-10), Span.days(10), False, [(40, 20, "whole")]),
        (Span.days(-20, -10), Span.days(0, 10), False, [(30, 10, "in"), (40, 10, "whole"), (50, 10, "out")]),
        # Nothing is sure where the latest start lies after the earliest end.
        (Span.days(-10, 10), Span.days(0, 20), False, [(40, 30, "both")]),
        (Span.days(0), Span(Decimal(0), None), False, [(50, 50, "out")]),
        (Span(Decimal(0), None), Span(Decimal(0), None), False, [(50, 50, "out")]),
        (Span(None, Decimal(0)), Span.days(10), False, [(0, 50, "in"), (50, 10, "whole")]),
        (Span.days(-900), Span(), True, [(0, 100, "whole")]),
    ],
)
def test_uncertain_ends_fade(start, end, is_open, pieces):
    bar = drawn(Bar(("e",), start, end, "x", is_open=is_open))["bars"][0]
    assert [(p["x"], p["width"], p["fill"]) for p in bar["pieces"]] == pieces
    assert bar["goes_on"] == is_open


def test_a_value_of_an_uncertain_day_stands_between_its_ends():
    mark = Mark("e", Span.days(0, 20), "x", value=2.0)
    lane = drawn(marks=[mark], measure=Measure("u", 0, 4, ((2.0, "2"),)))
    (shown,) = lane["marks"]
    assert (shown["x"], shown["reach"]["x"], shown["reach"]["end"]) == (60, 50, 70)
    assert shown["y"] == lane["measure"]["lines"][0]["y"]


def test_a_day_open_on_one_side_is_a_line_without_a_mark():
    (shown,) = drawn(marks=[Mark("e", Span(Decimal(0), None), "x")])["marks"]
    assert (shown["is_open"], shown["reach"]["x"], shown["reach"]["right_cap"]) == (True, 50, False)


def test_words_that_would_run_into_each_other_are_left_to_the_tip():
    marks = [Mark(f"{day}", Span.days(day), "x", word="a word") for day in (0, 3, 30)]
    assert [mark["word_at"] for mark in drawn(marks=marks)["marks"]] == ["", "both", "both"]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (Span(), "day not stated"),
        (Span.days(0), "at onset"),
        (Span.days(1), "1 day after onset"),
        (Span.days(-72, -66), "66 to 72 days before onset"),
        (Span.days(-30, 30), "within 30 days of onset, order unknown"),
        (Span.days(-1, 2), "from 1 day before to 2 days after onset"),
        (Span(Decimal(0), None), "at onset or later"),
        (Span(None, Decimal(0)), "at onset or earlier"),
        (Span(Decimal(-3), None), "3 days before onset or later"),
        (Span(None, Decimal(5)), "5 days after onset or earlier"),
    ],
)
def test_a_place_in_words(days, words):
    assert at(days) == words


@pytest.mark.parametrize(
    ("start", "end", "is_open", "words"),
    [
        (Span.days(0), Span.days(14), False, "from onset until 14 days after onset"),
        (Span.days(0), Span(Decimal(0), None), False, "from onset, end not known"),
        (Span.days(-9), Span(), True, "from 9 days before onset, goes on"),
        (Span(Decimal(0), None), Span(Decimal(0), None), False, "at onset or later"),
        (Span.days(-9), Span(Decimal(0), None), False, "from 9 days before onset until onset or later"),
    ],
)
def test_how_long_in_words(start, end, is_open, words):
    assert during(Bar((), start, end, "x", is_open=is_open)) == words
