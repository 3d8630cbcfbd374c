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
    signs,
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
    case("of a part of the body", biopsy(COMPATIBLE, is_skin=False), reads="yes 0 [-1, 0] reported"),
    case("another diagnosis there", biopsy(OTHER_DIAGNOSIS, is_skin=False), reads="no -1 [-1, 0] reported"),
    case(
        "another diagnosis there and in skin",
        biopsy(OTHER_DIAGNOSIS, is_skin=False),
        biopsy(OTHER_DIAGNOSIS),
        reads="no -1 [-1, -1] measured",
    ),
    case("compatible in words", *signs("histology compatible"), reads="yes 0 [-1, 0] reported"),
    case("another diagnosis in words", *signs("mycosis fungoides"), reads="no -1 [-1, -1] denied"),
    case(
        "in words, one against the other",
        *signs("histology compatible"),
        *signs("biopsy AGEP"),
        reads="yes 0 [-1, 0] reported",
    ),
    case("abnormal alone", *signs("Biopsy skin abnormal"), reads="unknown 0 [-1, 0] missing"),
    case(
        "compatible in words beside another diagnosis",
        *signs("histology compatible"),
        biopsy(OTHER_DIAGNOSIS),
        reads="yes 0 [-1, 0] reported",
    ),
    case(
        "a conclusion outranks words",
        *signs("biopsy lymphoma"),
        biopsy(COMPATIBLE),
        reads="yes 0 [0, 0] measured",
    ),
    case(
        "taken, compatible in words", *signs("histology compatible"), biopsy(), reads="yes 0 [-1, 0] reported"
    ),
]


@pytest.mark.parametrize(("rows", "reads"), CASES)
def test_biopsy(rows, reads):
    assert line("biopsy", *rows) == reads
