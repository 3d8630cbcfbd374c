"""Files of another kind are named, with what to do."""

from time import process_time

import pytest

from e2b import ReadError, read, read_acknowledgement
from tests.material import ICSR_FINDINGS, OWN_ACKNOWLEDGEMENTS, OWN_ICSRS, conformance

R2 = b'<ichicsr lang="en"><safetyreport/></ichicsr>'
DOCTYPE = b'<!DOCTYPE ichicsr SYSTEM "http://example.org/icsr21xml.dtd">'
FILES = {
    "R2": (R2, r"E2B\(R2\)"),
    "R2 with a document type": (b'<?xml version="1.0"?>\n' + DOCTYPE + R2, r"E2B\(R2\)"),
    "R2 with a document type of its own": (b'<!DOCTYPE ichicsr [<!ENTITY a "b">]>' + R2, r"E2B\(R2\)"),
    "R2 after a comment": (b"\xef\xbb\xbf<!-- <x> -->" + R2, r"E2B\(R2\)"),
    "R2 in UTF-16": (
        ('<?xml version="1.0" encoding="UTF-16"?>' + R2.decode()).encode("utf-16"),
        r"E2B\(R2\)",
    ),
    "R2 acknowledgement": (b"<ichicsrack/>", "acknowledgement of an E2B"),
    "openFDA": (b'{"meta": {}, "results": [{"safetyreportid": "1"}]}', "openFDA"),
    "FAERS": (b"primaryid$caseid$caseversion\r\n1$2$3\r\n", "FAERS"),
    "FAERS drugs": (b"\xef\xbb\xbfPRIMARYID$CASEID$DRUG_SEQ\n", "FAERS"),
    "acknowledgement": (OWN_ACKNOWLEDGEMENTS[0].read_bytes(), "acknowledgement, not a message"),
}


@pytest.mark.parametrize(("content", "words"), FILES.values(), ids=FILES)
def test_a_file_of_another_kind_is_named(content, words):
    with pytest.raises(ReadError, match=words):
        read(content)


def test_a_long_beginning_is_looked_at_in_no_time():
    started = process_time()
    for piece in (b"<!-- -->", b"<?a ?>", b"<!DOCTYPE a [", b" ", b"{", b"<!--"):
        with pytest.raises(ReadError):
            read(piece * (1_000_000 // len(piece)) + b"<x/>")
    assert process_time() - started < 5


def test_a_message_among_the_acknowledgements_is_named():
    with pytest.raises(ReadError, match="message, not an acknowledgement"):
        read_acknowledgement(OWN_ICSRS[0])


@conformance
def test_the_file_of_the_finding_is_named():
    (file,) = [file for file in ICSR_FINDINGS if file.stem.startswith("10-")]
    with pytest.raises(ReadError, match=r"E2B\(R2\)"):
        read(file)
