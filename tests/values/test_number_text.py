"""Numbers as people type them are read where they mean one thing, and asked back where they mean two."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from values.number_text import NumberParseError, TypedNumber, parse_number, parse_result
from values.numbers import plain_number

READ = (
    ("38.5", "38.5"),
    ("38,5", "38.5"),
    ("0,2", "0.2"),
    ("0,200", "0.200"),
    ("12,50", "12.50"),
    ("1,5000", "1.5000"),
    ("1500,123", "1500.123"),
    (" 7 ", "7"),
    ("-3,5", "-3.5"),
    ("−3.5", "-3.5"),
    (".5", "0.5"),
    ("1e3", "1000"),
    ("1 500", "1500"),
    ("1\u202f500", "1500"),
    ("12\u00a0300,5", "12300.5"),
    ("1'500", "1500"),
    ("1’500’000", "1500000"),
    ("1,234,567", "1234567"),
    ("1,234.5", "1234.5"),
    ("1.234,5", "1234.5"),
    ("1.234.567", "1234567"),
    # The registry's own decimal sign stays one, whatever follows it.
    ("1.500", "1.500"),
)


@pytest.mark.parametrize(("text", "number"), READ)
def test_a_number_with_one_meaning_is_read(text, number):
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "readings"),
    [("1,500", "1.5 or 1500"), ("12,300", "12.3 or 12300"), ("-1,500", "-1.5 or -1500")],
)
def test_a_number_with_two_meanings_is_asked_back(text, readings):
    with pytest.raises(NumberParseError, match=readings):
        parse_number(text)


NO_NUMBERS = (
    "",
    "++",
    "much",
    "1 5",
    "1,2,3",
    "12.34.56",
    "1:80",
    "5 mg",
    "nan",
    "Infinity",
    "٣",
    "0x1",
    "1_0",
)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(NumberParseError, match="is no number"):
        parse_number(text)


RESULTS = (
    ("<5", TypedNumber(Decimal(5), "<")),
    ("> 5", TypedNumber(Decimal(5), ">")),
    ("≤ 0,01", TypedNumber(Decimal("0.01"), "<=")),
    ("=> 3", TypedNumber(Decimal(3), ">=")),
    ("=4", TypedNumber(Decimal(4))),
    ("4", TypedNumber(Decimal(4))),
    ("1:80", TypedNumber(Decimal(80), is_titre=True)),
    (">1:1280", TypedNumber(Decimal(1280), ">", is_titre=True)),
)


@pytest.mark.parametrize(("text", "result"), RESULTS)
def test_a_bound_and_a_titre_are_taken_apart(text, result):
    assert parse_result(text) == result


@pytest.mark.parametrize("text", ["<>5", "<", "++", "2:80", "<1,500"])
def test_a_result_that_is_none_is_refused(text):
    with pytest.raises(NumberParseError):
        parse_result(text)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_what_the_registry_prints_is_read_back(number):
    assert parse_number(plain_number(number)) == number
