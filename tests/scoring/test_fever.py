"""Tests of the fever item: 38.5 °C, axillary 38.0 °C; a No needs the highest temperature or a denial."""

import pytest

from scoring.regiscar import v1
from tests.scoring.build import (
    MEASURED,
    NEGATIVE,
    NOT_DONE,
    NOT_STATED,
    POSITIVE,
    QUALITATIVE,
    case,
    facts,
    line,
    signs,
    temperature,
)

CASES = [
    case("nothing is recorded", reads="unknown -1 [-1, 0] missing"),
    case("38.5 reaches the limit", temperature("38.5"), reads="yes 0 [0, 0] measured"),
    case("38.4 as the peak does not", temperature("38.4", peak=True), reads="no -1 [-1, -1] measured"),
    case("38.49 as the peak does not", temperature("38.49", peak=True), reads="no -1 [-1, -1] measured"),
    case("38.4 without being the peak is open", temperature("38.4"), reads="no -1 [-1, 0] reported"),
    case(
        "axillary 38.0 reaches its limit", temperature("38.0", axillary=True), reads="yes 0 [0, 0] measured"
    ),
    case(
        "axillary 37.9 as the peak does not",
        temperature("37.9", axillary=True, peak=True),
        reads="no -1 [-1, -1] measured",
    ),
    case(
        "core 38.0 as the peak does not",
        temperature("38.0", peak=True),
        reads="no -1 [-1, -1] measured",
    ),
    case("fever in words", temperature(kind=QUALITATIVE), reads="yes 0 [-1, 0] reported"),
    case("fever reported present", temperature(kind=POSITIVE), reads="yes 0 [-1, 0] reported"),
    case(
        "a temperature outranks the words it comes with",
        temperature("37.2", QUALITATIVE),
        reads="no -1 [-1, 0] reported",
    ),
    case("no fever", temperature(kind=NEGATIVE), reads="no -1 [-1, -1] denied"),
    case("not measured", temperature(kind=NOT_DONE), reads="unknown -1 [-1, 0] missing"),
    case("not stated", temperature(kind=NOT_STATED), reads="unknown -1 [-1, 0] missing"),
    case(
        "one row reaches it, another is the denial",
        temperature("39"),
        temperature(kind=NEGATIVE),
        reads="yes 0 [0, 0] measured",
    ),
    case(
        "the highest of several counts",
        temperature("37.2"),
        temperature("38.5"),
        temperature("36.9"),
        reads="yes 0 [0, 0] measured",
    ),
    case(
        "fever in words beside a low temperature",
        temperature("37.2"),
        temperature(kind=QUALITATIVE),
        reads="yes 0 [-1, 0] reported",
    ),
    case(
        "fever in words beside a low peak",
        temperature("38.2", peak=True),
        temperature(kind=QUALITATIVE),
        reads="no -1 [-1, -1] measured",
    ),
    case(
        "fever in words beside a denial",
        temperature(kind=QUALITATIVE),
        temperature(kind=NEGATIVE),
        reads="yes 0 [-1, 0] reported",
    ),
    case(
        "a denial beside a low temperature",
        temperature("37.2"),
        temperature(kind=NEGATIVE),
        reads="no -1 [-1, -1] denied",
    ),
]

BOUNDS_AND_SIGNS = [
    case("above 38.5", temperature("38.5", qualifier=">"), reads="yes 0 [0, 0] measured"),
    case("above 38", temperature("38", qualifier=">"), reads="unknown -1 [-1, 0] missing"),
    case(
        "above 38, the highest",
        temperature("38", qualifier=">", peak=True),
        reads="unknown -1 [-1, 0] missing",
    ),
    case(
        "below 38.5, the highest",
        temperature("38.5", qualifier="<", peak=True),
        reads="no -1 [-1, -1] measured",
    ),
    case(
        "38.5 or below, the highest",
        temperature("38.5", qualifier="<=", peak=True),
        reads="unknown -1 [-1, 0] missing",
    ),
    case("below 40 is no fever", temperature("40", qualifier="<"), reads="unknown -1 [-1, 0] missing"),
    case("a unit that is not read", temperature(kind=MEASURED), reads="unknown -1 [-1, 0] missing"),
    case("a term", *signs("Pyrexia"), reads="yes 0 [-1, 0] reported"),
    case("chills are no fever", *signs("chills"), reads="unknown -1 [-1, 0] missing"),
    case("subfebrile", *signs("subfebrile"), reads="unknown -1 [-1, 0] missing"),
    case("afebrile", *signs("afebrile"), reads="no -1 [-1, -1] denied"),
    case(
        "afebrile and subfebrile",
        *signs("afebrile"),
        *signs("subfebrile"),
        reads="unknown -1 [-1, 0] missing",
    ),
    case("afebrile and pyrexia", *signs("afebrile"), *signs("Pyrexia"), reads="yes 0 [-1, 0] reported"),
    case("afebrile and 39", *signs("afebrile"), temperature(39), reads="yes 0 [0, 0] measured"),
    case("afebrile and 38.2", *signs("afebrile"), temperature("38.2"), reads="no -1 [-1, 0] reported"),
    case("afebrile and 37.2", *signs("afebrile"), temperature("37.2"), reads="no -1 [-1, -1] denied"),
    case(
        "a term beside a lower temperature",
        *signs("Fever"),
        temperature("37.2"),
        reads="yes 0 [-1, 0] reported",
    ),
    case(
        "a term beside the highest",
        *signs("Fever"),
        temperature("38.2", peak=True),
        reads="no -1 [-1, -1] measured",
    ),
]


@pytest.mark.parametrize(("rows", "reads"), [*CASES, *BOUNDS_AND_SIGNS])
def test_fever(rows, reads):
    assert line("fever", *rows) == reads


def test_only_the_temperatures_that_reach_the_limit_are_evidence():
    item = v1.assess(facts(temperature("39", row="high"), temperature("37", row="low"))).item("fever")
    assert item.evidence == ("high",)


def test_an_open_fever_asks_for_the_highest_temperature():
    item = v1.assess(facts(temperature(kind=QUALITATIVE))).item("fever")
    assert item.needs == "The highest temperature of the reaction, in °C, and where it was taken."
