"""How a row of the laboratory is read: test, unit and result, without a database."""

from decimal import Decimal

import pytest

from cases import recognition
from cases.models import Examination


def row(name, unit="", **fields):
    return Examination(name=name, unit=unit, **fields)


@pytest.mark.parametrize(
    ("examination", "key", "ucum"),
    [
        (row("Eosinophile", "Gpt/l"), "eosinophils", "10*9/L"),
        (row("Eosinófilos", "/mm³"), "eosinophils", "/mm3"),
        (row("Eosinophils", "%"), "eosinophils_percent", "%"),
        (row("any name", "%", test="eosinophils"), "eosinophils_percent", "%"),
        (row("any name", "G/L", test="eosinophils"), "eosinophils", "10*9/L"),
        (row("SGPT", "IU/L"), "alt", "[IU]/L"),
        (row("PCR", "mg/L"), "crp", "mg/L"),
        (row("Temperature", "°F"), "body_temperature", "[degF]"),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else value.name,
)
def test_a_row_leads_to_its_test_and_unit(examination, key, ucum):
    assert (recognition.test_of(examination).key, recognition.unit_of(examination).ucum) == (key, ucum)


@pytest.mark.parametrize("name", ["PCR", "Granulocytes", "Eosinophils of nowhere"])
def test_no_test_is_guessed(name):
    assert recognition.test_of(row(name)).key == ""


def test_a_name_with_several_meanings_is_a_question():
    reading = recognition.test_of(row("PCR"))
    assert reading.question
    assert "crp" in reading.candidates


def test_a_choice_comes_before_the_name():
    assert recognition.test_of(row("PCR", test="crp")) == recognition.TestReading("crp", is_chosen=True)
    assert recognition.test_of(row("ALT", test="none")) == recognition.TestReading(is_chosen=True)


@pytest.mark.parametrize(
    ("result", "text", "value", "kind"),
    [
        ("qualitative", "Not detected.", None, "negative"),
        ("qualitative", "below the limit of quantification", None, "positive"),
        ("not_stated", "kein Wachstum", None, "negative"),
        ("measured", "leicht erhöht", None, "qualitative"),
        ("qualitative", "pending", None, "not_stated"),
        ("qualitative", "negative in the first sample", None, "qualitative"),
        ("positive", "negative", None, "positive"),
        ("measured", "normal", Decimal(3), "measured"),
    ],
    ids=lambda value: str(value),
)
def test_words_are_a_result_where_they_say_one_thing_and_nothing_else_does(result, text, value, kind):
    assert recognition.result_of(row("x", result=result, text=text, value=value)) == kind
