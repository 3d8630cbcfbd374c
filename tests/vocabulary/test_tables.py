"""Pasted tables of results: layouts, cells, and that nothing of a text is left out."""

from decimal import Decimal

import pytest

from tests.vocabulary.layouts import LAYOUTS
from vocabulary.tables import LimitsError, decimal_sign, read_cell, read_limits, read_table, split_name


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_recognised(layout):
    text, expected, not_read = LAYOUTS[layout]
    table = read_table(text)
    results = [(r.cell.line, r.name, r.text, r.unit, r.limits, r.moment) for r in table.results]
    assert [result for result in expected if result not in results] == []
    assert [entry.cell.text for entry in table.not_read] == not_read
    assert all(entry.reason for entry in table.not_read)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_word_of_a_text_is_accounted_for(layout):
    text = LAYOUTS[layout][0]
    table = read_table(text)
    cells = [
        *table.headings,
        *table.empty,
        *(r.cell for r in table.results),
        *(n.cell for n in table.not_read),
    ]
    accounted = " ".join(cell.text for cell in cells)
    words = [word.strip('>|:;"') for word in text.replace(";", " ").replace(",", ", ").split()]
    assert [word for word in words if word.strip("-|,") and word.strip(",") not in accounted] == []


CELLS = {
    "8,1": ("measured", "8.1", "=", "", ""),
    "<5": ("measured", "5", "<", "", ""),
    "≥ 1.5": ("measured", "1.5", ">=", "", ""),
    "14,9 H": ("measured", "14.9", "=", "", "high"),
    "312*": ("measured", "312", "=", "", "abnormal"),
    "↓ 3.2": ("measured", "3.2", "=", "", "low"),
    "2.4 x10^9/L (0-0.5) H": ("measured", "2.4", "=", "x10^9/L", "high"),
    "1,2 x 10^5 copies/mL": ("measured", "120000", "=", "copies/mL", ""),
    "12 500": ("measured", "12500", "=", "", ""),
    "1:320": ("measured", "320", "=", "{titer}", ""),
    "pos": ("positive", None, "=", "", ""),
    "positive, 2300 copies/mL": ("positive", "2300", "=", "copies/mL", ""),
    "neg. (<1:10)": ("negative", None, "=", "", ""),
    "not done": ("not_done", None, "=", "", ""),
    "folgt": ("not_stated", None, "=", "", ""),
    "-": ("", None, "=", "", ""),
    "n/a": ("", None, "=", "", ""),
}


@pytest.mark.parametrize("text", CELLS)
def test_a_cell_is_read(text):
    reading = read_cell(text)
    result, number, qualifier, unit, flag = CELLS[text]
    assert (reading.result, reading.qualifier, reading.unit, reading.flag) == (result, qualifier, unit, flag)
    assert reading.number == (None if number is None else Decimal(number))
    assert not reading.problem


@pytest.mark.parametrize(
    ("text", "words", "choices"),
    [
        ("1,234", "can be 1.234 or 1234", ("1.2340", "1234")),
        ("<1,234 H", "can be <1.234 or <1234", ("<1.2340", "<1234")),
        ("10-50", "a range", (">=10", "<=50")),
        ("hämolytisch", "no number", ()),
        ("8,1 blah", "“blah” behind the number", ()),
        ("2 109/L", "where does the number end", ()),
        ("28.09.2026", "no number", ()),
    ],
)
def test_a_cell_that_may_mean_several_things_is_asked_back(text, words, choices):
    reading = read_cell(text)
    assert words in reading.problem
    assert reading.choices == choices
    assert all(read_cell(choice).problem == "" for choice in choices)


@pytest.mark.parametrize(
    ("others", "problem"),
    [(("8.1",), False), (("8,1",), True), (("8,1", "9.2"), True), ((), True), (("28.09",), True)],
)
def test_thousands_are_asked_unless_a_point_stands_before_decimals_elsewhere(others, problem):
    assert bool(read_cell("1.234", decimal_sign(others)).problem) is problem


@pytest.mark.parametrize(
    ("text", "lower", "upper", "unit"),
    [
        ("4-10 G/l", "4", "10", "G/l"),
        ("(0,0 – 0,5)", "0.0", "0.5", ""),
        ("<50 U/l", None, "50", "U/l"),
        ("bis 50", None, "50", ""),
        ("> 60", "60", None, ""),
        ("N : 4,0 à 10,0", "4.0", "10.0", ""),
        ("U/L 10-50", "10", "50", "U/L"),
        ("%", None, None, "%"),
        ("neg.", None, None, ""),
    ],
)
def test_limits_are_read(text, lower, upper, unit):
    limits = read_limits(text)
    ends = [None if end is None else str(end) for end in (limits.lower, limits.upper)]
    assert [*ends, limits.unit] == [lower, upper, unit]


@pytest.mark.parametrize("text", ["m 4-10, w 3-9", "1,234-2,345", "10-4", "see comment"])
def test_other_limits_are_refused(text):
    with pytest.raises(LimitsError):
        read_limits(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("GPT (ALAT)", ("GPT (ALAT)", "", "")),
        ("GPT (ALAT) U/l", ("GPT (ALAT)", "U/l", "")),
        ("Leukocytes [10^9/L]", ("Leukocytes", "10^9/L", "")),
        ("CRP (<5 mg/l)", ("CRP", "", "<5 mg/l")),
        ("ALT ULN", ("ALT ULN", "", "")),
        ("Eosinophile %", ("Eosinophile %", "", "")),
    ],
)
def test_a_name_is_parted_from_its_unit_and_limits(text, parts):
    assert split_name(text) == parts
