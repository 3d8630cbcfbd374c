"""Tests of instruments: every released version of rules stays within reach by its name."""

import pytest

from scoring.instruments import INSTRUMENTS, UnknownRuleVersion, rule_versions, rules
from scoring.regiscar import v1
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


def test_every_test_that_a_rule_reads_is_in_the_vocabulary():
    from scoring.regiscar.v1 import blood, organs, other_causes

    read = {*blood.COUNTS, "atypical_lymphocytes", *organs.ORGAN_OF_TEST, *other_causes.CAUSES}
    assert read <= set(TESTS)


def test_limits_in_a_unit_are_of_tests_that_have_one():
    from scoring.regiscar.v1.table import ORGAN_LIMITS

    assert all(TESTS[limit.test].unit for limit in ORGAN_LIMITS if limit.above is not None)


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
