"""Tests of the resolution item.

From the first sign to the last skin or organ sign, 15 days or more. Days from treatment leave it
open; a relapse is no resolution; a death before day 15 is unknown. While the reaction runs and
day 15 has not come, the score is provisional.
"""

from dataclasses import replace
from decimal import Decimal

import pytest

from scoring.facts import Sign
from scoring.regiscar import v1
from tests.scoring.build import case, course, day, facts, line
from values.spans import Span
from vocabulary.signs import Evidence

YES, NO, OPEN = "yes 0 [0, 0] measured", "no -1 [-1, -1] measured", "unknown -1 [-1, 0] missing"
YES_SAID, NO_SAID = "yes 0 [-1, 0] reported", "no -1 [-1, 0] reported"

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
    # The end of the reaction is its end in the reporter's words.
    case("20 days without resolution stated", course(20), reads=YES_SAID),
    case("10 days without resolution stated", course(10), reads=NO_SAID),
    case("12 to 20 days without resolution stated", course((12, 20)), reads=OPEN),
    # The outcome.
    case("recovered after 51 days", course(51, outcome="recovered"), reads=YES_SAID),
    case("recovered after 9 days", course(9, outcome="recovered"), reads=NO_SAID),
    case("recovered, nobody says when", course(outcome="recovered", followed=40), reads=OPEN),
    case("recovered and completely resolved", course(51, resolved=True, outcome="recovered"), reads=YES),
    case("recovered with sequelae after 30 days", course(30, outcome="sequelae"), reads=YES_SAID),
    case("recovered with sequelae after 10 days", course(10, outcome="sequelae"), reads=OPEN),
    case("still running when seen on day 20", course(outcome="running", followed=20), reads=YES),
    case("still running when seen on day 9", course(outcome="running", followed=9), reads=OPEN),
    case("recovered, and died on day 40", course(20, outcome="recovered", died=40), reads=YES_SAID),
    # Statements that contradict each other leave it open.
    case("resolved, but still running", course(30, resolved=True, outcome="running"), reads=OPEN),
    case("not resolved, but recovered", course(30, resolved=False, outcome="recovered"), reads=OPEN),
    case("ended on day 9, but running on day 30", course(9, outcome="running", followed=30), reads=OPEN),
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
    case("relapsed, and still running", course(8, resolved=True, relapsed=40, outcome="running"), reads=YES),
    # Re-exposure begins a new episode: the first one counts.
    case("a relapse on re-exposure", course(10, resolved=True, relapsed=60, reexposed=True), reads=NO),
    case("a long first episode", course(33, resolved=True, relapsed=60, reexposed=True), reads=YES),
    case("recovered before it", course(10, outcome="recovered", relapsed=60, reexposed=True), reads=NO_SAID),
    case("perhaps on re-exposure", course(10, resolved=True, relapsed=60, reexposed=None), reads=OPEN),
    case(
        "unresolved after re-exposure",
        course(resolved=False, relapsed=60, reexposed=True, followed=70),
        reads=OPEN,
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


WORDS = [
    # evidence of the terms, the course, the item
    pytest.param(["reported"], None, OPEN, id="said-to-have-resolved"),
    pytest.param(["denied"], None, OPEN, id="said-to-persist"),
    pytest.param(["suggests"], course(), OPEN, id="improving"),
    pytest.param(["reported"], course(20, resolved=True), YES, id="words-beside-a-day"),
    pytest.param(["denied"], course(20, resolved=True), OPEN, id="words-against-a-resolution"),
    pytest.param(["denied"], course(8, resolved=True, relapsed=20), YES, id="a-relapse-in-words-too"),
    pytest.param(["reported"], course(resolved=False, followed=30), OPEN, id="words-against-a-denial"),
    pytest.param(["suggests"], course(resolved=False, followed=30), YES, id="improving-is-not-resolved"),
    pytest.param(["never"], None, OPEN, id="no-evidence-of-it"),
]


@pytest.mark.parametrize(("evidence", "course_row", "reads"), WORDS)
def test_words_on_the_course_leave_the_day_open(evidence, course_row, reads):
    rows = [course_row] if course_row else []
    signs = tuple(Sign(f"s{kind}", kind, "resolution", Evidence(kind)) for kind in evidence)
    item = v1.assess(replace(facts(*rows), signs=signs)).item("resolution")
    assert f"{item.answer} {item.points} [{item.low}, {item.high}] {item.basis}" == reads
    used = {fact.id for fact in v1.inputs(replace(facts(*rows), signs=signs), "resolution")}
    assert ("never" not in evidence) == any(sign.id in used for sign in signs)


NEEDS = [
    pytest.param(course(resolved=True), "(Reactions, End)", id="only-the-day-of-the-end"),
    pytest.param(replace(course(resolved=True), lacks_onset=True), "day of onset", id="the-onset-too"),
    pytest.param(course(resolved=False, followed=9), "15 days after onset", id="a-later-sight"),
    pytest.param(course(20), "Completely resolved", id="the-resolution"),
    pytest.param(course(resolved=False, died=9), "before the death", id="nothing-after-death"),
    pytest.param(course(10, relapsed=60, reexposed=None), "given again", id="the-doses-before-a-relapse"),
]


@pytest.mark.parametrize(("row", "words"), NEEDS)
def test_an_open_item_names_what_is_lacking(row, words):
    assert words in v1.assess(facts(row)).item("resolution").needs


def test_a_death_before_day_15_says_that_it_cannot_be_settled():
    item = v1.assess(facts(course(resolved=False, died=10, followed=10))).item("resolution")
    assert "can't be settled" in item.rule


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
    pytest.param((course(outcome="running", followed=10),), True, id="still-running"),
    pytest.param((course(outcome="recovered", followed=10),), False, id="recovered"),
    pytest.param((course(from_treatment=(0, 7), followed=10),), False, id="said-to-be-over-since-treatment"),
]


@pytest.mark.parametrize(("rows", "provisional"), PROVISIONAL)
def test_a_score_is_provisional_while_the_reaction_runs_before_day_15(rows, provisional):
    assert v1.assess(facts(*rows)).provisional is provisional


INFORMED = [
    # seen until, informed until, provisional
    pytest.param(9, 9, True, id="both-early"),
    pytest.param(9, 200, False, id="the-report-came-late"),
    pytest.param(None, 9, True, id="no-finding-has-a-day"),
    pytest.param(9, (10, 20), False, id="the-report-may-be-of-day-15"),
]


@pytest.mark.parametrize(("seen", "informed", "provisional"), INFORMED)
def test_there_is_nothing_to_wait_for_once_the_report_is_of_day_15(seen, informed, provisional):
    evidence = replace(facts(course(resolved=False, followed=seen)), informed_for=day(informed))
    result = v1.assess(evidence)
    assert result.provisional is provisional
    assert (result.total, result.low, result.high) == (-2, -4, 9)


def test_a_provisional_score_is_also_given_without_the_penalty():
    result = v1.assess(facts(course(resolved=False, followed=5)))
    assert (result.total, result.total_without_penalty) == (-2, -1)


def test_a_final_score_has_no_second_total():
    assert v1.assess(facts()).total_without_penalty is None


def test_the_row_that_gives_the_days_from_treatment_is_evidence():
    from_therapy = replace(course(from_treatment=7, row="course"), days_from_treatment_evidence="therapy")
    assert v1.assess(facts(from_therapy)).item("resolution").evidence == ("course", "therapy")
