"""What a file is, is read from its content."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.documents import file_types as kinds
from tests.cases import samples

KINDS = {
    "PDF": (samples.PDF, kinds.PDF),
    "PDF behind a byte order mark": (b"\xef\xbb\xbf\r\n" + samples.PDF, kinds.PDF),
    "JPEG": (samples.picture(), kinds.JPEG),
    "PNG": (samples.picture("PNG"), kinds.PNG),
    "TIFF": (samples.picture("TIFF"), kinds.TIFF),
    "Word": (samples.WORD, kinds.DOCX),
    "Excel": (samples.EXCEL, kinds.XLSX),
    "OpenDocument text": (samples.WRITER, kinds.ODT),
    "OpenDocument table": (samples.CALC, kinds.ODS),
    "XML": (b'\n<?xml version="1.0"?><report/>', kinds.XML),
    "XML in UTF-16": ('<?xml version="1.0"?><report/>'.encode("utf-16"), kinds.XML),
    "text": ("Hautausschlag, 39 °C\r\n".encode(), kinds.TEXT),
    "text of an old Windows": ("Hautausschlag, 39 °C".encode("cp1252"), kinds.TEXT),
    "text that begins like a bitmap": (b"BMI 23", kinds.TEXT),
    "text that begins like a program": (b"MZ 12 ward", kinds.TEXT),
    "HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0", kinds.HEIC),
    "film": (b"\0\0\0\x18ftypisom\0\0\0\0", kinds.FILM),
    "GIF": (b"GIF89a" + bytes(20), kinds.GIF),
    "bitmap": (samples.picture("BMP"), kinds.BMP),
    "DICOM": (bytes(128) + b"DICM\2\0\0\0", kinds.DICOM),
    "RTF": (rb"{\rtf1 rash}", kinds.RTF),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), kinds.OLD_OFFICE),
    "Word with macros": (samples.MACROS, kinds.MACROS),
    "archive": (samples.zipped(letter_txt="rash"), kinds.ARCHIVE),
    "half an archive": (samples.WORD[:40], kinds.ARCHIVE),
    "web page": (b"<!DOCTYPE html><script>alert(1)</script>", kinds.HTML),
    "web page in XML": (b'<?xml version="1.0"?><html xmlns="..."/>', kinds.HTML),
    "program": (b"MZ\x90\0\3\0", kinds.PROGRAM),
    "nothing known": (b"\0\1\2\3", None),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_file_is_recognised_by_its_content(name):
    content, kind = KINDS[name]
    assert kinds.recognise(content) is kind


def test_every_kind_is_proved():
    assert {kind for _, kind in KINDS.values()} >= {*kinds.ACCEPTED, *kinds.REFUSED} - {kinds.WEBP}


def test_what_is_refused_says_what_to_do_and_what_is_accepted_does_not():
    assert all(kind.instead for kind in kinds.REFUSED)
    assert not any(kind.instead for kind in kinds.ACCEPTED)


def test_no_two_kinds_claim_an_extension():
    named = [extension for kind in (*kinds.ACCEPTED, *kinds.REFUSED) for extension in kind.extensions]
    assert len(named) == len(set(named))


@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\3\4", b"%PDF-", b"II*\0", b"<?xml", b"\xff\xfe"]))
def test_no_content_is_too_strange(content, start):
    assert kinds.recognise(start + content) in (*kinds.ACCEPTED, *kinds.REFUSED, None)
