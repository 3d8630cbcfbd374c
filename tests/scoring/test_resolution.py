"""Tests of the resolution item.

From the first sign to the last skin or organ sign, 15 days or more. Days from treatment leave it
open; a relapse is no resolution; a death before day 15 is unknown. While the reaction runs and
day 15 has not come, the score is provisional.
"""

from dataclasses import replace
from decimal import Decimal

import pytest

from scoring.regiscar import v1
from tests.scoring.build import case, course, facts, line
from values.spans import Span

YES, NO, OPEN = "yes 0 [0, 0] measured", "no -1 [-1, -1] measured", "unknown -1 [-1, 0] missing"

CASES = [
    case("nothing is recorded", reads=OPEN),
    case("a course without days", course(), reads=OPEN),
    # Resolved.
    case("resolved after 14 days", course(14, resolved=True), reads=NO),
    case("resolved after 15 days", course(15, resolved=True), reads=YES),
    case("resolved after 14.9 days", course("14.9", resolved=True), reads=NO),
    case("resolved after 14 to 15 days", course((14, 15), resolved=True), reads=OPEN),
    case("resolved after at least 15 days", course(Span(Decimal(15), None), resolved=True), reads=YES),
    case("resolved after at most 14 days", course(Span(None, Decimal(14)), resolved=True), reads=NO),
    case("resolved, nobody says when", course(resolved=True), reads=OPEN),
    case("20 days without resolution stated", course(20), reads=OPEN),
    case("10 days without resolution stated", course(10), reads=OPEN),
    # Counted from treatment.
    case(
        "within 14 days of treatment",
        course(resolved=True, from_treatment=(0, 14)),
        reads="no -1 [-1, 0] reported",
    ),
    case(
        "within 14 days of treatment, resolution not stated",
        course(from_treatment=(0, 14)),
        reads="no -1 [-1, 0] reported",
    ),
    case("15 days from treatment are 15 from onset too", course(resolved=True, from_treatment=15), reads=YES),
    case("14 to 15 days from treatment", course(resolved=True, from_treatment=(14, 15)), reads=OPEN),
    case(
        "the days from onset outrank those from treatment",
        course(20, resolved=True, from_treatment=7),
        reads=YES,
    ),
    case(
        "vague days from onset, clear ones from treatment",
        course((10, 20), resolved=True, from_treatment=7),
        reads="no -1 [-1, 0] reported",
    ),
    # Not resolved.
    case("unresolved on day 15", course(resolved=False, followed=15), reads=YES),
    case("unresolved on day 14", course(resolved=False, followed=14), reads=OPEN),
    case("unresolved, nobody says for how long", course(resolved=False), reads=OPEN),
    case(
        "unresolved 14 days after treatment, seen for 30",
        course(resolved=False, from_treatment=14, followed=30),
        reads=YES,
    ),
    case("unresolved 14 days after treatment", course(resolved=False, from_treatment=14), reads=OPEN),
    case("followed for 30 days, resolution not stated", course(followed=30), reads=OPEN),
    # Relapse.
    case("a relapse on day 15 is no resolution", course(8, resolved=True, relapsed=15), reads=YES),
    case("a relapse on day 14 leaves it open", course(8, resolved=True, relapsed=14), reads=OPEN),
    case("a relapse on a day that straddles 15", course(8, resolved=True, relapsed=(12, 20)), reads=OPEN),
    case(
        "a relapse within 20 days is a relapse too",
        course(8, resolved=True, relapsed=Span(None, Decimal(20))),
        reads=OPEN,
    ),
    case("a relapse on day 10, everything gone on day 30", course(30, resolved=True, relapsed=10), reads=YES),
    case(
        "a relapse on day 10, unresolved on day 30",
        course(resolved=False, relapsed=10, followed=30),
        reads=YES,
    ),
    case(
        "a relapse on day 10, seen until day 12", course(resolved=False, relapsed=10, followed=12), reads=OPEN
    ),
    # Death.
    case("death on day 14", course(resolved=False, died=14), reads=OPEN),
    case("death on day 15, unresolved", course(resolved=False, died=15), reads=YES),
    case("death on day 15, resolution not stated", course(died=15), reads="yes 0 [-1, 0] reported"),
    case("death on day 14, resolution not stated", course(died=14), reads=OPEN),
    case("death on a day nobody knows", course(resolved=False, died=Span()), reads=OPEN),
    case("death on day 60 after resolution within 10 days", course(10, resolved=True, died=60), reads=NO),
]


@pytest.mark.parametrize(("rows", "reads"), CASES)
def test_resolution(rows, reads):
    assert line("resolution", *rows) == reads


PROVISIONAL = [
    pytest.param((), False, id="no-course"),
    pytest.param((course(resolved=False, followed=14),), True, id="runs-on-day-14"),
    pytest.param((course(resolved=False, followed=15),), False, id="runs-on-day-15"),
    pytest.param((course(resolved=False, followed=(10, 15)),), False, id="day-15-may-have-come"),
    pytest.param((course(resolved=False),), False, id="nobody-says-how-long"),
    pytest.param((course(followed=10),), True, id="not-stated-whether-resolved"),
    pytest.param((course(8, resolved=True, followed=10),), False, id="resolved"),
    pytest.param((course(resolved=True, followed=10),), False, id="resolved-nobody-says-when"),
    pytest.param((course(8, resolved=True, relapsed=9, followed=10),), True, id="relapsed"),
    pytest.param((course(died=10, followed=10),), False, id="died"),
    pytest.param((course(from_treatment=(0, 7), followed=10),), False, id="said-to-be-over-since-treatment"),
]


@pytest.mark.parametrize(("rows", "provisional"), PROVISIONAL)
def test_a_score_is_provisional_while_the_reaction_runs_before_day_15(rows, provisional):
    assert v1.assess(facts(*rows)).provisional is provisional


def test_a_provisional_score_is_also_given_without_the_penalty():
    result = v1.assess(facts(course(resolved=False, followed=5)))
    assert (result.total, result.total_without_penalty) == (-2, -1)


def test_a_final_score_has_no_second_total():
    assert v1.assess(facts()).total_without_penalty is None


def test_the_row_that_gives_the_days_from_treatment_is_evidence():
    from_therapy = replace(course(from_treatment=7, row="course"), days_from_treatment_evidence="therapy")
    assert v1.assess(facts(from_therapy)).item("resolution").evidence == ("course", "therapy")
