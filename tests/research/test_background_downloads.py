"""Large downloads are prepared by a job; their page shows how far they are, has the file, and stops them."""

import json

import pytest

from jobs.leases import Cancelled, HandedOver, take
from jobs.models import JobState
from jobs.queue import cancel, work
from research import background_downloads
from research.background_downloads import _Renewal
from research.models import DownloadedCases, PreparedDownload

pytestmark = pytest.mark.django_db
PAGE = "/download/prepared/"


@pytest.fixture(autouse=True)
def _own_place(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    settings.K_ANONYMITY_FLOOR = 1
    monkeypatch.setattr(background_downloads, "AT_ONCE_CASES", 1)


@pytest.fixture
def ordered(client, letter_cases, researcher):
    client.force_login(researcher)
    answer = client.post("/download/", {"format": "csv", "query": ""})
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    return PreparedDownload.objects.get()


def done(prepared):
    job = work(take(prepared.job.uuid))
    prepared.refresh_from_db()
    return job


def test_a_large_one_waits_and_its_file_is_fetched_from_its_page(client, ordered):
    page = client.get(PAGE).text
    assert "Waits for its turn" in page
    assert 'data-renew="2"' in page
    assert (done(ordered).state, ordered.log.cases) == (JobState.DONE, 2)
    page = client.get(PAGE).text
    assert "Done: 2 of 2 cases" in page
    assert "data-renew" not in page
    file = client.get(f"/download/{ordered.log.uuid}/")
    assert b"".join(file.streaming_content).startswith(b"PK")


def test_a_script_is_led_to_the_page(client, letter_cases, researcher):
    client.force_login(researcher)
    answer = client.post("/download/", {"format": "csv"}, headers={"Accept": "application/x-ndjson"})
    assert json.loads(answer.content) == {"waits": PAGE}


def test_a_small_one_is_made_at_once(client, letter_cases, researcher, monkeypatch):
    monkeypatch.setattr(background_downloads, "AT_ONCE_CASES", 2)
    client.force_login(researcher)
    assert client.post("/download/", {"format": "csv"})["Location"] != PAGE
    assert not PreparedDownload.objects.exists()


def test_a_refusal_is_shown_with_what_to_do(client, ordered, settings):
    settings.K_ANONYMITY_FLOOR = 3
    assert done(ordered).state == JobState.FAILED
    assert "This download is refused." in client.get(PAGE).text
    assert not DownloadedCases.objects.exists()


def test_what_a_format_cannot_hold_is_shown(client, ordered, monkeypatch):
    monkeypatch.setattr("research.table_files.MAX_CHARACTERS", 1)
    PreparedDownload.objects.update(format="xlsx")
    job = done(ordered)
    assert job.state == JobState.FAILED
    assert "Take CSV or Parquet." in job.problem


def test_only_who_ordered_it_sees_and_stops_it(client, ordered, make_user):
    client.force_login(make_user("researcher", "somebody"))
    assert "You have ordered none" in client.get(PAGE).text
    assert client.post(PAGE, {"stop": ordered.pk}).status_code == 404


@pytest.mark.parametrize("stop", ["", "x", "²", "9" * 40])
def test_what_is_no_download_is_not_stopped(client, ordered, stop):
    assert client.post(PAGE, {"stop": stop}).status_code == 404


def test_one_that_waits_is_stopped(client, ordered):
    assert client.post(PAGE, {"stop": ordered.pk})["Location"] == PAGE
    assert take(ordered.job.uuid) is None
    assert "Stopped by a person" in client.get(PAGE).text


@pytest.mark.parametrize("reason", [Cancelled, HandedOver])
def test_one_that_is_being_made_stops_at_its_next_cases(ordered, researcher, monkeypatch, reason):
    lease = take(ordered.job.uuid)
    renewal = _Renewal(lease)
    monkeypatch.setattr(background_downloads, "RENEWED_EVERY", 0)
    if reason is Cancelled:
        cancel(lease.job)
        monkeypatch.setattr("research.background_downloads.connection.close", lambda: None)
        renewal.renew()
    else:
        monkeypatch.setattr("research.background_downloads.ENDING.is_set", lambda: True)
    with pytest.raises(reason):
        renewal.note(background_downloads._order(ordered, researcher))
