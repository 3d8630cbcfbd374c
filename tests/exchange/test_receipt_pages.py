"""The page of an import in the background: progress, report, and the buttons to stop and resume it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Case
from exchange.admin import batches
from exchange.models import Batch
from exchange.receipt_models import Receipt
from jobs.models import Job
from tests.exchange.material import case_message, file_of

pytestmark = pytest.mark.django_db
UPLOAD, RECEIPTS = "/admin/exchange/batch/upload/", "/admin/exchange/receipt/"


@pytest.fixture
def page(client, assessor):
    client.force_login(assessor)
    return client


@pytest.fixture
def progress(page, monkeypatch):
    """The address of the progress of a large file with a message that waits."""
    monkeypatch.setattr(batches, "AT_ONCE_BYTES", 10)
    content = file_of(case_message(1), case_message(2, C_1_1=None, C_1_8_1=None))
    return page.post(UPLOAD, {"file": SimpleUploadedFile("large.xml", content)})["Location"]


def text(page, address):
    response = page.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_large_file_goes_to_the_background_and_shows_its_progress(page, progress, empty_queue):
    waiting = text(page, progress)
    assert "Waits for its turn: the files are being received." in waiting
    assert 'data-renew="2"' in waiting
    empty_queue()
    done = text(page, progress)
    assert "Done: 2 of 2 messages." in done
    assert "data-renew" not in done
    assert "Imported as a new case: 1 · Waiting: 1" in done
    assert "neither C.1.1 nor C.1.8.1" in done
    assert "large.xml" in text(page, RECEIPTS)
    assert text(page, f"{RECEIPTS}{Receipt.objects.get().pk}/change/")


def test_it_is_stopped_and_resumed(page, progress, empty_queue):
    page.post(progress, {"stop": "1"})
    empty_queue()
    assert "Stopped by a person" in text(page, progress)
    assert not Case.objects.exists()
    page.post(progress, {"resume": "1"})
    empty_queue()
    assert "Done" in text(page, progress)
    assert "wasn&#x27;t stopped" in page.post(progress, {"resume": "1"}, follow=True).content.decode()


def test_a_long_file_that_was_received_is_imported_later(page, monkeypatch, empty_queue):
    monkeypatch.setattr(batches, "MOST_AT_ONCE", 1)
    content = file_of(case_message(1), case_message(2))
    page.post(UPLOAD, {"file": SimpleUploadedFile("in.xml", content)})
    address = reverse("admin:exchange-import", args=[Batch.objects.get().pk])
    assert "Import in the background" in text(page, address)
    progress = page.post(address, {"later": "1"})["Location"]
    empty_queue()
    assert "Done: 2 of 2 messages." in text(page, progress)
    assert (Batch.objects.count(), Case.objects.count()) == (1, 2)


def test_others_see_neither_list_nor_progress(page, progress, make_stranger, make_user):
    page.force_login(make_stranger("assessor"))
    assert page.get(progress).status_code == 404
    assert "large.xml" not in text(page, RECEIPTS)
    page.force_login(make_user("researcher"))
    assert page.get(progress).status_code in (302, 403)
    assert Job.objects.get().state == "queued"
