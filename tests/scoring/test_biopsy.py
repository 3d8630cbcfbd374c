"""Tests of the biopsy item: only another diagnosis costs a point; a compatible one adds none."""

import pytest

from tests.scoring.build import (
    COMPATIBLE,
    NOT_DONE,
    NOT_STATED,
    OTHER_DIAGNOSIS,
    UNCLEAR,
    biopsy,
    case,
    line,
)

CASES = [
    case("nothing is recorded", reads="unknown 0 [-1, 0] missing"),
    case("compatible adds nothing", biopsy(COMPATIBLE), reads="yes 0 [0, 0] measured"),
    case("another diagnosis", biopsy(OTHER_DIAGNOSIS), reads="no -1 [-1, -1] measured"),
    case("unclear", biopsy(UNCLEAR), reads="unknown 0 [-1, 0] missing"),
    case("taken, conclusion not given", biopsy(), reads="unknown 0 [-1, 0] missing"),
    case("none was taken: nothing can come of it", biopsy(kind=NOT_DONE), reads="unknown 0 [0, 0] denied"),
    case("not stated", biopsy(kind=NOT_STATED), reads="unknown 0 [-1, 0] missing"),
    case("two that disagree", biopsy(COMPATIBLE), biopsy(OTHER_DIAGNOSIS), reads="yes 0 [-1, 0] reported"),
    case("compatible beside unclear", biopsy(UNCLEAR), biopsy(COMPATIBLE), reads="yes 0 [0, 0] measured"),
    case("not done, then unclear", biopsy(kind=NOT_DONE), biopsy(UNCLEAR), reads="unknown 0 [-1, 0] missing"),
    case(
        "not done, then another diagnosis",
        biopsy(kind=NOT_DONE),
        biopsy(OTHER_DIAGNOSIS),
        reads="no -1 [-1, -1] measured",
    ),
]


@pytest.mark.parametrize(("rows", "reads"), CASES)
def test_biopsy(rows, reads):
    assert line("biopsy", *rows) == reads
