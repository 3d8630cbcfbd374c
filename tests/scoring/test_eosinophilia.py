"""Tests of the eosinophilia item.

0.700 and 1.500 x10^9/L; 10 and 20 % only with fewer than 4.0 x10^9/L leukocytes in the same sample.
The highest of the reaction counts. A lower grade is closed only where the report says that a count was the
highest, denies eosinophilia, or where counts cover the reaction.
"""

import pytest

from scoring.regiscar import v1
from tests.scoring.build import (
    MEASURED,
    NEGATIVE,
    NOT_DONE,
    NOT_STATED,
    POSITIVE,
    QUALITATIVE,
    blood,
    case,
    facts,
    lab,
    line,
    signs,
    steroid,
)


def highest(sample="one", **counts):
    """The counts of a sample that the report calls the highest of the reaction."""
    return blood(sample, peak=True, **counts)


CASES = [
    case("nothing is recorded", reads="unknown 0 [0, 2] missing"),
    # Absolute counts, leukocytes known and not few.
    case("0.699", *highest(count="0.699", leukocytes=8), reads="no 0 [0, 0] measured"),
    case("0.700", *highest(count="0.700", leukocytes=8), reads="moderate 1 [1, 1] measured"),
    case("1.499", *highest(count="1.499", leukocytes=8), reads="moderate 1 [1, 1] measured"),
    case("1.500", *highest(count="1.500", leukocytes=8), reads="marked 2 [2, 2] measured"),
    # Shares, with few leukocytes and with enough.
    case("9.9 % of 3.9", *highest(percent="9.9", leukocytes="3.9"), reads="no 0 [0, 0] measured"),
    case("10 % of 3.9", *highest(percent=10, leukocytes="3.9"), reads="moderate 1 [1, 1] measured"),
    case("19.9 % of 3.9", *highest(percent="19.9", leukocytes="3.9"), reads="moderate 1 [1, 1] measured"),
    case("20 % of 3.9", *highest(percent=20, leukocytes="3.9"), reads="marked 2 [2, 2] measured"),
    case("12 % of 4.5 adds nothing", *highest(percent=12, leukocytes="4.5"), reads="no 0 [0, 0] measured"),
    case(
        "10 % of exactly 4.0 adds nothing",
        *highest(percent=10, leukocytes="4.0"),
        reads="no 0 [0, 0] measured",
    ),
    case("10 % of 3.99 counts", *highest(percent=10, leukocytes="3.99"), reads="moderate 1 [1, 1] measured"),
    # With few leukocytes the better of count and share.
    case(
        "a count of 1.5 among few leukocytes",
        *highest(count="1.5", percent=15, leukocytes="3.0"),
        reads="marked 2 [2, 2] measured",
    ),
    # Two of three numbers give the third.
    case(
        "0.5 of 3.0 leukocytes is 16.7 %",
        *highest(count="0.5", leukocytes=3),
        reads="moderate 1 [1, 1] measured",
    ),
    case(
        "0.5 of 2.5 leukocytes is 20 %",
        *highest(count="0.5", leukocytes="2.5"),
        reads="marked 2 [2, 2] measured",
    ),
    case(
        "0.5 being 12 % are 4.2 leukocytes", *highest(count="0.5", percent=12), reads="no 0 [0, 0] measured"
    ),
    case(
        "0.4 being 11 % are 3.6 leukocytes",
        *highest(count="0.4", percent=11),
        reads="moderate 1 [1, 1] measured",
    ),
    case(
        "7 % of 10 leukocytes is 0.7", *highest(percent=7, leukocytes=10), reads="moderate 1 [1, 1] measured"
    ),
    # One number alone leaves open what the leukocytes could raise, and only that.
    case("a count of 0.5 alone", *highest(count="0.5"), reads="no 0 [0, 2] reported"),
    case("a count of 0.8 alone", *highest(count="0.8"), reads="moderate 1 [1, 2] reported"),
    case("a count of 1.5 alone", *highest(count="1.5"), reads="marked 2 [2, 2] measured"),
    case("a count of 0 alone", *highest(count=0), reads="no 0 [0, 0] measured"),
    case("9 % alone", *highest(percent=9), reads="no 0 [0, 2] reported"),
    case("12 % alone", *highest(percent=12), reads="no 0 [0, 2] reported"),
    case("17.4 % alone", *highest(percent="17.4"), reads="no 0 [0, 2] reported"),
    case(
        "17.5 % alone is 0.7 of 4.0 or 10 % of fewer",
        *highest(percent="17.5"),
        reads="moderate 1 [1, 2] reported",
    ),
    case("37.4 % alone", *highest(percent="37.4"), reads="moderate 1 [1, 2] reported"),
    case("37.5 % alone is marked either way", *highest(percent="37.5"), reads="marked 2 [2, 2] measured"),
    case("0 % alone", *highest(percent=0), reads="no 0 [0, 0] measured"),
    case("leukocytes alone say nothing", *highest(leukocytes=3), reads="unknown 0 [0, 2] missing"),
    # Samples.
    case(
        "few leukocytes in another sample do not make a share count",
        *highest("one", percent=12, leukocytes=8),
        *highest("two", leukocytes=3),
        reads="moderate 1 [1, 1] measured",
    ),
    case(
        "the highest sample counts",
        *highest("one", count="0.2", leukocytes=8),
        *highest("two", count=2, leukocytes=8),
        *highest("three", count="0.8", leukocytes=8),
        reads="marked 2 [2, 2] measured",
    ),
    case(
        "another sample may still be higher",
        *highest("one", count="0.8", leukocytes=8),
        *highest("two", percent=12),
        reads="moderate 1 [1, 2] reported",
    ),
    case(
        "of two values in one sample the higher counts",
        *highest("one", count="0.2", leukocytes=8),
        *highest("one", count="0.9"),
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
        reads="unknown 0 [0, 2] reported",
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


COVERED = [
    case("one count", *blood(count="0.2", leukocytes=8, on=3), reads="no 0 [0, 2] reported"),
    case("one moderate count", *blood(count="0.9", leukocytes=8, on=3), reads="moderate 1 [1, 2] reported"),
    case(
        "two counts, ten days",
        *blood("one", count="0.2", leukocytes=8, on=2),
        *blood("two", count="0.3", leukocytes=8, on=12),
        reads="no 0 [0, 0] measured",
    ),
    case(
        "the higher of two that cover the reaction",
        *blood("one", count="0.9", leukocytes=8, on=2),
        *blood("two", count="0.3", leukocytes=8, on=12),
        reads="moderate 1 [1, 1] measured",
    ),
    case(
        "exactly five days apart, the last on day 10",
        *blood("one", count="0.2", leukocytes=8, on=5),
        *blood("two", count="0.3", leukocytes=8, on=10),
        reads="no 0 [0, 0] measured",
    ),
    case(
        "four days apart",
        *blood("one", count="0.2", leukocytes=8, on=8),
        *blood("two", count="0.3", leukocytes=8, on=12),
        reads="no 0 [0, 2] reported",
    ),
    case(
        "the last on day 9",
        *blood("one", count="0.2", leukocytes=8, on=1),
        *blood("two", count="0.3", leukocytes=8, on=9),
        reads="no 0 [0, 2] reported",
    ),
    case(
        "a count before onset covers nothing",
        *blood("one", count="0.2", leukocytes=8, on=-3),
        *blood("two", count="0.3", leukocytes=8, on=12),
        reads="no 0 [0, 2] reported",
    ),
    case(
        "unknown days cover nothing",
        *blood("one", count="0.2", leukocytes=8),
        *blood("two", count="0.3", leukocytes=8),
        reads="no 0 [0, 2] reported",
    ),
    case(
        "vague days may lie too close",
        *blood("one", count="0.2", leukocytes=8, on=(1, 9)),
        *blood("two", count="0.3", leukocytes=8, on=12),
        reads="no 0 [0, 2] reported",
    ),
    case(
        "a steroid before the last count",
        *blood("one", count="0.2", leukocytes=8, on=2),
        *blood("two", count="0.3", leukocytes=8, on=12),
        steroid(8),
        reads="no 0 [0, 2] reported",
    ),
    case(
        "a steroid after the last count",
        *blood("one", count="0.2", leukocytes=8, on=2),
        *blood("two", count="0.3", leukocytes=8, on=12),
        steroid(13),
        reads="no 0 [0, 0] measured",
    ),
    case(
        "a steroid of unknown date",
        *blood("one", count="0.2", leukocytes=8, on=2),
        *blood("two", count="0.3", leukocytes=8, on=12),
        steroid(),
        reads="no 0 [0, 2] reported",
    ),
    case(
        "leukocytes missing in counts that cover the reaction",
        *blood("one", count="0.2", on=2),
        *blood("two", count="0.3", leukocytes=8, on=12),
        reads="no 0 [0, 2] reported",
    ),
    case(
        "a term does not override counts that cover it",
        *blood("one", count="0.2", leukocytes=8, on=2),
        *blood("two", count="0.3", leukocytes=8, on=12),
        *signs("Eosinophilia"),
        reads="no 0 [0, 0] measured",
    ),
    case(
        "a result in words between counts is another day",
        *blood("one", count="0.2", leukocytes=8, on=2),
        *blood("two", count="0.3", leukocytes=8, on=12),
        lab("eosinophils", kind=POSITIVE, on=6),
        reads="unknown 0 [0, 2] reported",
    ),
    case(
        "the highest under a steroid is the highest",
        *highest(count="0.2", leukocytes=8, on=5),
        steroid(3),
        reads="no 0 [0, 0] measured",
    ),
]
BOUNDS = [
    case("fewer than 0.7", lab("eosinophils", "< 0.7", is_peak=True), reads="no 0 [0, 2] reported"),
    case("fewer than 0.7 of 8", *highest(count="< 0.7", leukocytes=8), reads="no 0 [0, 0] measured"),
    case("0.7 or fewer of 8", *highest(count="<= 0.7", leukocytes=8), reads="unknown 0 [0, 1] reported"),
    case("fewer than 1.5 of 8", *highest(count="< 1.5", leukocytes=8), reads="unknown 0 [0, 1] reported"),
    case("more than 5", lab("eosinophils", "> 5"), reads="marked 2 [2, 2] measured"),
    case("at least 0.8 of 8", *highest(count=">= 0.8", leukocytes=8), reads="moderate 1 [1, 2] reported"),
    case("less than 1 % of 8", *highest(percent="< 1", leukocytes=8), reads="no 0 [0, 0] measured"),
    case("25 % of fewer than 4", *highest(percent=25, leukocytes="< 4"), reads="marked 2 [2, 2] measured"),
    case("25 % of 4 or fewer", *highest(percent=25, leukocytes="<= 4"), reads="unknown 0 [0, 2] reported"),
    case("25 % of more than 6", *highest(percent=25, leukocytes="> 6"), reads="marked 2 [2, 2] measured"),
]
UNREAD = [
    case(
        "5000 × 10⁹/L",
        lab("eosinophils", 5000, is_plausible=False),
        reads="unknown 0 [0, 2] missing",
    ),
    case(
        "5000 × 10⁹/L beside 0.3",
        lab("eosinophils", 5000, is_plausible=False),
        *blood(count="0.3", leukocytes=8),
        reads="no 0 [0, 2] reported",
    ),
    case(
        "5000 × 10⁹/L beside 2.3",
        lab("eosinophils", 5000, is_plausible=False),
        *blood(count="2.3", leukocytes=8),
        reads="marked 2 [2, 2] measured",
    ),
    case("a unit that is not read", lab("eosinophils", kind=MEASURED), reads="unknown 0 [0, 2] missing"),
    case(
        "a unit that is not read beside a denial",
        lab("eosinophils", kind=MEASURED),
        lab("eosinophils", kind=NEGATIVE),
        reads="unknown 0 [0, 2] missing",
    ),
    case(
        "one share and two leukocyte counts of one day",
        *blood("one", percent=8, leukocytes="3.2"),
        lab("leukocytes", 21, sample="one"),
        reads="unknown 0 [0, 2] reported",
    ),
]
SIGNS = [
    case("reported", *signs("Eosinophil count increased"), reads="unknown 0 [0, 2] reported"),
    case("denied", *signs("no eosinophilia"), reads="no 0 [0, 0] denied"),
    case("of tissue", *signs("tissue eosinophilia"), reads="unknown 0 [0, 2] missing"),
    case(
        "reported and denied",
        *signs("Eosinophilia"),
        *signs("no eosinophilia"),
        reads="unknown 0 [0, 2] reported",
    ),
    case(
        "reported beside a test denied",
        *signs("Eosinophilia"),
        lab("eosinophils", kind=NEGATIVE),
        reads="unknown 0 [0, 2] reported",
    ),
    case(
        "denied beside one low count",
        *signs("no eosinophilia"),
        *blood(count="0.3", leukocytes=8, on=2),
        reads="no 0 [0, 0] denied",
    ),
    case(
        "denied beside a moderate count",
        *signs("no eosinophilia"),
        *blood(count="0.8", leukocytes=8, on=2),
        reads="moderate 1 [1, 2] reported",
    ),
    case(
        "normal in words under a steroid denies nothing",
        lab("eosinophils", kind=NEGATIVE, on=5),
        steroid(3),
        reads="unknown 0 [0, 2] missing",
    ),
    case(
        "reported beside one low count",
        *signs("Eosinophilia"),
        *blood(count="0.2", leukocytes=8, on=1),
        reads="unknown 0 [0, 2] reported",
    ),
]


@pytest.mark.parametrize(("rows", "reads"), [*COVERED, *BOUNDS, *UNREAD, *SIGNS])
def test_what_closes_the_item_and_what_leaves_it_open(rows, reads):
    assert line("eosinophilia", *rows) == reads


RULES = [
    pytest.param(
        highest(count="0.699", leukocytes=8),
        "Highest eosinophils 0.699 ×10⁹/L: below 0.700. The report says that this was the highest.",
        "",
        id="low",
    ),
    pytest.param(
        blood(count=1, leukocytes=8),
        "Highest eosinophils 1.000 ×10⁹/L: 0.700 to 1.499. Whether a count was higher is not said.",
        "The highest absolute eosinophil count of the reaction.",
        id="moderate",
    ),
    pytest.param(
        blood(count=10, leukocytes=20), "Highest eosinophils 10.000 ×10⁹/L: 1.500 or more.", "", id="marked"
    ),
    pytest.param(
        highest(percent=12, leukocytes="3.8"),
        "Highest eosinophils 0.456 ×10⁹/L, 12.0 % of fewer than 4.0 ×10⁹/L leukocytes: the percentage "
        "decides. The report says that this was the highest.",
        "",
        id="share",
    ),
    pytest.param(
        highest(percent="12.34"),
        "Highest share of eosinophils 12.3 %, without a count. The report says that this was the highest. "
        "Leukocytes of the sample with 12.3 % eosinophils could raise it.",
        "Leukocytes of the sample with 12.3 % eosinophils.",
        id="share-alone",
    ),
    pytest.param(
        (*blood(count="0.2", leukocytes=12, on=4), steroid(1)),
        "Highest eosinophils 0.200 ×10⁹/L: below 0.700. Whether a count was higher is not said. "
        "The systemic steroid prednisolone had begun before it.",
        "The highest absolute eosinophil count of the reaction.",
        id="steroid",
    ),
    pytest.param(
        (*blood(count="0.2", leukocytes=9, on=1), lab("eosinophils", kind=POSITIVE, on=6)),
        "Highest eosinophils 0.200 ×10⁹/L: below 0.700. Whether a count was higher is not said. "
        "Eosinophilia is reported on day 6 without a count.",
        "The highest absolute eosinophil count of the reaction.",
        id="later-in-words",
    ),
    pytest.param(
        (lab("eosinophils", 5000, is_plausible=False),),
        "5000 ×10⁹/L eosinophils is more or less than a patient can have: the number or its unit is wrong.",
        "The highest absolute eosinophil count of the reaction. The unit of 5000 ×10⁹/L eosinophils "
        "(Laboratory, Unit): for a count 10*9/L or /uL, for a share %.",
        id="implausible",
    ),
]


@pytest.mark.parametrize(("rows", "rule", "needs"), RULES)
def test_the_rule_names_what_decided_and_what_is_lacking(rows, rule, needs):
    item = v1.assess(facts(*rows)).item("eosinophilia")
    assert (item.rule, item.needs) == (rule, needs)


def test_tests_without_a_sample_are_samples_of_their_own():
    """Even where the id of one happens to be the name of another's sample."""
    rows = (lab("eosinophils_percent", 12, row="one"), lab("leukocytes", 3, sample="one", row="two"))
    assert line("eosinophilia", *rows) == "no 0 [0, 2] reported"


def test_rows_of_the_deciding_sample_are_the_evidence():
    rows = (*blood("one", count="0.2", leukocytes=8), *blood("two", count=2, leukocytes=8))
    assert v1.assess(facts(*rows)).item("eosinophilia").evidence == ("row-3", "row-4")
