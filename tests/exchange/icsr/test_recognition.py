"""Names, units and results of tests as others write them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from cases.models import BiopsyDetail, Examination, GeneticDetail, Temperature, ViralTest
from e2b import Block, Code, Message, Range
from exchange.icsr import message_of, rows_of
from exchange.icsr.recognition import is_dress, unit_of, virus_of
from scoring.vocabulary import TESTS
from tests.e2b.cases import LEAST
from values.quantities import factor
from vocabulary.test_names import TESTS as NAMED


def message(*tests: dict, onset: str = "20200110") -> Message:
    return replace(
        LEAST,
        E=(LEAST.E[0].with_values({"E.i.4": onset}),),
        F=tuple(Block("F.r", {"F.r.2.1": "a test", **values}) for values in tests),
    )


def examination(**values) -> Examination:
    (row,) = rows(message({name.replace("_", "."): value for name, value in values.items()}), Examination)
    return row


def rows(received: Message, model) -> list:
    return [row for row in rows_of(received).rows if type(row) is model]


@pytest.mark.parametrize(
    ("name", "unit", "test"),
    [
        ("EOS", "10*9/L", "eosinophils"),
        ("Eosinophils (absolute)", "/mm3", "eosinophils"),
        ("eosinophil count", "%", "eosinophils_percent"),
        ("Eosinophils %", "%", "eosinophils_percent"),
        ("Eosinophils %", "10*9/L", ""),
        ("WBC", "", "leukocytes"),
        ("ALAT (GPT)", "U/L", ""),
        ("Alanine aminotransferase", "U/L", "alt"),
        ("SGPT", "U/L", "alt"),
        ("serum creatinine", "mg/dL", "creatinine"),
        ("Atypical lymphocytes", "%", "atypical_lymphocytes"),
        ("Atypical lymphocytes", "10*9/L", ""),
        ("Eosinophils in urine", "", "urine_eosinophils"),
        ("EBV VCA IgM", "", "ebv_vca_igm"),
        ("Skin biopsy", "", "skin_biopsy"),
        ("PCR", "", ""),
        ("PCR", "mg/L", "crp"),
    ],
)
def test_names_of_tests(name, unit, test):
    units = {"F_r_3_3": unit} if unit else {}
    assert examination(F_r_2_1=name, F_r_3_2="1", **units).test == test


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("HHV-6 PCR", ("hhv6", "pcr")),
        ("Human herpesvirus 6 DNA", ("hhv6", "pcr")),
        ("HHV7 PCR", ("hhv7", "pcr")),
        ("Epstein-Barr virus VCA IgM", ("ebv", "serology")),
        ("CMV viral load", ("cmv", "pcr")),
        ("Cytomegalovirus test", ("cmv", "")),
        ("EBV and CMV PCR", ("", "")),
        ("HHV-60 PCR", ("", "")),
    ],
)
def test_names_of_viruses(name, expected):
    assert virus_of(name) == expected


def test_the_tables_name_what_the_score_knows_and_units_that_convert():
    assert set(TESTS) <= set(NAMED)
    names = [name for test in NAMED.values() for name in set(test.names)]
    assert len(names) == len(set(names))
    counts = ("giga/l", "Gpt/l", "x10E9/L", "10**9/L", "/nl", "thou/uL", "K/mm3", "cells/cumm", "/mcL")
    assert [factor(unit_of(unit), "10*9/L") for unit in counts]
    assert unit_of("furlong") == "furlong"


@pytest.mark.parametrize(
    ("unit", "name", "code"),
    [
        ("G/l", "Eosinophils", "10*9/L"),
        ("G/l", "Albumin", "g/L"),
        ("G/l", "", "G/l"),
        ("IE/l", "ALT", "[IU]/L"),
        ("billion/L", "Eosinophils", "billion/L"),
        ("mol/L", "Creatinine", "mol/L"),
        ("C", "Body temperature", "Cel"),
    ],
)
def test_the_name_of_the_test_decides_between_readings_of_its_unit(unit, name, code):
    assert unit_of(unit, name) == code


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("probable DRESS syndrome", True),
        ("Drug reaction with eosinophilia and systemic symptoms", True),
        ("DiHS", True),
        ("rash", False),
        ("dressing applied", False),
    ],
)
def test_names_of_the_reaction(term, expected):
    assert is_dress(term) is expected


@pytest.mark.parametrize(
    ("values", "result", "value", "qualifier"),
    [
        ({"F_r_3_2": "5.2"}, "measured", "5.2", "="),
        ({"F_r_3_2": Range.of(">=", "5")}, "measured", "5", ">="),
        ({"F_r_3_1": "1"}, "positive", None, "="),
        ({"F_r_3_1": "2"}, "negative", None, "="),
        ({"F_r_3_1": "3"}, "qualitative", None, "="),
        ({"F_r_3_1": "2", "F_r_3_2": "40"}, "measured", "40", "="),
        ({"F_r_3_4": "Not detected."}, "negative", None, "="),
        ({"F_r_3_4": "slightly elevated"}, "qualitative", None, "="),
        ({"F_r_3_4": "not done"}, "not_done", None, "="),
        ({}, "not_stated", None, "="),
    ],
)
def test_in_which_way_a_result_was_reported(values, result, value, qualifier):
    row = examination(**values)
    number = None if value is None else Decimal(value)
    assert (row.result, row.value, row.qualifier) == (result, number, qualifier)


@pytest.mark.parametrize(
    ("date", "phase"),
    [("20200109", "background"), ("20200110", "reaction"), ("202001", "reaction"), ("2019", "background")],
)
def test_a_test_before_the_first_reaction_is_background(date, phase):
    assert examination(F_r_1=date, F_r_3_2="1").phase == phase


def test_details_are_made_from_names():
    received = message(
        {"F.r.2.1": "EBV PCR", "F.r.3.1": "1"},
        {"F.r.2.1": "Skin biopsy", "F.r.3.4": "necrosis"},
        {"F.r.2.1": "HLA-B*58:01", "F.r.3.1": "1"},
    )
    assert [row.kind for row in rows(received, Examination)] == ["viral", "biopsy", "genetic"]
    assert [(row.virus, row.assay) for row in rows(received, ViralTest)] == [("ebv", "pcr")]
    assert [(row.tissue, row.conclusion) for row in rows(received, BiopsyDetail)] == [("skin", "")]
    assert [(row.gene, row.allele) for row in rows(received, GeneticDetail)] == [("HLA", "B*58:01")]


def test_what_was_recognised_is_noted():
    received = message({"F.r.2.1": "EOS", "F.r.3.2": "2", "F.r.3.3": "giga/l"})
    words = [note.words for note in rows_of(received).notes]
    assert words == ["“EOS” taken for Eosinophils, absolute", "unit “giga/l” taken for 10*9/L"]


def test_what_was_recognised_leaves_as_it_came():
    received = message(
        {"F.r.2.1": "EOS", "F.r.3.2": "2", "F.r.3.3": "giga/l", "F.r.6": "as told"},
        {"F.r.2.1": "EBV PCR", "F.r.3.1": "1"},
        {"F.r.2.1": "ALT", "F.r.1": "2019", "F.r.3.4": "normal"},
    )
    assert message_of(rows_of(received).record, recorded_only=True).message.F == received.F


def test_a_person_who_corrects_what_was_recognised_is_believed():
    record = rows_of(message({"F.r.2.1": "EOS", "F.r.3.2": "2"})).record
    (row,) = record.all(Examination)
    row.test = "none"
    returned = message_of(record, recorded_only=True).message
    tags = "[case registry | kind: laboratory | phase: reaction | result: measured | test: none]"
    assert returned.F[0]["F.r.6"] == tags
    (back,) = rows(returned, Examination)
    assert (back.test, back.comment) == ("none", "")


def test_that_no_higher_one_was_measured_is_sent_and_read():
    record = rows_of(message({"F.r.2.1": "EOS", "F.r.3.2": "2"})).record
    (row,) = record.all(Examination)
    row.is_peak = True
    assert message_of(record).message.F[0]["F.r.6"] == "The highest value of the reaction."
    returned = message_of(record, recorded_only=True).message
    assert "highest of the reaction: yes" in returned.F[0]["F.r.6"]
    (back,) = rows(returned, Examination)
    assert (back.is_peak, back.comment) == (True, "")


@pytest.mark.parametrize(
    ("name", "tissue"),
    [("Skin biopsy", "skin"), ("Leberbiopsie", "leberbiopsie"), ("Biopsy of forearm", "forearm")],
)
def test_a_biopsy_is_known_by_its_name(name, tissue):
    received = message({"F.r.2.1": name, "F.r.3.4": "lymphocytes"})
    assert [row.tissue for row in rows(received, BiopsyDetail)] == [tissue]
    assert message_of(rows_of(received).record, recorded_only=True).message.F == received.F


@pytest.mark.parametrize(
    ("value", "unit", "celsius"),
    [
        ("39.2", "Cel", "39.2"),
        ("39.2", "°C", "39.2"),
        ("102.2", "[degF]", "39"),
        ("39", "", None),
        ("392", "Cel", None),
        ("39.123", "Cel", None),
    ],
)
def test_a_body_temperature_is_a_temperature_as_well(value, unit, celsius):
    values = {"F.r.1": "20200112", "F.r.2.1": "Body temperature", "F.r.3.2": value}
    received = message(values | ({"F.r.3.3": unit} if unit else {}))
    temperatures = rows(received, Temperature)
    assert [row.celsius for row in temperatures] == ([Decimal(celsius)] if celsius else [])
    assert [str(row.when) for row in temperatures] == (["2020-01-12"] if celsius else [])
    out = message_of(rows_of(received).record)
    assert out.losses == ()
    assert out.message.F[0] == received.F[0]


def test_codes_of_other_list_versions_are_understood():
    assert examination(F_r_3_1=Code("1", version="1.0")).result == "positive"
