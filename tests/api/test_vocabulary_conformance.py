"""Every unit and every name of a test, of the lists of vocabulary, entered by the API and the form."""

import csv
from functools import cache

import pytest

from api.case_entry import enter_case
from api.case_input import InvalidCaseInput
from cases.models import Case, Examination
from cases.recognition import test_of as read_test_of
from cases.recognition import unit_of
from tests.material import VOCABULARY, conformance
from tests.vocabulary.test_conformance import means
from tests.web.entry.posting import ADD, Page
from vocabulary.test_names import TESTS
from vocabulary.units import Certainty

pytestmark = [conformance, pytest.mark.django_db]


def rows(name: str) -> list[dict[str, str]]:
    with (VOCABULARY / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def a_test_in(kind: str) -> str:
    """The key of a test that is reported in this kind of quantity, and in few others; "" where none is."""
    of_kind = sorted((len(test.kinds), key) for key, test in TESTS.items() if kind in test.kinds)
    return of_kind[0][1] if of_kind else ""


def result_in(row: dict[str, str]) -> dict[str, str]:
    """A result in the unit of a row."""
    return {"name": "as reported", "test": a_test_in(row["kind"]), "value": "7", "unit": row["spelling"]}


def units(*rules: str) -> list[dict[str, str]]:
    return [row for row in rows("units") if row["rule"] in rules and row["spelling"].strip()]


def entered(examinations: list[dict[str, str]], by) -> list[Examination]:
    case = enter_case({"number": "VOCABULARY", "report_type": "1", "examinations": examinations}, by=by)
    return list(case.examinations.all())


def refused_at(examinations: list[dict[str, str]], by) -> set[int]:
    with pytest.raises(InvalidCaseInput) as refused:
        entered(examinations, by)
    return {
        int(error["path"].split("[")[1].split("]")[0])
        for error in refused.value.errors
        if error["path"].endswith(".unit")
    }


def form(client, assessor) -> Page:
    client.force_login(assessor)
    return Page(client, ADD).set(number="VOCABULARY")


def test_every_accepted_unit_is_stored_and_read_as_its_row_says(assessor):
    listed = units("accept", "accept_if_kind")
    stored = entered([result_in(row) for row in listed], assessor)
    wrong = [
        (row["spelling"], row["kind"])
        for row, result in zip(listed, stored, strict=True)
        if (row["rule"] == "accept" or result.test)
        and not (unit_of(result).is_accepted and means(unit_of(result), row))
    ]
    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("part", range(3))
def test_the_form_stores_them_as_they_were_typed(client, assessor, part):
    listed = units("accept")[part::3]
    page = form(client, assessor)
    for row in listed:
        page.add("laboratory", **result_in(row))
    page.accepted()
    stored = list(Case.objects.get().examinations.order_by("position"))
    assert [(result.unit, unit_of(result).is_accepted) for result in stored] == [
        (row["spelling"].strip(), True) for row in listed
    ]


def test_every_suggested_unit_is_stored_and_asked_about(assessor):
    listed = [row for row in units("suggest") if a_test_in(row["kind"])]
    stored = entered([result_in(row) for row in listed], assessor)
    assert [
        row["spelling"]
        for row, result in zip(listed, stored, strict=True)
        if unit_of(result).certainty is not Certainty.SUGGESTED
    ] == []


def test_every_refused_unit_is_refused_at_its_row(assessor):
    listed = [row for row in units("never") if a_test_in(row["kind"])]
    refused = refused_at([result_in(row) for row in listed], assessor)
    assert [row["spelling"] for at, row in enumerate(listed) if at not in refused] == []


@pytest.mark.slow
def test_the_form_refuses_them_at_their_boxes(client, assessor):
    listed = [row for row in units("never") if a_test_in(row["kind"])]
    page = form(client, assessor)
    boxes = [f"{page.add('laboratory', **result_in(row))}-unit" for row in listed]
    refused = page.refused()
    assert [
        row["spelling"] for box, row in zip(boxes, listed, strict=True) if not refused.errors_at(box)
    ] == []


def test_every_name_of_a_test_leads_to_it(assessor):
    names = [
        (name, row["key"])
        for row in rows("tests")
        for column, cell in row.items()
        if column.startswith("names_")
        for name in cell.split("|")
        if name
    ]
    stored = entered([{"name": name, "value": "7"} for name, _ in names], assessor)
    assert [
        (name, key)
        for (name, key), result in zip(names, stored, strict=True)
        if read_test_of(result).key != key
    ] == []
