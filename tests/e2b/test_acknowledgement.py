"""Acknowledgements: everything in them is read, whatever the gateway left out."""

import re
from pathlib import Path

import pytest
from lxml import etree

from e2b import (
    Acknowledgement,
    MessageError,
    Receipt,
    acknowledge,
    read,
    read_acknowledgement,
    remarks,
    write,
    write_acknowledgement,
)  # fmt: skip
from e2b.datatypes import text_of
from tests.e2b.cases import LEAST, batch_of
from tests.material import ACKNOWLEDGEMENTS, OWN_ACKNOWLEDGEMENTS, conformance, each

# What every acknowledgement has in common: roots, lists, interaction ids and fixed codes.
_STRUCTURE = re.compile(
    r"2\.16\.840\.1\.113883\.[\d.]+|MCCI_IN\w+|XML_1\.0|urn:hl7-org:v3.*|[DPT]|NE|RCV|SND|DEV|INSTANCE|II|TS"
    r"|[123]|1\.0|dateOfIcsr\w+|acknowledgementLocalMessageNumber"
)


def texts_in(xml: etree._Element) -> list[str]:
    """Every text and attribute value that is neither blank nor structure."""
    texts = [
        text.strip() for node in xml.iter(etree.Element) for text in (node.text or "", *node.attrib.values())
    ]
    return sorted(text for text in texts if text and not _STRUCTURE.fullmatch(text))


def texts_read(acknowledgement: Acknowledgement) -> list[str]:
    values = [value for block in acknowledgement.batch.walk() for value in block.values.values()]
    return sorted(text_of(value).strip() for value in values)


@each(OWN_ACKNOWLEDGEMENTS, ACKNOWLEDGEMENTS)
def test_nothing_in_an_acknowledgement_is_dropped(file: Path) -> None:
    acknowledgement = read_acknowledgement(file)
    assert texts_read(acknowledgement) == texts_in(etree.parse(str(file)).getroot())
    assert acknowledgement.violations == ()


@each(OWN_ACKNOWLEDGEMENTS, ACKNOWLEDGEMENTS)
def test_what_is_written_is_the_same(file: Path) -> None:
    acknowledgement = read_acknowledgement(file)
    assert read_acknowledgement(write_acknowledgement(acknowledgement)) == acknowledgement


@conformance
@pytest.mark.parametrize("file", [*OWN_ACKNOWLEDGEMENTS, *ACKNOWLEDGEMENTS], ids=lambda file: file.stem)
def test_what_is_written_is_valid(file: Path, ack_schema: etree.XMLSchema) -> None:
    written = write_acknowledgement(read_acknowledgement(file))
    assert ack_schema.validate(etree.fromstring(written)), list(ack_schema.error_log)


def test_the_code_decides_not_the_text() -> None:
    batch = batch_of(LEAST)
    answer = acknowledge(batch, [Receipt(False, text="Accepted")], number="A", time="20250103000000")
    assert answer.outcome == "AR"
    assert not answer.accepted(answer.messages[0])


@pytest.mark.parametrize(
    ("accepted", "outcome"), [([True, True], "AA"), ([True, False], "AE"), ([False, False], "AR")]
)
def test_the_outcome_of_the_batch_follows_from_its_messages(accepted: list[bool], outcome: str) -> None:
    receipts = [Receipt(is_accepted, "7", "text") for is_accepted in accepted]
    answer = acknowledge(batch_of(LEAST, LEAST), receipts, number="A", time="20250103000000")
    assert answer.outcome == outcome
    assert [answer.accepted(message) for message in answer.messages] == accepted


def answer_to_the_least() -> Acknowledgement:
    batch = read(write(batch_of(LEAST)))
    return acknowledge(batch, [Receipt(True, "7", "loaded")], number="A-1", time="20250103000000+0100")


def test_an_answer_names_what_it_answers() -> None:
    answer = answer_to_the_least()
    message = answer.messages[0]
    assert [answer.batch[name] for name in ("ACK.A.1", "ACK.M.2", "ACK.M.3")] == ["B-1", "RECEIVER", "SENDER"]
    assert [message[name] for name in ("ACK.B.r.1", "ACK.B.r.3", "ACK.B.r.4")] == [
        "DE-X-1",
        "SENDER",
        "RECEIVER",
    ]
    assert read_acknowledgement(write_acknowledgement(answer)) == answer


@conformance
def test_an_answer_is_valid(ack_schema: etree.XMLSchema) -> None:
    written = write_acknowledgement(answer_to_the_least())
    assert ack_schema.validate(etree.fromstring(written)), list(ack_schema.error_log)


def test_each_message_needs_a_receipt() -> None:
    with pytest.raises(MessageError, match="as many receipts"):
        acknowledge(batch_of(LEAST), [], number="A", time="20250103")


def test_the_text_of_a_gateway_is_cut_into_remarks() -> None:
    text = (
        "Not loaded; rules 2.18;\nRejections:\n1: C.1.3 must be 2.\n2: D.9.3 needed.\n"
        "Warnings:\n1: FDA.C.5.6.r is invalid for N.2.r.3.\n"
    )
    kinds = [(remark.kind, remark.elements) for remark in remarks(text)]
    assert kinds == [
        ("comment", ()),
        ("rejection", ("C.1.3",)),
        ("rejection", ("D.9.3",)),
        ("warning", ("FDA.C.5.6.r", "N.2.r.3")),
    ]


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("G.k.9.i.2.r.1/G.k.9.i.2.r.2 for G.k.1", ("G.k.9.i.2.r.1", "G.k.9.i.2.r.2", "G.k.1")),
        ("E.i.3.2a and E.i.2.1b", ("E.i.3.2a", "E.i.2.1b")),
        ("no element in line 81", ()),
    ],
)
def test_elements_are_found_in_a_text(text: str, elements: tuple[str, ...]) -> None:
    assert remarks(text)[0].elements == elements
