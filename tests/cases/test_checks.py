"""Each rule both ways: what it finds, and where it keeps silent."""

from datetime import date
from decimal import Decimal

import pytest

from cases.checks import RULES, remarks_on
from cases.checks.coded import CODED
from cases.checks.read_remarks import read_remarks
from cases.models import (
    CASE_ROWS,
    Case,
    Document,
    Dose,
    Drug,
    DrugReaction,
    Examination,
    Exposure,
    Indication,
    LiteratureReference,
    MedicalHistory,
    OtherIdentifier,
    Parent,
    Patient,
    Reaction,
    ReportedCauseOfDeath,
    ReportedScore,
    Reporter,
    SkinExamination,
    Study,
    Substance,
    Temperature,
    Treatment,
)
from cases.models.ich import elements_of
from cases.record.case_record import CaseRecord
from e2b.elements import ICH
from tests.cases.rows import open_case
from values.moments import Moment

TODAY = date(2020, 6, 15)


def at(text: str) -> Moment:
    return Moment.parse(text)


def found(rule: str, *rows, **case) -> str:
    """Where a rule finds something among unsaved rows: "table.field", "" if nowhere."""
    record = CaseRecord(Case(number="X", **case))
    for number, row in enumerate(rows, start=1):
        row.pk = row.pk or number
    record.add(rows)
    places = [f"{one.model}.{one.field}" for one in remarks_on(record, TODAY) if one.rule == rule]
    return " ".join(places)


def drug(**fields):
    return Exposure(**{"pk": 1, "name": "carbamazepine", "role": "1", **fields})


def dose(start="2020-03-01", **fields):
    return Dose(**{"exposure_id": 1, "start": start and at(start), **fields})


def reaction(onset="2020-03-20", **fields):
    return Reaction(**{"pk": 1, "term": "rash", "onset": onset and at(onset), **fields})


def patient(**fields):
    return Patient(**{name: at(v) if name.endswith("_date") else v for name, v in fields.items()})


def age(number, unit="a", **fields):
    return patient(age=Decimal(number), age_unit=unit, **fields)


def lab(test="", value="5", unit="", **fields):
    return Examination(
        **{"name": test or "INR", "test": test, "value": value and Decimal(value), "unit": unit, **fields}
    )


FATAL = {"outcome": "5", "reporter_death": True}
PRIMARY = {"qualification": "1", "is_primary": True}
ONCE = {"first_dose_interval": Decimal(3), "first_dose_unit": "wk"}

# rule, rows, fields of the case, where it finds something (nowhere: "")
TABLE = [
    ("minimum_criteria", (Reporter(**PRIMARY), age(3), drug(), reaction()), {}, ""),
    ("minimum_criteria", (Reporter(**PRIMARY), age(3), reaction()), {}, "exposure.name"),
    ("minimum_criteria", (Reporter(**PRIMARY), age(3), drug(role="2"), reaction()), {}, "exposure.name"),
    ("minimum_criteria", (Reporter(**PRIMARY), age(3), drug()), {}, "reaction.term"),
    ("no_primary_reporter", (Reporter(**PRIMARY), Reporter()), {}, ""),
    ("no_primary_reporter", (Reporter(), Reporter()), {}, "reporter.is_primary"),
    ("no_primary_reporter", (), {}, ""),
    ("several_primary_reporters", (Reporter(**PRIMARY), Reporter()), {}, ""),
    ("several_primary_reporters", (Reporter(**PRIMARY), Reporter(**PRIMARY)), {}, "reporter.is_primary"),
    ("no_receipt_date", (), {"first_received": TODAY, "latest_information": TODAY}, ""),
    ("no_receipt_date", (), {"first_received": TODAY}, "case.latest_information"),
    ("no_receipt_date", (), {"latest_information": TODAY}, "case.first_received"),
    ("no_report_type", (), {"report_type": "1"}, ""),
    ("no_report_type", (), {}, "case.report_type"),
    ("report_type_without_study", (Study(study_type="1"),), {"report_type": "2"}, ""),
    ("report_type_without_study", (), {"report_type": "2"}, "study.study_type"),
    ("report_type_without_study", (Study(name="S"),), {"report_type": "2"}, "study.study_type"),
    ("report_type_without_study", (), {"report_type": "1"}, ""),
    ("study_without_report_type", (Study(),), {"report_type": "2"}, ""),
    ("study_without_report_type", (Study(),), {"report_type": "1"}, "case.report_type"),
    ("announced_rows", (Document(),), {"has_documents": True}, ""),
    ("announced_rows", (), {"has_documents": True}, "case.has_documents"),
    ("announced_rows", (), {"has_other_identifiers": True}, "case.has_other_identifiers"),
    ("announced_rows", (OtherIdentifier(),), {"has_other_identifiers": False}, "case.has_other_identifiers"),
    ("announced_rows", (Document(), OtherIdentifier()), {}, ""),
    ("published_without_reference", (ReportedScore(total=5), LiteratureReference(citation="x")), {}, ""),
    ("published_without_reference", (ReportedScore(total=5),), {}, "literaturereference.citation"),
    # The 16th year runs from March 2019 to March 2020, or a month later by the precision of the birth date.
    ("age_against_birth_date", (age(16, birth_date="2004-03"), reaction()), {}, ""),
    ("age_against_birth_date", (age(15, birth_date="2004-03"), reaction()), {}, ""),
    ("age_against_birth_date", (age(14, birth_date="2004-03"), reaction()), {}, "patient.age"),
    ("age_against_birth_date", (age(17, birth_date="2004-03"), reaction()), {}, "patient.age"),
    ("age_against_birth_date", (age(17, birth_date="2004-03"),), {}, ""),
    ("age_against_birth_date", (age(17), reaction()), {}, ""),
    ("age_against_birth_date", (age(190, "mo", birth_date="2004-03-01"), reaction()), {}, "patient.age"),
    ("age_against_birth_date", (age(192, "mo", birth_date="2004-03-01"), reaction()), {}, ""),
    ("age_against_birth_date", (age(1, "{decade}", birth_date="2004"), reaction()), {}, ""),
    ("age_against_birth_date", (age(2, "{decade}", birth_date="2004"), reaction()), {}, "patient.age"),
    ("age_against_birth_date", (age(2, "{trimester}", birth_date="2004"), reaction()), {}, ""),
    ("weight_for_age", (age(16, weight_kg=Decimal(60)),), {}, ""),
    ("weight_for_age", (age(16, weight_kg=Decimal(6)),), {}, "patient.weight_kg"),
    ("weight_for_age", (age(16, "mo", weight_kg=Decimal(60)),), {}, "patient.weight_kg"),
    ("weight_for_age", (age(16, "mo", weight_kg=Decimal(11)),), {}, ""),
    ("weight_for_age", (patient(weight_kg=Decimal(6)),), {}, ""),
    (
        "weight_for_age",
        (patient(weight_kg=Decimal(6), birth_date="1980"), reaction()),
        {},
        "patient.weight_kg",
    ),
    (
        "menstruation_of_a_man",
        (Patient(sex="1", last_menstrual_period=at("2020")),),
        {},
        "patient.last_menstrual_period",
    ),
    ("menstruation_of_a_man", (Patient(sex="2", last_menstrual_period=at("2020")),), {}, ""),
    ("parent_of_an_adult", (age(40), Parent()), {}, "parent.identification"),
    ("parent_of_an_adult", (age(17), Parent()), {}, ""),
    ("parent_of_an_adult", (Patient(), Parent()), {}, ""),
    ("suspect_after_onset", (drug(), dose("2020-03-20"), reaction()), {}, ""),
    ("suspect_after_onset", (drug(), dose("2020-03-21"), reaction()), {}, "dose.start"),
    ("suspect_after_onset", (drug(role="2"), dose("2020-03-21"), reaction()), {}, ""),
    ("suspect_after_onset", (drug(), dose("2020-03"), reaction()), {}, ""),
    ("suspect_after_onset", (drug(), dose("2020-04"), reaction()), {}, "dose.start"),
    ("suspect_after_onset", (drug(), dose("2020-04"), dose(), reaction()), {}, ""),
    ("suspect_after_onset", (drug(), dose("2020-04"), reaction(), reaction("2020-05", pk=2)), {}, ""),
    ("suspect_without_dose", (drug(), dose(amount=Decimal(1))), {}, ""),
    ("suspect_without_dose", (drug(), dose(text="as labelled")), {}, ""),
    ("suspect_without_dose", (drug(), dose()), {}, "dose.amount"),
    ("suspect_without_dose", (drug(), dose(exposure_id=2)), {}, "exposure.name"),
    ("suspect_without_dose", (drug(role="2"),), {}, ""),
    ("biological_without_batch", (drug(name="Canakinumab 150 mg"), dose()), {}, "dose.batch"),
    ("biological_without_batch", (drug(name="anakinra"),), {}, "exposure.name"),
    ("biological_without_batch", (drug(name="Ilaris", drug=Drug(atc="L04AC08")), dose()), {}, "dose.batch"),
    ("biological_without_batch", (drug(name="influenza vaccine"), dose(batch="A1")), {}, ""),
    ("biological_without_batch", (drug(name="anakinra"), dose(null_flavors={"G.k.4.r.7": "ASKU"})), {}, ""),
    ("biological_without_batch", (drug(name="anakinra", role="2"), dose()), {}, ""),
    ("biological_without_batch", (drug(), dose()), {}, ""),
    ("suspect_without_start", (drug(), dose()), {}, ""),
    ("suspect_without_start", (drug(), dose(None)), {}, "dose.start"),
    ("suspect_without_start", (drug(),), {}, "exposure.name"),
    ("suspect_without_start", (drug(), dose(None), DrugReaction(exposure_id=1, **ONCE)), {}, ""),
    ("suspect_without_start", (drug(role="2"), dose(None)), {}, ""),
    (
        "ongoing_but_ended",
        (drug(is_ongoing_at_onset=True), dose(end=at("2020-03-19")), reaction()),
        {},
        "exposure.is_ongoing_at_onset",
    ),
    ("ongoing_but_ended", (drug(is_ongoing_at_onset=True), dose(end=at("2020-03-20")), reaction()), {}, ""),
    ("ongoing_but_ended", (drug(is_ongoing_at_onset=True), dose(), reaction()), {}, ""),
    ("ongoing_but_ended", (drug(is_ongoing_at_onset=False), dose(end=at("2020-03-19")), reaction()), {}, ""),
    ("no_onset", (reaction(),), {}, ""),
    ("no_onset", (reaction(None),), {}, "reaction.onset"),
    ("no_onset", (reaction(None), DrugReaction(reaction_id=1, **ONCE)), {}, ""),
    ("no_outcome", (reaction(outcome="0"),), {}, ""),
    ("no_outcome", (reaction(),), {}, "reaction.outcome"),
    ("none_assessed", (reaction(),), {}, ""),
    ("none_assessed", (reaction(), reaction(pk=2)), {}, "reaction.is_assessed"),
    ("none_assessed", (reaction(), reaction(pk=2, is_assessed=True)), {}, ""),
    ("seriousness_not_stated", (reaction(),), {}, "reaction.reporter_death"),
    ("seriousness_not_stated", (reaction(company_disabling=False),), {}, ""),
    ("seriousness_not_stated", (reaction(highlighted="2"),), {}, ""),
    (
        "seriousness_contradicts",
        (reaction(highlighted="2", reporter_death=True),),
        {},
        "reaction.highlighted",
    ),
    ("seriousness_contradicts", (reaction(highlighted="3", reporter_death=True),), {}, ""),
    ("seriousness_contradicts", (reaction(highlighted="3"),), {}, ""),
    ("ended_but_ongoing", (reaction(outcome="3", end=at("2020-04")),), {}, "reaction.end"),
    ("ended_but_ongoing", (reaction(outcome="1", end=at("2020-04")),), {}, ""),
    ("recovered_but_not_resolved", (reaction(outcome="1", is_resolved=False),), {}, "reaction.is_resolved"),
    ("recovered_but_not_resolved", (reaction(outcome="1", is_resolved=True),), {}, ""),
    ("recovered_but_not_resolved", (reaction(outcome="2", is_resolved=False),), {}, ""),
    ("death_without_date", (patient(), reaction(**FATAL)), {}, "patient.death_date"),
    ("death_without_date", (patient(death_date="2020"), reaction(**FATAL)), {}, ""),
    ("death_without_date", (patient(null_flavors={"D.9.1": "ASKU"}), reaction(**FATAL)), {}, ""),
    ("death_without_date", (patient(), reaction(company_death=True)), {}, "patient.death_date"),
    ("death_without_date", (patient(), reaction()), {}, ""),
    ("death_without_cause", (reaction(**FATAL),), {}, "reportedcauseofdeath.text"),
    ("death_without_cause", (patient(death_date="2020"),), {}, "reportedcauseofdeath.text"),
    ("death_without_cause", (reaction(**FATAL), ReportedCauseOfDeath(text="DRESS")), {}, ""),
    ("fatal_but_not_deadly", (reaction(outcome="5"),), {}, "reaction.reporter_death"),
    ("fatal_but_not_deadly", (reaction(outcome="5", company_death=True),), {}, ""),
    ("deadly_but_not_fatal", (reaction(outcome="1", company_death=True),), {}, "reaction.outcome"),
    ("deadly_but_not_fatal", (reaction(outcome="5", company_death=True),), {}, ""),
    ("onset_before_birth", (patient(birth_date="2021"), reaction()), {}, "reaction.onset"),
    ("onset_before_birth", (patient(birth_date="2020"), reaction()), {}, ""),
    ("onset_before_birth", (patient(birth_date="2021", age_group="0"), reaction()), {}, ""),
    ("onset_before_birth", (patient(birth_date="2021"), Parent(), reaction()), {}, ""),
    ("number_too_large", (drug(), dose(amount=Decimal(2), unit="kg")), {}, "dose.amount"),
    ("number_too_large", (drug(), dose(amount=Decimal(900), unit="g")), {}, ""),
    ("number_too_large", (patient(age=Decimal(131), age_unit="a"),), {}, "patient.age"),
    ("number_too_large", (patient(age=Decimal(131), age_unit="mo"),), {}, ""),
    ("country_of_number_unknown", (), {"safety_report_id": "XX-A-1"}, "case.safety_report_id"),
    ("country_of_number_unknown", (), {"safety_report_id": "DE-A-1"}, ""),
    ("country_of_number_unknown", (), {"safety_report_id": "anything"}, ""),
    *(
        ("country_of_number_differs", (Reporter(**reporter),), {"safety_report_id": number}, place)
        for reporter, number, place in (
            ({**PRIMARY, "country": "FR"}, "DE-A-1", "case.safety_report_id"),
            ({**PRIMARY, "country": "DE"}, "DE-A-1", ""),
            ({**PRIMARY, "country": "FR"}, "EU-A-1", ""),
            ({**PRIMARY, "country": "FR"}, "anything", ""),
            ({**PRIMARY, "country": "FR"}, "", ""),
            (PRIMARY, "DE-A-1", ""),
            ({"country": "FR"}, "DE-A-1", ""),
        )
    ),
    ("reason_without_amendment", (), {"nullification_reason": "x"}, "case.nullification_or_amendment"),
    ("reason_without_amendment", (), {"nullification_or_amendment": "2"}, "case.nullification_reason"),
    ("reason_without_amendment", (), {"nullification_or_amendment": "2", "nullification_reason": "x"}, ""),
    ("document_without_name", (Document(file_id=1),), {}, "document.description"),
    ("document_without_name", (Document(file_id=1, description="x"), Document()), {}, ""),
    (
        "document_without_type",
        (LiteratureReference(file_id=1, citation="x"),),
        {},
        "literaturereference.file",
    ),
    ("document_without_type", (Document(file_id=1, media_type="text/plain"),), {}, ""),
    ("something_after_death", (patient(death_date="2020-03-19"), reaction()), {}, "reaction.onset"),
    ("something_after_death", (patient(death_date="2020-03-20"), reaction()), {}, ""),
    ("something_after_death", (patient(death_date="2020-02"), drug(), dose()), {}, "dose.start"),
    ("something_after_death", (patient(), reaction()), {}, ""),
    ("test_without_name", (lab(name=""),), {}, "examination.name"),
    ("test_without_name", (lab(name="", meddra_code="10000001"),), {}, ""),
    ("virus_without_result", (lab(value=None, kind="viral", result="not_stated"),), {}, "examination.result"),
    ("virus_without_result", (lab(value=None, kind="viral", result="not_done"),), {}, ""),
    ("virus_without_result", (lab(value=None, result="not_stated"),), {}, ""),
    ("unit_not_understood", (lab("eosinophils", unit="mg/L"),), {}, "examination.unit"),
    ("unit_not_understood", (lab("eosinophils", unit="/mm3"),), {}, ""),
    ("unit_not_understood", (lab("crp", unit="mg/L"),), {}, ""),
    ("unit_not_understood", (lab("eosinophils"),), {}, ""),
    ("no_upper_limit", (lab("alt", "300", "U/L"),), {}, "examination.upper_limit"),
    ("no_upper_limit", (lab("alt", "300", "U/L", upper_limit=Decimal(40)),), {}, ""),
    ("no_upper_limit", (lab("alt", "300", "U/L", phase="background"),), {}, ""),
    ("no_upper_limit", (lab("crp", "300", "mg/L"),), {}, ""),
    ("value_too_high", (lab("eosinophils", "10000", "10*9/L"),), {}, "examination.value"),
    ("value_too_high", (lab("eosinophils", "10000", "/mm3"),), {}, ""),
    ("value_too_high", (lab("eosinophils", "10000"),), {}, ""),
    ("number_without_unit", (lab(),), {}, "examination.unit"),
    ("number_without_unit", (lab(unit="1"),), {}, ""),
    ("number_without_unit", (drug(), dose(amount=Decimal(0))), {}, "dose.unit"),
    ("number_without_unit", (Substance(strength=Decimal(1)),), {}, "substance.strength_unit"),
    ("unit_without_number", (drug(), dose(unit="mg")), {}, "dose.amount"),
    ("unit_without_number", (drug(), dose(unit="mg", amount=Decimal(1))), {}, ""),
    ("unit_without_number", (DrugReaction(last_dose_unit="d"),), {}, "drugreaction.last_dose_interval"),
    ("in_the_future", (reaction("2020-06-15"),), {}, ""),
    ("in_the_future", (reaction("2020-06-16"),), {}, "reaction.onset"),
    ("in_the_future", (reaction("2020-06"),), {}, ""),
    ("in_the_future", (reaction("2020-07"),), {}, "reaction.onset"),
    ("in_the_future", (reaction("birth+90a"),), {}, ""),
    ("in_the_future", (), {"first_received": date(2020, 6, 16)}, "case.first_received"),
    ("in_the_future", (), {"first_received": TODAY}, ""),
    ("end_without_start", (reaction(None, end=at("2020")),), {}, "reaction.onset"),
    ("end_without_start", (reaction(end=at("2020")),), {}, ""),
    ("end_without_start", (Treatment(name="x", end=at("2020")),), {}, "treatment.start"),
    ("end_without_start", (MedicalHistory(term="appendectomy", end=at("2009")),), {}, ""),
    (
        "phase_against_date",
        (reaction(), Temperature(when=at("2020-03-21"), phase="background")),
        {},
        "temperature.phase",
    ),
    ("phase_against_date", (reaction(), Temperature(when=at("2020-03-20"), phase="background")), {}, ""),
    (
        "phase_against_date",
        (reaction(), Temperature(when=at("2020-03-19"), phase="after")),
        {},
        "temperature.phase",
    ),
    ("phase_against_date", (reaction(), Temperature(when=at("2020-02-17"))), {}, "temperature.phase"),
    ("phase_against_date", (reaction(), Temperature(when=at("2020-02-18"))), {}, ""),
    ("phase_against_date", (reaction(), SkinExamination(phase="background")), {}, ""),
    ("same_row_twice", (lab(when=at("2020")), lab(when=at("2020"))), {}, "examination.name"),
    ("same_row_twice", (lab(when=at("2020")), lab(name="inr ", when=at("2020"))), {}, "examination.name"),
    ("same_row_twice", (lab(when=at("2020")), lab(value="6", when=at("2020"))), {}, ""),
    ("same_row_twice", (lab(), lab()), {}, ""),
    ("same_row_twice", (reaction(), reaction(pk=2)), {}, "reaction.term"),
    ("same_row_twice", (reaction(), reaction("2020-05", pk=2)), {}, ""),
    ("same_row_twice", (drug(), drug(pk=2)), {}, "exposure.name"),
    ("same_row_twice", (drug(), drug(pk=2, role="2")), {}, ""),
    ("reaction_uncoded", (reaction(),), {}, "reaction.meddra_code"),
    ("reaction_uncoded", (reaction(meddra_code="10037844"),), {}, ""),
    ("reaction_uncoded", (reaction(term=""),), {}, ""),
    ("malformed_code", (reaction(meddra_code="1003784"),), {}, "reaction.meddra_code"),
    ("malformed_code", (reaction(meddra_code="1003784x"),), {}, "reaction.meddra_code"),
    ("malformed_code", (reaction(meddra_code="10037844"), drug(mpid="x")), {}, ""),
    (
        "code_without_version",
        (Indication(text="x", meddra_code="10037844"),),
        {},
        "indication.meddra_version",
    ),
    ("code_without_version", (Indication(meddra_code="10037844", meddra_version="28.0"),), {}, ""),
    ("code_without_version", (drug(phpid="x"),), {}, "exposure.phpid_version"),
    ("version_without_code", (dose(route_code_version="1"),), {}, "dose.route_code"),
    ("version_without_code", (dose(),), {}, ""),
]


@pytest.mark.parametrize(("rule", "rows", "case", "place"), TABLE)
def test_a_rule(rule, rows, case, place):
    assert found(rule, *rows, **case) == place


def test_every_rule_is_tested_both_ways():
    both = {(rule, bool(place)) for rule, _, _, place in TABLE}
    assert both == {(rule.key, way) for rule in RULES for way in (True, False)}


def test_every_finding_names_a_field_of_its_table_and_a_remedy():
    for _, rows, case, _ in TABLE:
        record = CaseRecord(Case(number="X", **case))
        record.add(rows)
        for one in remarks_on(record, TODAY):
            table = (
                Case if one.model == "case" else next(t for t in CASE_ROWS if t._meta.model_name == one.model)
            )
            assert table._meta.get_field(one.field)
            assert one.message.count(".") >= 1
            assert one.message.endswith(".")


def test_every_code_of_the_record_is_in_the_table():
    """A field whose element is coded by a terminology that isn't ours stands in the table of coded terms."""
    known = {(coded.model, code) for coded in CODED for code, _ in coded.codes}
    for model in CASE_ROWS:
        for element, field in elements_of(model):
            if ICH[element].codes == "MedDRA":
                assert (model, field.name) in known, f"{element} {model.__name__}.{field.name}"


@pytest.mark.django_db
def test_findings_of_many_cases_cost_as_many_queries_as_of_one(
    letter_cases, assessor, django_assert_num_queries
):
    empty = open_case(assessor)
    with django_assert_num_queries(1 + len(CASE_ROWS)):
        read_remarks([empty.pk])
    with django_assert_num_queries(1 + len(CASE_ROWS) + 1):  # and the dictionary of drugs
        by_case = read_remarks(case.pk for case in (*letter_cases, empty))
    assert {len(by_case[case.pk]) > 0 for case in letter_cases} == {True}
    assert [one.rule for one in by_case[empty.pk]].count("minimum_criteria") == 4
    rows = {str(row.uuid) for row in letter_cases[0].reactions.all()}
    assert {one.row for one in by_case[letter_cases[0].pk] if one.model == "reaction"} <= rows
