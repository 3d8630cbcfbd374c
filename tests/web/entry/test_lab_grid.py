"""The laboratory grid: what is typed and pasted comes back as it is read, and nothing is stored."""

import json

import pytest

from cases.amendment import amend
from cases.models import Examination
from tests.cases.rows import open_case
from tests.vocabulary.layouts import EMAIL

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/cases/case/lab-table/"


@pytest.fixture
def ask(client, assessor):
    client.force_login(assessor)

    def post(text="", days=(), tests=(), **more):
        grid = json.dumps({"days": list(days), "tests": list(tests)})
        return client.post(ADDRESS, {"text": text, "grid": grid, "first_received": "10 Nov 2026", **more})

    return post


def test_a_pasted_table_comes_back_as_a_grid_with_what_each_cell_is_read_as(ask):
    grid = ask(EMAIL).json()
    assert [day["meaning"] for day in grid["days"]] == ["28 Sep 2026", "1 Oct 2026", "3 Oct 2026"]
    counts = grid["tests"][0]
    assert (counts["name"], counts["unit"], counts["limits"]) == ("Leukozyten", "G/l", "4-10 G/l")
    assert counts["meaning"] == "Read as: Leukocytes, ×10⁹/L"
    assert counts["cells"][1]["meaning"] == "14.9 ×10⁹/L"
    assert counts["cells"][1]["boxes"] == {
        "table": "laboratory",
        "fields": {
            "name": "Leukozyten", "test": "", "when": "1 Oct 2026", "result": "measured", "qualifier": "=",
            "value": "14.9", "unit": "G/l", "text": "", "lower_limit": "4", "upper_limit": "10",
            "verbatim": "",
        },
    }  # fmt: skip
    troponin, crp = grid["tests"][2:]
    assert (troponin["cells"][1]["meaning"], troponin["cells"][2]["boxes"]) == ("<5 ng/L", None)
    assert "no number and no word" in troponin["cells"][2]["problem"]
    assert crp["cells"][1]["choices"] == [["1.0640", "1.064"], ["1064", "1064"]]
    assert Examination.objects.count() == 0


def row(name, *cells, unit="", limits="", test=""):
    return {"name": name, "unit": unit, "limits": limits, "test": test, "cells": list(cells)}


CELLS = (
    (row("ALT", "<5", unit="U/L", limits="50"), "<5 U/L", {"qualifier": "<", "upper_limit": "50"}),
    (row("ALT", "88 ukat/L", unit="U/L", limits="50"), "88 ukat/L", {"unit": "ukat/L", "upper_limit": ""}),
    (row("HHV-6 PCR", "neg"), "negative", {"result": "negative", "viraltest-0-virus": "hhv6"}),
    (row("EBV PCR", "pos, 2300 copies/mL"), "positive, 2300 copies/mL", {"viraltest-0-assay": "pcr"}),
    (row("ANA", "1:80"), "80 titer", {"unit": "{titer}"}),
    (row("Temperature", "39,1 °C"), "39.1 °C", {"unit": "°C"}),
    (row("CRP", "not done"), "not done", {"result": "not_done", "value": ""}),
    (row("CRP", "64 H", unit="mg/l"), "64 mg/L, high", {"verbatim": "64 H"}),
)


@pytest.mark.parametrize(("test", "meaning", "boxes"), CELLS)
def test_a_typed_cell_is_read(ask, test, meaning, boxes):
    cell = ask(days=["1 Oct 2026"], tests=[test]).json()["tests"][0]["cells"][0]
    assert (cell["meaning"], cell["problem"]) == (meaning, "")
    assert cell["boxes"]["fields"] == {**cell["boxes"]["fields"], **boxes}


REFUSED = (
    (row("ALT", "lots", unit="U/L"), "cell", "no number"),
    (row("ALT", "-5", unit="U/L"), "cell", "negative"),
    (row("Eosinophils", "5", unit="?g/L"), "cell", "can't be entered as a unit"),
    (row("ALT", "5", unit="U/L", limits="high"), "row", "no limits of normal"),
    (row("", "5"), "row", "name of the test"),
)


@pytest.mark.parametrize(("test", "at", "words"), REFUSED)
def test_what_isn_t_understood_says_why_and_makes_no_row(ask, test, at, words):
    answer = ask(days=["1 Oct 2026"], tests=[test]).json()["tests"][0]
    assert words in (answer["cells"][0] if at == "cell" else answer)["problem"]
    assert answer["cells"][0]["boxes"] is None


def test_a_day_with_two_readings_offers_both_and_holds_its_column_back(ask):
    answer = ask(days=["10/11/2026", "some day"], tests=[row("ALT", "31", "32", unit="U/L")]).json()
    assert answer["days"][0]["choices"] == ["10 Nov 2026", "11 Oct 2026"]
    assert "not read as a day" in answer["days"][1]["problem"]
    assert [cell["boxes"] for cell in answer["tests"][0]["cells"]] == [None, None]


def test_a_pasted_result_joins_its_test_and_day_and_another_one_stands_beside_it(ask):
    typed = row("ALT", "31", unit="U/L")
    answer = ask(
        "01.10.2026 ALT 31 U/L\n2026-10-01 ALT 32 U/L\n2026-09-28 ALT 30 U/L", ["1 Oct 2026"], [typed]
    )
    assert [day["meaning"] for day in answer.json()["days"]] == ["28 Sep 2026", "1 Oct 2026", "1 Oct 2026"]
    assert [cell["text"] for cell in answer.json()["tests"][0]["cells"]] == ["30", "31", "32"]


def test_a_result_that_the_case_has_already_is_not_doubled(ask, assessor):
    case = open_case(assessor)
    with amend(case, by=assessor, reason="typed") as amendment:
        amendment.add(Examination(name="GPT", unit="U/l", value=31, when="2026-10-01"))
    cells = ask("Test\t01.10.2026\t02.10.2026\nALT (U/L)\t31,0\t31\n", case=case.pk).json()["tests"][0][
        "cells"
    ]
    assert [cell["is_stored"] for cell in cells] == [True, False]
    assert cells[0]["boxes"] is None


@pytest.mark.parametrize(
    "more",
    [
        {"grid": "[1]"},
        {"grid": "{"},
        {"grid": '{"days": [1]}'},
        {"grid": json.dumps({"days": ["x"] * 61})},
        {"case": "x"},
    ],
)
def test_what_is_no_grid_is_refused(client, assessor, more):
    client.force_login(assessor)
    answer = client.post(ADDRESS, more)
    assert answer.status_code == 400
    assert answer.json()["error"]
