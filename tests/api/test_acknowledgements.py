"""Receivers' answers that a machine hands on: what was sent gets its state, once."""

from io import BytesIO

import pytest

from e2b import Receipt, acknowledge, read, write_acknowledgement
from exchange.importing import import_batch
from exchange.models import Submission
from exchange.receiving import receive
from tests.exchange.material import enter_sender, fda_file

pytestmark = pytest.mark.django_db
XML = "application/xml"


@pytest.fixture
def answer(make_machine, assessor):
    """FDA's answer to a case that was fetched for it."""
    enter_sender(assessor.organisation)
    batch = receive(BytesIO(fda_file(1)), "file.xml", by=assessor)
    import_batch(batch, by=assessor, report=lambda result: None)
    sent = read(make_machine("assessor").get("cases/DE-X-1.xml?receiver=FDA").content)
    return write_acknowledgement(
        acknowledge(sent, [Receipt(True, "4711")], number="A-1", time="20261201101500")
    )


def test_what_was_sent_gets_its_state_and_nothing_happens_twice(make_machine, answer):
    machine = make_machine("assessor")
    taken = machine.post("acknowledgements/", answer, content_type=XML)
    assert (taken.status_code, taken.json()["is_new"]) == (201, True)
    (message,) = taken.json()["messages"]
    assert (message["case"], message["code"], message["state"]) == ("DE-X-1", "CA", "accepted")
    assert Submission.objects.get().state == "accepted"
    again = machine.post("acknowledgements/", answer, content_type=XML)
    assert (again.status_code, again.json()["is_new"]) == (200, False)


@pytest.mark.parametrize("content", [b"", b"<a/>", b"{}"])
def test_what_is_no_acknowledgement_is_refused(machine, content):
    refused = machine.post("acknowledgements/", content, content_type=XML)
    assert (refused.status_code, refused["Content-Type"]) == (422, "application/problem+json")
    assert refused.json()["detail"]
