"""Tests of `vocabulary.test_names`: a name leads to its one test, or to a question."""

import pytest

from scoring.vocabulary import TESTS as SCORED
from vocabulary.folding import fold_name
from vocabulary.test_names import TESTS, read_test_name
from vocabulary.test_names.ambiguous import AMBIGUITIES, OTHER_MATERIAL, OTHER_QUANTITY
from vocabulary.units import KINDS, read_unit


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Eosinófilos", "eosinophils"),
        ("polynucléaires éosinophiles", "eosinophils"),
        ("好酸球数", "eosinophils"),
        ("EOS%", "eosinophils_percent"),
        ("Eos #", "eosinophils"),
        ("Leukozyten", "leukocytes"),
        ("γ-GT", "ggt"),
        ("TGP", "alt"),
        ("serum creatinine", "creatinine"),
        ("hs troponin T", "troponin_t"),
        ("Fieber", ""),
        ("Troponine", "troponin"),
        ("anti-HBc IgM", "hepatitis_b"),
        ("Anti-HBs", "hepatitis_b_surface_antibody"),
        ("eosinophils in urine", "urine_eosinophils"),
        ("my eosinophils", ""),
    ],
)
def test_a_whole_name_leads_to_its_test(name, key):
    assert read_test_name(name).key == key


@pytest.mark.parametrize(
    ("name", "unit", "context", "key"),
    [
        ("PCR", "mg/L", None, "crp"),
        ("PCR", "mg/g", None, "urine_protein_creatinine"),
        ("PCR", "copies/mL", "es", ""),
        ("PCR", None, "es", "crp"),
        ("PCR", None, None, ""),
        ("BT", "µmol/l", None, "bilirubin_total"),
        ("BT", "°C", None, "body_temperature"),
        ("VHS", "mm/h", None, "esr"),
        ("VHS", None, "pt", "esr"),
        ("VHS", None, None, ""),
        ("PT", "INR", None, "inr"),
        ("PT", "s", None, "prothrombin_time"),
        ("T", None, None, ""),
        ("T", "°F", None, "body_temperature"),
        ("HHV-6", None, None, ""),
        ("HHV-6", "copies/mL", None, "hhv6_pcr"),
        ("HHV-6", "Ct", None, "hhv6_pcr"),
        ("hepatitis B", None, None, ""),
        ("AP", None, None, ""),
        ("AP", "U/L", None, "alp"),
        ("GTP", "U/L", None, ""),
        ("HSV-6", "copies/mL", "virus", ""),
        ("biopsy", None, "skin", "skin_biopsy"),
    ],
)
def test_unit_before_context_decides_an_ambiguous_name(name, unit, context, key):
    reading = read_test_name(name, unit, context)
    assert reading.key == key
    assert bool(reading.question) is not bool(key)


@pytest.mark.parametrize(
    ("name", "unit", "key"),
    [
        ("Eosinophils", "%", "eosinophils_percent"),
        ("Eosinophils", "/mm3", "eosinophils"),
        ("Eosinophils", None, "eosinophils"),
        ("Eosinophils %", "10*9/L", ""),
        ("Atypical lymphocytes", "10*9/L", ""),
        ("Proteinuria", "g/24 h", "urine_protein_daily"),
        ("AST", "IU/mL", ""),
        ("ALT", "x ULN", "alt"),
        ("ALT", "mg/dL", ""),
        ("haemoglobin", "furlong", "haemoglobin"),
    ],
)
def test_a_unit_that_contradicts_is_asked_about(name, unit, key):
    assert read_test_name(name, unit).key == key


def test_a_name_of_a_blood_test_is_asked_about_in_other_material():
    reading = read_test_name("Leukocytes", None, "urine")
    assert (reading.key, reading.candidates) == ("", ("leukocytes",))
    assert reading.question


def test_no_name_means_two_tests():
    owners: dict[str, set[str]] = {}
    for test in TESTS.values():
        for name in test.names:
            owners.setdefault(name, set()).add(test.key)
    assert {name: keys for name, keys in owners.items() if len(keys) > 1} == {}
    assert len(owners) > 2000


def test_every_name_leads_to_its_test():
    for test in TESTS.values():
        for name in test.names:
            assert read_test_name(name).key == test.key, name


def test_no_ambiguous_name_is_listed_twice():
    names = [fold_name(name) for ambiguity in AMBIGUITIES for name in ambiguity.names.split("|")]
    assert len(names) == len(set(names))


def test_the_tables_name_tests_and_units_that_exist():
    assert set(SCORED) <= set(TESTS)
    assert set(OTHER_MATERIAL) | set(OTHER_QUANTITY) <= set(TESTS)
    for ambiguity in AMBIGUITIES:
        assert {meaning.test for meaning in ambiguity.meanings} <= set(TESTS), ambiguity.names
    for test in TESTS.values():
        assert set(test.kinds) <= set(KINDS), test.key
        for unit in test.plausible:
            readings = [read_unit(unit, kind) for kind in test.kinds]
            assert any(reading.ucum == unit for reading in readings), (test.key, unit)
