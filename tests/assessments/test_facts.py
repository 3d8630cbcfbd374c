"""From rows to facts: what counts, in which unit, and how far from onset."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.facts import facts_of
from cases.models import (
    BiopsyDetail,
    Case,
    Dose,
    DrugReaction,
    Examination,
    Exposure,
    LymphNodeExamination,
    LymphNodeSite,
    OrganInvolvement,
    Reaction,
    SkinExamination,
    Temperature,
    Treatment,
)
from cases.record.case_record import CaseRecord
from scoring.canonical import encode_facts
from scoring.regiscar import v1
from values.moments import Moment
from values.spans import UNKNOWN_SPAN, Span


def facts(*rows, **case):
    """The facts of unsaved rows: reading facts needs no database."""
    record = CaseRecord(Case(number="X", **case))
    for number, row in enumerate(rows, start=1):
        row.pk = row.pk or number
    record.add(rows)
    return facts_of(record)


def at(text: str) -> Moment:
    return Moment.parse(text)


def count(value, unit="10*9/L", **fields) -> Examination:
    return Examination(name="x", test="eosinophils", value=Decimal(value), unit=unit, **fields)


@pytest.mark.parametrize(
    ("value", "unit"),
    [("10000", "/mm3"), ("10.0", "10*9/L"), ("10000", "cells/uL"), ("10", "G/L"), ("10000", "/µL")],
)
def test_units_never_matter(value, unit):
    (test,) = facts(count(value, unit)).tests
    assert test.value == Decimal(10)
    assert str(test.value) == "10"


@pytest.mark.parametrize("unit", ["", "[IU]/mL", "mg/L", "10*9/kg", "x ULN"])
def test_a_unit_that_leads_nowhere_leaves_no_number(unit):
    (test,) = facts(count("10", unit)).tests
    assert test.value is None
    assert v1.assess(facts(count("10", unit))).item("eosinophilia").answer == "unknown"


@pytest.mark.parametrize(
    ("qualifier", "answer"),
    [("=", "marked"), (">", "marked"), (">=", "marked"), ("<", "unknown"), ("<=", "unknown")],
)
def test_an_upper_bound_is_no_measurement(qualifier, answer):
    found = v1.assess(facts(count("5", qualifier=qualifier)))
    assert found.item("eosinophilia").answer == answer


@pytest.mark.parametrize("phase", ["background", "after"])
def test_only_the_reaction_itself_is_evidence(phase):
    rows = [
        Temperature(phase=phase, celsius=Decimal(40)),
        SkinExamination(phase=phase, extent_percent=Decimal(90), scaling=True, infiltration=True),
        LymphNodeExamination(phase=phase, result="positive"),
        OrganInvolvement(phase=phase, organ="liver", result="positive", meets_threshold=True),
        count("10", phase=phase),
        Examination(phase=phase, kind="biopsy", name="x", result="positive"),
    ]
    assert v1.assess(facts(*rows)) == v1.assess(facts())


FINDINGS = st.lists(
    st.one_of(
        st.builds(
            lambda c: Temperature(phase="background", celsius=c),
            st.decimals(30, 45, places=1, allow_nan=False),
        ),
        st.builds(lambda e: SkinExamination(phase="background", extent_percent=e), st.integers(0, 100)),
        st.builds(lambda v: count(v, phase="background"), st.integers(0, 50)),
        st.builds(
            lambda organ: OrganInvolvement(phase="background", organ=organ, result="positive"),
            st.sampled_from(["liver", "kidney", "all_others"]),
        ),
    ),
    max_size=6,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(FINDINGS)
def test_background_findings_never_move_the_score(background):
    evidence = [
        Temperature(celsius=Decimal(39)),
        count("2"),
        OrganInvolvement(organ="liver", result="positive"),
    ]
    alone, together = facts(*evidence), facts(*evidence, *background)
    assert v1.assess(alone).total == v1.assess(together).total
    assert (v1.assess(alone).low, v1.assess(alone).high) == (
        v1.assess(together).low,
        v1.assess(together).high,
    )


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(5)))
def test_the_order_of_rows_never_matters(order):
    rows = [
        Temperature(celsius=Decimal("38.4")),
        Temperature(celsius=Decimal("39.0")),
        count("1.2", sample="a"),
        count("0.3", sample="b"),
        SkinExamination(extent="widespread"),
    ]
    for number, row in enumerate(rows):
        row.uuid = f"00000000-0000-4000-8000-{number:012d}"
    assert encode_facts(facts(*(rows[n] for n in order))) == encode_facts(facts(*rows))


def test_the_patients_own_creatinine_is_the_baseline():
    before = Examination(phase="background", name="x", test="creatinine", value=Decimal(40), unit="umol/L")
    during = Examination(name="x", test="creatinine", value=Decimal(80), unit="umol/L")
    (test,) = facts(before, during).tests
    assert (test.value, test.baseline) == (80, 40)


def test_results_of_one_day_are_one_sample_unless_the_report_says_otherwise():
    day = at("2020-03-01")
    rows = [
        Examination(name="x", test="eosinophils_percent", value=Decimal(12), unit="%", when=day),
        Examination(name="x", test="leukocytes", value=Decimal("3.8"), unit="10*9/L", when=day),
    ]
    assert v1.assess(facts(*rows)).item("eosinophilia").answer == "moderate"


@pytest.mark.parametrize(
    ("tissue", "answer"),
    [
        ("skin", "yes measured"),
        ("Skin", "yes measured"),
        ("skin of the right thigh", "yes measured"),
        ("Haut, Unterarm", "yes measured"),
        ("trunk", "yes reported"),
        ("punch", "yes reported"),
        ("a lesion", "yes reported"),
        ("lymph node", "unknown missing"),
        ("Leber", "unknown missing"),
    ],
)
def test_only_a_skin_biopsy_answers_the_biopsy_item(tissue, answer):
    row = Examination(pk=7, kind="biopsy", name="x", result="positive")
    detail = BiopsyDetail(examination=row, tissue=tissue, conclusion="compatible")
    item = v1.assess(facts(row, detail)).item("biopsy")
    assert f"{item.answer} {item.basis}" == answer


@pytest.mark.parametrize(
    ("name", "kind", "is_skin"),
    [
        ("Skin biopsy", "laboratory", [True]),
        ("Hautbiopsie", "biopsy", [True]),
        ("left forearm", "biopsy", [False]),
        ("Liver biopsy", "biopsy", []),
    ],
)
def test_a_biopsy_without_details_is_read_by_its_name(name, kind, is_skin):
    row = Examination(kind=kind, name=name, result="positive")
    assert [biopsy.is_skin for biopsy in facts(row).biopsies] == is_skin


@pytest.mark.parametrize(
    ("sites", "reads"),
    [
        (["cervical", "left neck"], "no 0 [0, 1]"),
        (["Achsel links", "axillary, right"], "no 0 [0, 1]"),
        (["submandibular", "neck"], "yes 1 [0, 1]"),
        (["neck", "both groins"], "yes 1 [1, 1]"),
        (["cervical and axillary"], "yes 1 [0, 1]"),
        (["generalised"], "yes 1 [0, 1]"),
        (["here", "there"], "yes 1 [0, 1]"),
    ],
    ids=" + ".join,
)
def test_sites_of_nodes_are_one_by_their_region_and_not_by_their_text(sites, reads):
    exam = LymphNodeExamination(pk=3, result="positive")
    rows = [LymphNodeSite(examination=exam, site=site, size_cm=Decimal("1.5")) for site in sites]
    item = v1.assess(facts(exam, *rows)).item("nodes")
    assert f"{item.answer} {item.points} [{item.low}, {item.high}]" == reads


def test_node_sites_go_with_their_examination():
    nodes = LymphNodeExamination(pk=3, result="positive")
    sites = [
        LymphNodeSite(examination=nodes, site="Cervical ", size_cm=Decimal("1.5")),
        LymphNodeSite(examination=nodes, site="axillary", size_cm=Decimal("1.0")),
    ]
    (exam,) = facts(nodes, *sites).nodes
    assert [site.site for site in exam.sites] == ["axillary", "cervical"]


def reaction(**fields) -> Reaction:
    return Reaction(term="DRESS", is_assessed=True, **fields)


def test_the_clock_starts_with_the_first_sign():
    rash = reaction(onset=at("2020-03-05"), end=at("2020-03-22"), is_resolved=True)
    fever = reaction(onset=at("2020-03-02"), end=at("2020-03-10"), is_resolved=True)
    course = facts(rash, fever).course
    assert course.id == str(fever.uuid)
    assert course.resolved_after == Span.days(20)


@pytest.mark.parametrize(
    ("onset", "end", "answer"),
    [
        ("2020-03-01", "2020-03-15", "no"),
        ("2020-03-01", "2020-03-16", "yes"),
        ("2020-03", "2020-03-20", "unknown"),
        ("2020-02-28", "2020-03-14", "yes"),
        ("2019-02-28", "2019-03-14", "no"),
    ],
    ids=["day-14", "day-15", "straddles", "leap-year", "no-leap-year"],
)
def test_resolution_by_the_calendar(onset, end, answer):
    found = v1.assess(facts(reaction(onset=at(onset), end=at(end), is_resolved=True)))
    assert found.item("resolution").answer == answer


def test_an_improvement_under_treatment_is_taken_at_its_word_and_stays_open():
    row = reaction()
    treatment = Treatment(name="steroid", response="effective", start=at(f"{row.anchor}+0..d"))
    treatment.response_at = at(f"{treatment.anchor}+0..7d")
    item = v1.assess(facts(row, treatment)).item("resolution")
    assert (item.answer, item.points, item.low, item.high, item.basis) == ("no", -1, -1, 0, "reported")
    assert set(item.evidence) == {str(row.uuid), str(treatment.uuid)}


def test_provisional_until_day_fifteen():
    row = reaction(onset=at("2020-03-01"))
    assert v1.assess(facts(row, latest_information=date(2020, 3, 15))).provisional
    assert not v1.assess(facts(row, latest_information=date(2020, 3, 16))).provisional


def test_death_before_day_fifteen_leaves_resolution_unknown():
    row = reaction(onset=at("2020-03-01"), outcome="5", end=at("2020-03-04"))
    assert v1.assess(facts(row)).item("resolution").answer == "unknown"


def test_onset_dated_in_a_circle_is_no_information():
    one, two = reaction(), reaction()
    one.onset, two.onset = at(f"{two.anchor}+1d"), at(f"{one.anchor}+1d")
    assert facts(one, two).course.followed_for == UNKNOWN_SPAN


class TestExposures:
    def drug(self, **fields) -> Exposure:
        return Exposure(pk=5, name="drug", **fields)

    def test_latency_from_first_and_from_last_dose(self):
        drug = self.drug(is_ongoing_at_onset=True)
        third = Dose(exposure=drug, position=3, amount=Decimal(4), unit="mg/kg")
        first = Dose(exposure=drug, amount=Decimal(4), unit="mg/kg", start=at(f"{third.anchor}-56..62d"))
        row = reaction(onset=at(f"{third.anchor}+10d"))
        (found,) = facts(drug, first, third, row).exposures
        assert (found.first_dose, found.last_dose) == (Span.days(66, 72), Span.days(10))
        assert found.doses == (Span.days(10), Span.days(66, 72))

    def test_a_daily_drug_still_given_was_last_given_within_a_day(self):
        drug = self.drug(is_ongoing_at_onset=True)
        daily = Dose(exposure=drug, interval=Decimal(1), interval_unit="d")
        (found,) = facts(drug, daily, reaction(onset=at(f"{daily.anchor}+7d"))).exposures
        assert (found.first_dose, found.last_dose) == (Span.days(7), Span.days(0, 1))
        assert found.doses == (Span.days(0, 1), *(Span.days(n) for n in range(2, 8)))

    def test_of_a_long_stretch_the_latest_doses_are_laid_out(self):
        drug = self.drug(is_ongoing_at_onset=True)
        daily = Dose(exposure=drug, interval=Decimal(1), interval_unit="d")
        (found,) = facts(drug, daily, reaction(onset=at(f"{daily.anchor}+3000d"))).exposures
        assert len(found.doses) == 400
        assert max(dose.high for dose in found.doses) == 400

    def test_of_a_stretch_that_ended_nobody_knows_when_no_dose_is_laid_out(self):
        drug = self.drug()
        daily = Dose(exposure=drug, interval=Decimal(1), interval_unit="d")
        (found,) = facts(drug, daily, reaction(onset=at(f"{daily.anchor}+7d"))).exposures
        assert (found.last_dose, found.doses) == (Span.days(0, 7), ())

    def test_stated_intervals_serve_where_no_date_does(self):
        drug, row = self.drug(), reaction(pk=9)
        pair = DrugReaction(
            exposure=drug,
            reaction=row,
            first_dose_interval=Decimal(3),
            first_dose_unit="wk",
            last_dose_interval=Decimal(2),
            last_dose_unit="d",
        )
        (found,) = facts(drug, row, pair).exposures
        assert (found.first_dose, found.last_dose) == (Span.days(21), Span.days(2))

    def test_a_drug_of_which_nothing_is_known(self):
        (found,) = facts(self.drug(), reaction()).exposures
        assert (found.first_dose, found.last_dose, found.doses) == (UNKNOWN_SPAN, UNKNOWN_SPAN, ())

    def test_a_stated_half_life_is_used_before_the_reference(self):
        drug = self.drug(
            stated_half_life_low_hours=Decimal(576),
            stated_half_life_high_hours=Decimal(576),
            reference_half_lives="adult 550 624 verified",
        )
        (found,) = facts(drug).exposures
        assert (found.half_life_hours, found.is_half_life_stated) == ((576, 576), True)
        assert [half_life.hours for half_life in found.reference] == [(550, 624)]
