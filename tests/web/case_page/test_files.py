"""Files are handed out to those who may read the case, and never run."""

import pytest
from django.urls import reverse

from cases.amendment import amend
from cases.documents.file_types import DOCX
from cases.documents.storage import store_content
from cases.models import Document, LiteratureReference
from tests.cases import samples

pytestmark = pytest.mark.django_db

# Session and user 2, the row with its file, access log, its bytes.
QUERIES = 5


@pytest.fixture
def case(letter_cases, client, reviewer):
    client.force_login(reviewer)
    return letter_cases[0]


@pytest.fixture
def hold(case, assessor):
    def add(content, name, **values):
        with amend(case, by=assessor, reason="sent along") as amendment:
            return amendment.add(Document(file=content and store_content(content), file_name=name, **values))

    return add


def get(client, row, name="case-file", **headers):
    return client.get(reverse(name, args=[row.uuid]), **headers)


SHOWN = {
    "rash.jpg": (samples.picture(), "image/jpeg", "inline"),
    "rash.png": (samples.picture("PNG"), "image/png", "inline"),
    "letter.pdf": (samples.PDF, "application/pdf", "inline"),
    "scan.tif": (samples.picture("TIFF"), "image/tiff", "attachment"),
    "notes.txt": (b"notes", "text/plain", "attachment"),
    "report.xml": (b"<?xml version='1.0'?><r/>", "application/xml", "attachment"),
    "letter.docx": (samples.WORD, DOCX.media_type, "attachment"),
    # What only a message can have brought.
    "page.html": (b"<html><script>alert(1)</script>", "application/octet-stream", "attachment"),
    "any.bin": (b"\0\1\2", "application/octet-stream", "attachment"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_file_comes_as_it_was_and_shut_off(client, hold, name):
    content, media_type, how = SHOWN[name]
    response = get(client, hold(content, name, media_type="text/html"))
    assert response.content == content
    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"] == f'{how}; filename="{name}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-cache"
    policy = response["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert policy.endswith("sandbox") == (name != "letter.pdf")


def test_a_name_that_would_harm_is_made_harmless(client, hold):
    response = get(client, hold(samples.PDF, "..\\run\r\nSet-Cookie: a\u202e.exe"))
    assert response["Content-Disposition"] == 'inline; filename="_run__Set-Cookie_ a_.exe.pdf"'


def test_a_thumbnail_is_a_small_jpeg(client, hold):
    row = hold(samples.picture(), "rash.jpg")
    small = get(client, row, "case-thumbnail")
    assert small["Content-Type"] == "image/jpeg"
    assert small.content == bytes(row.file.thumbnail)
    assert get(client, hold(samples.PDF, "a.pdf"), "case-thumbnail").status_code == 404


@pytest.mark.parametrize("name", ["case-file", "case-thumbnail"])
def test_what_the_browser_has_already_isnt_sent_again(client, hold, name, django_assert_num_queries):
    row = hold(samples.picture(), "rash.jpg")
    with django_assert_num_queries(QUERIES):
        etag = get(client, row, name)["ETag"]
    assert row.file_id in etag
    with django_assert_num_queries(QUERIES - 1):
        cached = get(client, row, name, headers={"If-None-Match": etag})
    assert (cached.status_code, cached.content, cached["Cache-Control"]) == (304, b"", "private, no-cache")
    assert get(client, row, name, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("name", ["case-file", "case-thumbnail"])
def test_only_those_who_may_read_a_case_get_its_files(client, hold, limit_reach, name):
    row = hold(samples.picture(), "rash.jpg")
    etag = get(client, row, name)["ETag"]
    limit_reach()
    assert get(client, row, name).status_code == 404
    assert get(client, row, name, headers={"If-None-Match": etag}).status_code == 404
    client.logout()
    assert get(client, row, name).url.startswith("/login/")


def test_a_file_that_was_taken_away_is_not_handed_out(client, hold, case, assessor):
    row = hold(samples.PDF, "wrong-patient.pdf")
    with amend(case, by=assessor, reason="of another patient") as amendment:
        amendment.change(row, file=None)
    assert get(client, row).status_code == 404


def test_files_are_only_read(client, hold):
    assert client.post(reverse("case-file", args=[hold(samples.PDF, "a.pdf").uuid])).status_code == 405


def test_a_publication_is_opened_from_the_case_page(client, case, assessor):
    with amend(case, by=assessor, reason="the letter as a file") as amendment:
        row = amendment.change(case.literature.get(), file=store_content(samples.PDF), file_name="letter.pdf")
    assert f'href="/files/{row.uuid}/"' in client.get(reverse("case-detail", args=[case.number])).text
    assert get(client, LiteratureReference.objects.get(pk=row.pk)).content == samples.PDF


def test_the_case_page_shows_pictures_and_papers(client, hold, case):
    page = reverse("case-detail", args=[case.number])
    assert "No document or photograph is kept with this case." in client.get(page).text
    dose = case.doses.order_by("pk").first()
    photo = hold(
        samples.picture(),
        "rash.jpg",
        description="Back",
        shows='confluent <exanthem> & "oedema"',
        phase="reaction",
        when=f"{dose.anchor}+7d",
    )
    hold(samples.PDF, "letter.pdf", description="Discharge letter", when="2016-03")
    hold(None, "", description="X-ray report")
    shown = client.get(page)
    (picture,) = shown.context["documents"]["pictures"]
    assert picture["when"] == "During the reaction, 7 days after first dose of canakinumab"
    assert 'alt="Back. confluent &lt;exanthem&gt; &amp; &quot;oedema&quot;"' in shown.text
    assert f'src="/files/{photo.uuid}/thumbnail/"' in shown.text
    paper, absent = shown.context["documents"]["papers"]
    assert (paper["title"], paper["when"], paper["size"]) == (
        "Discharge letter",
        "Mar 2016",
        len(samples.PDF),
    )
    assert (absent["title"], absent["size"]) == ("X-ray report", None)
    assert "not included" in shown.text
