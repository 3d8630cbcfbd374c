"""Tests of half-lives: whether the drug was present when the reaction began, and how much of it.

Canakinumab: 24 days in the letter, 22.9 to 25.7 in children, 26 in adults; anakinra: 4 to 6 hours.
Five of the longest half-lives after the last dose, and at exactly five, a drug is still present.
"""

from dataclasses import replace
from decimal import Decimal

import pytest

from scoring.facts import Condition, Exposure, HalfLife
from scoring.halflife import applicable, presence
from tests.scoring.build import day
from values.spans import UNKNOWN_SPAN, Span


def hours(low, high=None):
    return Decimal(low), Decimal(low if high is None else high)


def days(low, high=None):
    return tuple(Decimal(str(number)) * 24 for number in (low, low if high is None else high))


def exposure(half_life=None, *, first=None, last=None, doses=(), continued=None):
    return Exposure(
        "drug",
        "drug",
        first_dose=day(first),
        last_dose=day(last),
        doses=tuple(day(dose) for dose in doses),
        is_continued=continued,
        half_life_hours=half_life,
    )


CANAKINUMAB = exposure(days(24), first=(66, 72), last=10, doses=[(66, 72), (38, 41), 10])
ANAKINRA = hours(4, 6)

PRESENT = [
    # Canakinumab ten days after the third monthly dose.
    pytest.param(CANAKINUMAB, "yes", id="canakinumab-24-days"),
    pytest.param(exposure(days("22.9", 26), last=10), "yes", id="canakinumab-22.9-to-26-days"),
    # Anakinra: five times 6 h are 1.25 days.
    pytest.param(exposure(ANAKINRA, last="1"), "yes", id="anakinra-one-day-after-stopping"),
    pytest.param(exposure(ANAKINRA, last="1.25"), "yes", id="anakinra-at-exactly-five-half-lives"),
    pytest.param(exposure(ANAKINRA, last="1.26"), "no", id="anakinra-just-beyond-five-half-lives"),
    pytest.param(exposure(hours(4), last="1"), "no", id="one-day-of-a-half-life-of-4-h"),
    pytest.param(exposure(ANAKINRA, last=(1, 2)), "unknown", id="stopped-one-or-two-days-before"),
    pytest.param(exposure(ANAKINRA, last=("1.25", 2)), "unknown", id="from-exactly-five-half-lives-on"),
    pytest.param(exposure(first=0, continued=True), "yes", id="begun-on-the-day-of-onset"),
    pytest.param(exposure(hours(6, 4), last="1.25"), "yes", id="a-range-told-backwards"),
    pytest.param(exposure(ANAKINRA, first=7, continued=True), "yes", id="still-given"),
    pytest.param(exposure(first=7, continued=True), "yes", id="still-given-half-life-not-known"),
    pytest.param(exposure(ANAKINRA, continued=False), "unknown", id="stopped-nobody-says-when"),
    pytest.param(exposure(last=1), "unknown", id="half-life-not-known"),
    pytest.param(exposure(ANAKINRA, last=Span(Decimal(3), None)), "unknown", id="at-least-three-days-before"),
    pytest.param(exposure(ANAKINRA, last=0), "yes", id="last-dose-on-the-day-of-onset"),
    # Given only after the reaction had begun.
    pytest.param(exposure(ANAKINRA, first=-1, continued=True), "no", id="first-dose-after-onset"),
    pytest.param(exposure(ANAKINRA, first=-3, last=-1), "no", id="all-doses-after-onset"),
    pytest.param(exposure(ANAKINRA, first=3, last=-1), "yes", id="begun-before-stopped-after-onset"),
    pytest.param(exposure(ANAKINRA, first=(-2, 3), last=-3), "unknown", id="begun-before-or-after-onset"),
    pytest.param(exposure(ANAKINRA, last=-3), "unknown", id="last-dose-after-onset-first-not-known"),
    pytest.param(exposure(ANAKINRA, first=(-1, 1), last=(-1, 1)), "unknown", id="one-dose-around-onset"),
]


@pytest.mark.parametrize(("drug", "present"), PRESENT)
def test_present_at_onset(drug, present):
    assert presence(drug).present == present


def half_life(condition, low=None, high=None):
    return HalfLife(Condition(condition), None if low is None else hours(low, high))


ADULT, CHILD, NEWBORN = (
    half_life("adult", 10),
    half_life("child", 5),
    half_life("newborn", 40),
)
CHRONIC, FIRST, RENAL = (
    half_life("chronic", 12, 17),
    half_life("first_dose", 25, 65),
    half_life("renal_impairment"),
)
CLEARANCE = half_life("clearance", 1000)

APPLICABLE = [
    # half-lives of the dictionary, years of age, days of treatment, failing kidneys; those that may hold
    pytest.param([ADULT, CHILD], 40, 30, False, [ADULT], id="adult"),
    pytest.param([ADULT, CHILD], 17, 30, False, [CHILD], id="child"),
    pytest.param([ADULT, CHILD], 18, 30, False, [ADULT], id="at-18"),
    pytest.param([ADULT, CHILD], (17, 18), 30, False, [ADULT], id="perhaps-a-child"),
    pytest.param([ADULT, CHILD], None, 30, False, [ADULT], id="age-not-known"),
    pytest.param([ADULT, NEWBORN, CHILD], "0.05", 5, False, [NEWBORN], id="newborn"),
    pytest.param([ADULT, NEWBORN], 3, 30, False, [ADULT], id="no-row-of-children"),
    pytest.param([ADULT, RENAL], 40, 30, False, [ADULT], id="kidneys-work"),
    pytest.param([ADULT, RENAL], 40, 30, True, [ADULT, RENAL], id="kidneys-failed"),
    pytest.param([ADULT, FIRST], 40, 3, False, [ADULT], id="first-dose-of-a-drug-without-a-chronic-one"),
    pytest.param([CHRONIC, FIRST], 40, 21, False, [CHRONIC], id="three-weeks"),
    pytest.param([CHRONIC, FIRST], 40, 20, False, [FIRST], id="less-than-three-weeks"),
    pytest.param([CHRONIC, FIRST], 40, (18, 25), False, [CHRONIC, FIRST], id="about-three-weeks"),
    pytest.param([CHRONIC, FIRST], 40, None, False, [CHRONIC, FIRST], id="nobody-says-how-long"),
    pytest.param([CHRONIC], 40, 3, False, [CHRONIC], id="chronic-only"),
    pytest.param([ADULT, CLEARANCE, CHILD], 9, 30, True, [CLEARANCE], id="time-to-clearance"),
    pytest.param([], 40, 30, True, [], id="none"),
]


@pytest.mark.parametrize(("half_lives", "years", "treated", "renal", "rows"), APPLICABLE)
def test_which_half_lives_may_hold(half_lives, years, treated, renal, rows):
    which = applicable(
        tuple(half_lives), age_years=day(years), treated_days=day(treated), renal_impairment=renal
    )
    assert list(which) == rows


AGREED = [
    # last dose, stated half-life in hours, half-lives of the dictionary, presence
    pytest.param(2, None, [ADULT], "yes", id="within-one"),
    pytest.param(3, None, [ADULT], "no", id="beyond-one"),
    pytest.param(3, None, [CHRONIC, FIRST], "yes", id="within-both"),
    pytest.param(5, None, [CHRONIC, FIRST], "unknown", id="between"),
    pytest.param(14, None, [CHRONIC, FIRST], "no", id="beyond-both"),
    pytest.param(3, 48, [ADULT], "unknown", id="the-report-against-the-dictionary"),
    pytest.param(30, 48, [ADULT], "no", id="beyond-the-report-too"),
    pytest.param(1, 48, [ADULT], "yes", id="both-agree"),
    pytest.param(2, None, [ADULT, RENAL], "yes", id="no-number-but-within-the-usual"),
    pytest.param(3, None, [ADULT, RENAL], "unknown", id="no-number"),
    pytest.param(3, 10, [ADULT, RENAL], "unknown", id="no-number-and-the-report's"),
    pytest.param(3, None, [RENAL], "unknown", id="nothing-but-no-number"),
    pytest.param(41, None, [CLEARANCE], "yes", id="not-yet-cleared"),
    pytest.param(42, None, [CLEARANCE], "no", id="cleared"),
]


@pytest.mark.parametrize(("last", "stated", "reference", "present"), AGREED)
def test_presence_is_what_all_half_lives_that_may_hold_agree_on(last, stated, reference, present):
    used = hours(stated) if stated else next((row.hours for row in reference if row.hours), None)
    drug = exposure(used, first=last, last=last)
    rows = {"is_half_life_stated": stated is not None, "reference": tuple(reference)}
    assert presence(replace(drug, **rows)).present == present


def test_no_half_life_is_needed_of_a_drug_given_at_onset_or_begun_after_it():
    assert presence(exposure(first=10, last=0)).present == "yes"
    assert presence(exposure(first=10, last=-4)).present == "yes"
    assert presence(exposure(first=-1, last=-1)).present == "no"


COUNTED = [
    pytest.param(days(24), 10, Span.days("0.42"), id="ten-days-of-24"),
    pytest.param(days("22.9", 26), 10, Span.days("0.38", "0.44"), id="ten-days-of-22.9-to-26"),
    pytest.param(ANAKINRA, 1, Span.days(4, 6), id="one-day-of-4-to-6-hours"),
    pytest.param(hours(6), (1, 2), Span.days(4, 8), id="one-or-two-days-of-6-hours"),
    pytest.param(None, 1, UNKNOWN_SPAN, id="half-life-not-known"),
    pytest.param(hours(6), None, UNKNOWN_SPAN, id="last-dose-not-known"),
    pytest.param(hours(6), -1, UNKNOWN_SPAN, id="last-dose-after-onset"),
    pytest.param(hours(6), 0, Span.days(0), id="last-dose-at-onset"),
]


@pytest.mark.parametrize(("half_life", "last", "count"), COUNTED)
def test_half_lives_since_the_last_dose(half_life, last, count):
    assert presence(exposure(half_life, last=last)).half_lives_since_last == count


# By hand: 2^(-10/24) = 0.7492, 2^(-38/24) = 0.3337, 2^(-66/24) = 0.1487; mean 0.4105.
SHARES = [
    pytest.param(days(24), [66, 38, 10], (0.4105, 0.4105), id="three-monthly-doses"),
    pytest.param(days(10), [10], (0.5, 0.5), id="one-half-life"),
    pytest.param(days(10), [10, 20], (0.375, 0.375), id="one-and-two-half-lives"),
    pytest.param(days(5, 10), [10], (0.25, 0.5), id="a-range-of-half-lives"),
    pytest.param(days(10), [(10, 20)], (0.25, 0.5), id="a-range-of-days"),
    pytest.param(days(10), [0], (1.0, 1.0), id="given-at-onset"),
    pytest.param(days(10), [], None, id="no-doses-listed"),
    pytest.param(None, [10], None, id="half-life-not-known"),
    pytest.param(days(10), [10, None], None, id="one-dose-without-a-day"),
    pytest.param(days(10), [10, -1], None, id="one-dose-after-onset"),
]


@pytest.mark.parametrize(("half_life", "doses", "share"), SHARES)
def test_share_of_all_doses_that_remains(half_life, doses, share):
    assert presence(exposure(half_life, doses=doses)).share_remaining == share


WINDOWS = [
    # days, in 1 to 8 weeks, in 2 to 8 weeks
    pytest.param(6, "no", "no", id="6"),
    pytest.param(7, "yes", "no", id="7"),
    pytest.param(13, "yes", "no", id="13"),
    pytest.param(14, "yes", "yes", id="14"),
    pytest.param(56, "yes", "yes", id="56"),
    pytest.param(57, "no", "no", id="57"),
    pytest.param((6, 7), "unknown", "no", id="6-to-7"),
    pytest.param((10, 20), "yes", "unknown", id="10-to-20"),
    pytest.param((50, 60), "unknown", "unknown", id="50-to-60"),
    pytest.param((66, 72), "no", "no", id="66-to-72"),
    pytest.param(None, "unknown", "unknown", id="not-known"),
]


@pytest.mark.parametrize(("first", "letter", "reviews"), WINDOWS)
def test_both_windows_from_the_first_dose(first, letter, reviews):
    windows = presence(exposure(first=first)).windows
    assert [windows[name]["first dose"] for name in ("1-8 weeks", "2-8 weeks")] == [letter, reviews]


def test_a_monthly_biologic_is_seen_from_its_first_and_from_its_last_dose():
    assert presence(CANAKINUMAB).windows == {
        "1-8 weeks": {"first dose": "no", "last dose": "yes"},
        "2-8 weeks": {"first dose": "no", "last dose": "no"},
    }


def test_the_spans_are_handed_on_as_they_are():
    result = presence(CANAKINUMAB)
    assert (result.first_dose, result.last_dose) == (Span.days(66, 72), Span.days(10))
