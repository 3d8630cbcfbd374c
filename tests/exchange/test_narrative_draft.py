"""What the rows of a case give as a narrative, and that it gives nothing else."""

from datetime import date
from decimal import Decimal

import pytest

from cases.models import (
    CausalityAssessment,
    Dose,
    DrugReaction,
    Examination,
    Exposure,
    Indication,
    MedicalHistory,
    Patient,
    Reaction,
    ReportedScore,
    Reporter,
    Temperature,
    Treatment,
)
from cases.record.read_cases import read_cases
from exchange.narrative.case_narrative import narrative_of
from exchange.narrative.draft import draft
from tests.cases.rows import add, open_case
from values.moment_reading import parse_moment

pytestmark = pytest.mark.django_db


def on(text):
    return parse_moment(text, {})


def drafted(case):
    return draft(read_cases([case.pk], drugs=True)[case.pk])


@pytest.fixture
def case(assessor):
    return open_case(assessor)


# A row by itself, and its sentences.
ROWS = (
    (Patient(sex="1", age=Decimal(54), age_unit="a"), "This report concerns a male patient, 54 years old."),
    (Patient(age_group="5"), "This report concerns a patient (adult)."),
    (Patient(sex="2", history_text="gout"), "This report concerns a female patient.\n\nGout."),
    (MedicalHistory(term="gout", is_family_history=True), "Family history: gout."),
    (MedicalHistory(term="gout", start=on("2019")), "History: gout, since 2019."),
    (Reaction(term="DRESS"), "This report concerns a patient, with DRESS."),
    (Exposure(name="a drug"), "Suspected: a drug.\n\nA drug was given."),
    (Exposure(name="a drug", role="2"), "Also given: a drug."),
    (
        Exposure(name="a drug", is_ongoing_at_onset=False, action_taken="1"),
        (
            "Suspected: a drug.\n\nA drug was given. A drug was no longer given when the reaction began. "
            "A drug was withdrawn."
        ),
    ),
    # Unknown is not said as no.
    (Exposure(name="a drug", action_taken="0"), "Suspected: a drug.\n\nA drug was given."),
    (
        Exposure(name="a drug", stated_half_life_low_hours=4, stated_half_life_high_hours=6),
        "Suspected: a drug.\n\nA drug was given. Half-life of a drug according to the source: 4 to 6 hours.",
    ),
    (Temperature(celsius=Decimal("39.5"), result="measured"), "Body temperature 39.5 °C."),
    (Temperature(result="negative"), "No fever."),
    (
        Examination(name="ALT", value=Decimal(312), unit="U/L", upper_limit=Decimal(50)),
        "ALT: 312 U/L (upper limit 50).",
    ),
    (Examination(name="ANA", result="negative"), "ANA: negative."),
    (Examination(name="ANA", result="not_done"), "ANA: not done."),
    (
        Treatment(name="prednisolone", amount=Decimal(40), unit="mg"),
        "The reaction was treated with prednisolone 40 mg.",
    ),
    (
        ReportedScore(total=5, category="probable", source="the authors"),
        "RegiSCAR as reported by the authors: 5 Probable.",
    ),
)


@pytest.mark.parametrize(("row", "text"), ROWS)
def test_one_row(assessor, case, row, text):
    row.pk = None
    add(case, assessor, row)
    assert drafted(case) == text


def test_an_empty_case_gives_nothing(case):
    assert drafted(case) == ""


def test_results_of_one_test_are_one_sentence(assessor, case):
    for value, day in ((312, "1 Oct 2026"), (289, "3 Oct 2026")):
        add(case, assessor, Examination(name="ALT", value=Decimal(value), unit="U/L", when=on(day)))
    assert drafted(case) == "ALT: 312 U/L, 1 Oct 2026; 289 U/L, 3 Oct 2026."


def test_doses_latency_and_judgement(assessor, case):
    add(case, assessor, Reporter(qualification="1", country="DE", is_primary=True))
    drug = add(case, assessor, Exposure(name="allopurinol"))
    add(case, assessor, Indication(exposure=drug, text="gout"))
    dose = Dose(exposure=drug, amount=Decimal(300), unit="mg", interval=Decimal(1), interval_unit="d")
    dose.start = on("1 Sep 2026")
    add(case, assessor, dose)
    reaction = add(
        case, assessor, Reaction(term="DRESS", onset=on("29 Sep 2026"), reporter_hospitalisation=True)
    )
    pair = add(case, assessor, DrugReaction(exposure=drug, reaction=reaction, dechallenge="abated"))
    add(
        case,
        assessor,
        CausalityAssessment(pair=pair, source="the reporter", method="WHO-UMC", result="probable"),
    )
    assert drafted(case).split("\n\n") == [
        (
            "This report from a physician in Germany concerns a patient, with DRESS. Suspected: allopurinol. "
            "The reporter considers the case serious: caused or prolonged hospitalisation."
        ),
        (
            "Allopurinol was given for gout: 300 mg every day, from 1 Sep 2026. "
            "DRESS began 28 days after the first dated dose of allopurinol."
        ),
        "DRESS began 29 Sep 2026.",
        "Allopurinol: stopped or reduced, reaction abated.",
        "Causality of allopurinol by the reporter (WHO-UMC): probable.",
    ]


def test_the_letter_has_what_its_rows_have_and_never_our_own_score(letter_cases):
    for case in letter_cases:
        narrative = narrative_of(read_cases([case.pk], drugs=True)[case.pk])
        assert narrative.comparison.only_narrated == []
        assert "computed" not in narrative.drafted
        # The draft itself has each number, date and drug of the rows.
        assert date.today().isoformat() not in narrative.drafted
