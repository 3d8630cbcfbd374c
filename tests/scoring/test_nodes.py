"""Tests of the lymph node item: two different sites of at least 1 cm; No only after looking everywhere."""

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
    line,
    nodes,
    signs,
)

CASES = [
    case("nothing is recorded", reads="unknown 0 [0, 1] missing"),
    case("two sites of 1.0 cm", nodes(neck=1, groin="1.0"), reads="yes 1 [1, 1] measured"),
    case(
        "0.99 cm at the second site is too small",
        nodes(neck=1, groin="0.99", complete=True),
        reads="no 0 [0, 0] measured",
    ),
    case("one site of 3 cm, all examined", nodes(neck=3, complete=True), reads="no 0 [0, 0] measured"),
    case("one site of 3 cm, not all examined", nodes(neck=3), reads="no 0 [0, 1] reported"),
    case("all examined, none listed", nodes(complete=True), reads="no 0 [0, 0] measured"),
    case("examined, no site listed", nodes(), reads="no 0 [0, 1] reported"),
    case("lymphadenopathy in words", nodes(QUALITATIVE), reads="yes 1 [0, 1] reported"),
    case("lymphadenopathy reported present", nodes(POSITIVE), reads="yes 1 [0, 1] reported"),
    case(
        "lymphadenopathy in words is not denied by a complete examination without sites",
        nodes(QUALITATIVE, complete=True),
        reads="yes 1 [0, 1] reported",
    ),
    case("two sites without sizes", nodes(POSITIVE, neck=None, groin=None), reads="yes 1 [0, 1] reported"),
    case(
        "two sites without sizes, all examined",
        nodes(POSITIVE, neck=None, groin=None, complete=True),
        reads="yes 1 [0, 1] reported",
    ),
    case(
        "one site without a size, all examined: a second is excluded",
        nodes(POSITIVE, neck=None, complete=True),
        reads="no 0 [0, 0] measured",
    ),
    case("one large site and one without a size", nodes(neck=2, groin=None), reads="yes 1 [0, 1] reported"),
    case("no lymphadenopathy", nodes(NEGATIVE), reads="no 0 [0, 0] denied"),
    case("not examined", nodes(NOT_DONE), reads="unknown 0 [0, 1] missing"),
    case("not stated", nodes(NOT_STATED), reads="unknown 0 [0, 1] missing"),
    case(
        "two examinations find one site each",
        nodes(neck=1),
        nodes(groin=1),
        reads="yes 1 [1, 1] measured",
    ),
    case(
        "two examinations find the same site",
        nodes(neck=1, complete=True),
        nodes(neck=2),
        reads="no 0 [0, 0] measured",
    ),
    case(
        "clean at first, enlarged in words later",
        nodes(complete=True),
        nodes(QUALITATIVE),
        reads="yes 1 [0, 1] reported",
    ),
    case(
        "clean at first, two sites without sizes later",
        nodes(complete=True),
        nodes(neck=None, groin=None),
        reads="yes 1 [0, 1] reported",
    ),
    case(
        "denied in one report, in words in another",
        nodes(NEGATIVE),
        nodes(QUALITATIVE),
        reads="yes 1 [0, 1] reported",
    ),
    case(
        "denied in one report, measured in another",
        nodes(NEGATIVE),
        nodes(neck=1, groin=1),
        reads="yes 1 [1, 1] measured",
    ),
]

IDENTITY = [
    case("two names of one region", nodes(neck=2, zervikal=2), reads="no 0 [0, 1] reported"),
    case(
        "left and right of one region", nodes(left_axillary=2, right_axillary=2), reads="no 0 [0, 1] reported"
    ),
    case("both groins", nodes(both_groins=2), reads="no 0 [0, 1] reported"),
    case(
        "two names of one region, all examined",
        nodes(neck=2, zervikal=2, complete=True),
        reads="no 0 [0, 0] measured",
    ),
    case("two regions of one area", nodes(cervical=2, submandibular=2), reads="yes 1 [0, 1] reported"),
    case("regions of two areas", nodes(occipital=1, Achsel=1), reads="yes 1 [1, 1] measured"),
    case("two texts that are not read", nodes(here=2, there=2), reads="yes 1 [0, 1] reported"),
    case("one region and a text that is not read", nodes(neck=2, there=2), reads="yes 1 [0, 1] reported"),
    case(
        "a text that is not read, all examined", nodes(there=2, complete=True), reads="no 0 [0, 1] reported"
    ),
    case("several unnamed sites", nodes(generalised=2), reads="yes 1 [0, 1] reported"),
    case(
        "several unnamed sites, all examined",
        nodes(generalised=2, complete=True),
        reads="yes 1 [0, 1] reported",
    ),
]
SIGNS = [
    case("a term", *signs("Lymphadenopathy"), reads="yes 1 [0, 1] reported"),
    case("denied in a term", *signs("no lymphadenopathy"), reads="no 0 [0, 0] denied"),
    case("of one region", *signs("cervical lymphadenopathy"), reads="unknown 0 [0, 1] missing"),
    case(
        "of two regions of one area",
        *signs("Hilar lymphadenopathy"),
        *signs("Lymphadenopathy mediastinal"),
        reads="unknown 0 [0, 1] missing",
    ),
    case(
        "of two areas",
        *signs("axillary lymphadenopathy"),
        *signs("inguinal lymphadenopathy"),
        reads="yes 1 [0, 1] reported",
    ),
    case("another disease", *signs("Lymph node tuberculosis"), reads="unknown 0 [0, 1] missing"),
    case(
        "reported and denied",
        *signs("Lymphadenopathy"),
        *signs("nodes not palpable"),
        reads="yes 1 [0, 1] reported",
    ),
    case("reported beside a denial", *signs("LAD"), nodes(NEGATIVE), reads="yes 1 [0, 1] reported"),
    case(
        "reported beside the node it speaks of", *signs("LAD"), nodes(neck=2), reads="yes 1 [0, 1] reported"
    ),
    case(
        "reported beside the only node of a complete examination",
        *signs("LAD"),
        nodes(neck=2, complete=True),
        reads="no 0 [0, 0] measured",
    ),
    case(
        "several sites reported beside one node of a complete examination",
        *signs("polyadenopathy"),
        nodes(neck=2, complete=True),
        reads="yes 1 [0, 1] reported",
    ),
    case(
        "a denied term and small nodes",
        *signs("no adenopathy"),
        *signs("shotty nodes"),
        reads="unknown 0 [0, 1] missing",
    ),
    case(
        "a denied examination and small nodes",
        nodes(NEGATIVE),
        *signs("shotty nodes"),
        reads="no 0 [0, 0] denied",
    ),
]


@pytest.mark.parametrize(("rows", "reads"), [*CASES, *IDENTITY, *SIGNS])
def test_nodes(rows, reads):
    assert line("nodes", *rows) == reads


def test_the_sites_that_count_are_named_in_order():
    item = v1.assess(facts(nodes(neck=1, groin=1, axilla="0.5"))).item("nodes")
    assert item.rule == "Nodes of at least 1 cm in two or more areas (groin, neck)."
