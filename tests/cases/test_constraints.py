"""What may never be stored: each constraint refuses with its own sentence, and lets the neighbour pass."""

from contextlib import nullcontext

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CheckConstraint

from accounts.models import Organisation, User
from cases.amendment import amend
from cases.database_errors import as_validation_errors
from cases.models import (
    Case,
    CaseVersion,
    Document,
    Drug,
    Examination,
    Exposure,
    HalfLife,
    LinkedCase,
    LiteratureReference,
    MedicalHistory,
    Parent,
    ParentMedicalHistory,
    ParentPastDrug,
    PastDrug,
    Patient,
    Reaction,
    ReportedScore,
    Reporter,
    SkinExamination,
    Substance,
    Temperature,
    Treatment,
)
from cases.models.exposure import CausalityAssessment, Dose, DrugReaction
from cases.models.finding import LymphNodeExamination, LymphNodeSite
from cases.preserved_words import preserved_of
from tests.cases.rows import add, open_case, sql
from tests.product import product_models

pytestmark = pytest.mark.django_db

# constraint -> (model, values that pass, change that is refused, words of the refusal)


def answers(*blocks, **values) -> dict:
    """What a row answers for FDA or EMA."""
    return {"received": {**values, "blocks": list(blocks)}}


def block(kind, value, *inside) -> dict:
    return {"kind": kind, "ref": "", "values": value, "blocks": list(inside)}


def device(remedy: str) -> dict:
    """A device of a drug, and what its maker does about it."""
    action = block("FDA.G.k.12.r.11.r", {"FDA.G.k.12.r.11.r": {"text": remedy}})
    return answers(block("FDA.G.k.12.r", {"FDA.G.k.12.r.1": {"text": "true"}}, action))


BELOW_A_DRUG = {
    "dose_amount_not_negative": (Dose, {"amount": 0}, {"amount": -1}, "A dose"),
    "dose_interval_not_negative": (Dose, {"interval": 0}, {"interval": -1}, "An interval"),
    "dose_duration_not_negative": (Dose, {"duration": 0}, {"duration": -1}, "A duration"),
    "dose_end_not_before_start": (Dose, {"start": "2020-03", "end": "2020"}, {"end": "2020-02"}, "A dose"),
    "substance_strength_not_negative": (Substance, {"strength": 0}, {"strength": -1}, "A strength"),
    "drug_reaction_first_interval_not_negative": (
        DrugReaction,
        {"first_dose_interval": 0},
        {"first_dose_interval": -1},
        "An interval",
    ),
    "drug_reaction_last_interval_not_negative": (
        DrugReaction,
        {"last_dose_interval": 0},
        {"last_dose_interval": -1},
        "An interval",
    ),
}
OF_A_VERSION = {
    "version_counts_from_one": ({}, {"number": 0, "kind": "follow_up"}, "counted from 1|initial"),
    "version_first_is_initial": ({}, {"kind": "follow_up"}, "no other, is the initial"),
    "version_kind_is_known": ({"number": 2, "kind": "amendment"}, {"kind": "whim"}, "A version is"),
    "version_has_reason": ({}, {"reason": ""}, "Say why"),
    "version_day_zero_has_holder": (
        {"day_zero": "2020-01-02", "held_by": "affiliate"},
        {"held_by": ""},
        "who held",
    ),
    "version_day_zero_not_before_receipt": (
        {"received": "2020-01-02", "day_zero": "2020-01-02", "held_by": "affiliate"},
        {"day_zero": "2020-01-01"},
        "Day zero",
    ),
    "version_closed_is_frozen": ({}, {"closed_at": "2020-01-01T00:00:00Z"}, "A closed version"),
}
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
    **{
        f"{name}_redacted_or_withheld": (model, {"withheld_because": "x"}, {"redacted_file_id": "0" * 64})
        for name, model in (("document", Document), ("literature", LiteratureReference))
    },
    "examination_value_not_negative": (Examination, {"name": "x", "value": -1}, {"test": "alt"}),
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
    "reaction_end_not_before_onset": (
        Reaction,
        {"term": "x", "onset": "2020-03-15", "end": "2020-03"},
        {"end": "2020-03-14"},
    ),
    "reaction_relapse_not_before_onset": (
        Reaction,
        {"term": "x", "onset": "2020-03", "relapse": "2020"},
        {"relapse": "2020-02"},
    ),
    "reaction_duration_not_negative": (Reaction, {"term": "x", "duration": 0}, {"duration": -1}),
    "treatment_end_not_before_start": (
        Treatment,
        {"name": "x", "start": "2020-03-15", "end": "2020-03-15"},
        {"end": "2019"},
    ),
    "treatment_response_not_before_start": (
        Treatment,
        {"name": "x", "start": "2020-03-15T10:00", "response_at": "2020-03-15"},
        {"response_at": "2020-03-14T23:59"},
    ),
    "history_end_not_before_start": (
        MedicalHistory,
        {"term": "x", "start": "2019-05", "end": "2019"},
        {"end": "2018-12"},
    ),
    "past_drug_end_not_before_start": (
        PastDrug,
        {"name": "x", "start": "2019", "end": "2019-01"},
        {"start": "2020"},
    ),
    "parent_history_end_not_before_start": (
        ParentMedicalHistory,
        {"term": "x", "start": "2019", "end": "2019-01"},
        {"start": "2020"},
    ),
    "parent_past_drug_end_not_before_start": (
        ParentPastDrug,
        {"name": "x", "start": "2019", "end": "2019-01"},
        {"start": "2020"},
    ),
    "patient_death_not_before_birth": (
        Patient,
        {"birth_date": "2018", "death_date": "2018-01-01"},
        {"death_date": "2017"},
    ),
    "patient_gestation_not_negative": (Patient, {"gestation": 0}, {"gestation": -1}),
    "parent_weight_plausible": (Parent, {"weight_kg": 650}, {"weight_kg": 651}),
    "parent_height_plausible": (Parent, {"height_cm": 280}, {"height_cm": 281}),
    "exposure_cumulative_dose_not_negative": (
        Exposure,
        {"name": "x", "cumulative_dose": 0},
        {"cumulative_dose": -1},
    ),
    "exposure_gestation_not_negative": (Exposure, {"name": "x", "gestation": 0}, {"gestation": -1}),
    "patient_regional_answers_listed": (
        Patient,
        {"null_flavors": answers(**{"FDA.D.12": {"text": "C41222"}})},
        {"null_flavors": answers(**{"FDA.D.12": {"text": "green"}})},
    ),
    "reporter_regional_answers_listed": (
        Reporter,
        {"null_flavors": answers(**{"FDA.C.2.r.2.8": {"is": "Null", "flavor": "NASK"}})},
        {"null_flavors": answers(**{"FDA.C.2.r.2.8": {"is": "Null", "flavor": "UNK"}})},
    ),
    "reaction_regional_answers_listed": (
        Reaction,
        {"term": "x", "null_flavors": answers(**{"FDA.E.i.3.2h": {"text": "true"}})},
        {"null_flavors": answers(**{"FDA.E.i.3.2h": {"text": "false"}})},
    ),
    "exposure_regional_answers_listed": (
        Exposure,
        {"name": "x", "null_flavors": device("7")},
        {"null_flavors": device("12")},
    ),
    "reported_score_within_regiscar": (ReportedScore, {"total": 9, "source": "x"}, {"total": 10}),
}


@pytest.mark.parametrize(
    ("name", "model", "good", "bad"), [(name, *row) for name, row in ROWS.items()], ids=ROWS
)
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
        "standing_adjudicated_with_interval",
        "standing_computed_inside_interval",
        "standing_not_ahead_of_evidence",
        "summary_not_ahead_of_evidence",
        "organisation_identifier_has_no_hyphen",
        "user_role_is_known",
        "user_reach_is_known",
        "case_share_has_reason",
        "joined_duplicate_has_reason",
        "joined_duplicate_of_another",
        "access_kind_is_known",
        "download_request_allowed_at",
        "download_request_by_two_others",
        "download_request_has_reason",
        "role_request_by_two_others",
        "role_request_role_takes_two",
        "api_token_scopes_are_known",
        "case_latest_information_not_before_first",
        "case_number_is_safe",
        "case_regional_answers_listed",
        "case_state_is_known",
        "causality_regional_answers_listed",
        "drug_atc_shape",
        "drug_class_has_no_substance",
        "half_life_condition_known",
        "half_life_range_right_way_up",
        "lymph_node_size_plausible",
        "linked_case_is_another",
        "exposure_reference_half_life_right_way_up",
        "batch_direction_is_known",
        "job_finished_has_its_time",
        "job_running_has_lease",
        "job_state_is_known",
        "message_sent_has_its_bytes",
        "receipt_file_stored_or_refused",
        "received_has_known_state",
        "received_imported_has_case",
        "received_waiting_has_reasons",
        "receiver_settings_known_receiver",
        "receiver_settings_score_first",
        "submission_state_is_known",
        *BELOW_A_DRUG,
        *OF_A_VERSION,
    }
    models = product_models()
    checks = {c.name for m in models for c in m._meta.constraints if isinstance(c, CheckConstraint)}
    assert checks == set(ROWS) | elsewhere


def test_every_constraint_speaks_for_itself():
    for model in product_models():
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
    with pytest.raises(ValidationError, match=words), as_validation_errors():
        model.objects.create(**values)


def test_a_half_life_runs_from_low_to_high(drugs):
    drug = Drug.objects.get(name="prednisolone")
    with pytest.raises(ValidationError, match="from low to high"), as_validation_errors():
        HalfLife.objects.create(drug=drug, low_hours=5, high_hours=4, source="x")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"first_received": "2020-02-02", "latest_information": "2020-02-01"}, "before the first"),
        ({"number": "two words"}, "one word of the letters A to Z"),
        ({"state": "lost"}, "A case is one of"),
        ({"null_flavors": answers(**{"FDA.C.1.7.1": {"text": "3"}})}, "none of the choices"),
    ],
    ids=["information-before-receipt", "blank-in-number", "unknown-state", "unknown-report-type"],
)
def test_a_case_refuses(organisation, values, words):
    with pytest.raises(ValidationError, match=words), as_validation_errors():
        Case.objects.create(**{"number": "CASE-1", "organisation": organisation, **values})


def test_what_was_received_beyond_the_lists_is_stored_and_marked(assessor):
    """A message is kept as it came; only what people answer has to be a choice."""
    beyond = answers(**{"FDA.D.12": {"text": "green", "unlisted": True}})
    row = add(open_case(assessor), assessor, Patient(null_flavors=beyond))
    assert preserved_of(row.null_flavors) == [("FDA.D.12", "green", True)]


@pytest.mark.parametrize(("result", "refused"), [("2", False), ("3", True)])
def test_emas_answers_are_its_choices(assessor, result, refused):
    case = open_case(assessor)
    exposure, reaction = (add(case, assessor, row) for row in (Exposure(name="x"), Reaction(term="x")))
    pair = add(case, assessor, DrugReaction(exposure=exposure, reaction=reaction))
    flavors = answers(**{"G.k.9.i.2.r.3.EU.1": {"text": result}})
    with pytest.raises(ValidationError, match="none of the choices") if refused else nullcontext():
        add(case, assessor, CausalityAssessment(pair=pair, null_flavors=flavors))


def test_a_role_must_be_known(organisation):
    with pytest.raises(ValidationError, match="A role is one of"), as_validation_errors():
        User.objects.create(username="x", role="king", organisation=organisation)


@pytest.mark.parametrize(("model", "good", "bad", "words"), BELOW_A_DRUG.values(), ids=BELOW_A_DRUG)
def test_what_hangs_below_a_drug_refuses(assessor, model, good, bad, words):
    case = open_case(assessor)
    exposure = add(case, assessor, Exposure(name="x"))
    if model is DrugReaction:
        good = {**good, "reaction": add(case, assessor, Reaction(term="x"))}
    row = add(case, assessor, model(exposure=exposure, **good))
    with pytest.raises(ValidationError, match=words), amend(case, by=assessor, reason="test") as amendment:
        amendment.change(row, **bad)


@pytest.mark.parametrize(("good", "bad", "words"), OF_A_VERSION.values(), ids=OF_A_VERSION)
def test_a_version_refuses(assessor, good, bad, words):
    case = open_case(assessor)
    CaseVersion.objects.filter(case=case).delete()
    whole = {"case": case, "number": 1, "kind": "initial", "reason": "x", "opened_by": assessor}
    with transaction.atomic():
        CaseVersion.objects.create(**{**whole, **good})
        transaction.set_rollback(True)
    with pytest.raises(ValidationError, match=words), as_validation_errors():
        CaseVersion.objects.create(**{**whole, **good, **bad})


def test_versions_are_numbered_once_and_one_of_them_is_open(assessor):
    case = open_case(assessor)
    CaseVersion.objects.filter(case=case).delete()
    first = {"case": case, "number": 1, "kind": "initial", "reason": "x", "opened_by": assessor}
    CaseVersion.objects.create(**first)
    for number, kind, words in ((1, "initial", "this number"), (2, "follow_up", "close that one first")):
        with pytest.raises(ValidationError, match=words), as_validation_errors(), transaction.atomic():
            CaseVersion.objects.create(**{**first, "number": number, "kind": kind})


@pytest.mark.parametrize(
    ("onset", "end", "refused"),
    [
        ("2020-03-15", "2020-03-14", True),
        ("2020-03-15", "2020-03", False),
        ("2020-03-15T05:00+10:00", "2020-03-14T23:00-10:00", False),  # later, by the sun
        ("2020-03-15T23:00", "2020-03-15T22:00", True),
        ("birth+10d", "birth+9d", True),
        ("birth+9..10d", "birth+9d", False),
        ("birth+10d", "2020-03-15", False),
    ],
)
def test_an_end_is_refused_where_it_is_certainly_before_the_start(assessor, onset, end, refused):
    case = open_case(assessor)
    expected = pytest.raises(ValidationError, match=r"(?i)reaction.*before") if refused else nullcontext()
    with expected:
        add(case, assessor, Reaction(term="rash", onset=onset, end=end))


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
    with pytest.raises(ValidationError), as_validation_errors():
        sql("UPDATE cases_reaction SET onset = %s", text)
