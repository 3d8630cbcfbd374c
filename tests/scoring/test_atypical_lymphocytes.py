"""Tests of the atypical lymphocyte item: any on a smear is Yes; No needs a smear that was looked at."""

import pytest

from tests.scoring.build import NEGATIVE, NOT_DONE, NOT_STATED, POSITIVE, QUALITATIVE, case, lab, line

NAME = "atypical_lymphocytes"

CASES = [
    case("nothing is recorded", reads="unknown 0 [0, 1] missing"),
    case("seen", lab(NAME, kind=POSITIVE), reads="yes 1 [1, 1] measured"),
    case("1 % counted", lab(NAME, 1), reads="yes 1 [1, 1] measured"),
    case("0.1 % counted", lab(NAME, "0.1"), reads="yes 1 [1, 1] measured"),
    case("0 % counted", lab(NAME, 0), reads="no 0 [0, 0] measured"),
    case("none seen", lab(NAME, kind=NEGATIVE), reads="no 0 [0, 0] denied"),
    case("in words", lab(NAME, kind=QUALITATIVE), reads="yes 1 [0, 1] reported"),
    case("no smear", lab(NAME, kind=NOT_DONE), reads="unknown 0 [0, 1] missing"),
    case("not stated", lab(NAME, kind=NOT_STATED), reads="unknown 0 [0, 1] missing"),
    case("none, then some", lab(NAME, 0), lab(NAME, 2), reads="yes 1 [1, 1] measured"),
    case(
        "denied, then seen", lab(NAME, kind=NEGATIVE), lab(NAME, kind=POSITIVE), reads="yes 1 [1, 1] measured"
    ),
    case("0 % and in words", lab(NAME, 0), lab(NAME, kind=QUALITATIVE), reads="yes 1 [0, 1] reported"),
    case("0 % and denied", lab(NAME, 0), lab(NAME, kind=NEGATIVE), reads="no 0 [0, 0] measured"),
    case("atypical cells of another name", lab("crp", kind=POSITIVE), reads="unknown 0 [0, 1] missing"),
]


@pytest.mark.parametrize(("rows", "reads"), CASES)
def test_atypical_lymphocytes(rows, reads):
    assert line("atypical", *rows) == reads
