"""Tests of other potential causes: three of four groups of tests negative, and none positive.

Tests count by name. Hepatitis A, B and C are one group; herpes viruses, old IgG and vaccine titres
have no listed name and count neither way.
"""

import pytest

from scoring.regiscar import v1
from tests.scoring.build import NEGATIVE, NOT_DONE, NOT_STATED, POSITIVE, QUALITATIVE, case, facts, lab, line

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
        *results(POSITIVE, "hepatitis_b_vaccine"),
        reads=YES,
    ),
    case(
        "old IgG is not acute infection",
        *results(NEGATIVE, "ana", "blood_culture", "hepatitis_a"),
        *results(POSITIVE, "hepatitis_a_igg"),
        reads=YES,
    ),
]


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
