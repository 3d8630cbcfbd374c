"""What people choose is checked by its content, refused with file, limit and remedy, or kept once."""

import zlib

import pytest
from django.core.exceptions import ValidationError

from cases.documents import storage as files
from cases.documents.file_types import JPEG, PDF, TEXT
from cases.documents.storage import readable, store_content
from cases.documents.uploads import download_name, store_upload
from cases.models import Document, StoredFile
from tests.cases import samples

pytestmark = pytest.mark.django_db

REFUSED = {
    "scan.jpg": (
        samples.PDF,
        "scan.jpg is a PDF document by its content, not a JPEG picture. .* end in .pdf",
    ),
    "letter.pdf": (b"Dear colleague", "letter.pdf is a plain text by its content, not a PDF document"),
    "IMG_1.jpg": (b"\0\0\0\x18ftypheic", "IMG_1.jpg is a HEIC picture by its content. Save it as JPEG"),
    "list.xlsx": (samples.MACROS, "list.xlsx is an Office file with macros by its content. Save it as"),
    "empty.pdf": (b"", "empty.pdf is empty. Choose the file anew"),
    "thing.bin": (b"\0\1\2", "thing.bin is of no kind that is kept with a case: PDF, JPEG"),
    "cut.png": (samples.picture("PNG")[:200], "cut.png is damaged: it can't be shown"),
    "large.txt": (b"x" * 1001, "large.txt has .* MB; at most .* MB are kept. Save a smaller copy"),
    "a" * 300: (b"text", "the name has more than 250 characters. Shorten it"),
}


@pytest.mark.parametrize("name", REFUSED, ids=lambda name: name[:10])
def test_what_is_refused_gives_the_reason_and_stores_nothing(name, settings):
    content, why = REFUSED[name]
    settings.UPLOAD_MAX_BYTES = 1000 if name == "large.txt" else 100_000
    with pytest.raises(ValidationError, match=why):
        store_upload(name, content)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("letter.PDF", samples.PDF, PDF),
        ("photo", samples.picture(), JPEG),
        ("photo.jfif", samples.picture(), JPEG),
        ("counts.csv", b"day;eosinophils\n1;5000", TEXT),
        ("message.xml", b"<report/>", TEXT),
    ],
)
def test_names_that_claim_nothing_else_are_no_obstacle(name, content, kind):
    stored = store_upload(name, content)
    assert (stored.name, stored.file.media_type, bytes(stored.file.content)) == (
        name,
        kind.media_type,
        content,
    )


def test_a_photograph_is_kept_as_it_came_with_a_thumbnail_and_a_warning():
    photo = samples.picture(located=True)
    stored = store_upload("rash.jpg", photo)
    assert stored.is_located
    assert bytes(stored.file.content) == photo
    assert b"GPS" not in bytes(stored.file.thumbnail)
    assert not store_upload("other.jpg", samples.picture()).is_located


def test_the_same_file_again_is_found_without_reading_it(django_assert_num_queries):
    first = store_upload("rash.jpg", samples.picture())
    with django_assert_num_queries(1):
        again = store_content(samples.picture())
    assert again == first.file
    assert again.get_deferred_fields() == {"content", "thumbnail"}


def test_a_received_picture_that_nobody_can_read_is_kept_without_a_thumbnail():
    broken = samples.picture()[:100]
    assert store_content(broken, "image/jpeg").thumbnail is None


@pytest.mark.parametrize("window", [zlib.MAX_WBITS, -zlib.MAX_WBITS])
def test_what_a_message_deflated_is_read_inflated(window):
    packing = zlib.compressobj(wbits=window)
    packed = packing.compress(samples.PDF) + packing.flush()
    assert readable(Document(file=store_content(packed), compression="DF")) == samples.PDF
    assert readable(Document(file=store_content(packed))) == packed


def test_what_would_inflate_to_too_much_or_not_at_all_is_read_as_it_came(monkeypatch):
    monkeypatch.setattr(files, "MAX_INFLATED", 10)
    for content in (zlib.compress(samples.PDF), b"not deflated"):
        assert readable(Document(file=store_content(content), compression="DF")) == content


@pytest.mark.parametrize(
    ("name", "kind", "saved"),
    [
        ("rash.jpg", JPEG, "rash.jpg"),
        ("rash.JPEG", JPEG, "rash.JPEG"),
        ("../../etc/passwd", TEXT, "_.._etc_passwd.txt"),
        ("run.exe", TEXT, "run.exe.txt"),
        ("fdp\u202e.exe\r\n", PDF, "fdp_.exe__.pdf"),
        ("Entlassungsbrief Müller.pdf", PDF, "Entlassungsbrief Müller.pdf"),
        ("", JPEG, "document.jpg"),
        ("thing", None, "thing"),
    ],
)
def test_names_of_downloads_are_harmless(name, kind, saved):
    assert download_name(name, kind) == saved
