"""Every error is problem details, whoever raised it."""

import pytest
from django.test import Client

from tests.api.conftest import Machine
from tests.cases.samples import PDF

pytestmark = pytest.mark.django_db

PROBLEMS = [
    ("GET", "nope/", {}, 404),
    ("GET", "cases", {}, 404),
    ("GET", "cases/NOPE/", {}, 404),
    ("GET", "cases/%00/", {}, 404),
    ("GET", "cases/LETTER-P1/assessments/0f6f1f5e-3c64-4d5e-9a53-1d2b9f4f0001/", {}, 404),
    ("GET", "cases/LETTER-P1/documents/0f6f1f5e-3c64-4d5e-9a53-1d2b9f4f0001/file", {}, 404),
    ("GET", "cases/LETTER-P1/?x=1", {}, 400),
    ("GET", "cases/", {"Accept": "text/csv"}, 406),
    ("GET", "cases/LETTER-P1/", {"Accept": "image/png"}, 406),
    ("DELETE", "cases/LETTER-P1/", {}, 405),
    ("PUT", "cases/LETTER-P1/", {}, 405),
    ("OPTIONS", "cases/", {}, 405),
    ("POST", "cases/LETTER-P1/", {}, 405),
    ("POST", "cases/", {"Content-Type": "text/csv"}, 415),
    ("POST", "cases/LETTER-P1/documents/", {"Content-Type": "application/json"}, 415),
]


@pytest.mark.parametrize(("method", "address", "headers", "status"), PROBLEMS)
def test_a_problem_has_its_media_type_status_and_a_sentence(
    machine, letter_cases, method, address, headers, status
):
    content_type = headers.get("Content-Type", "application/json")
    answer = machine.client.generic(
        method, f"/api/v1/{address}", b"x", content_type=content_type, headers=machine.headers | headers
    )
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert problem["status"] == status
    assert problem["detail"].endswith((".", "/"))


@pytest.mark.parametrize("address", ["nope/", "cases/a%0Ab/"])
@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_a_write_to_no_address_finds_nothing_there(machine, method, address):
    stranger = Client(enforce_csrf_checks=True)
    answer = stranger.generic(method, f"/api/v1/{address}", headers=machine.headers)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


ANSWERS = [
    ({}, "key"),
    ({"key": "fever", "answer": "yes"}, "reason"),
    ({"key": "fever", "answer": 1, "reason": "x"}, "answer"),
    ({"key": "fever", "answer": "yes", "reason": "x", "by": "me"}, "by"),
    ({"key": "nose", "answer": "yes", "reason": "x"}, ""),
    ({"key": "fever", "answer": "perhaps", "reason": "x"}, ""),
    ({"key": "fever", "answer": "yes", "reason": " "}, ""),
]


@pytest.mark.parametrize(("body", "path"), ANSWERS)
def test_an_answer_that_cannot_be_taken(machine, letter_cases, body, path):
    answer = machine.post("cases/LETTER-P1/adjudications/", body)
    assert answer.status_code == 422
    assert path in [one["path"] for one in answer.json()["errors"]]


def test_an_answer_moves_the_score_and_can_be_replayed(machine, letter_cases):
    body = {"key": "fever", "answer": "yes", "reason": "39 °C in the chart"}
    given = machine.post("cases/LETTER-P1/adjudications/", body)
    assert given.status_code == 201
    assert machine.get("cases/LETTER-P1/adjudications/").json()["adjudications"] == [given.json()]
    stored = machine.get("cases/LETTER-P1/assessments/").json()["assessments"]
    assert {one["kind"] for one in stored} == {"computed", "adjudicated"}
    for one in stored:
        whole = machine.get(f"cases/LETTER-P1/assessments/{one['uuid']}/").json()
        assert whole["replay"] == {"is_identical": True, "problem": ""}


def test_a_document_goes_in_and_comes_out_byte_for_byte(machine, letter_cases):
    from django.core.files.uploadedfile import SimpleUploadedFile as File

    place = "/api/v1/cases/LETTER-P1/documents/"
    parts = {"file": File("letter.pdf", PDF), "description": "Discharge letter", "when": "2016-03"}
    added = machine.client.post(place, parts, headers=machine.headers)
    assert added.status_code == 201, added.content
    listed = machine.get("cases/LETTER-P1/documents/").json()["documents"]
    assert listed == [added.json()]
    fetched = machine.get(added.json()["address"].partition("/api/v1/")[2])
    assert fetched.content == PDF
    assert "attachment" in fetched["Content-Disposition"]


@pytest.mark.parametrize(
    ("name", "content", "more", "path"),
    [
        ("virus.exe", b"MZ\x90", {}, ""),
        ("empty.pdf", b"", {}, ""),
        ("letter.pdf", PDF, {"colour": "red"}, "colour"),
        ("letter.pdf", PDF, {"when": "someday"}, "when"),
        ("letter.pdf", PDF, {"kind": "poem"}, "kind"),
        ("letter.pdf", PDF, {"description": "\x00"}, "description"),
        ("", b"", None, "file"),
    ],
)
def test_a_document_that_cannot_be_kept(machine, letter_cases, name, content, more, path):
    from django.core.files.uploadedfile import SimpleUploadedFile as File

    parts = {"description": "x"} if more is None else {"file": File(name, content), **more}
    answer = machine.client.post("/api/v1/cases/LETTER-P1/documents/", parts, headers=machine.headers)
    assert answer.status_code == 422, answer.content
    assert path in [one["path"] for one in answer.json()["errors"]]
    assert machine.get("cases/LETTER-P1/documents/").json()["documents"] == []


def test_drugs_are_found_by_their_beginning(machine, drugs):
    found = machine.get("drugs/?atc=L04AC").json()["drugs"]
    assert {"anakinra", "canakinumab"} <= {one["name"] for one in found}
    assert machine.get("drugs/?name=anak").json()["drugs"][0]["half_lives"][0]["low_hours"]


def test_nothing_of_a_problem_is_kept_by_anybody(machine):
    assert machine.get("nope/")["Cache-Control"] == "no-store"
    assert Machine().get("cases/")["Cache-Control"] == "no-store"
