"""Sample messages, own and real: nothing in them is lost, and what is written is valid and equal."""

from pathlib import Path

import pytest
from lxml import etree

from e2b import diff_batch, read, write
from e2b.validation import validate_schema
from tests.e2b.cases import batch_of, full_message
from tests.e2b.xpaths import found_in, leaves
from tests.material import ICSRS, OWN_ICSRS, REFERENCE, conformance, each


def lost(original: bytes, written: bytes) -> dict[str, object]:
    """The elements whose values differ in number or text, by the XPaths of the fact tables."""
    before = found_in(etree.fromstring(original, etree.XMLParser(huge_tree=True)))
    after = found_in(etree.fromstring(written, etree.XMLParser(huge_tree=True)))
    return {name: (before[name], after[name]) for name in before if before[name] != after[name]}


@conformance
@pytest.mark.parametrize("file", [*OWN_ICSRS, *ICSRS], ids=lambda file: file.stem)
def test_every_element_survives(file: Path) -> None:
    original = file.read_bytes()
    assert lost(original, write(read(original))) == {}


@pytest.mark.parametrize("file", OWN_ICSRS, ids=lambda file: file.stem)
def test_every_value_of_the_own_samples_survives(file: Path) -> None:
    original = file.read_bytes()
    written = write(read(original))
    assert leaves(etree.fromstring(written)) == leaves(etree.fromstring(original))
    assert written == original


@conformance
@pytest.mark.parametrize("file", [*OWN_ICSRS, *ICSRS], ids=lambda file: file.stem)
def test_what_is_written_is_valid(file: Path, schema: etree.XMLSchema) -> None:
    written = write(read(file))
    assert schema.validate(etree.fromstring(written)), list(schema.error_log)
    assert list(validate_schema(written, schema)) == []


@each(OWN_ICSRS, ICSRS)
def test_what_is_reread_is_the_same(file: Path) -> None:
    batch = read(file)
    reread = read(write(batch))
    assert diff_batch(batch, reread) == []
    assert batch == reread


@conformance
@pytest.mark.parametrize("file", REFERENCE, ids=lambda file: file.stem)
def test_the_reference_instance_reads_although_it_is_not_valid(file: Path) -> None:
    """Its values are element ids; one node has a value and a nullFlavor, which no rule allows."""
    original = file.read_bytes()
    batch = read(original)
    assert set(lost(original, write(batch))) == {"D.1/null"}
    assert read(write(batch)) == batch
    assert [f.element for f in batch.messages[0].violations if f.rule == "READ-BOTH"] == ["D.1"]


def test_a_message_with_every_element_survives() -> None:
    batch = batch_of(full_message())
    written = write(batch)
    assert read(written) == batch
    assert leaves(etree.fromstring(write(read(written)))) == leaves(etree.fromstring(written))


@conformance
def test_a_message_with_every_element_is_valid_and_survives(schema: etree.XMLSchema) -> None:
    batch = batch_of(full_message())
    written = write(batch)
    assert schema.validate(etree.fromstring(written)), list(schema.error_log)[:3]
    assert read(written) == batch
    assert lost(written, write(read(written))) == {}


def test_attachments_of_two_megabytes_survive() -> None:
    from e2b import Attachment, Block
    from tests.e2b.cases import LEAST

    data = bytes(range(256)) * 8192
    document = Block("C.1.6.1.r", {"C.1.6.1.r.1": "scan", "C.1.6.1.r.2": Attachment.of(data, "image/tiff")})
    case = Block("C", LEAST.C.values, {**LEAST.C.blocks, "C.1.6.1.r": (document, document)})
    reread = read(write(batch_of(type(LEAST)(LEAST.N, case))))
    assert [block["C.1.6.1.r.2"].data for block in reread.messages[0].C.documents] == [
        data,
        data,
    ]


@pytest.mark.parametrize("mode", ["T", "I"])
def test_the_processing_mode_is_the_receivers(mode: str) -> None:
    assert f'<processingModeCode code="{mode}"/>'.encode() in write(batch_of(full_message()), mode=mode)
