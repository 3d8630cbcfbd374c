"""Case numbers are safe in a path, and like no other for the eye, at every door."""

import pytest
from django.core.exceptions import ValidationError

from api.case_entry import enter_case
from cases.models import Case
from cases.models.case_number import LIKENESS, likeness, number_for
from tests.cases.rows import open_case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", ["LETTER-P1", "DE-ORG-2024-1", "A.1_b-2", "7", "SYN-1-0-0000001"])
def test_numbers(number, assessor):
    assert open_case(assessor, number).number == number


@pytest.mark.parametrize(
    "number",
    [
        "..",
        ".",
        ".A",
        "A.",
        "-A",
        "A/1",
        "A\\1",
        "A 1",
        "A%2F",
        "А-1",
        "Α-1",
        "é",
        "A?1",
        "A#1",
        "A\n1",
        "_",
        "A\u200b1",
    ],
)
def test_what_is_no_number(number, assessor):
    with pytest.raises(ValidationError, match="one word of the letters"):
        open_case(assessor, number)


def test_full_width_and_blanks_are_mended(assessor):
    assert enter_case({"number": " Ａ－１ "}, by=assessor).number == "A-1"


@pytest.mark.parametrize("number", ["lone-o1", "LONE-01", "1ONE-O1", "IONE-OI", "LONE-O1"])
def test_look_alikes(number, assessor):
    open_case(assessor, "LONE-O1")
    with pytest.raises(ValidationError, match=r"looks the same|already exists|has this number"):
        enter_case({"number": number}, by=assessor)


def test_the_database_computes_the_same(assessor):
    case = open_case(assessor, "LoI-oil.10_x")
    assert Case.objects.annotate(likeness=LIKENESS).get(pk=case.pk).likeness == likeness(case.number)


@pytest.mark.parametrize(
    ("identifier", "number"),
    [
        ("DE-ORG-2024-1", "DE-ORG-2024-1"),
        ("DE ORG 1", "DE_ORG_1"),
        ("US-FDA/7", "US-FDA_7-cbb5b2d8"),
        ("JP-製薬-1", "JP-_-1-"),
        ("..", "CASE-"),
        ("X" * 120, "X" * 91 + "-"),
    ],
)
def test_identifiers_of_senders(identifier, number, assessor):
    made = number_for(identifier)
    assert made.startswith(number[:-8] if number.startswith("US") else number)
    assert open_case(assessor, made).number == made
    assert number_for(identifier, is_taken=True) != identifier
