"""From rows to completeness and minimum criteria: what counts as said, and what as missing."""

from datetime import date
from decimal import Decimal

import pytest

from assessments.facts.completeness import report_facts
from cases.amendment import amend
from cases.minimum_criteria import CRITERIA, missing_criteria
from cases.models import (
    Case,
    CaseSummary,
    Dose,
    DrugReaction,
    Exposure,
    Indication,
    Narrative,
    Patient,
    Reaction,
    Reporter,
)
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import CaseTimeline
from scoring.vigigrade import FULL_PENALTY, completeness
from tests.cases.rows import sql
from values.moments import Moment


def at(text: str) -> Moment:
    return Moment.parse(text)


def report(**changes):
    """A complete report; a change of None leaves a row out, a dictionary sets fields of it."""
    case = Case(number="X", report_type=changes.pop("report_type", "1"), latest_information=date(2020, 1, 1))
    rows = {
        "patient": Patient(age=Decimal(16), age_unit="a", sex="2"),
        "reporter": Reporter(qualification="1", country="FR", is_primary=True),
        "drug": Exposure(name="carbamazepine", role="1"),
        "dose": Dose(exposure_id=1, amount=Decimal(200), unit="mg", start=at("2019-03-01")),
        "indication": Indication(exposure_id=1, text="epilepsy"),
        "reaction": Reaction(term="rash", onset=at("2019-03-20"), outcome="1"),
        "narrative": Narrative(case_narrative="A girl of 16 had a rash after carbamazepine."),
    }
    for name, change in changes.items():
        if change is None:
            del rows[name]
        elif isinstance(change, dict):
            for field, value in change.items():
                setattr(rows[name], field, value)
        else:
            rows[name] = change
    record = CaseRecord(case)
    for row in rows.values():
        row.pk = 1
    record.add(rows.values())
    return record


def lost(record: CaseRecord) -> dict[str, str]:
    """Which dimensions lose anything, and how much."""
    found = completeness(report_facts(record, CaseTimeline(record)))
    return {key: str(value) for key, value in found.pairs[0].penalties.items() if value}


INTERVAL = DrugReaction(exposure_id=1, reaction_id=1, first_dose_interval=Decimal(3), first_dose_unit="wk")
OTHER_PAIR = DrugReaction(exposure_id=2, reaction_id=1, first_dose_interval=Decimal(3), first_dose_unit="wk")
DIMENSIONS = [
    ({}, {}),
    ({"report_type": "4"}, {"report_type": "0.1"}),
    ({"report_type": ""}, {"report_type": "0.1"}),
    ({"patient": {"sex": ""}}, {"sex": "0.3"}),
    ({"patient": {"age": None, "age_unit": ""}}, {"age": "0.3"}),
    ({"patient": {"age": None, "age_unit": "", "age_group": "4"}}, {"age": "0.1"}),
    ({"patient": {"age": Decimal(2), "age_unit": "{decade}"}}, {"age": "0.1"}),
    ({"patient": {"age": None, "age_unit": "", "birth_date": at("2003-02")}}, {}),
    ({"patient": None}, {"sex": "0.3", "age": "0.3"}),
    ({"reporter": {"country": ""}}, {"country": "0.1"}),
    ({"reporter": {"country": ""}, "reaction": {"country": "FR"}}, {}),
    ({"reporter": {"qualification": ""}}, {"qualification": "0.1"}),
    ({"dose": {"unit": ""}}, {"dose": "0.1"}),
    ({"dose": {"start": None}}, {"time_to_onset": "0.5"}),
    ({"dose": {"start": at("2019-03")}}, {"time_to_onset": "0.1"}),
    ({"dose": {"start": at("2019")}}, {"time_to_onset": "0.3"}),
    ({"dose": {"start": at("2019-04-01")}}, {"time_to_onset": "0.5"}),
    ({"dose": {"start": None}, "pair": INTERVAL}, {}),
    ({"dose": {"start": None}, "pair": OTHER_PAIR}, {"time_to_onset": "0.5"}),
    ({"indication": {"text": "Unknown."}}, {"indication": "0.3"}),
    ({"indication": {"text": "", "meddra_code": "10015037"}}, {}),
    ({"indication": {"exposure_id": 2}}, {"indication": "0.3"}),
    ({"reaction": {"outcome": "0"}}, {"outcome": "0.3"}),
    ({"narrative": {"case_narrative": "see attached letter"}}, {"comments": "0.1"}),
    ({"narrative": {"case_narrative": "", "sender_comments": "Known for this drug, onset fits well."}}, {}),
]


@pytest.mark.parametrize(("changes", "expected"), DIMENSIONS)
def test_what_is_missing(changes, expected):
    assert lost(report(**changes)) == expected


@pytest.mark.parametrize("role", ["2", "4"])
def test_only_suspect_and_interacting_drugs_make_pairs(role):
    record = report(drug={"role": role})
    assert report_facts(record, CaseTimeline(record)).pairs == ()


def test_a_first_dose_without_date_leaves_the_time_to_onset_unknown():
    record = report(dose={"start": None})
    record.add([Dose(pk=2, exposure_id=1, start=at("2019-03-10"))])
    assert lost(record) == {"time_to_onset": "0.5"}


MASKED = {"qualification": "", "null_flavors": {"C.2.r.1.4": "MSK"}}
UNKNOWN = {"qualification": "", "null_flavors": {"C.2.r.4": "UNK"}}
CRITERIA_CASES = [
    ({}, []),
    ({"reporter": None}, ["reporter"]),
    ({"reporter": {"qualification": ""}}, ["reporter"]),
    ({"reporter": {"qualification": "", "city": "Paris"}}, []),
    ({"reporter": MASKED}, []),
    ({"reporter": UNKNOWN}, ["reporter"]),
    ({"patient": None}, ["patient"]),
    ({"patient": Patient(weight_kg=Decimal(60))}, ["patient"]),
    ({"patient": Patient(age_group="0")}, []),
    ({"patient": Patient(initials="A.B.")}, []),
    ({"patient": Patient(null_flavors={"D.1": "MSK"})}, []),
    ({"drug": {"role": "2"}}, ["drug"]),
    ({"drug": {"role": "4"}}, []),
    ({"drug": {"name": "unknown"}}, ["drug"]),
    ({"drug": {"name": "", "drug_id": 5}}, []),
    ({"reaction": {"term": ""}}, ["reaction"]),
    ({"reaction": {"term": "", "meddra_code": "10037844"}}, []),
]


@pytest.mark.parametrize(("changes", "missing"), CRITERIA_CASES)
def test_minimum_criteria(changes, missing):
    assert [criterion.key for criterion in missing_criteria(report(**changes))] == missing


def test_an_empty_case_meets_none():
    assert missing_criteria(CaseRecord(Case(number="X"))) == list(CRITERIA)


@pytest.mark.django_db
def test_completeness_stands_in_the_score_row(letter_cases, assessor):
    case = letter_cases[0]
    stored = CaseSummary.objects.get(pk=case.pk)
    assert stored.missing_criteria == ["reporter"]
    assert 0 < stored.completeness < 1
    with amend(case, by=assessor, reason="follow-up") as amendment:
        amendment.add(Reporter(qualification="1", country="FR"))
    after = CaseSummary.objects.get(pk=case.pk)
    assert after.missing_criteria == []
    assert after.completeness > stored.completeness
    assert after.would_raise_most in FULL_PENALTY


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["indication", "narrative", "patient", "dose", "drugreaction"])
def test_completeness_is_never_stale(letter_cases, table):
    sql(f"UPDATE cases_{table} SET verbatim = 'changed' WHERE case_id = %s", letter_cases[0].pk)
    assert not CaseSummary.objects.get(pk=letter_cases[0].pk).is_current
