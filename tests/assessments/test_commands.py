"""Commands print for people and for machines, and say what is wrong."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessments.models import Assessment

pytestmark = pytest.mark.django_db


def run(*arguments, **options) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def test_score_json_has_the_agreed_shape(letter_cases):
    told = json.loads(run("score", "LETTER-P1", json=True))
    assert [case["case"] for case in told] == ["LETTER-P1"]
    (case,) = told
    assert case["standing"] == {
        "total": 5,
        "low": -1,
        "high": 7,
        "category": "probable",
        "rule_version": "regiscar-kardaun-2007.1",
        "origin": "reported",
        "settled": False,
        "badge": "reported probable 5; evidence open: no case to definite (3)",
    }
    assert case["computed"] == {
        "total": 3,
        "low": -1,
        "high": 7,
        "category": "possible",
        "rule_version": "regiscar-kardaun-2007.1",
    }
    assert case["adjudicated"] is None
    assert (case["reported"]["total"], case["reported"]["category"], case["reported"]["attainable"]) == (
        5,
        "probable",
        True,
    )
    assert len(case["items"]) == 10
    assert sum(item["points"] for item in case["items"]) == 3


def test_score_prints_a_table_for_people(letter_cases):
    text = run("score", items=True)
    for words in ("LETTER-P1", "canakinumab", "10 days after last dose", "3 in [-1, 7]", "probable 5"):
        assert words in text


def test_score_names_the_case_it_does_not_know(letter_cases):
    with pytest.raises(CommandError, match="No case is numbered NOBODY"):
        run("score", "NOBODY")


def test_score_of_an_empty_registry_is_an_empty_list(db):
    assert json.loads(run("score", json=True)) == []


def test_replay_counts_what_is_identical(letter_cases):
    assert run("replay") == f"{Assessment.objects.count()} identical, 0 different.\n"
    assert json.loads(run("replay", "LETTER-P2", json=True)) == {"identical": 1, "differing": []}


def test_rescore_all_takes_current_cases_too(letter_cases):
    assert run("rescore", all=True) == "2 of 2 cases scored.\n"
