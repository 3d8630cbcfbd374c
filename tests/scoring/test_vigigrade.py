"""vigiGrade against the worked figures of the paper, and its own laws."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.vigigrade import (
    DIMENSIONS,
    FULL_PENALTY,
    Age,
    PairFacts,
    ReportFacts,
    completeness,
    time_to_onset_penalty,
)
from values.spans import UNKNOWN_SPAN, Span

PAIR = PairFacts("drug", "reaction", Span.days(10), indication=True, outcome=True, dose=True)
FULL = ReportFacts((PAIR,), True, Age.KNOWN, True, True, True, True)
EMPTY = ReportFacts((PairFacts("drug", "reaction"),))
OF_PAIR = {"time_to_onset": UNKNOWN_SPAN, "indication": False, "outcome": False, "dose": False}


def without(*keys: str, report: ReportFacts = FULL) -> ReportFacts:
    """A report that lacks these dimensions."""
    of_pair = {key: OF_PAIR[key] for key in keys if key in OF_PAIR}
    whole = {key: Age.MISSING if key == "age" else False for key in keys if key not in OF_PAIR}
    return replace(report, pairs=tuple(replace(pair, **of_pair) for pair in report.pairs), **whole)


@pytest.mark.parametrize(
    ("missing", "score", "well"),
    [
        ((), "1.0", True),
        (("dose", "country"), "0.81", True),
        (("indication",), "0.70", False),
        (("outcome",), "0.70", False),
        (("sex",), "0.70", False),
        (("age",), "0.70", False),
        (("age", "sex"), "0.49", False),
        (("time_to_onset",), "0.5", False),
        (tuple(FULL_PENALTY), "0.070888", False),
    ],
)
def test_worked_figures(missing, score, well):
    report = completeness(without(*missing))
    assert report.score.quantize(Decimal("0.000001")) == Decimal(score)
    assert report.is_well_documented is well


def test_exactly_four_fifths_is_not_well_documented():
    half = replace(PAIR, time_to_onset=Span.days(-40, 40))  # 0.7; with a second pair of 0.9 the mean is 0.8
    other = replace(PAIR, time_to_onset=Span.days(-20, 40))
    report = completeness(replace(FULL, pairs=(half, other)))
    assert (report.score, report.is_well_documented) == (Decimal("0.8"), False)


@pytest.mark.parametrize(
    ("days", "penalty"),
    [
        (Span.days(0), "0"),
        (Span.days(10), "0"),
        (Span.days(10, 400), "0"),  # imprecise, but the drug came first
        (Span.days(-30, 30), "0.1"),  # both in one month
        (Span.days(-31, 0), "0.1"),
        (Span.days(-32, 0), "0.3"),
        (Span.days(-365, 365), "0.3"),  # both in one year
        (Span.days(-10, -1), "0.5"),  # the drug came after
        (Span(Decimal(0), None), "0.5"),
        (Span(None, Decimal(10)), "0.5"),
        (UNKNOWN_SPAN, "0.5"),
    ],
)
def test_time_to_onset(days, penalty):
    assert time_to_onset_penalty(days) == Decimal(penalty)


@pytest.mark.parametrize(("age", "score"), [(Age.KNOWN, "1"), (Age.GROUP, "0.9"), (Age.MISSING, "0.7")])
def test_an_age_group_is_nearly_an_age(age, score):
    assert completeness(replace(FULL, age=age)).score == Decimal(score)


def test_a_report_has_the_mean_of_its_pairs():
    second = replace(PAIR, drug="other", time_to_onset=UNKNOWN_SPAN)
    report = completeness(replace(FULL, pairs=(PAIR, second)))
    assert [pair.score for pair in report.pairs] == [Decimal(1), Decimal("0.5")]
    assert report.score == Decimal("0.75")
    assert report.penalty("time_to_onset") == Decimal("0.5")


def test_without_a_pair_there_is_nothing_to_judge():
    assert completeness(replace(FULL, pairs=())) is None


@pytest.mark.parametrize(
    ("missing", "first"),
    [
        ((), ""),
        (("comments",), "comments"),
        (("dose", "sex"), "sex"),
        (("age", "time_to_onset"), "time_to_onset"),
        (("outcome", "indication"), "indication"),  # as much: the first of the table
    ],
)
def test_what_would_raise_it_most(missing, first):
    assert completeness(without(*missing)).would_raise_most == first


def test_a_field_of_the_whole_report_can_weigh_more_than_a_worse_gap_of_one_pair():
    pairs = (replace(PAIR, time_to_onset=UNKNOWN_SPAN), *(replace(PAIR, drug=name) for name in "abc"))
    assert completeness(replace(without("sex"), pairs=pairs)).would_raise_most == "sex"


@given(st.sets(st.sampled_from(sorted(FULL_PENALTY))), st.sampled_from(sorted(FULL_PENALTY)))
def test_completing_never_lowers_and_gives_the_predicted_score(missing, key):
    before = completeness(without(*missing))
    after = completeness(without(*(missing - {key})))
    assert after.score >= before.score
    assert before.score_with(key) == after.score


def test_the_least_is_what_all_penalties_leave():
    least = Decimal(1)
    for dimension in DIMENSIONS:
        least *= 1 - dimension.penalty
    assert completeness(EMPTY).score == least
