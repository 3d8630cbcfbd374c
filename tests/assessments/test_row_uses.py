"""Tests of the law that nothing recorded is ignored: used, not counted, or of a kind that is never read."""

from decimal import Decimal
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.facts import facts_of
from assessments.row_uses import NEVER_READ, PARTS, UNFORESEEN, row_uses
from cases.models import (
    CASE_ROWS,
    BiopsyDetail,
    Case,
    DifferentialDiagnosis,
    Examination,
    ExaminationKind,
    Exposure,
    LymphNodeExamination,
    LymphNodeSite,
    MedicalHistory,
    Narrative,
    OrganInvolvement,
    Phase,
    Reaction,
    SkinExamination,
    Symptom,
    Temperature,
    Treatment,
    ViralTest,
)
from cases.models.examination import NO_TEST
from cases.record.case_record import CaseRecord
from scoring.facts import ResultKind
from scoring.instruments import primary
from scoring.vocabulary import TESTS
from values.moments import Moment

RULES = primary().rules
# Names in people's own words, some of which mean several things or nothing.
NAMES = (
    "Eosinophils",
    "GPT (ALAT)",
    "PCR",
    "Kreatinin",
    "Unheard-of",
    "CRP",
    "Troponin T hs",
    "anti-HBs",
    "",
)
TERMS = (
    "Fever",
    "Lymphadenopathy",
    "Facial oedema",
    "Chills",
    "no fever",
    "Headache",
    "Purple mood",
    "DRESS",
)
UNITS = ("", "U/L", "G/L", "%", "mg/dl", "parsec", "x ULN")
MOMENTS = (None, "2024-03-08", "2024-03-12", "2024-03", "2024-05-30")
numbers = st.none() | st.sampled_from([Decimal(text) for text in ("0", "0.2", "2.4", "39.1", "312", "5000")])
results, phases = st.sampled_from([kind.value for kind in ResultKind]), st.sampled_from(Phase.values)
moments = st.sampled_from(MOMENTS).map(lambda text: Moment.parse(text) if text else None)
blank_or = lambda *texts: st.sampled_from(("", *texts))  # noqa: E731

ROWS = {
    Examination: {
        "kind": st.sampled_from(ExaminationKind.values), "name": st.sampled_from(NAMES), "value": numbers,
        "test": st.sampled_from(["", NO_TEST, *TESTS]), "unit": st.sampled_from(UNITS), "result": results,
        "text": blank_or("negative", "raised"), "upper_limit": numbers, "phase": phases, "when": moments,
        "qualifier": st.sampled_from(["=", "<", ">"]),
    },
    Temperature: {"celsius": numbers, "result": results, "phase": phases, "when": moments},
    SkinExamination: {"extent_percent": numbers, "facial_oedema": st.none() | st.booleans(), "phase": phases},
    LymphNodeExamination: {"result": results, "phase": phases},
    OrganInvolvement: {
        "organ": st.sampled_from([key for key, _ in OrganInvolvement.ORGANS]), "result": results,
        "phase": phases, "name": blank_or("spleen", "Milz"),
    },
    Symptom: {"term": st.sampled_from(TERMS), "result": results, "phase": phases, "when": moments},
    Reaction: {
        "term": st.sampled_from(TERMS), "is_assessed": st.booleans(), "onset": moments,
        "outcome": blank_or("1", "5"),
    },
    DifferentialDiagnosis: {
        "diagnosis": st.sampled_from(["Sepsis", "MAS"]), "status": st.sampled_from(["confirmed", "excluded"]),
        "of_background": st.booleans(),
    },
    Treatment: {"name": st.sampled_from(["Prednisone", "Emollient"]), "start": moments},
    MedicalHistory: {"term": st.sampled_from(TERMS)},
    Exposure: {"name": st.sampled_from(["allopurinol", "prednisolone"])},
    Narrative: {},
}  # fmt: skip
DETAILS = {
    LymphNodeSite: (LymphNodeExamination, {"site": st.sampled_from(["neck", "left groin", "there"])}),
    BiopsyDetail: (Examination, {"tissue": st.sampled_from(["skin", "liver", "left arm", "?"])}),
    ViralTest: (Examination, {"virus": st.just("hhv6")}),
}
keys = count(1)


def made(model, **values):
    return model(pk=next(keys), **values)


def any_row(model):
    return st.builds(made, st.just(model), **ROWS[model])


@st.composite
def records(draw):
    rows = draw(st.lists(st.sampled_from(list(ROWS)).flatmap(any_row), max_size=12))
    for model, (owner, columns) in DETAILS.items():
        for row in [row for row in rows if type(row) is owner]:
            if draw(st.booleans()):
                values = {name: draw(column) for name, column in columns.items()}
                rows.append(made(model, examination=row, **values))
    return CaseRecord.of(Case(number="LAW-1"), rows)


@settings(deadline=None)
@given(records())
def test_every_row_is_used_or_not_counted_or_of_a_kind_that_is_never_read(record):
    uses = row_uses(record, RULES)
    parts = [
        *uses.used,
        *(str(left_out.row.uuid) for left_out in uses.not_counted),
        *(str(row.uuid) for row in uses.never_read),
    ]
    assert sorted(parts) == sorted(str(row.uuid) for row in record)
    assert not [left_out.row for left_out in uses.not_counted if left_out.reason in ("", UNFORESEEN)]


@settings(deadline=None)
@given(records())
def test_the_evidence_of_an_item_is_among_the_rows_that_it_uses(record):
    result, uses = RULES.assess(facts_of(record)), row_uses(record, RULES)
    for item in result.items:
        for row in item.evidence:
            assert item.key in uses.used[row], (item.key, item.rule)


@settings(deadline=None)
@given(records())
def test_a_row_of_a_kind_that_is_never_read_changes_no_result(record):
    before, never_read = RULES.assess(facts_of(record)), row_uses(record, RULES).never_read
    drop = {id(row) for row in never_read if type(row) not in (Exposure, Treatment)}
    without = CaseRecord.of(record.case, [row for row in record if id(row) not in drop])
    assert RULES.assess(facts_of(without)) == before


def test_every_table_of_a_case_is_read_or_of_a_kind_that_is_never_read():
    read = {*ROWS, *PARTS}
    assert not [model.__name__ for model in CASE_ROWS if model not in read and model not in NEVER_READ]


REACTION = {"is_assessed": True, "onset": Moment.parse("2024-03-10"), "end": Moment.parse("2024-04-20")}


def uses_of(*rows):
    record = CaseRecord.of(Case(number="LAW-2"), [made(Reaction, term="DRESS", **REACTION), *rows])
    uses = row_uses(record, RULES)
    reasons = {str(left_out.row.uuid): left_out.reason for left_out in uses.not_counted}
    return [
        ", ".join(uses.used.get(str(row.uuid), ())) or reasons.get(str(row.uuid), "never read")
        for row in rows
    ]


def term(text, **moments):
    return made(Reaction, term=text, **{name: Moment.parse(moment) for name, moment in moments.items()})


@pytest.mark.parametrize(
    ("row", "use"),
    [
        (lambda: made(Symptom, term="Fever"), "fever"),
        (lambda: made(Symptom, term="Fever", result="negative"), "fever"),
        (lambda: made(Symptom, term="Fever", result="not_stated"), "“Fever”: not stated."),
        (lambda: made(Symptom, term="Fever", phase="after"), "Entered as “After the reaction”."),
        (lambda: made(Symptom, term="Chills"), "“Chills” answers no item. It is no temperature."),
        (lambda: made(Symptom, term="Feverfew"), "“Feverfew” is no sign that the score reads."),
        (lambda: term("Lymphadenopathy", onset="2024-03-12"), "nodes"),
        (lambda: term("Fever", end="2024-01-05"), "“Fever” ended before the reaction began."),
        (lambda: term("Fever", onset="2024-06-01"), "“Fever” began after the reaction was over."),
        (lambda: made(MedicalHistory, term="Hepatitis"), "never read"),
        (lambda: made(Examination, name="Anti-HAV total", result="negative"), "other_causes"),
        (lambda: made(Examination, name="Anti-HAV total", result="positive"), "never read"),
        (lambda: made(DifferentialDiagnosis, diagnosis="PE"), "“PE” is considered: it answers no item."),
        (lambda: made(Narrative, case_narrative="Fever of 39.5 °C"), "never read"),
    ],
)  # fmt: skip
def test_what_a_row_is_for(row, use):
    assert uses_of(row()) == [use]
