"""Tests of the eosinophilia item.

0.700 and 1.500 x10^9/L; 10 and 20 % only with fewer than 4.0 x10^9/L leukocytes in the same sample.
The highest of the reaction counts; whatever the missing leukocytes could still raise stays open.
"""

import pytest

from scoring.regiscar import v1
from tests.scoring.build import NEGATIVE, NOT_DONE, NOT_STATED, QUALITATIVE, blood, case, facts, lab, line

CASES = [
    case("nothing is recorded", reads="unknown 0 [0, 2] missing"),
    # Absolute counts, leukocytes known and not few.
    case("0.699", *blood(count="0.699", leukocytes=8), reads="no 0 [0, 0] measured"),
    case("0.700", *blood(count="0.700", leukocytes=8), reads="moderate 1 [1, 1] measured"),
    case("1.499", *blood(count="1.499", leukocytes=8), reads="moderate 1 [1, 1] measured"),
    case("1.500", *blood(count="1.500", leukocytes=8), reads="marked 2 [2, 2] measured"),
    # Shares, with few leukocytes and with enough.
    case("9.9 % of 3.9", *blood(percent="9.9", leukocytes="3.9"), reads="no 0 [0, 0] measured"),
    case("10 % of 3.9", *blood(percent=10, leukocytes="3.9"), reads="moderate 1 [1, 1] measured"),
    case("19.9 % of 3.9", *blood(percent="19.9", leukocytes="3.9"), reads="moderate 1 [1, 1] measured"),
    case("20 % of 3.9", *blood(percent=20, leukocytes="3.9"), reads="marked 2 [2, 2] measured"),
    case("12 % of 4.5 adds nothing", *blood(percent=12, leukocytes="4.5"), reads="no 0 [0, 0] measured"),
    case(
        "10 % of exactly 4.0 adds nothing", *blood(percent=10, leukocytes="4.0"), reads="no 0 [0, 0] measured"
    ),
    case("10 % of 3.99 counts", *blood(percent=10, leukocytes="3.99"), reads="moderate 1 [1, 1] measured"),
    # With few leukocytes the better of count and share.
    case(
        "a count of 1.5 among few leukocytes",
        *blood(count="1.5", percent=15, leukocytes="3.0"),
        reads="marked 2 [2, 2] measured",
    ),
    # Two of three numbers give the third.
    case(
        "0.5 of 3.0 leukocytes is 16.7 %",
        *blood(count="0.5", leukocytes=3),
        reads="moderate 1 [1, 1] measured",
    ),
    case(
        "0.5 of 2.5 leukocytes is 20 %",
        *blood(count="0.5", leukocytes="2.5"),
        reads="marked 2 [2, 2] measured",
    ),
    case("0.5 being 12 % are 4.2 leukocytes", *blood(count="0.5", percent=12), reads="no 0 [0, 0] measured"),
    case(
        "0.4 being 11 % are 3.6 leukocytes",
        *blood(count="0.4", percent=11),
        reads="moderate 1 [1, 1] measured",
    ),
    case("7 % of 10 leukocytes is 0.7", *blood(percent=7, leukocytes=10), reads="moderate 1 [1, 1] measured"),
    # One number alone leaves open what the leukocytes could raise, and only that.
    case("a count of 0.5 alone", *blood(count="0.5"), reads="no 0 [0, 2] reported"),
    case("a count of 0.8 alone", *blood(count="0.8"), reads="moderate 1 [1, 2] reported"),
    case("a count of 1.5 alone", *blood(count="1.5"), reads="marked 2 [2, 2] measured"),
    case("a count of 0 alone", *blood(count=0), reads="no 0 [0, 0] measured"),
    case("9 % alone", *blood(percent=9), reads="no 0 [0, 2] reported"),
    case("12 % alone", *blood(percent=12), reads="no 0 [0, 2] reported"),
    case("17.4 % alone", *blood(percent="17.4"), reads="no 0 [0, 2] reported"),
    case(
        "17.5 % alone is 0.7 of 4.0 or 10 % of fewer",
        *blood(percent="17.5"),
        reads="moderate 1 [1, 2] reported",
    ),
    case("37.4 % alone", *blood(percent="37.4"), reads="moderate 1 [1, 2] reported"),
    case("37.5 % alone is marked either way", *blood(percent="37.5"), reads="marked 2 [2, 2] measured"),
    case("0 % alone", *blood(percent=0), reads="no 0 [0, 0] measured"),
    case("leukocytes alone say nothing", *blood(leukocytes=3), reads="unknown 0 [0, 2] missing"),
    # Samples.
    case(
        "few leukocytes in another sample do not make a share count",
        *blood("one", percent=12, leukocytes=8),
        *blood("two", leukocytes=3),
        reads="moderate 1 [1, 1] measured",
    ),
    case(
        "the highest sample counts",
        *blood("one", count="0.2", leukocytes=8),
        *blood("two", count=2, leukocytes=8),
        *blood("three", count="0.8", leukocytes=8),
        reads="marked 2 [2, 2] measured",
    ),
    case(
        "another sample may still be higher",
        *blood("one", count="0.8", leukocytes=8),
        *blood("two", percent=12),
        reads="moderate 1 [1, 2] reported",
    ),
    case(
        "of two values in one sample the higher counts",
        *blood("one", count="0.2", leukocytes=8),
        *blood("one", count="0.9"),
        reads="moderate 1 [1, 1] measured",
    ),
    # Words.
    case("eosinophilia in words", lab("eosinophils", kind=QUALITATIVE), reads="unknown 0 [0, 2] reported"),
    case("no eosinophilia", lab("eosinophils", kind=NEGATIVE), reads="no 0 [0, 0] denied"),
    case(
        "no eosinophilia, as a share", lab("eosinophils_percent", kind=NEGATIVE), reads="no 0 [0, 0] denied"
    ),
    case("not done", lab("eosinophils", kind=NOT_DONE), reads="unknown 0 [0, 2] missing"),
    case("not stated", lab("eosinophils", kind=NOT_STATED), reads="unknown 0 [0, 2] missing"),
    case("leukocytes denied say nothing", lab("leukocytes", kind=NEGATIVE), reads="unknown 0 [0, 2] missing"),
    case(
        "words beside a low count leave it open",
        *blood(count="0.2", leukocytes=8),
        lab("eosinophils", kind=QUALITATIVE),
        reads="no 0 [0, 2] reported",
    ),
    case(
        "words beside a high count change nothing",
        *blood(count=2, leukocytes=8),
        lab("eosinophils", kind=QUALITATIVE),
        reads="marked 2 [2, 2] measured",
    ),
    case(
        "a denial beside a count changes nothing",
        *blood(count=2, leukocytes=8),
        lab("eosinophils", kind=NEGATIVE),
        reads="marked 2 [2, 2] measured",
    ),
    case(
        "a denial beside words leaves it open",
        lab("eosinophils", kind=NEGATIVE),
        lab("eosinophils", kind=QUALITATIVE),
        reads="unknown 0 [0, 2] reported",
    ),
]


@pytest.mark.parametrize(("rows", "reads"), CASES)
def test_eosinophilia(rows, reads):
    assert line("eosinophilia", *rows) == reads


RULES = [
    pytest.param(
        blood(count="0.699", leukocytes=8), "Highest eosinophils 0.699 ×10⁹/L: below 0.700.", id="low"
    ),
    pytest.param(
        blood(count=1, leukocytes=8), "Highest eosinophils 1.000 ×10⁹/L: 0.700 to 1.499.", id="moderate"
    ),
    pytest.param(
        blood(count=10, leukocytes=20), "Highest eosinophils 10.000 ×10⁹/L: 1.500 or more.", id="marked"
    ),
    pytest.param(
        blood(percent=12, leukocytes="3.8"),
        "Highest eosinophils 0.456 ×10⁹/L, "
        "12.0 % of fewer than 4.0 ×10⁹/L leukocytes: the percentage decides.",
        id="share",
    ),
    pytest.param(
        blood(percent="12.34"),
        "Highest share of eosinophils 12.3 %, without a count. Leukocytes of the same sample could raise it.",
        id="share-alone",
    ),
]


@pytest.mark.parametrize(("rows", "rule"), RULES)
def test_the_rule_names_the_number_that_decided(rows, rule):
    assert v1.assess(facts(*rows)).item("eosinophilia").rule == rule


def test_tests_without_a_sample_are_samples_of_their_own():
    """Even where the id of one happens to be the name of another's sample."""
    rows = (lab("eosinophils_percent", 12, row="one"), lab("leukocytes", 3, sample="one", row="two"))
    assert line("eosinophilia", *rows) == "no 0 [0, 2] reported"


def test_rows_of_the_deciding_sample_are_the_evidence():
    rows = (*blood("one", count="0.2", leukocytes=8), *blood("two", count=2, leukocytes=8))
    assert v1.assess(facts(*rows)).item("eosinophilia").evidence == ("row-3", "row-4")
