"""The course of the reaction from its rows: who saw the patient last, when it ended, and what a relapse was.

A date of paperwork (receipt, latest information, version) is never an observation of the patient.
"""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.models import (
    Dose,
    DrugReaction,
    Exposure,
    OrganInvolvement,
    Patient,
    Reaction,
    SkinExamination,
    Temperature,
    Treatment,
)
from scoring.facts import Outcome
from scoring.regiscar import v1
from tests.assessments.test_facts import at, facts
from values.spans import UNKNOWN_SPAN, Span

ONSET = "2021-06-01"


def reaction(**fields):
    return Reaction(pk=1, term="DRESS", is_assessed=True, onset=at(ONSET), **fields)


def seen(**fields):
    """The last day on which the patient was seen, in days from onset."""
    return [SkinExamination(pk=2, when=at("2021-06-05")), SkinExamination(pk=3, **fields)]


SIGHTS = [
    pytest.param([], UNKNOWN_SPAN, id="nothing-has-a-day"),
    pytest.param(seen(when=at("2021-06-10")), Span.days(9), id="an-examination"),
    pytest.param(seen(when=at("2021-06-10"), phase="background"), Span.days(4), id="not-of-the-background"),
    pytest.param(seen(when=at("2021-06")), Span.days(4, 29), id="a-month"),
    pytest.param(seen(), Span.days(4), id="an-examination-without-a-day"),
    pytest.param([Temperature(pk=2, when=at("2021-06-04"))], Span.days(3), id="a-temperature"),
    pytest.param(
        [OrganInvolvement(pk=2, organ="liver", when=at("2021-06-21"))], Span.days(20), id="an-organ"
    ),
    pytest.param(
        [Treatment(pk=2, start=at("2021-06-03"), end=at("2021-07-01"))], Span.days(30), id="treated"
    ),
    pytest.param([Patient(pk=2, death_date=at("2021-06-11"))], Span.days(10), id="death"),
]


@pytest.mark.parametrize(("rows", "until"), SIGHTS)
def test_the_patient_was_followed_until_last_seen(rows, until):
    assert facts(reaction(), *rows, latest_information=date(2022, 3, 1)).course.followed_for == until


@given(st.dates(date(2021, 6, 1), date(2024, 1, 1)), st.sampled_from([None, True, False]))
@settings(max_examples=30, deadline=None)
def test_paperwork_never_changes_points_or_interval(day, resolved):
    row = reaction(is_resolved=resolved, outcome="3")
    without, later = (
        v1.assess(facts(row, *seen(when=at("2021-06-10")), latest_information=latest))
        for latest in (None, day)
    )
    assert without.items == later.items
    assert (without.total, without.low, without.high) == (later.total, later.low, later.high)


ENDS = [
    pytest.param({"end": at("2021-06-21")}, Span.days(20), id="the-end"),
    pytest.param({"duration": Decimal(3), "duration_unit": "wk"}, Span.days(21), id="the-duration"),
    pytest.param({"duration": Decimal(1), "duration_unit": "mo"}, Span.days(28, 31), id="a-month"),
    pytest.param({"duration": Decimal(3), "duration_unit": "x"}, UNKNOWN_SPAN, id="no-unit-of-time"),
    pytest.param(
        {"end": at("2021-06-15"), "duration": Decimal(15), "duration_unit": "d"},
        Span.days(14),
        id="both-ends-counted",
    ),
    pytest.param(
        {"end": at("2021-06-11"), "duration": Decimal(3), "duration_unit": "wk"},
        Span.days(10, 21),
        id="they-differ",
    ),
]


@pytest.mark.parametrize(("fields", "lasted"), ENDS)
def test_how_long_it_lasted(fields, lasted):
    assert facts(reaction(**fields)).course.resolved_after == lasted


OUTCOMES = [
    pytest.param(["1"], Outcome.RECOVERED, id="recovered"),
    pytest.param(["2"], Outcome.RUNNING, id="recovering"),
    pytest.param(["3"], Outcome.RUNNING, id="not-recovered"),
    pytest.param(["4"], Outcome.SEQUELAE, id="sequelae"),
    pytest.param(["0"], None, id="unknown"),
    pytest.param([""], None, id="not-stated"),
    pytest.param(["1", "1"], Outcome.RECOVERED, id="both-recovered"),
    pytest.param(["1", "3"], Outcome.RUNNING, id="one-not"),
    pytest.param(["1", "4"], Outcome.SEQUELAE, id="one-with-sequelae"),
    pytest.param(["1", ""], None, id="of-one-nothing-is-said"),
]


@pytest.mark.parametrize(("outcomes", "outcome"), OUTCOMES)
def test_the_outcome_of_the_assessed_reactions(outcomes, outcome):
    rows = [Reaction(pk=number, is_assessed=True, outcome=code) for number, code in enumerate(outcomes, 1)]
    assert facts(*rows).course.outcome == outcome


def drug(*starts, role="1"):
    exposure = Exposure(pk=7, name="sulfasalazine", role=role)
    return [exposure, *(Dose(pk=n, exposure=exposure, start=at(day)) for n, day in enumerate(starts, 8))]


REEXPOSURES = [
    pytest.param(drug("2021-05-01"), False, id="not-given-again"),
    pytest.param(drug("2021-05-01", "2021-07-20"), True, id="given-after-the-resolution"),
    pytest.param(drug("2021-05-01", "2021-08-01"), True, id="on-the-day-of-the-relapse"),
    pytest.param(drug("2021-05-01", "2021-08-02"), False, id="after-the-relapse"),
    pytest.param(drug("2021-05-01", "2021-06-05"), False, id="before-the-resolution"),
    pytest.param(drug("2021-05-01", "2021-08"), None, id="that-month"),
    pytest.param(drug("2021-07-20", role="2"), False, id="no-suspect"),
]


@pytest.mark.parametrize(("rows", "reexposed"), REEXPOSURES)
def test_a_suspect_drug_given_again_makes_a_relapse_a_new_episode(rows, reexposed):
    row = reaction(end=at("2021-06-12"), relapse=at("2021-08-01"), is_resolved=True)
    assert facts(row, *rows).course.is_reexposed is reexposed


def test_where_the_resolution_has_no_day_a_later_dose_leaves_it_open():
    row = reaction(relapse=at("2021-08-01"), is_resolved=True)
    assert facts(row, *drug("2021-05-01", "2021-07-20")).course.is_reexposed is None


@pytest.mark.parametrize(("recurrence", "reexposed"), [("1", True), ("2", False), ("4", False), ("", False)])
def test_the_source_says_that_it_recurred_on_rechallenge(recurrence, reexposed):
    row = reaction(end=at("2021-06-12"), relapse=at("2021-08-01"), is_resolved=True)
    exposure, *doses = drug("2021-05-01")
    pair = DrugReaction(exposure=exposure, reaction=row, recurrence=recurrence)
    assert facts(row, exposure, *doses, pair).course.is_reexposed is reexposed


def test_a_relapse_on_a_day_that_cannot_be_counted_is_a_relapse():
    row = Reaction(pk=1, is_assessed=True, is_resolved=True, relapse=at("2021-08-01"))
    row.end = at(f"{row.anchor}+10d")
    assert v1.assess(facts(row)).item("resolution").answer == "unknown"


def test_a_fatal_reaction_ended_with_the_death():
    assert facts(reaction(outcome="5", end=at("2021-06-10"))).course.died_after == Span.days(9)
    assert facts(reaction(outcome="5")).course.died_after == UNKNOWN_SPAN
    assert facts(reaction(outcome="3")).course.died_after is None
