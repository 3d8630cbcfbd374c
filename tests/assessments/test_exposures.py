"""What the rows of a drug say on its first and last dose, and whether it was present at onset.

Treatment that isn't known to have ended is no single dose: its last dose lies anywhere up to onset.
"""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.models import (
    Dose,
    DrugReaction,
    Exposure,
    MedicalHistory,
    OrganInvolvement,
    Patient,
    Reaction,
    Symptom,
)
from scoring.halflife import presence
from tests.assessments.test_facts import at, facts
from values.spans import UNKNOWN_SPAN, Span

ONSET = "2021-06-30"
SHORT = "adult 5 8 verified"
NO_RENAL_NUMBER = "active_metabolite 12 30 verified; renal_impairment - - unverified"
RENAL = "adult 4 9.1 verified; renal_impairment 146.7 146.7 verified"
INDUCER = "chronic 12 17 verified; first_dose 25 65 verified"
OF_CHILDREN = "adult 48 72 verified; child 5 8 verified; newborn 240 480 verified"


def before(days):
    """A day so many days before onset."""
    return at(f"{reaction().anchor}-{days}d") if days >= 0 else at(f"{reaction().anchor}+{-days}d")


def reaction():
    row = Reaction(pk=1, is_assessed=True, term="DRESS", onset=at(ONSET))
    row.uuid = "5f2b5cf0-2a6b-4a53-9b8f-0a4b4d3a0001"
    return row


def dose(start=None, end=None, **fields):
    fields = {name: Decimal(value) if name in NUMBERS else value for name, value in fields.items()}
    days = {name: before(day) for name, day in (("start", start), ("end", end)) if day is not None}
    return Dose(**days, **fields)


NUMBERS = {"amount", "interval", "duration"}


def read(doses, *rows, half_lives=SHORT, **fields):
    """The facts of one drug."""
    drug = Exposure(pk=50, name="drug", role="1", reference_half_lives=half_lives, **fields)
    for number, row in enumerate(doses, 60):
        row.pk, row.exposure = number, drug
    (exposure,) = facts(reaction(), drug, *doses, *rows).exposures
    return exposure


LAST_DOSE = [
    # doses, fields of the drug, last dose, presence by a half-life of 5 to 8 hours
    pytest.param([dose(25)], {}, Span.days(0, 25), "unknown", id="begun-no-end"),
    pytest.param([dose(25)], {"is_ongoing_at_onset": False}, Span.days(0, 25), "unknown", id="stopped"),
    pytest.param([dose(25)], {"action_taken": "1"}, Span.days(0, 25), "unknown", id="withdrawn"),
    pytest.param([dose(25)], {"is_ongoing_at_onset": True}, Span.days(0), "yes", id="ongoing"),
    pytest.param([dose(1)], {}, Span.days(0, 1), "yes", id="begun-the-day-before"),
    pytest.param([dose(25, 25)], {}, Span.days(25), "no", id="one-dose-by-its-end"),
    pytest.param([dose(25, text="single dose")], {}, Span.days(25), "no", id="one-dose-in-words"),
    pytest.param([dose(25, text="Single-dose of 1 g i.v.")], {}, Span.days(25), "no", id="one-dose-of-1-g"),
    pytest.param([dose(25, text="single dose daily")], {}, Span.days(0, 25), "unknown", id="one-dose-a-day"),
    pytest.param(
        [dose(25, text="1 tablet")], {}, Span.days(0, 25), "unknown", id="a-tablet-is-no-single-dose"
    ),
    pytest.param([dose(25, 4)], {}, Span.days(4), "no", id="ended"),
    pytest.param([dose(25, 1)], {}, Span.days(1), "yes", id="ended-the-day-before"),
    pytest.param([dose(25, -3)], {}, Span.days(-3), "yes", id="ended-after-onset"),
    pytest.param([dose(25, duration=24, duration_unit="d")], {}, Span.days(1), "yes", id="duration"),
    pytest.param([dose(25, duration=2, duration_unit="wk")], {}, Span.days(11), "no", id="duration-in-weeks"),
    pytest.param([dose(25, duration=1, duration_unit="x")], {}, Span.days(0, 25), "unknown", id="no-unit"),
    pytest.param(
        [dose(25, interval=1, interval_unit="d")], {}, Span.days(0, 25), "unknown", id="daily-no-end"
    ),
    pytest.param(
        [dose(25, interval=1, interval_unit="d")],
        {"is_ongoing_at_onset": True},
        Span.days(0, 1),
        "yes",
        id="daily-and-ongoing",
    ),
    pytest.param(
        [dose(10, interval=1, interval_unit="mo")],
        {"is_ongoing_at_onset": True},
        Span.days(10),
        "yes",
        id="monthly-and-ongoing-the-next-not-yet-due",
    ),
    pytest.param([dose(50, 30), dose(20)], {}, Span.days(0, 20), "unknown", id="begun-again-no-end"),
    pytest.param([dose(50, 30), dose()], {}, Span.days(0, 30), "unknown", id="another-dose-without-a-day"),
    pytest.param([dose(50), dose(20, 9)], {}, Span.days(0, 9), "unknown", id="one-of-two-without-end"),
    pytest.param([dose(50, 9), dose(-20, -20)], {}, Span.days(9), "no", id="given-again-after-onset"),
    pytest.param([dose(-2)], {}, Span.days(-2), "no", id="begun-after-onset"),
    pytest.param([dose()], {}, Span(Decimal(0), None), "unknown", id="no-day-at-all"),
    pytest.param([], {}, UNKNOWN_SPAN, "unknown", id="no-doses"),
]


@pytest.mark.parametrize(("doses", "fields", "last", "present"), LAST_DOSE)
def test_the_last_dose_and_presence(doses, fields, last, present):
    exposure = read(doses, **fields)
    assert (exposure.last_dose, presence(exposure).present) == (last, present)


def test_the_interval_that_the_source_states_counts_where_the_end_is_not_known():
    pair = DrugReaction(
        pk=9, reaction_id=1, exposure_id=50, last_dose_interval=Decimal(3), last_dose_unit="d"
    )
    assert read([dose(25)], pair).last_dose == Span.days(3)


def test_equal_doses_listed_one_by_one_of_a_drug_given_on():
    listed = [dose(day, amount=150, unit="mg") for day in (62, 34, 6)]
    exposure = read(listed, is_ongoing_at_onset=True)
    assert (exposure.last_dose, len(exposure.doses)) == (Span.days(6), 3)
    assert read(listed).last_dose == Span.days(0, 6)


SHARES = [
    pytest.param([dose(25)], {"is_ongoing_at_onset": True}, 0, id="ongoing-without-interval"),
    pytest.param([dose(25)], {}, 0, id="begun-no-end"),
    pytest.param([dose(25, 8)], {}, 0, id="a-stretch-without-interval"),
    pytest.param([dose(25, 8, interval=1, interval_unit="d")], {}, 18, id="a-daily-stretch"),
    pytest.param([dose(25, 25), dose(20)], {}, 0, id="one-dose-and-an-open-stretch"),
    pytest.param([dose(25, 25), dose(20, 20)], {}, 2, id="two-single-doses"),
]


@pytest.mark.parametrize(("doses", "fields", "count"), SHARES)
def test_a_share_is_of_doses_that_are_known_one_by_one(doses, fields, count):
    assert len(read(doses, **fields).doses) == count


@given(
    st.lists(st.tuples(st.integers(0, 200), st.sampled_from([None, 1, 7])), min_size=1, max_size=3),
    st.sampled_from([None, False, True]),
    st.sampled_from([SHORT, RENAL, INDUCER, NO_RENAL_NUMBER, ""]),
)
@settings(max_examples=60, deadline=None)
def test_a_drug_whose_end_is_not_known_is_never_surely_absent(starts, ongoing, half_lives):
    doses = [
        dose(day, **({"interval": every, "interval_unit": "d"} if every else {})) for day, every in starts
    ]
    exposure = read(doses, half_lives=half_lives, is_ongoing_at_onset=ongoing)
    assert presence(exposure).present != "no"


def history(term, **fields):
    return MedicalHistory(pk=2, term=term, **fields)


KIDNEYS = [
    pytest.param([], "no", id="nothing-on-the-kidneys"),
    pytest.param([history("Chronic kidney disease, stage 4")], "unknown", id="stage-4"),
    pytest.param([history("CKD G5")], "unknown", id="g5"),
    pytest.param([history("end-stage renal disease")], "unknown", id="end-stage"),
    pytest.param([history("Haemodialysis")], "unknown", id="dialysis"),
    pytest.param([history("Chronic kidney disease stage 2")], "no", id="stage-2"),
    pytest.param([history("Kidney stones")], "no", id="stones"),
    pytest.param([history("Renal failure", is_family_history=True)], "no", id="of-the-family"),
    pytest.param([history("Acute kidney injury", is_continuing=False)], "no", id="over"),
    pytest.param([OrganInvolvement(pk=2, organ="kidney", result="positive")], "unknown", id="the-reaction's"),
    pytest.param([OrganInvolvement(pk=2, organ="kidney", result="negative")], "no", id="denied"),
    pytest.param([Symptom(pk=2, term="Renal failure", result="positive")], "unknown", id="in-words"),
    pytest.param([Symptom(pk=2, term="Renal failure", result="negative")], "no", id="denied-in-words"),
]


@pytest.mark.parametrize("half_lives", [NO_RENAL_NUMBER, RENAL], ids=["no-number", "a-longer-one"])
@pytest.mark.parametrize(("rows", "present"), KIDNEYS)
def test_failing_kidneys_open_the_absence_of_a_drug_that_leaves_by_them(rows, present, half_lives):
    assert presence(read([dose(30, 10)], *rows, half_lives=half_lives)).present == present


def test_failing_kidneys_change_nothing_of_other_drugs():
    assert presence(read([dose(30, 10)], history("Renal failure"))).present == "no"


INDUCED = [
    pytest.param(dose(60, 5), "no", id="treated-for-weeks"),
    pytest.param(dose(15, 5), "yes", id="treated-for-ten-days"),
    pytest.param(dose(None, 5), "unknown", id="nobody-says-how-long"),
    pytest.param(dose(60, 2), "yes", id="within-both"),
]


@pytest.mark.parametrize(("given_dose", "present"), INDUCED)
def test_a_drug_that_speeds_up_its_elimination_has_two_half_lives(given_dose, present):
    # Chronic: gone after 3.5 days; of the first doses: after 13.5.
    assert presence(read([given_dose], half_lives=INDUCER)).present == present


AGES = [
    pytest.param("40", "a", (48, 72), id="adult"),
    pytest.param("9", "a", (5, 8), id="child"),
    pytest.param("10", "d", (240, 480), id="newborn"),
    pytest.param(None, "", (48, 72), id="age-not-known"),
]


@pytest.mark.parametrize(("age", "unit", "hours"), AGES)
def test_the_half_life_of_the_age_counts(age, unit, hours):
    patient = Patient(pk=2, age=age and Decimal(age), age_unit=unit)
    exposure = read([dose(30, 1)], patient, half_lives=OF_CHILDREN)
    assert exposure.half_life_hours == hours


def test_a_time_to_clearance_stands_instead_of_five_half_lives():
    half_lives = "adult 240 240 verified; clearance 1032 1176 verified"
    answers = [presence(read([dose(90, days)], half_lives=half_lives)).present for days in (49, 51)]
    assert answers == ["yes", "no"]


def test_where_the_report_and_the_dictionary_disagree_both_answers_stand_and_presence_is_open():
    stated = {"stated_half_life_low_hours": Decimal(240), "stated_half_life_high_hours": Decimal(240)}
    seen = presence(read([dose(30, 10)], **stated))
    assert seen.present == "unknown"
    assert [(by.present, by.reference is None) for by in seen.by_half_life] == [("yes", True), ("no", False)]
