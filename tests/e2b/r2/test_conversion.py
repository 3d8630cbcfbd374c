"""What reports of R2 become: element, code, date and number, and what is said of each."""

import pytest

from e2b import Null, Quantity, Range, Severity, read, validate, write
from e2b.r2 import Outcome
from tests.e2b.r2.reports import (
    DRUG,
    HEADER,
    OTHER_REACTION,
    REACTION,
    REPORT,
    converted,
    drug,
    file_of,
    remark_on,
    report,
    test,
    texts,
    with_patient,
)

test.__test__ = False

UNIT = {"drugstructuredosagenumb": "250", "drugstructuredosageunit": "003"}
INTERVAL = {"drugintervaldosageunitnumb": "1", "drugintervaldosagedefinition": "804"}
RELATED = {"drugassessmentsource": "sender", "drugresult": "possible"}

# report -> element of R3 and its texts, joined by " | "
RULES = {
    "code copied": (REPORT, "C.1.3", "1"),
    "outcome unknown": (with_patient(reaction={**REACTION, "reactionoutcome": "6"}), "E.i.7", "0"),
    "outcome missing": (with_patient(reaction={"primarysourcereaction": "rash"}), "E.i.7", "0"),
    "action unknown": (drug(actiondrug="5"), "G.k.8", "0"),
    "action not applicable": (drug(actiondrug="6"), "G.k.8", "9"),
    "sex not specified": (with_patient(patientsex="9"), "D.5", "(UNK)"),
    "decades": (with_patient(patientonsetage="6", patientonsetageunit="800"), "D.2.2b", "{decade}"),
    "trimester": (with_patient(gestationperiod="2", gestationperiodunit="810"), "D.2.2.1b", "{trimester}"),
    "decimal comma": (with_patient(patientweight="71,5"), "D.3", "71.5"),
    "whole height": (with_patient(patientheight="168.5"), "D.4", "169"),
    "initials masked": (with_patient(patientinitial="privacy"), "D.1", "(MSK)"),
    "initials unknown": (with_patient(patientinitial="UNKNOWN"), "D.1", "(UNK)"),
    "foetus": (with_patient(patientinitial="FOETUS"), "D.2.3", "0"),
    "date as precise as sent": (
        with_patient(lastmenstrualdateformat="610", patientlastmenstrualdate="202401"),
        "D.6",
        "202401",
    ),
    "date without its format": (with_patient(patientlastmenstrualdate="2024"), "D.6", "2024"),
    "minutes": (
        with_patient(
            reaction={
                **REACTION,
                "reactionstartdateformat": "203",
                "reactionstartdate": "202402281030",
            }
        ),
        "E.i.4",
        "202402281030",
    ),
    "no date stays text": (
        drug(drugstartdateformat="102", drugstartdate="20240230"),
        "G.k.4.r.4",
        "20240230",
    ),
    "birth year alone": (with_patient(patientbirthdateformat="602", patientbirthdate="1961"), "D.2.1", ""),
    "worldwide: the company's": (REPORT, "C.1.8.2", "2"),
    "worldwide: the authority's": (report(authoritynumb="DE-REG-1"), "C.1.8.1", "DE-REG-1"),
    "worldwide: the company's beside": (report(authoritynumb="DE-REG-1"), "C.1.9.1.r.2", "DE-OWN-1"),
    "worldwide: the manufacturer's": (
        report(companynumb="", manufacturerreportnumber="M-1"),
        "C.1.8.1",
        "M-1",
    ),
    "worldwide: three": (
        report(authoritynumb="DE-REG-1", manufacturerreportnumber="M-1"),
        "C.1.9.1.r.1",
        "company | manufacturer",
    ),
    "worldwide: neither": (report(companynumb=""), "C.1.8.1", "DE-OWN-1"),
    "expedited of FDA": (report(fulfillexpeditecriteria="4"), "FDA.C.1.7.1", "4"),
    "flag of five days": (report(fivedayreporttype="1"), "FDA.C.1.7.1", "4"),
    "sender's telephone": (
        report(sender={"sendertel": "5550100", "sendertelextension": "12", "sendertelcountrycode": "49"}),
        "C.3.4.6",
        "+49 5550100 12",
    ),
    "telephone without a country": (
        report(sender={"sendertel": "5550100", "sendertelextension": "12"}),
        "C.3.4.6",
        "5550100 12",
    ),
    "nurse": (report(primarysource={"qualification": "7"}), "C.2.r.4", "3"),
    "study of a reporter without a name": (
        report(primarysource=[{"qualification": "1"}, {"sponsorstudynumb": "S-1"}]),
        "C.2.r.4",
        "1",
    ),
    "EudraCT": (
        report(primarysource={"studyname": "2004-000000-12#A study"}),
        "C.5.1.r.1",
        "2004-000000-12",
    ),
    "history in words": (
        with_patient(
            medicalhistoryepisode={"patientepisodename": "hay fever", "patientmedicalcomment": "mild"}
        ),
        "D.7.1.r.5",
        "hay fever; mild",
    ),
    "past drug's indication in words": (
        with_patient(
            patientpastdrugtherapy={"patientdrugname": "Oldin", "patientdrugindication": "cold"},
            patientmedicalhistorytext="NI",
        ),
        "D.7.2",
        "Oldin: indication cold",
    ),
    "cause of death in words": (
        with_patient(patientdeath={"patientdeathcause": {"patientdeathreport": "liver failure"}}),
        "D.9.2.r.2",
        "liver failure",
    ),
    "empty death": (with_patient(patientdeath={"patientdeathdateformat": "102"}), "D.9.3", ""),
    "term in English": (REPORT, "E.i.1.2", "rash"),
    "version without its decimal": (
        with_patient(reaction={**REACTION, "reactionmeddraversionllt": "23"}),
        "E.i.2.1a",
        "23.0",
    ),
    "preferred term alone": (
        with_patient(reaction={"reactionmeddrapt": "10037844", "reactionmeddraversionpt": "26.1"}),
        "E.i.2.1b",
        "10037844",
    ),
    "words for a code": (with_patient(reaction={"reactionmeddrallt": "rash"}), "E.i.1.2", "rash"),
    "serious": (report(seriousnessdeath="1", seriousnessother="2"), "E.i.3.2a", "true"),
    "not serious": (report(seriousnessdeath="2"), "E.i.3.2a", "(NI)"),
    "country of every reaction": (with_patient(reaction=[REACTION, OTHER_REACTION]), "E.i.9", "DE | DE"),
    "result zero": (test(testresult="0", testunit="u/l"), "F.r.3.3", "U/L"),
    "result in a word": (test(testresult="Negative"), "F.r.3.1", "2"),
    "result as text": (test(testresult="raised", testunit="U/L"), "F.r.3.4", "raised U/L"),
    "unit of nobody": (test(testresult="3", testunit="blobs"), "F.r.3.4", "3 blobs"),
    "summary of tests": (with_patient(resultstestsprocedures="all normal"), "F.r.6", "all normal"),
    "test of a code": (test(testname="10001551"), "F.r.2.2a", "27.0"),
    "dose multiplied": (drug(**UNIT, drugseparatedosagenumb="3", **INTERVAL), "G.k.4.r.1a", "750"),
    "dose in words, too": (
        drug(**UNIT, drugseparatedosagenumb="3", **INTERVAL),
        "G.k.4.r.8",
        "250 mg x 3 per 1 day",
    ),
    "unit without zeros": (
        drug(drugstructuredosagenumb="1", drugstructuredosageunit="32"),
        "G.k.4.r.1b",
        "{DF}",
    ),
    "unit as a word": (drug(**{**UNIT, "drugstructuredosageunit": "MCG"}), "G.k.4.r.1b", "ug"),
    "dose of no unit": (
        drug(drugstructuredosagenumb="1", drugstructuredosageunit="099"),
        "G.k.4.r.8",
        "1 099",
    ),
    "interval of two meanings": (
        drug(**UNIT, drugintervaldosageunitnumb="1", drugintervaldosagedefinition="807"),
        "G.k.4.r.8",
        "250 mg per 1 interval unit 807",
    ),
    "as necessary": (
        drug(**UNIT, drugintervaldosageunitnumb="1", drugintervaldosagedefinition="812"),
        "G.k.4.r.3",
        "{asnecessary}",
    ),
    "date alone makes a dosage": (drug(drugstartdateformat="602", drugstartdate="2020"), "G.k.4.r.4", "2020"),
    "cumulative without a unit": (drug(drugcumulativedosagenumb="5"), "G.k.4.r.8", "Cumulative dose: 5"),
    "route": (drug(drugadministrationroute="48"), "G.k.4.r.10.2b", "048"),
    "route unknown": (drug(drugadministrationroute="065"), "G.k.4.r.10.1", "(UNK)"),
    "route in words": (drug(drugadministrationroute="by mouth"), "G.k.4.r.10.1", "by mouth"),
    "drug by its substance": (
        with_patient(drug={"activesubstance": {"activesubstancename": "aazepine"}}),
        "G.k.2.2",
        "aazepine",
    ),
    "substance with a trace of R3": (
        drug(activesubstance={"activesubstancename": "TERMID: 123 (1): aazepine"}),
        "G.k.2.3.r.2b",
        "123",
    ),
    "label of R3": (drug(drugadditional="Medication error - twice"), "G.k.10.r", "7"),
    "drug not given": (drug(drugadditional="DRUG NOT ADMINISTERED"), "G.k.1", "4"),
    "similar device": (drug(drugcharacterization="4"), "FDA.G.k.1.a", "1"),
    "dechallenge as a digit": (
        drug(drugadditional="2"),
        "G.k.11",
        "Reaction did not abate after the drug was stopped or its dose reduced",
    ),
    "narrative escaped twice": (
        with_patient(summary={"narrativeincludeclinical": "a &#38; b &lt; c"}),
        "H.1",
        "a & b < c",
    ),
    "diagnosis in words": (
        with_patient(summary={"senderdiagnosis": "DRESS", "sendercomment": "sure"}),
        "H.4",
        "Sender's diagnosis: DRESS\nsure",
    ),
    "race": (with_patient(raceasian="1", raceother="y"), "FDA.D.11.r.1", "C41260 | (OTH)"),
    "required intervention": (report(requiredintervention="1"), "FDA.E.i.3.2h", "true"),
    "type of the EU": (REPORT, "N.2.r.2", "SENDER"),
}


@pytest.mark.parametrize(("content", "element", "expected"), RULES.values(), ids=RULES)
def test_an_element_becomes_what_its_rule_says(content, element, expected):
    assert texts(converted(content).message, element) == expected


# report -> tag and reason of a loss
LOSSES = {
    "version": (REPORT, "safetyreportversion", "versions by their dates"),
    "receiver": (report(receiver={"receivertype": "2"}), "receivertype", "only in the envelope"),
    "unknown code": (report(reporttype="9"), "reporttype", "no such code"),
    "unknown country": (report(occurcountry="XX"), "occurcountry", "no such code"),
    "birth year alone": (with_patient(patientbirthdate="1961"), "patientbirthdate", "no less than a day"),
    "unit without a number": (with_patient(patientonsetageunit="801"), "patientonsetageunit", "to which it"),
    "serious without a criterion": (report(serious="1"), "serious", "none of them is met"),
    "unknown element": (report(nonsense="x"), "nonsense", "no element"),
    "second value": (report(reporttype=["1", "2"]), "reporttype", "more than once"),
    "duplicate without a number": (report(duplicate="1"), "duplicate", "is missing"),
    "recurrence unknown": (drug(drugrecurreadministration="3"), "drugrecurreadministration", "unknown in R2"),
    "preferred term": (
        with_patient(reaction={**REACTION, "reactionmeddrapt": "10099999"}),
        "reactionmeddrapt",
        "lowest level term",
    ),
    "country of another reporter": (report(primarysourcecountry="FR"), "primarysourcecountry", "is DE"),
    "second study": (
        report(primarysource=[{"qualification": "1", "studyname": "A"}, {"studyname": "B"}]),
        "studyname",
        "one study",
    ),
    "an assessment of nothing": (
        drug(drugreactionrelatedness={"drugreactionasses": "rash"}),
        "drugreactionasses",
        "neither source",
    ),
    "a route of no list": (drug(drugadministrationroute="099"), "drugadministrationroute", "no such code"),
    "an unset flag": (with_patient(racewhite="2"), "racewhite", "isn't set"),
}


@pytest.mark.parametrize(("content", "tag", "words"), LOSSES.values(), ids=LOSSES)
def test_what_is_lost_is_listed_with_its_value_and_reason(content, tag, words):
    conversion = converted(content)
    losses = [remark for remark in conversion.remarks if remark.outcome == Outcome.LOST]
    (loss,) = [remark for remark in losses if remark.element == tag]
    assert loss.value
    assert words in loss.reason
    assert any(words in violation.sentence for violation in conversion.message.violations)


def test_ranges_have_the_unit_of_their_result_or_their_own():
    limits = {"lowtestrange": "7", "hightestrange": "40"}
    (row,) = converted(test(testresult="<= 12,5", testunit="U/L", **limits)).message.tests
    assert (row["F.r.3.2"], row["F.r.4"]) == (Range.of("<=", "12.5"), "7")
    (row,) = converted(test(testresult="high", testunit="U/L", **limits)).message.tests
    assert row["F.r.5"] == Quantity("40", "U/L")


LANGUAGES = {"fr": ("rash", "fra"), "pt-BR": ("rash", "por"), "xx": ("rash", ""), "": ("rash", "")}


@pytest.mark.parametrize(("lang", "expected"), LANGUAGES.items(), ids=LANGUAGES)
def test_a_term_keeps_its_language(lang, expected):
    message = converted(REPORT, lang=lang).message
    assert (texts(message, "E.i.1.1a"), texts(message, "E.i.1.1b")) == expected


# relatedness of a drug, with two reactions: the reactions of the pairs, and the results
TWO = [REACTION, OTHER_REACTION]
RELATIONS = {
    "by code": ({"drugreactionasses": "10016558", **RELATED}, [2]),
    "by words": ({"drugreactionasses": " fever HIGH", **RELATED}, [2]),
    "of no reaction": ({"drugreactionasses": "cough", **RELATED}, []),
    "unnamed": (RELATED, []),
}


@pytest.mark.parametrize(("relation", "numbers"), RELATIONS.values(), ids=RELATIONS)
def test_an_assessment_finds_its_reaction_or_stays_as_text(relation, numbers):
    content = with_patient(reaction=TWO, drug={**DRUG, "drugreactionrelatedness": relation})
    message = converted(content).message
    refs = [message.reactions[number - 1].ref for number in numbers]
    assert [pair["G.k.9.i.1"] for pair in message.drugs[0].reactions_assessed] == refs
    assert bool(message.drugs[0]["G.k.11"]) == (not numbers)


def test_assessments_of_one_pair_are_repeats_in_their_order():
    relations = [{"drugreactionasses": "rash", "drugresult": result} for result in ("a", "b", "a")]
    (pair,) = converted(drug(drugreactionrelatedness=relations)).message.drugs[0].reactions_assessed
    assert [block["G.k.9.i.2.r.3"] for block in pair.assessments] == ["a", "b", "a"]


def test_assessments_of_the_eu_are_coded():
    relation = {"drugassessmentmethod": "EVCTM", "drugresult": "1", "drugassessmentsource": "sender"}
    message = converted(drug(drugreactionrelatedness=relation)).message
    assert texts(message, "G.k.9.i.2.r.2.EU.1") == texts(message, "G.k.9.i.2.r.3.EU.1") == "1"


TIMES = {"reactionfirsttime": "27", "reactionfirsttimeunit": "804"}
PERIOD = {"drugstartperiod": "3", "drugstartperiodunit": "804"}
INTERVALS = {
    "one of each": ([{**REACTION, **TIMES}], [DRUG], [["27"]]),
    "one suspect": (
        [REACTION, {**OTHER_REACTION, **TIMES}],
        [DRUG, {**DRUG, "drugcharacterization": "2"}],
        [["27"], []],
    ),
    "the drug's is preferred": ([{**REACTION, **TIMES}], [{**DRUG, **PERIOD}], [["3"]]),
    "the first reaction": (TWO, [{**DRUG, **PERIOD}], [["3"]]),
    "several drugs": ([{**REACTION, **TIMES}], [DRUG, DRUG], [[], []]),
}


@pytest.mark.parametrize(("reactions", "drugs", "expected"), INTERVALS.values(), ids=INTERVALS)
def test_intervals_belong_to_the_pair_that_can_be_meant(reactions, drugs, expected):
    message = converted(with_patient(reaction=reactions, drug=drugs)).message
    found = [[pair["G.k.9.i.3.1a"] for pair in drug.reactions_assessed] for drug in message.drugs]
    assert found == expected


def test_recurrence_is_that_of_the_named_reaction():
    recurrence = {"drugrecurreadministration": "1", "drugrecurrence": {"drugrecuraction": "fever high"}}
    (row,) = converted(with_patient(reaction=TWO, drug={**DRUG, **recurrence})).message.drugs
    assert [(pair["G.k.9.i.4"]) for pair in row.reactions_assessed] == ["1"]


def test_names_of_reactions_and_drugs_stay_the_same_in_a_follow_up():
    first = converted(with_patient(reaction=[REACTION])).message
    second = converted(with_patient(reaction=[OTHER_REACTION, REACTION])).message
    assert first.reactions[0].ref == second.reactions[1].ref
    assert first.drugs[0].ref == second.drugs[0].ref
    assert second.reactions[0].ref != second.reactions[1].ref


def test_blocks_that_may_be_one_drug_are_named_and_not_merged():
    conversion = converted(with_patient(drug=[DRUG, {**DRUG, "drugindication": "pain"}]))
    assert len(conversion.message.drugs) == 2
    assert "looks like drug 1" in remark_on(conversion, "drug").reason


def test_seriousness_of_several_reactions_is_to_be_reviewed():
    marked = {**OTHER_REACTION, "termhighlighted": "3"}
    conversion = converted({**with_patient(reaction=[REACTION, marked]), "seriousnessother": "1"})
    assert "reaction 2" in remark_on(conversion, "seriousnessother").reason


def test_order_and_place_of_elements_do_not_matter():
    content = dict(reversed(REPORT.items()))
    patient = dict(content["patient"])
    content["summary"] = patient.pop("summary")
    moved = converted({**content, "patient": patient})
    expected = converted(REPORT).message
    assert moved.message == expected
    assert "instead of patient" in remark_on(moved, "summary").reason


def test_the_header_may_stand_behind_the_reports():
    data = file_of()
    header, rest = data.split("</ichicsrmessageheader>")
    root, header = header.split("<ichicsrmessageheader>")
    late = rest.replace("</ichicsr>", f"<ichicsrmessageheader>{header}</ichicsrmessageheader></ichicsr>")
    assert read((root + late).encode()) == read(data.encode())


def test_a_file_with_several_reports_is_one_batch():
    batch = read(file_of(REPORT, report(safetyreportid="DE-OWN-2")).encode())
    assert [message.C["C.1.1"] for message in batch.messages] == ["DE-OWN-1", "DE-OWN-2"]
    assert (batch.N["N.1.2"], batch.N["N.1.5"].hl7) == ("OWN-1", "20250102101112")


def test_fda_writes_its_codes_of_expedited_reports():
    header = {**HEADER, "messageformatversion": "2.2"}
    message = converted(report(fulfillexpeditecriteria="2"), header=header).message
    assert (message.C["C.1.7"], message.C["FDA.C.1.7.1"]) == ("false", "2")


def test_a_converted_message_is_written_and_read_as_any_other():
    batch = read(file_of().encode())
    assert read(write(batch)) == batch
    errors = [v.rule for v in validate(batch.messages[0]) if v.severity is Severity.ERROR]
    assert errors == ["ICH-PRECISION", "ICH-PRECISION"]  # a day, where R3 wants the second


def test_an_empty_report_is_a_message_with_what_r3_wants():
    message = converted({}).message
    assert (message.D["D.1"], message.C["C.1.3"], message.E) == (Null("UNK"), "4", ())
