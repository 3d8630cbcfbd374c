"""The same message in other spellings is the same message."""

import re

import pytest
from lxml import etree

from e2b import Batch, Message, Null, diff_batch, read, read_stream, write
from tests.e2b.cases import LEAST, batch_of, full_message
from tests.e2b.fragments import case, nested, observation, patient, reaction

BATCH = batch_of(full_message())
TEXT = write(BATCH).decode()


def indented() -> bytes:
    tree = etree.fromstring(TEXT.encode())
    etree.indent(tree)
    return etree.tostring(tree)


def other_prefix() -> bytes:
    text = TEXT.replace("xmlns:xsi=", "xmlns:types=").replace("xsi:type", "types:type")
    text = re.sub(r"<(/?)(?=[A-Za-z])", r"<\1h:", text)
    return text.replace('xmlns="urn:hl7-org:v3"', 'xmlns:h="urn:hl7-org:v3"').encode()


def with_everywhere(markup: str) -> bytes:
    """The message with this markup before every start tag but the first."""
    head, rest = TEXT.split("<id ", 1)
    return (head + re.sub(r"><(?=[a-zA-Z])", f">{markup}<", "<id " + rest)).encode()


VARIANTS = {
    "indented": indented,
    "with comments": lambda: with_everywhere("<!-- a comment -->"),
    "with processing instructions": lambda: with_everywhere("<?a b?>"),
    "with another prefix": other_prefix,
    "with a byte order mark": lambda: b"\xef\xbb\xbf" + TEXT.encode(),
    "in UTF-16": lambda: TEXT.replace("UTF-8", "UTF-16").encode("utf-16"),
    "in Latin-1": lambda: TEXT.replace("UTF-8", "ISO-8859-1").encode("latin-1"),
    "without declaration": lambda: TEXT.partition("?>")[2].strip().encode(),
    "without list versions": lambda: TEXT.replace(' codeSystemVersion="2.0"', "").encode(),
    "with a schema location": lambda: TEXT.replace(
        "<MCCI_IN200100UV01", '<MCCI_IN200100UV01 xsi:schemaLocation="urn:hl7-org:v3 x.xsd"', 1
    ).encode(),
    "with a type prefix": lambda: (
        TEXT.replace("<MCCI_IN200100UV01", '<MCCI_IN200100UV01 xmlns:v="urn:hl7-org:v3"', 1)
        .replace('xsi:type="', 'xsi:type="v:')
        .encode()
    ),
    "with single quotes": lambda: re.sub(r'="([^"\']*)"', r"='\1'", TEXT).encode(),
}


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
def test_other_spellings_are_read_as_the_same(variant: object) -> None:
    assert diff_batch(read(variant()), BATCH) == []


def test_comments_are_really_there() -> None:
    assert VARIANTS["with comments"]().count(b"<!--") > 500


@pytest.mark.parametrize(
    "text",
    ["größer als 38 °C", "発疹", "🧪 <b>&amp;</b> \"quoted\" 'single'", "line\nbreak\ttab\r\nreturn", "]]>"],
)
def test_any_text_survives(text: str) -> None:
    case = LEAST.C.with_values({"C.5.2": text})
    message = Message(LEAST.N, case, H=LEAST.H.with_values({"H.1": text}))
    reread = read(write(batch_of(message))).messages[0]
    assert (reread.C["C.5.2"], reread.H["H.1"]) == (text, text)


def test_cdata_is_text() -> None:
    assert read(case("<text><![CDATA[a < b & c]]></text>")).messages[0].H["H.1"] == "a < b & c"


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ('xsi:type="BL" value="true"', "true"),
        ('xsi:type="BL" value="false"', "false"),
        ('xsi:type="BL" nullFlavor="NI"', Null("NI")),
        ('nullFlavor="NI"', Null("NI")),
    ],
)
def test_seriousness_is_read_as_it_came(value: str, stored: object) -> None:
    inside = observation(34, f"<value {value}/>", "outboundRelationship2")
    assert read(patient(reaction(inside))).messages[0].E[0]["E.i.3.2a"] == stored


@pytest.mark.parametrize(
    "empty",
    [
        "<reference/>",
        "<component><observationEvent/></component>",
        nested("subjectOf1/controlActEvent", '<id root="2.16.840.1.113883.3.989.2.1.3.3"/>'),
        "<text/><text>\n  </text>",
        "<effectiveTime><low/></effectiveTime>",
        '<id root="2.16.840.1.113883.3.989.2.1.3.1" extension=""/>',
    ],
)
def test_empty_blocks_are_left_out(empty: str) -> None:
    batch = read(case(empty))
    assert not batch.messages[0].C
    assert not batch.messages[0].H
    assert read(write(batch)) == batch


def test_text_around_unknown_nodes_is_kept() -> None:
    batch = read(case("<text>before <b>inside</b> after<!-- comment --> it</text>"))
    assert batch.messages[0].H["H.1"] == "before  after it"
    assert [violation.rule for violation in batch.messages[0].violations] == ["READ-UNKNOWN"]


def test_a_null_flavor_where_no_element_stands_is_reported() -> None:
    batch = read(patient('<player1><role nullFlavor="MSK"/></player1>'))
    assert [violation.rule for violation in batch.messages[0].violations] == ["READ-UNKNOWN"]


def test_several_messages_keep_their_order() -> None:
    messages = tuple(
        Message(LEAST.N.with_values({"N.2.r.1": f"DE-X-{number}"}), LEAST.C) for number in range(5)
    )
    batch = batch_of(*messages)
    assert read(write(batch)) == batch
    assert [m.N["N.2.r.1"] for m in read(write(batch)).messages] == [f"DE-X-{n}" for n in range(5)]


def test_a_stream_has_its_header_when_it_is_read_to_the_end() -> None:
    stream = read_stream(write(BATCH))
    assert not stream.header
    assert list(stream) == list(BATCH.messages)
    assert stream.header == BATCH.N


def test_unknown_nodes_are_left_out_and_reported_with_their_place() -> None:
    inside = reaction(
        '<outboundRelationship2><act><code code="7" codeSystem="1.2"/></act></outboundRelationship2>'
    )
    batch = read(patient(f"{inside}<subjectOf3><x>text</x></subjectOf3>"))
    reported = [(f.rule, f.place, "act" in f.sentence) for f in batch.messages[0].violations]
    assert reported == [("READ-UNKNOWN", "reaction 1", True), ("READ-UNKNOWN", "", False)]


def test_a_batch_without_messages_is_a_batch() -> None:
    assert read(write(Batch(BATCH.N))) == Batch(BATCH.N)
