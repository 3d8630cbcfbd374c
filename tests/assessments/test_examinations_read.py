"""From examinations to facts: names, units, bounds, limits and samples as people write them."""

from decimal import Decimal

import pytest

from assessments.facts.not_counted import NotCounted
from assessments.facts.tests import test_facts as read_tests
from assessments.summary import fill_from_facts
from cases.models import Case, CaseSummary, Examination
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import CaseTimeline
from tests.assessments.test_facts import at, facts


def lab(name, value=None, unit="", **fields):
    return Examination(name=name, value=None if value is None else Decimal(value), unit=unit, **fields)


def one_test(*rows):
    (fact,) = facts(*rows).tests
    return fact


@pytest.mark.parametrize(
    ("name", "value", "unit", "compared"),
    [
        ("Eosinophile", "2.4", "G/l", "2.4"),
        ("Eosinophils", "2.3", "×10⁹/L", "2.3"),
        ("Eosinophils", "2300", "cells/mm³", "2.3"),
        ("Eosinophils", "23", "10^2/µL", "2.3"),
        ("Eosinophils", "2.3", "x ULN", None),
        ("Eosinophils", "2.3", "", None),
        ("Troponin T", "14", "ng/L", "0.014"),
        ("ALT", "312", "", "312"),
        ("ALT", "5.2", "µkat/L", "5.2"),
        ("GPT", "3", "x ULN", "3"),
        # What a person has to confirm or write anew is no number yet.
        ("Eosinophils", "2.3", "109/L", None),
        ("Eosinophils", "2.3", "mil/mcL", None),
        ("ALT", "5.2", "?kat/L", None),
    ],
)
def test_numbers_compare_in_the_unit_of_their_test(name, value, unit, compared):
    assert one_test(lab(name, value, unit)).value == (None if compared is None else Decimal(compared))


def test_a_multiple_of_its_limit_has_the_limit_one():
    fact = one_test(lab("ALT", "3", "x ULN", upper_limit=Decimal(50)))
    assert (fact.value, fact.upper) == (3, 1)


def test_limits_and_bounds_go_with_their_number():
    fact = one_test(
        lab("Eosinophils", "700", "/µL", qualifier="<", lower_limit=Decimal(20), upper_limit=Decimal(500))
    )
    assert (fact.value, fact.qualifier, fact.lower, fact.upper) == (
        Decimal("0.7"),
        "<",
        Decimal("0.02"),
        Decimal("0.5"),
    )


@pytest.mark.parametrize(
    ("name", "value", "unit", "is_plausible"),
    [
        ("Eosinophils", "5000", "G/L", False),
        ("Eosinophils", "5000", "/µL", True),
        ("Eosinophils", "101", "%", False),
        ("ALT", "30000", "U/L", True),
        ("ALT", "900", "µkat/L", False),
        ("Creatinine", "4500", "µmol/L", False),
        ("Creatinine", "4500", "", True),
        ("ALT", "-3", "", False),
    ],
)
def test_what_no_patient_can_have_is_marked(name, value, unit, is_plausible):
    assert one_test(lab(name, value, unit)).is_plausible is is_plausible


@pytest.mark.parametrize(
    ("when", "joins"),
    [
        ("2024-03-10", True),
        ("2024-03-10T08:00", True),
        ("2024-03", False),
        ("2024", False),
        ("birth+400d", True),
        ("birth+400..d", False),
        ("birth+400..410d", False),
        ("birth+60mo", False),
    ],
)
def test_only_a_moment_that_names_a_day_is_a_sample(when, joins):
    assert bool(one_test(lab("Eosinophils", "1", "G/L", when=at(when))).sample) is joins


def test_a_named_sample_comes_before_the_moment():
    assert one_test(lab("Eosinophils", "1", "G/L", when=at("2024-03"), sample="A")).sample == "A"


@pytest.mark.parametrize(("unit", "value"), [("°F", "101.3"), ("°C", "38.5"), ("F", "101.3")])
def test_a_temperature_among_the_examinations_is_a_temperature(unit, value):
    found = facts(lab("Body temperature", value, unit))
    assert [t.celsius for t in found.temperatures] == [Decimal("38.5")]
    assert not found.tests


def read(*rows):
    record = CaseRecord.of(Case(number="X"), rows)
    return list(read_tests(record, CaseTimeline(record)))


@pytest.mark.parametrize(
    ("row", "counts"),
    [
        (lab("Foobarase", "3", "U/L"), False),
        (lab("PCR", "3"), False),
        (lab("ALT", "3", "U/L"), True),
    ],
    ids=["unknown name", "several meanings", "one meaning"],
)
def test_a_result_whose_name_leads_to_no_test_is_not_counted(row, counts):
    (fact,) = read(row)
    assert isinstance(fact, NotCounted) is not counts
    if not counts:
        assert row.name in fact.reason
        assert "Laboratory, Test" in fact.remedy


@pytest.mark.parametrize(
    "row",
    [lab("Foo", "3", test="none"), lab("Foo", kind="genetic"), lab("CMV", kind="viral")],
    ids=["a person said it is none", "genetic", "virus"],
)
def test_what_the_facts_leave_to_others(row):
    assert read(row) == []


@pytest.mark.parametrize(
    ("value", "qualifier", "peak"),
    [("2.4", "=", "2.4"), ("5", ">", "5"), ("5", "<", None), ("5000", "=", None)],
)
def test_neither_an_upper_bound_nor_an_implausible_count_is_a_peak(value, qualifier, peak):
    summary = CaseSummary()
    fill_from_facts(summary, facts(lab("Eosinophils", value, "G/L", qualifier=qualifier)))
    assert summary.eosinophil_peak == (None if peak is None else Decimal(peak))
