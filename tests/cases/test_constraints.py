"""What may never be stored: each constraint refuses with its own sentence, and lets the neighbour pass."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint

from accounts.models import Organisation, User
from cases.models import (
    Case,
    Drug,
    Examination,
    Exposure,
    HalfLife,
    LinkedCase,
    Parent,
    Patient,
    ReportedScore,
    SkinExamination,
    Temperature,
    Treatment,
)
from cases.models.exposure import Dose, DrugReaction
from cases.models.finding import LymphNodeExamination, LymphNodeSite
from cases.services.refusals import in_words
from tests.cases.rows import add, open_case, sql

pytestmark = pytest.mark.django_db

# constraint -> (model, values that pass, change that is refused)
ROWS = {
    "patient_age_not_negative": (Patient, {"age": 0, "age_unit": "a"}, {"age": -1}),
    "patient_age_has_unit": (Patient, {"age": 2, "age_unit": "a"}, {"age_unit": ""}),
    "patient_weight_plausible": (Patient, {"weight_kg": 650}, {"weight_kg": 651}),
    "patient_height_plausible": (Patient, {"height_cm": 10}, {"height_cm": 9}),
    "parent_age_not_negative": (Parent, {"age": 0, "age_unit": "a"}, {"age": -1}),
    "temperature_between_30_and_45": (Temperature, {"celsius": 45}, {"celsius": "45.1"}),
    "temperature_measured_has_number": (Temperature, {"result": "positive"}, {"result": "measured"}),
    "skin_extent_between_0_and_100": (SkinExamination, {"extent_percent": 100}, {"extent_percent": "100.5"}),
    "examination_value_not_negative": (Examination, {"name": "x", "value": 0}, {"value": -1}),
    "examination_measured_has_number": (
        Examination,
        {"name": "x", "result": "qualitative"},
        {"result": "measured"},
    ),
    "examination_negative_virus_has_no_copies": (
        Examination,
        {"name": "x", "kind": "viral", "result": "positive", "value": 500},
        {"result": "negative"},
    ),
    "examination_not_done_has_no_number": (
        Examination,
        {"name": "x", "result": "positive", "value": 5},
        {"result": "not_done"},
    ),
    "examination_percentage_at_most_100": (
        Examination,
        {"name": "x", "test": "eosinophils_percent", "unit": "%", "value": 100},
        {"value": 101},
    ),
    "examination_limits_right_way_up": (
        Examination,
        {"name": "x", "value": 1, "lower_limit": 5, "upper_limit": 5},
        {"upper_limit": 4},
    ),
    "exposure_stated_half_life_right_way_up": (
        Exposure,
        {"name": "x", "stated_half_life_low_hours": 4, "stated_half_life_high_hours": 6},
        {"stated_half_life_high_hours": 3},
    ),
    "treatment_amount_not_negative": (Treatment, {"name": "x", "amount": 0}, {"amount": -2}),
    "reported_score_says_something": (ReportedScore, {"total": 5, "source": "x"}, {"total": None}),
    "reported_score_within_regiscar": (ReportedScore, {"total": 9, "source": "x"}, {"total": 10}),
}


@pytest.mark.parametrize(("name", "model", "good", "bad"), [(n, *told) for n, told in ROWS.items()], ids=ROWS)
def test_impossible_values_are_refused_with_a_sentence(assessor, name, model, good, bad):
    case = open_case(assessor)
    add(case, assessor, model(**good))
    with pytest.raises(ValidationError, match=r".{15,}") as refusal:
        add(open_case(assessor, "CASE-2"), assessor, model(**{**good, **bad}))
    assert refusal.value.messages == [_message(model, name)]


def _message(model, name: str) -> str:
    return next(c.get_violation_error_message() for c in model._meta.constraints if c.name == name)


def test_every_check_of_the_record_is_proved_somewhere():
    elsewhere = {
        "assessment_total_inside_interval",
        "assessment_item_inside_interval",
        "reviewer_answer_has_reason",
        "score_not_ahead_of_evidence",
        "organisation_identifier_has_no_hyphen",
        "user_role_is_known",
        "case_latest_information_not_before_first",
        "case_number_has_no_blank",
        "case_state_is_known",
        "drug_atc_shape",
        "drug_class_has_no_substance",
        "half_life_range_right_way_up",
        "dose_amount_not_negative",
        "dose_interval_not_negative",
        "lymph_node_size_plausible",
        "linked_case_is_another",
        "exposure_reference_half_life_right_way_up",
    }
    models = [*apps.get_app_config("cases").get_models(), *apps.get_app_config("accounts").get_models()]
    checks = {c.name for m in models for c in m._meta.constraints if isinstance(c, CheckConstraint)}
    assert checks == set(ROWS) | elsewhere


def test_every_constraint_speaks_for_itself():
    for model in apps.get_app_config("cases").get_models():
        for constraint in model._meta.constraints:
            assert constraint.violation_error_message is not None or "assessment_item_once" in constraint.name


@pytest.mark.parametrize(
    ("model", "values", "words"),
    [
        (Organisation, {"name": "x", "identifier": "two-parts"}, "no hyphen"),
        (Drug, {"name": "x", "release": "1", "atc": "L4AC08"}, "ATC code looks like"),
        (Drug, {"name": "x", "release": "1", "is_class": True, "substance": "y"}, "no substance of its own"),
    ],
    ids=["organisation-hyphen", "atc", "class-with-substance"],
)
def test_tables_outside_a_case_refuse_as_clearly(db, model, values, words):
    with pytest.raises(ValidationError, match=words), in_words():
        model.objects.create(**values)


def test_a_half_life_runs_from_low_to_high(drugs):
    drug = Drug.objects.get(name="prednisolone")
    with pytest.raises(ValidationError, match="from low to high"), in_words():
        HalfLife.objects.create(drug=drug, low_hours=5, high_hours=4, source="x")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"first_received": "2020-02-02", "latest_information": "2020-02-01"}, "before the first"),
        ({"number": "two words"}, "without spaces"),
        ({"state": "lost"}, "A case is one of"),
    ],
    ids=["information-before-receipt", "blank-in-number", "unknown-state"],
)
def test_a_case_refuses(organisation, values, words):
    with pytest.raises(ValidationError, match=words), in_words():
        Case.objects.create(**{"number": "CASE-1", "organisation": organisation, **values})


def test_a_role_must_be_known(organisation):
    with pytest.raises(ValidationError, match="A role is one of"), in_words():
        User.objects.create(username="x", role="king", organisation=organisation)


@pytest.mark.parametrize(
    ("values", "words"),
    [({"amount": -1}, "A dose"), ({"interval": -1}, "An interval")],
    ids=["amount", "interval"],
)
def test_a_dose_refuses(assessor, values, words):
    case = open_case(assessor)
    exposure = add(case, assessor, Exposure(name="x"))
    with pytest.raises(ValidationError, match=words):
        add(case, assessor, Dose(exposure=exposure, **values))


def test_a_lymph_node_has_a_plausible_size(assessor):
    case = open_case(assessor)
    nodes = add(case, assessor, LymphNodeExamination())
    add(case, assessor, LymphNodeSite(examination=nodes, site="axillary", size_cm=30))
    with pytest.raises(ValidationError, match="0 to 30 cm"):
        add(case, assessor, LymphNodeSite(examination=nodes, site="axillary", size_cm="30.1"))


def test_a_case_is_not_linked_to_itself_nor_twice(assessor):
    case, other = open_case(assessor), open_case(assessor, "CASE-2")
    with pytest.raises(ValidationError, match="itself"):
        add(case, assessor, LinkedCase(number=case.number, other=case))
    add(case, assessor, LinkedCase(number=other.number, other=other))
    with pytest.raises(ValidationError, match="linked already"):
        add(case, assessor, LinkedCase(number=other.number, other=other))


def test_a_drug_and_a_reaction_are_paired_once(letter_cases, assessor):
    case = letter_cases[0]
    pair = case.drug_reactions.get()
    with pytest.raises(ValidationError, match="paired already"):
        add(case, assessor, DrugReaction(exposure=pair.exposure, reaction=pair.reaction))


def test_what_hangs_below_a_row_belongs_to_the_same_case(letter_cases, assessor):
    mine, other = letter_cases
    with pytest.raises(ValidationError, match="same case"):
        add(mine, assessor, Dose(exposure=other.exposures.first()))


@pytest.mark.parametrize("text", ["soon", "2016-13-45x", "dose:nobody+3d"])
def test_no_door_stores_a_date_of_another_shape(letter_cases, text):
    with pytest.raises(ValidationError), in_words():
        sql("UPDATE cases_reaction SET onset = %s", text)
