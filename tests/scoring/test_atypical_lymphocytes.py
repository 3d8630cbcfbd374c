"""Tests of the atypical lymphocyte item: any on a smear is Yes; No needs a smear that was looked at."""

import pytest

from tests.scoring.build import (
    MEASURED,
    NEGATIVE,
    NOT_DONE,
    NOT_STATED,
    POSITIVE,
    QUALITATIVE,
    case,
    lab,
    line,
    signs,
)

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
    case("less than 1 %", lab(NAME, "< 1"), reads="no 0 [0, 1] reported"),
    case("5 % or less", lab(NAME, "<= 5"), reads="no 0 [0, 1] reported"),
    case("more than 5 %", lab(NAME, "> 5"), reads="yes 1 [1, 1] measured"),
    case("less than 1 %, called positive", lab(NAME, "< 1", POSITIVE), reads="yes 1 [1, 1] measured"),
    case("less than 1 %, called negative", lab(NAME, "< 1", NEGATIVE), reads="no 0 [0, 0] denied"),
    case("a number that is no share", lab(NAME, kind=MEASURED), reads="unknown 0 [0, 1] missing"),
    case(
        "no share, and a denial",
        lab(NAME, kind=MEASURED),
        *signs("smear normal"),
        reads="unknown 0 [0, 1] missing",
    ),
    case("500 %", lab(NAME, 500, is_plausible=False), reads="unknown 0 [0, 1] missing"),
    case("an analyser's flag", lab("luc", 4), reads="unknown 0 [0, 1] missing"),
    case("reported as a term", *signs("Atypical lymphocytosis"), reads="yes 1 [0, 1] reported"),
    case("denied as a term", *signs("smear normal"), reads="no 0 [0, 0] denied"),
    case(
        "reported, and denied", *signs("virocytes"), lab(NAME, kind=NEGATIVE), reads="yes 1 [0, 1] reported"
    ),
    case(
        "a term that only points there",
        *signs("Lymphocyte morphology abnormal"),
        reads="unknown 0 [0, 1] missing",
    ),
    case(
        "a term that points there keeps a denial in words from closing",
        *signs("Lymphocyte morphology abnormal"),
        *signs("smear normal"),
        reads="unknown 0 [0, 1] missing",
    ),
    case(
        "a term that points there does not reopen a smear",
        *signs("Lymphocyte morphology abnormal"),
        lab(NAME, 0),
        reads="no 0 [0, 0] measured",
    ),
    case("atypical cells of another name", lab("crp", kind=POSITIVE), reads="unknown 0 [0, 1] missing"),
]


@pytest.mark.parametrize(("rows", "reads"), CASES)
def test_atypical_lymphocytes(rows, reads):
    assert line("atypical", *rows) == reads
