"""Documents and photographs in the case form: checked, kept, shown, and never to be chosen twice."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.amendment import amend
from cases.documents.storage import store_content
from cases.documents.uploads import StoredUpload
from cases.models import CaseSummary, Document, LiteratureReference, StoredFile
from tests.cases import samples
from tests.cases.rows import add, open_case
from tests.web.entry.posting import CHANGE, Page
from web.entry.uploads import GONE, sign

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def case(assessor):
    return open_case(assessor)


@pytest.fixture
def page(client, assessor, case):
    client.force_login(assessor)
    return Page(client, CHANGE.format(case.pk)).set(reason="photographs came")


def choose(page, row, name, content):
    """Choose a file in the box of a row, as a browser does: whatever type it claims."""
    page.data[f"{row}-file"] = SimpleUploadedFile(name, content, "application/x-claimed")


def add_photo(page, name="back.jpg", content=None, **values):
    row = page.add("documents", **{"kind": "photograph", "description": "Back", **values})
    choose(page, row, name, samples.picture() if content is None else content)
    return row


def opened(page):
    return Page(page.client, page.url).set(reason="again")


def test_a_photograph_is_kept_and_shown_with_phase_day_and_what_it_shows(page, case):
    before = CaseSummary.objects.get(case=case).evidence_version
    add_photo(page, shows="confluent exanthem", phase="reaction", when="15 Mar 2016")
    page.accepted()
    photo = Document.objects.get(case=case)
    assert bytes(photo.file.content) == samples.picture()
    assert (photo.file_name, photo.media_type, photo.representation) == ("back.jpg", "image/jpeg", "B64")
    assert CaseSummary.objects.get(case=case).evidence_version == before, "a photograph is no evidence"
    strip = opened(page).form.xpath('.//ul[@aria-label="Pictures of this case"]')[0]
    assert strip.xpath(".//img/@alt") == ["Back: confluent exanthem"]
    assert strip.xpath(".//a/@href") == [f"/files/{photo.uuid}/"]
    assert "During the reaction, 15 Mar 2016" in " ".join(strip.text_content().split())


def test_the_form_says_what_may_be_chosen_and_how_large(page, settings):
    assert "plain text; up to 20 MB." in page.text
    assert page.form.get("enctype") == "multipart/form-data"


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("scan.jpg", samples.PDF, "scan.jpg is a PDF document by its content"),
        ("empty.jpg", b"", "The submitted file is empty|empty.jpg is empty"),
        ("run.jpg", b"MZ\x90\0\3", "run.jpg is a program by its content"),
    ],
)
def test_what_is_refused_is_explained_at_its_box(page, name, content, error):
    row = add_photo(page, name, content)
    assert re.search(error, page.refused().errors_at(f"{row}-file"))
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_file_beyond_the_limit_is_dropped_as_it_comes(page, settings):
    settings.UPLOAD_MAX_BYTES = 100_000
    row = add_photo(page, "huge.jpg", b"\xff\xd8\xff" + bytes(300_000))
    error = page.refused().errors_at(f"{row}-file")
    assert "huge.jpg has 0.286 MB; at most 0.0954 MB are kept. Save a smaller copy, or split it." in error


def test_too_many_files_at_once_keep_those_that_were_taken(page, settings):
    settings.UPLOAD_MAX_FILES = 2
    rows = [add_photo(page, f"{number}.jpg") for number in range(3)]
    redisplayed = page.refused()
    assert "2.jpg was not taken: at most 2 files come with one save." in redisplayed.errors_at(
        f"{rows[2]}-file"
    )
    redisplayed.remove(rows[2])
    redisplayed.data = {
        name: value for name, value in redisplayed.data.items() if not name.startswith(rows[2])
    }
    redisplayed.data["documents-TOTAL_FORMS"] = "2"
    redisplayed.accepted()
    assert sorted(Document.objects.values_list("file_name", flat=True)) == ["0.jpg", "1.jpg"]


def test_after_a_rejected_save_the_file_need_not_be_chosen_again(page):
    row = add_photo(page, content=samples.picture(located=True))
    page.add("temperatures", celsius="50", result="measured")
    redisplayed = page.refused()
    assert "back.jpg" in redisplayed.text
    assert "chosen already" in redisplayed.text
    assert "It says where it was taken (GPS)" in redisplayed.text
    assert 'src="data:image/jpeg;base64,' in redisplayed.text
    assert f"{row}-file-token" in redisplayed.data
    redisplayed.fill(redisplayed.row_of("temperatures", "celsius", "50"), celsius="39")
    redisplayed.accepted()
    stored = Document.objects.get().file
    assert bytes(stored.content) == samples.picture(located=True)


def test_nor_when_it_is_the_service_that_refuses(page):
    nowhere = "dose:00000000-0000-4000-8000-000000000000+10d"
    add_photo(page)
    page.add("temperatures", celsius="39", result="measured", when=nowhere)
    redisplayed = page.refused()
    redisplayed.fill(redisplayed.row_of("temperatures", "celsius", "39"), when="2016")
    redisplayed.accepted()
    assert bytes(Document.objects.get().file.content) == samples.picture()


def test_a_file_chosen_before_can_be_given_up(page):
    row = add_photo(page)
    page.add("temperatures", celsius="50", result="measured")
    redisplayed = page.refused()
    redisplayed.fill(redisplayed.row_of("temperatures", "celsius", "50"), celsius="39")
    redisplayed.data[f"{row}-file-remove"] = "on"
    redisplayed.accepted()
    assert Document.objects.get().file is None


@pytest.mark.parametrize("token", ["made up", "", None])
def test_nobody_gets_at_a_file_by_its_digest(page, token):
    secret = store_content(b"of another case")
    row = page.add("documents", description="Letter")
    page.data[f"{row}-file-token"] = sign(StoredUpload(secret, "x.txt"))[:-3] if token is None else token
    if token == "":
        page.accepted()
        assert Document.objects.get().file is None
    else:
        assert GONE in page.refused().errors_at(f"{row}-file")


def test_who_uploads_a_photograph_with_a_place_is_warned(page):
    add_photo(page, content=samples.picture(located=True))
    messages = page.accepted()
    assert any("back.jpg says where it was taken (GPS)" in message for message in messages)
    add_photo(page := opened(page), "front.jpg", samples.picture(colour="navy"))
    assert not any("GPS" in message for message in page.accepted())


def test_a_photograph_has_to_be_a_picture(page):
    row = add_photo(page, "letter.pdf", samples.PDF)
    redisplayed = page.refused()
    assert "The file is no picture: choose “Document”" in redisplayed.errors_at(f"{row}-kind")
    redisplayed.fill(row, kind="document")
    redisplayed.accepted()
    assert Document.objects.get().media_type == "application/pdf"


def test_replaced_and_taken_away_the_bytes_stay_and_history_names_them(page, case):
    add_photo(page)
    page.accepted()
    first = Document.objects.get().file_id
    page = opened(page)
    row = page.row_of("documents", "description", "Back")
    choose(page, row, "new.png", samples.picture("PNG"))
    page.accepted()
    second = Document.objects.get()
    assert (second.file_name, second.media_type) == ("new.png", "image/png")
    page = opened(page)
    page.data[f"{row}-file-remove"] = "on"
    page.accepted()
    emptied = Document.objects.get()
    assert (emptied.file, emptied.file_name, emptied.media_type) == (None, "", "")
    past = list(emptied.history.order_by("pgh_id").values_list("file_id", flat=True))
    assert past == [first, second.file_id, None]
    assert StoredFile.objects.filter(pk__in=past[:2]).count() == 2


def test_a_form_saved_as_it_is_changes_nothing(page, case):
    add_photo(page)
    page.accepted()
    assert opened(page).accepted() == ["Nothing was changed, so nothing was saved."]


def test_a_publication_may_be_a_file(page, case):
    row = page.add("literature", citation="Orphanet J Rare Dis 2017")
    choose(page, row, "letter.pdf", samples.PDF)
    page.accepted()
    stored = LiteratureReference.objects.get(case=case)
    assert (stored.file_name, bytes(stored.file.content)) == ("letter.pdf", samples.PDF)
    assert f'href="/files/{stored.uuid}/"' in opened(page).text


def test_the_form_reads_no_bytes_and_costs_no_query_for_each_photograph(page, case, assessor):
    add(case, assessor, Document(description="first", file=store_content(samples.picture())))

    def cost():
        page.client.get(page.url)
        with CaptureQueriesContext(connection) as captured:
            assert page.client.get(page.url).status_code == 200
        assert not any('"content"' in query["sql"] for query in captured)
        return len(captured)

    before = cost()
    with amend(case, by=assessor, reason="more") as amendment:
        for number in range(5):
            amendment.add(
                Document(description=str(number), file=store_content(samples.picture(size=(9, 9 + number))))
            )
    assert cost() == before
