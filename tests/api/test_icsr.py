"""Messages sent in by a machine: a receipt always, a report message by message, and nothing taken twice."""

import zipfile
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.models import Case
from exchange import receipts
from exchange.models import Batch, ReceivedMessage
from jobs import leases
from jobs.leases import take
from jobs.models import Job
from tests.api.conftest import Machine
from tests.exchange.material import case_message, file_of

pytestmark = pytest.mark.django_db
XML, ZIP = "application/xml", "application/zip"


def three(number="B-1") -> bytes:
    """New cases 1 and 2, and a message that has to wait."""
    return file_of(case_message(1), case_message(2), case_message(3, C_1_1=None, C_1_8_1=None), number=number)


def zipped(**files: bytes) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, file in files.items():
            archive.writestr(f"{name}.xml", file)
    return content.getvalue()


def send(machine, content, content_type=XML, **headers):
    return machine.post("icsr/", content, content_type=content_type, **headers)


def place_of(answer) -> str:
    return answer["Location"].partition("/api/v1/")[2]


def states(report):
    return [message["state"] for message in report["messages"]]


def test_a_small_file_is_reported_at_once_and_under_its_receipt(machine):
    answer = send(machine, three(), Content_Disposition='attachment; filename="march.xml"')
    assert answer.status_code == 201
    report = answer.json()
    assert (report["state"], report["file"], report["counts"]) == (
        "done",
        "march.xml",
        {"new": 2, "waiting": 1},
    )
    assert states(report) == ["new", "new", "waiting"]
    assert [message["case"] for message in report["messages"]] == ["DE-X-1", "DE-X-2", ""]
    assert "neither C.1.1" in report["messages"][2]["reasons"][0]
    assert report["progress"] == {"done": 3, "total": 3}
    later = machine.get(place_of(answer))
    assert later.json() == report
    assert machine.get(place_of(answer), If_None_Match=later["ETag"]).status_code == 304
    assert machine.get("icsr/").json()["receipts"][0]["receipt"] == report["receipt"]


def test_what_comes_twice_is_taken_once(machine):
    send(machine, three())
    again = send(machine, three()).json()
    assert states(again) == ["new", "new", "waiting"]  # what became of them, whoever sent them first
    assert Case.objects.count() == 2
    assert ReceivedMessage.objects.count() == 3


def test_a_zip_is_reported_file_by_file(machine):
    content = zipped(a=file_of(case_message(1)), b=b"no message", c=file_of(case_message(2), number="B-2"))
    report = send(machine, content, ZIP).json()
    assert [(file["messages"], bool(file["refusal"])) for file in report["files"]] == [
        (1, False),
        (0, True),
        (1, False),
    ]
    assert [(message["file"], message["state"]) for message in report["messages"]] == [
        ("icsr: a.xml", "new"),
        ("icsr: c.xml", "new"),
    ]


def test_a_form_does_the_same(machine):
    upload = SimpleUploadedFile("form.xml", three(), XML)
    answer = machine.client.post("/api/v1/icsr/", {"file": upload}, headers=machine.headers)
    assert (answer.status_code, answer.json()["file"]) == (201, "form.xml")


@pytest.mark.parametrize("is_large", [True, False], ids=["large", "asked for"])
def test_what_is_for_the_background_is_done_by_the_worker(machine, monkeypatch, empty_queue, is_large):
    if is_large:
        monkeypatch.setattr(receipts, "AT_ONCE_BYTES", 100)
        answer = send(machine, three())
    else:
        answer = send(machine, three(), Prefer="respond-async")
    assert (answer.status_code, answer.json()["state"], answer["Retry-After"]) == (202, "queued", "2")
    assert machine.get(place_of(answer)).json()["messages"] == []
    empty_queue()
    assert states(machine.get(place_of(answer)).json()) == ["new", "new", "waiting"]


@pytest.mark.slow
def test_what_takes_too_long_goes_on_in_the_background(machine, monkeypatch, empty_queue):
    monkeypatch.setattr(receipts, "AT_ONCE_SECONDS", -1.0)
    answer = send(machine, three())
    assert answer.status_code == 202
    empty_queue()
    assert machine.get(place_of(answer)).json()["state"] == "done"


def test_an_import_is_stopped_and_resumed_by_its_receipt(machine, monkeypatch, empty_queue):
    """It stops between two messages, and takes each of them once."""
    monkeypatch.setattr(leases, "RENEWED_AFTER", 0)
    monkeypatch.setattr("exchange.importing.SET_SIZE", 1)
    place = place_of(send(machine, three(), Prefer="respond-async"))
    lease = take(Job.objects.get().uuid)
    monkeypatch.setattr("exchange.receipts.import_batch", stopping_after(1, machine, place))
    receipts.work(lease)
    stopped = machine.get(place).json()
    assert (stopped["state"], states(stopped)) == ("cancelled", ["new"])
    monkeypatch.undo()
    assert machine.patch(place, {"state": "queued"}).json()["state"] == "queued"
    assert machine.patch(place, {"state": "queued"}).status_code == 409
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
        empty_queue()
    resumed = machine.get(place).json()
    assert (resumed["state"], states(resumed)) == ("done", ["new", "new", "waiting"])
    assert (Case.objects.count(), Batch.objects.count()) == (2, 1)


def stopping_after(count, machine, place):
    """The import, with somebody who asks to stop it after so many messages."""
    from exchange.importing import import_batch

    def importing(batch, *, report, **more):
        reported = 0

        def watched(result):
            nonlocal reported
            reported += 1
            if reported == count:
                machine.patch(place, {"state": "cancelled"})
            report(result)

        import_batch(batch, report=watched, **more)

    return importing


def test_a_report_has_pages(machine):
    place = place_of(send(machine, three()))
    found, address = [], f"{place}?limit=2"
    while address:
        page = machine.get(address).json()
        found.append(states(page))
        address = (page["next"] or "").partition("/api/v1/")[2]
    assert found == [["new", "new"], ["waiting"]]


REFUSED = [
    (b"", XML, 422, "empty"),
    (b"<a/>", XML, 422, "Nothing of this"),
    (b"PK\x03\x04 no zip", ZIP, 422, "Nothing of this"),
    (b"{}", "application/json", 415, "media type"),
]


@pytest.mark.parametrize(("content", "content_type", "status", "words"), REFUSED)
def test_what_cannot_be_imported_is_refused_with_the_reason(machine, content, content_type, status, words):
    answer = send(machine, content, content_type)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert words in answer.json()["detail"]
    if "Nothing" in words:
        assert machine.get(f"icsr/{answer.json()['receipt']}/").json()["files"][0]["refusal"]


def test_what_cannot_be_asked_of_a_receipt_is_refused_by_name(machine):
    place = place_of(send(machine, three(), Prefer="respond-async"))
    for body in ({}, {"state": "done"}, {"state": "queued", "by": "me"}, {"state": None}):
        answer = machine.patch(place, body)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["path"] == "state"


def test_nobody_sees_the_receipts_of_others(machine, make_stranger):
    place = place_of(send(machine, three(), Prefer="respond-async"))
    client = Client()
    client.force_login(make_stranger("reviewer"))
    stranger = Machine(client=client)
    assert stranger.get(place).status_code == 404
    assert stranger.patch(place, {"state": "cancelled"}).status_code in (403, 404)
    assert stranger.get("icsr/").json()["receipts"] == []
    assert machine.get(f"icsr/{uuid4()}/").status_code == 404


def test_who_loses_the_right_imports_nothing_more(machine, empty_queue):
    place = place_of(send(machine, three(), Prefer="respond-async"))
    by = Job.objects.get().by
    by.role = "researcher"
    by.save()
    empty_queue()
    job = Job.objects.get()
    assert (job.state, Case.objects.count()) == ("failed", 0)
    assert "may not import" in job.problem
    assert machine.get(place).status_code == 403
