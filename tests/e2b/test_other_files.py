"""Files of another kind are named, with what to do."""

from time import process_time

import pytest

from e2b import ReadError, read, read_acknowledgement
from tests.material import ICSR_FINDINGS, OWN_ACKNOWLEDGEMENTS, OWN_ICSRS, conformance

FILES = {
    "openFDA": (b'{"meta": {}, "results": [{"safetyreportid": "1"}]}', "openFDA"),
    "FAERS": (b"primaryid$caseid$caseversion\r\n1$2$3\r\n", "FAERS"),
    "FAERS drugs": (b"\xef\xbb\xbfPRIMARYID$CASEID$DRUG_SEQ\n", "FAERS"),
    "FAERS of 2011": (b"ISR$DRUG_SEQ$ROLE_COD$DRUGNAME\r\n", "FAERS"),
    "FAERS indications": (b"primaryid$caseid$indi_drug_seq$indi_pt\n", "FAERS"),
    "openFDA's heading": (b'{"meta": {"disclaimer": "Do not rely on openFDA to make"}}', "openFDA"),
    "other JSON": (b' {"case": 1}', "JSON, not a message"),
    "zip": (b"PK\x03\x04...", r"packed file \(zip\)"),
    "empty zip": (b"PK\x05\x06" + bytes(18), "zip without files"),
    "gzip": (b"\x1f\x8b\x08", r"packed file \(gzip\)"),
    "PDF": (b"%PDF-1.7", "It is a PDF"),
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
def test_the_file_of_the_finding_is_read_as_what_it_is():
    (file,) = [file for file in ICSR_FINDINGS if file.stem.startswith("10-")]
    (message,) = read(file).messages
    assert message.C["C.1.1"] == "DE-SYN-0001"
