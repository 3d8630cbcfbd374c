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


@pytest.mark.parametrize(("rows", "reads"), CASES)
def test_nodes(rows, reads):
    assert line("nodes", *rows) == reads


def test_the_sites_that_count_are_named_in_order():
    item = v1.assess(facts(nodes(neck=1, groin=1, axilla="0.5"))).item("nodes")
    assert item.rule == "Nodes of at least 1 cm at two or more sites (groin, neck)."
