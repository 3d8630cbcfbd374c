"""What can't be is an error, what can hardly be a warning; what leaves a doubt is no finding."""

import pytest

from e2b import Message, Null, Range, Severity, Value, validate
from e2b.elements import ELEMENTS
from tests.e2b.cases import TODAY, changed, full_message
from values.dates import PartialDate

FULL = full_message()


def with_values(**values: Value | None) -> Message:
    message = FULL
    for name, value in values.items():
        element = name.replace("_", ".")
        is_date = isinstance(value, str) and ELEMENTS[element].type == "date"
        message = changed(message, element, PartialDate.parse_hl7(value) if is_date else value)  # type: ignore[arg-type]
    return message


def reported(rule: str, **values: Value | None) -> list[Severity]:
    return [v.severity for v in validate(with_values(**values), today=TODAY) if v.rule == rule]


ERROR, WARNING = [Severity.ERROR], [Severity.WARNING]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("20240102", "20240101", ERROR),
        ("20240102", "20240102", []),
        ("20240131", "202401", []),
        ("202402", "202401", ERROR),
        ("2024", "20240101", []),
        ("2025", "20241231", ERROR),
        ("2024010210", "2024010209", ERROR),
        ("2024010210", "20240102", []),
        ("20240102100000+0100", "20240102093000+0000", []),
        ("20240102100000+0000", "20240102100000+0100", ERROR),
        ("20240102100000+0100", "20240101", []),
        ("20240102230000+0100", "20240101", ERROR),
        (Null("UNK"), "20240101", []),
        ("20240102", Null("ASKU"), []),
        ("20240102", None, []),
    ],
)
def test_an_order_is_wrong_only_where_no_reading_is_right(start, end, expected):
    assert reported("ICH-ORDER", G_k_4_r_4=start, G_k_4_r_5=end) == expected


@pytest.mark.parametrize(
    ("first", "latest", "created", "expected"),
    [
        ("20250101", "20250102", "20250102030405", []),
        ("20250103", "20250102", "20250105030405", ERROR),
        ("20250101", "20250104", "20250102030405", ERROR),
        ("20250101", "20250103", "20250102200000-0500", []),  # the third, further east
        ("20250101", "20250104", "20250102030405-0500", ERROR),
    ],
)
def test_information_comes_in_its_order(first, latest, created, expected):
    assert reported("ICH-ORDER", C_1_4=first, C_1_5=latest, C_1_2=created) == expected


AGE = {"D_2_1": "19800615", "D_2_2b": "a", "E_i_4": "20200601"}


@pytest.mark.parametrize(
    ("rule", "values", "expected"),
    [
        ("ICH-AGE-AND-BIRTH", {**AGE, "D_2_2a": "39"}, []),
        ("ICH-AGE-AND-BIRTH", {**AGE, "D_2_2a": "40", "E_i_4": "2020"}, []),
        ("ICH-AGE-AND-BIRTH", {**AGE, "D_2_2a": "48"}, WARNING),
        ("ICH-AGE-AND-BIRTH", {**AGE, "D_2_2a": "4", "D_2_2b": "{decade}"}, WARNING),
        ("ICH-AGE-AND-BIRTH", {**AGE, "D_2_2a": "3", "D_2_2b": "{decade}"}, []),
        ("ICH-AGE-AND-BIRTH", {**AGE, "D_2_2a": "39", "D_2_2b": "unknown"}, []),
        ("ICH-ABSURD", {"D_2_2a": "131", "D_2_2b": "a"}, WARNING),
        ("ICH-ABSURD", {"D_2_2a": "13", "D_2_2b": "{decade}"}, []),
        ("ICH-ABSURD", {"G_k_4_r_1a": "1001", "G_k_4_r_1b": "g"}, WARNING),
        ("ICH-ABSURD", {"G_k_4_r_1a": "500", "G_k_4_r_1b": "g"}, []),
        ("ICH-ABSURD", {"G_k_4_r_1a": "9000", "G_k_4_r_1b": "mg/kg"}, WARNING),
        ("ICH-ABSURD", {"G_k_4_r_1a": "9000000", "G_k_4_r_1b": "[IU]"}, []),
        ("ICH-ABSURD", {"E_i_6a": "200", "E_i_6b": "a"}, WARNING),
        ("ICH-NEGATIVE", {"E_i_6a": "-1"}, ERROR),
        ("ICH-NEGATIVE", {"G_k_4_r_1a": "-0.5"}, ERROR),
        ("ICH-NEGATIVE", {"G_k_4_r_1a": "0"}, []),
        ("ICH-NEGATIVE", {"G_k_4_r_1a": "1,5"}, []),  # ICH-TYPE
        ("ICH-SIZE", {"D_3": "651"}, ERROR),
        ("ICH-SIZE", {"D_3": "0.4"}, []),
        ("ICH-RANGE", {"F_r_4": "10", "F_r_5": "9.9"}, ERROR),
        ("ICH-RANGE", {"F_r_4": "9.90", "F_r_5": "9.9"}, []),
        ("ICH-UNIT-ALONE", {"F_r_3_2": None}, ERROR),
        ("ICH-UNIT-ALONE", {"F_r_3_2": Range.of("<", "3")}, []),
        ("ICH-UNIT-ALONE", {"F_r_3_2": Null("NINF")}, []),
        ("ICH-AMENDMENT", {"C_1_11_1": None}, ERROR),
        ("ICH-AMENDMENT", {"C_1_11_1": None, "C_1_11_2": None}, []),
        ("ICH-CONDITION", {"C_1_11_2": None}, ERROR),
        ("ICH-CASE-COUNTRY", {"C_1_1": "UK-X-1"}, ERROR),
        ("ICH-CASE-COUNTRY", {"C_1_1": "EU-X-1"}, []),
        ("ICH-CASE-COUNTRY", {"C_1_1": "DE-X-1", "C_2_r_3": "FR"}, WARNING),
        ("ICH-CASE-COUNTRY", {"C_1_1": "DE-X-1", "C_2_r_3": "DE"}, []),
        ("ICH-CASE-COUNTRY", {"C_1_1": "DE-X-1", "C_2_r_3": "FR", "C_2_r_5": None}, []),
        ("ICH-CASE-COUNTRY", {"C_1_1": "DE X 1", "C_2_r_3": "FR"}, []),
        ("ICH-SEX", {"D_5": "1"}, WARNING),
        ("ICH-SEX", {"D_5": "1", "D_6": Null("MSK")}, []),
        ("ICH-SEX", {"D_5": Null("UNK")}, []),
        ("ICH-DATE", {"D_2_1": "17800101"}, ERROR),
        ("ICH-VERSION", {"G_k_4_r_10_2a": None}, ERROR),
        ("ICH-VERSION", {"G_k_4_r_10_2a": None, "G_k_4_r_10_2b": None}, []),
    ],
)
def test_conformance_is_an_error_and_plausibility_a_warning(rule, values, expected):
    assert reported(rule, **values) == expected


NOT_FATAL = {"E_i_7": "1", "E_i_3_2a": Null("NI")}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"E_i_7": "5", "E_i_3_2a": "true"}, set()),
        ({"E_i_7": "1", "E_i_3_2a": "true"}, {"ICH-FATAL"}),
        ({"E_i_7": "5", "E_i_3_2a": Null("NI")}, {"ICH-FATAL"}),
        ({"D_9_1": None}, {"ICH-DEATH-DATE"}),
        ({"D_9_1": Null("ASKU")}, set()),
    ],
)
def test_a_fatal_outcome_results_in_death_on_a_day(values, expected):
    assert {
        v.rule for v in validate(with_values(**values), today=TODAY) if "WARN" in v.severity.name
    } == expected


def test_a_death_of_another_cause_is_no_finding():
    message = with_values(**NOT_FATAL)
    message = Message(message.N, message.C, message.D, message.E[:1], message.F, message.G, message.H)
    rules = {v.rule for v in validate(message, today=TODAY)}
    assert message.D["D.9.1"]
    assert not rules & {"ICH-FATAL", "ICH-DEATH-DATE"}
