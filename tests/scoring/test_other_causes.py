"""Tests of other potential causes: three of four groups of tests negative, and none positive.

Tests count by name. Hepatitis A, B and C are one group. Herpes viruses, antibodies of a vaccination and
of a past infection count neither way. A number counts by its limit, a term by the reporter's word.
"""

import pytest

from scoring.regiscar import v1
from tests.scoring.build import (
    NEGATIVE,
    NOT_DONE,
    NOT_STATED,
    POSITIVE,
    QUALITATIVE,
    case,
    facts,
    lab,
    line,
    signs,
)

YES, NO, OPEN = "yes 1 [1, 1] measured", "no 0 [0, 0] measured", "unknown 0 [0, 1] missing"
DENIED = "no 0 [0, 0] denied"


def results(kind, *names):
    return tuple(lab(name, kind=kind) for name in names)


HEPATITIS = ("hepatitis_a", "hepatitis_b", "hepatitis_c")
LUNG = ("chlamydia", "mycoplasma")

CASES = [
    case("nothing is recorded", reads=OPEN),
    case("three negative", *results(NEGATIVE, "ana", "blood_culture", "hepatitis_b"), reads=YES),
    case("four negative", *results(NEGATIVE, "ana", "blood_culture", "hepatitis_b", "chlamydia"), reads=YES),
    case("two negative", *results(NEGATIVE, "ana", "blood_culture"), reads=OPEN),
    case("hepatitis A, B and C are one group", *results(NEGATIVE, *HEPATITIS), reads=OPEN),
    case(
        "blood culture and three hepatitis tests are two",
        *results(NEGATIVE, "blood_culture", *HEPATITIS),
        reads=OPEN,
    ),
    case("Chlamydia and Mycoplasma are one group", *results(NEGATIVE, "ana", *LUNG), reads=OPEN),
    case("three in words", *results(QUALITATIVE, "ana", "blood_culture", "hepatitis_b"), reads=OPEN),
    case("three not stated", *results(NOT_STATED, "ana", "blood_culture", "hepatitis_b"), reads=OPEN),
    case("one positive", *results(POSITIVE, "mycoplasma"), reads=NO),
    case(
        "three negative, one positive",
        *results(NEGATIVE, "ana", "blood_culture", "hepatitis_b"),
        *results(POSITIVE, "chlamydia"),
        reads=NO,
    ),
    case(
        "negative and positive in one group",
        *results(NEGATIVE, "ana", "blood_culture", "hepatitis_b"),
        *results(POSITIVE, "hepatitis_c"),
        reads=NO,
    ),
    case(
        "negative, then positive by the same name",
        *results(NEGATIVE, "ana", "blood_culture", "hepatitis_b"),
        *results(POSITIVE, "ana"),
        reads=NO,
    ),
    case(
        "three negative, one in words",
        *results(NEGATIVE, "ana", "blood_culture", "hepatitis_b"),
        *results(QUALITATIVE, "mycoplasma"),
        reads="yes 1 [0, 1] reported",
    ),
    case(
        "three negative, one a number that nobody judged",
        *results(NEGATIVE, "ana", "blood_culture", "hepatitis_b"),
        lab("mycoplasma", 64),
        reads="yes 1 [0, 1] reported",
    ),
    case(
        "three negative, one not done",
        *results(NEGATIVE, "ana", "blood_culture", "hepatitis_b"),
        *results(NOT_DONE, *LUNG),
        reads=YES,
    ),
    case(
        "three negative, one not stated",
        *results(NEGATIVE, "ana", "blood_culture", "hepatitis_b"),
        *results(NOT_STATED, *LUNG),
        reads=YES,
    ),
    case(
        "two groups not done: three are out of reach",
        *results(NOT_DONE, "ana", "blood_culture"),
        reads=DENIED,
    ),
    case("one group not done", *results(NOT_DONE, "ana"), reads=OPEN),
    case("hepatitis A alone not done leaves B and C", *results(NOT_DONE, "ana", "hepatitis_a"), reads=OPEN),
    case("a whole group not done", *results(NOT_DONE, "ana", *HEPATITIS), reads=DENIED),
    case(
        "not done one day, negative another",
        *results(NOT_DONE, "ana", "blood_culture"),
        *results(NEGATIVE, "ana"),
        reads=OPEN,
    ),
    case("not stated is not not done", *results(NOT_STATED, "ana", "blood_culture"), reads=OPEN),
    case("herpes PCR counts neither way", *results(POSITIVE, "hhv6_pcr", "ebv_pcr", "cmv_pcr"), reads=OPEN),
    case(
        "herpes PCR does not spoil three negative",
        *results(NEGATIVE, "ana", "blood_culture", "hepatitis_b"),
        *results(POSITIVE, "hhv6_pcr"),
        reads=YES,
    ),
    case(
        "negative herpes PCR does not make a third",
        *results(NEGATIVE, "ana", "blood_culture", "ebv_pcr"),
        reads=OPEN,
    ),
    case(
        "a vaccine titre is not hepatitis",
        *results(NEGATIVE, "ana", "blood_culture", "hepatitis_a"),
        *results(POSITIVE, "hepatitis_b_surface_antibody"),
        reads=YES,
    ),
    case(
        "old IgG is not acute infection",
        *results(NEGATIVE, "ana", "blood_culture", "hepatitis_a"),
        *results(POSITIVE, "hepatitis_a_total", "hepatitis_b_core_total", "mycoplasma_igg", "chlamydia_igg"),
        reads=YES,
    ),
]

TWO = results(NEGATIVE, "ana", "blood_culture")
THREE = results(NEGATIVE, "ana", "blood_culture", "mycoplasma")
REPORTED_YES, REPORTED_NO = "yes 1 [0, 1] reported", "no 0 [0, 1] reported"

PAST_AND_PRESENT = [
    case(
        "anti-HBs negative is no third", *TWO, *results(NEGATIVE, "hepatitis_b_surface_antibody"), reads=OPEN
    ),
    case("old IgG negative is no third", *TWO, *results(NEGATIVE, "mycoplasma_igg"), reads=OPEN),
    case("without any antibody no hepatitis A", *TWO, *results(NEGATIVE, "hepatitis_a_total"), reads=YES),
    case("HBV DNA is a present infection", *THREE, *results(POSITIVE, "hepatitis_b_dna"), reads=NO),
    case("a load of HCV RNA too", *THREE, lab("hepatitis_c_rna", 900), reads=NO),
    case("below quantification is open", *THREE, lab("hepatitis_c_rna", "< 15"), reads=REPORTED_YES),
    case("no HCV RNA is a third", *TWO, *results(NEGATIVE, "hepatitis_c_rna"), reads=YES),
    case(
        "antibody without RNA is a past infection: open",
        *THREE,
        *results(POSITIVE, "hepatitis_c"),
        *results(NEGATIVE, "hepatitis_c_rna"),
        reads=REPORTED_YES,
    ),
    case(
        "HBsAg is positive without HCV RNA too",
        *results(POSITIVE, "hepatitis_b"),
        *results(NEGATIVE, "hepatitis_c_rna"),
        reads=NO,
    ),
]

NUMBERS = [
    case("a titre at its limit is negative", *TWO, lab("mycoplasma", 80, upper=80), reads=YES),
    case("a titre above it is low: open", *THREE, lab("ana", 160, upper=80), reads=REPORTED_YES),
    case("a bound within the limit", *TWO, lab("mycoplasma", "< 40", upper=80), reads=YES),
    case("a bound above the limit", *TWO, lab("mycoplasma", "< 160", upper=80), reads=OPEN),
    case(
        "a number that no index can be",
        *THREE,
        lab("ana", 9, upper=80, is_plausible=False),
        reads=REPORTED_YES,
    ),
]

TERMS = [
    case("positive in words", *signs("Antinuclear antibody positive"), reads=REPORTED_NO),
    case("positive in words beside three", *THREE, *signs("Hepatitis C RNA positive"), reads=REPORTED_NO),
    case(
        "positive in words, negative by its test",
        *THREE,
        *signs("Blood culture positive"),
        reads=REPORTED_YES,
    ),
    case("the third in words", *TWO, *signs("Mycoplasma test negative"), reads=REPORTED_YES),
    case(
        "hepatitis in words, of no virus by name",
        *TWO,
        *signs("Hepatitis viral test negative"),
        reads=REPORTED_YES,
    ),
    case("the same row in words is no third", *TWO, *signs("ANA negative"), reads=OPEN),
    case("words that name no test", *TWO, *signs("infectious work-up negative"), reads=OPEN),
    case(
        "words that name no test beside tests not done",
        *results(NOT_DONE, "ana", "blood_culture"),
        *signs("infectious work-up negative"),
        reads=OPEN,
    ),
    case("immunity in words", *THREE, *signs("Hepatitis B surface antibody positive"), reads=YES),
]


@pytest.mark.parametrize(("rows", "reads"), PAST_AND_PRESENT)
def test_past_and_present_infection(rows, reads):
    assert line("other_causes", *rows) == reads


@pytest.mark.parametrize(("rows", "reads"), NUMBERS)
def test_numbers_by_their_limit(rows, reads):
    assert line("other_causes", *rows) == reads


@pytest.mark.parametrize(("rows", "reads"), TERMS)
def test_terms_by_the_word_of_the_reporter(rows, reads):
    assert line("other_causes", *rows) == reads


def test_the_rows_that_are_lacking_are_named():
    item = v1.assess(facts(*TWO)).item("other_causes")
    assert item.needs == (
        "1 more with a negative result, and none positive: hepatitis A, B or C; Chlamydia or Mycoplasma."
    )


@pytest.mark.parametrize(("rows", "reads"), CASES)
def test_other_causes(rows, reads):
    assert line("other_causes", *rows) == reads


def test_a_positive_test_is_named():
    item = v1.assess(facts(*results(POSITIVE, "mycoplasma", "ana"))).item("other_causes")
    assert item.rule == "Positive: Antinuclear antibody, Mycoplasma pneumoniae."


def test_the_negative_groups_are_counted_in_the_rule():
    item = v1.assess(facts(*results(NEGATIVE, "ana", "hepatitis_a", "hepatitis_b"))).item("other_causes")
    assert item.rule == "2 of the four groups of tests negative; three are needed."


@pytest.mark.parametrize("name", ["ana", "blood_culture", *HEPATITIS, *LUNG])
def test_each_listed_test_counts(name):
    assert line("other_causes", *results(POSITIVE, name)) == NO
