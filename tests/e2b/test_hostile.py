"""Hostile input: always an `E2BError`, quickly and in little memory."""

import gc
import io
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from e2b import (
    Attachment,
    Block,
    E2BError,
    LimitError,
    Limits,
    Message,
    ReadError,
    WriteError,
    read,
    read_acknowledgement,
    read_stream,
    validate,
    write,
)  # fmt: skip
from tests.e2b.cases import HEADER, LEAST, batch_of
from tests.e2b.fragments import case, causality, drug, list_code, patient, reaction, role

GOOD = write(batch_of(LEAST))
ROOT = '<MCCI_IN200100UV01 xmlns="urn:hl7-org:v3">'

BOMB = (
    '<!DOCTYPE MCCI_IN200100UV01 [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + f']>{ROOT}<id extension="&i;"/></MCCI_IN200100UV01>'
)

BAD = {
    "nothing": b"",
    "blanks": b"  \n ",
    "no XML": b"%PDF-1.4 something",
    "text before XML": b"hello" + GOOD,
    "another root": b"<html/>",
    "the root without namespace": b"<MCCI_IN200100UV01/>",
    "an acknowledgement": b'<MCCI_IN200101UV01 xmlns="urn:hl7-org:v3"/>',
    "cut off": GOOD[: len(GOOD) // 2],
    "two roots": GOOD + b"<x/>",
    "an entity bomb": BOMB.encode(),
    "an entity bomb in UTF-16": BOMB.encode("utf-16"),
    "an external entity": f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>{ROOT}&e;</MCCI_IN200100UV01>'.encode(),
    "an external DTD": f'<!DOCTYPE x SYSTEM "http://localhost:1/x.dtd">{ROOT}</MCCI_IN200100UV01>'.encode(),
    "a DTD after a comment": f"<?xml version='1.0'?><!-- --><!DOCTYPE x>{ROOT}</MCCI_IN200100UV01>".encode(),
    "an undeclared entity": GOOD.replace(b"A narrative", b"&lol;"),
    "an unknown encoding": GOOD.replace(b"UTF-8", b"KLINGON"),
    "UTF-7": GOOD.replace(b"UTF-8", b"UTF-7"),
    "a wrong encoding": GOOD.replace(b"A narrative", "größer".encode("latin-1")),
    "UTF-32": GOOD.decode().replace("UTF-8", "UTF-32").encode("utf-32"),
    "a zero byte": GOOD.replace(b"A narrative", b"A\x00narrative"),
    "a prolog without end": b"<?xml version='1.0'?><!--" + b"x" * 200_000,
    "an undeclared prefix": GOOD.replace(b"<id ", b"<nobody:id ", 1),
    "an attribute twice": GOOD.replace(
        b'<device classCode="DEV"', b'<device classCode="DEV" classCode="DEV"', 1
    ),
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_what_is_no_batch_is_a_read_error(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read(data)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_what_is_no_acknowledgement_is_a_read_error_or_an_empty_one(data: bytes) -> None:
    with suppress(E2BError):
        assert not read_acknowledgement(data).messages


DEEP = {
    "deep nesting": ROOT.encode() + b"<a>" * 100_000,
    "deep nesting that is closed": ROOT.encode()
    + b"<a>" * 50_000
    + b"</a>" * 50_000
    + b"</MCCI_IN200100UV01>",
    "deep nesting of a known node": case("<component>" * 5_000 + "</component>" * 5_000),
    "deep nesting of periods": patient(
        reaction("<effectiveTime>" + "<comp>" * 50_000 + "</comp>" * 50_000 + "</effectiveTime>")
    ),
    "many attributes": ROOT.encode() + b"<a " + b" ".join(b"x%d='1'" % n for n in range(1_100_000)) + b"/>",
    "many elements": ROOT.encode() + b"<a/>" * 1_100_000,
}


@pytest.mark.parametrize("data", DEEP.values(), ids=DEEP)
def test_excessive_markup_is_refused_or_left_out_in_bounded_time(data: bytes) -> None:
    begun = time.monotonic()
    with pytest.raises(ReadError):
        read(data)
        raise ReadError("left out")
    assert time.monotonic() - begun < 10


def many(inside: str, times: int) -> str:
    return "".join(inside.format(number) for number in range(times))


QUADRATIC = {
    "assessments of unknown drugs": lambda n: patient(
        "", many(causality("<value>x</value>", "r{0}", "d{0}"), n)
    ),
    "assessments of one pair": lambda n: patient(drug("<text/>"), many(causality("<value>x</value>"), n)),
    "pairs of one drug": lambda n: patient(drug("<text/>"), many(causality("<value>x</value>", "r{0}"), n)),
    "roles of one drug": lambda n: patient(drug("<text/>"), role(1) * n),
    "names": lambda n: case(REPORTER.format("<given>x</given>" * n)),
    "reactions": lambda n: patient(many(reaction("<text>x</text>", "r{0}"), n)),
}
REPORTER = (
    f"<outboundRelationship><relatedInvestigation>{list_code(22, 2)}<subjectOf2><controlActEvent><author>"
    "<assignedEntity><assignedPerson><name>{}</name></assignedPerson></assignedEntity>"
    "</author></controlActEvent></subjectOf2></relatedInvestigation></outboundRelationship>"
)


@pytest.mark.parametrize("build", QUADRATIC.values(), ids=QUADRATIC)
def test_time_grows_with_the_size_and_not_with_its_square(
    build: Callable[[int], bytes], without_collector: None
) -> None:
    # Sixteen times as large takes 16 to 25 times as long; its square would be 256 times as long.
    assert seconds(build(4_000), 2) < 80 * max(seconds(build(250), 5), 0.002)


@pytest.fixture
def without_collector() -> Iterator[None]:
    """A collection that happens to fall into a measurement takes longer than what is measured."""
    gc.disable()
    yield
    gc.enable()


def seconds(data: bytes, rounds: int) -> float:
    """Of a core, to read and validate a file: the best of several, because the machine may be busy."""
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        validate(read(data).messages[0])
        times.append(time.process_time() - begun)
    return min(times)


def test_a_batch_of_other_nodes_is_refused() -> None:
    with pytest.raises(LimitError, match="beside its messages"):
        read(ROOT.encode() + b"<id/>" * 300_000 + b"</MCCI_IN200100UV01>")


def test_a_message_beyond_the_limit_is_refused_before_it_is_read_to_its_end() -> None:
    endless = io.BufferedReader(Endless(ROOT.encode() + b"<PORR_IN049016UV><text>"))
    with pytest.raises(LimitError, match="larger than"):
        read(endless, Limits(message_bytes=1_000_000))


class Endless(io.RawIOBase):
    """A file that never ends."""

    def __init__(self, head: bytes) -> None:
        self.head = head

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        filler, self.head = (self.head or b"x" * len(buffer))[: len(buffer)], b""
        buffer[: len(filler)] = filler
        return len(filler)


def test_a_huge_attribute_is_text_like_any_other() -> None:
    value = "x" * 5_000_000
    message = Message(N=Block("N.2.r", {"N.2.r.1": value}))
    assert read(write(batch_of(message))).messages[0].N["N.2.r.1"] == value


def test_base64_that_is_none_is_reported_without_losing_the_rest() -> None:
    text = '<text mediaType="image/png" representation="B64">!!</text>'
    document = f"<document>{list_code(27, 1)}<title>scan</title>{text}</document>"
    batch = read(case(f"<reference>{document}</reference><text>narrative</text>"))
    message = batch.messages[0]
    assert message.C.documents[0].values == {
        "C.1.6.1.r.1": "scan",
        "C.1.6.1.r.2": Attachment("!!", "image/png"),
    }
    assert message.H["H.1"] == "narrative"
    assert "ICH-BASE64" in {violation.rule for violation in validate(message)}
    assert read(write(batch)) == batch


def test_violations_of_one_message_are_bounded() -> None:
    batch = read(patient("<unknown>x</unknown>" * 10_000))
    assert len(batch.messages[0].violations) == 200


@pytest.mark.parametrize("text", ["\x00", "\x1b", "\ud800", "\uffff"])
def test_what_xml_cannot_hold_is_a_write_error(text: str) -> None:
    with pytest.raises(WriteError, match=r"U\+"):
        write(batch_of(Message(H=Block("H", {"H.1": f"a{text}b"}))))


def test_memory_does_not_grow_with_the_number_of_messages() -> None:
    def peak(messages: int) -> int:
        head, _, rest = GOOD.partition(b"<PORR_IN049016UV>")
        message, _, tail = rest.partition(b"</PORR_IN049016UV>")
        data = head + (b"<PORR_IN049016UV>" + message + b"</PORR_IN049016UV>") * messages + tail
        stream = read_stream(io.BytesIO(data))
        tracemalloc.start()
        assert sum(1 for _ in stream) == messages
        peak_bytes = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak_bytes

    peak(1)
    # Beyond the first piece (1 MB), which is taken whole.
    assert peak(250) < peak(150) + 200_000


@pytest.mark.parametrize("path", ["/nowhere/at/all.xml", "a\x00b", "<xml>" * 1000, "/"])
def test_a_file_that_is_not_there_is_a_read_error(path: str) -> None:
    with pytest.raises(ReadError, match="cannot be read"):
        read(path)


def test_the_header_is_a_block_like_any_other() -> None:
    assert read(GOOD).N == HEADER
