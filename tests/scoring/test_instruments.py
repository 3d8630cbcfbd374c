"""Tests of instruments: every released version of rules stays within reach by its name."""

import pytest

from scoring.instruments import INSTRUMENTS, UnknownRuleVersion, rule_versions, rules
from scoring.regiscar import v1
from scoring.regiscar.v1 import blood, other_causes
from scoring.regiscar.v1.organ_evidence import RULES as ORGAN_RULES
from scoring.regiscar.v1.organ_tests import NORMAL_SETS, ORGAN_TESTS
from scoring.regiscar.v1.table import TESTS_NOT_READ
from scoring.vocabulary import TESTS
from tests.scoring.build import facts


def test_a_version_is_found_by_its_name():
    assert rules("regiscar-kardaun-2007.1") is v1


def test_an_unknown_version_is_refused_with_those_that_exist():
    with pytest.raises(UnknownRuleVersion, match=r"'regiscar-9'.*known are regiscar-kardaun-2007\.1"):
        rules("regiscar-9")


@pytest.mark.parametrize("name", rule_versions())
def test_a_version_writes_its_own_name_into_its_results(name):
    assert rules(name).assess(facts()).rule_version == name


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_the_current_version_of_an_instrument_is_a_released_one(name):
    assert INSTRUMENTS[name].rules.RULE_VERSION in rule_versions()
    assert name == INSTRUMENTS[name].rules.INSTRUMENT == INSTRUMENTS[name].key


def test_every_test_of_the_vocabulary_is_read_by_an_item_or_listed_as_not_read():
    read = {*blood.COUNTS, "atypical_lymphocytes", *ORGAN_RULES, *other_causes.CAUSES}
    assert read.isdisjoint(TESTS_NOT_READ)
    assert {*read, *TESTS_NOT_READ} == set(TESTS)
    assert len(TESTS_NOT_READ) == len(set(TESTS_NOT_READ))


def test_a_test_speaks_to_one_organ_and_its_normal_sets_are_of_its_own_tests():
    assert len(ORGAN_TESTS) == len(ORGAN_RULES)
    for organ, groups in NORMAL_SETS.items():
        assert {ORGAN_RULES[test].organ for group in groups for test in group} == {organ}


def test_limits_in_a_unit_are_of_tests_that_have_one():
    fixed = [rule for rule in ORGAN_TESTS if rule.above is not None or rule.without_limit is not None]
    assert fixed
    assert all(TESTS[rule.test].unit for rule in fixed)


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("eosinophils", "10*9/L"),
        ("leukocytes", "10*9/L"),
        ("eosinophils_percent", "%"),
        ("troponin_t", "ug/L"),
        ("urine_protein_daily", "g/d"),
    ],
)
def test_numbers_of_the_rules_are_in_these_units(name, unit):
    assert TESTS[name].unit == unit
