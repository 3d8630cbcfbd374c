"""Blocks hold what the tables allow, compare by value, and have their values in one form."""

import copy
import pickle
from dataclasses import FrozenInstanceError, replace

import pytest

from e2b import Attachment, Batch, Block, Code, Message, MessageError, Null, Quantity
from tests.e2b.cases import LEAST, batch_of, full_message
from values.dates import PartialDate

DOSE = Block("G.k.4.r", {"G.k.4.r.8": "10 mg daily"})


def test_elements_and_blocks_are_found_by_their_ids() -> None:
    drug = Block("G.k", {"G.k.2.2": "Drug"}, {"G.k.4.r": (DOSE,)}, ref="d1")
    assert drug["G.k.2.2"] == "Drug"
    assert drug["G.k.8"] is None
    assert drug["G.k.4.r"] == drug.dosages == (DOSE,)
    assert drug["G.k.7.r"] == drug.indications == ()
    assert "G.k.4.r" in drug
    assert "G.k.8" not in drug


@pytest.mark.parametrize(
    ("kind", "values", "blocks", "complaint"),
    [
        pytest.param("X", {}, {}, "no block 'X'", id="unknown block"),
        pytest.param("E.i", {"G.k.8": "1"}, {}, "G.k.8 is no element of E.i", id="element of another block"),
        pytest.param("E.i", {"E.i.99": "1"}, {}, "E.i.99 is no element", id="unknown element"),
        pytest.param("E.i", {"E.i.7": ""}, {}, "E.i.7 is empty", id="empty value"),
        pytest.param("E.i", {"E.i.7": " \n"}, {}, "E.i.7 is empty", id="blank value"),
        pytest.param("E.i", {"E.i.7": 1}, {}, "cannot hold a int", id="number that is no text"),
        pytest.param("E.i", {}, {"G.k.4.r": (DOSE,)}, "no block of E.i", id="block of another block"),
        pytest.param("G.k", {}, {"G.k.7.r": (DOSE,)}, "stands among", id="block under a wrong name"),
        pytest.param("G.k", {}, {"G.k.7.r": (Block("G.k.7.r"),)}, "leave it out", id="empty block"),
    ],
)
def test_a_block_refuses_what_does_not_belong_to_it(
    kind: str, values: dict, blocks: dict, complaint: str
) -> None:
    with pytest.raises(MessageError, match=complaint):
        Block(kind, values, blocks)


@pytest.mark.parametrize(
    ("element", "given", "stored"),
    [
        ("E.i.4", "201603", PartialDate((2016, 3))),
        ("E.i.4", "2016-03", "2016-03"),
        ("E.i.4", "20160231", "20160231"),
        ("E.i.7", Code("1", "2.16.840.1.113883.3.989.2.1.1.11", "2.0"), "1"),
        ("E.i.7", Code("1", version="1.0"), Code("1", version="1.0")),
        ("E.i.7", Code("1", ""), Code("1", "")),
        ("E.i.2.1b", Code("10000001", display="Term"), "10000001"),
    ],
)
def test_values_are_brought_into_one_form(element: str, given: object, stored: object) -> None:
    assert Block("E.i", {element: given})[element] == stored


def test_a_quantity_in_the_unit_of_the_table_is_a_number() -> None:
    block = Block("D", {"D.3": Quantity("80", "kg"), "D.4": Quantity("72", "[in_i]")})
    assert block["D.3"] == "80"
    assert block["D.4"] == Quantity("72", "[in_i]")


def test_messages_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        LEAST.C = Block("C")
    with pytest.raises(TypeError):
        LEAST.C.values["C.1.1"] = "x"


def test_equal_messages_have_equal_hashes() -> None:
    first, second = full_message(), full_message()
    assert first == second
    assert hash(first) == hash(second)
    assert len({batch_of(first), batch_of(second)}) == 1


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m))])  # noqa: S301
def test_messages_can_be_copied(copied: object) -> None:
    assert copied(full_message()) == full_message()


def test_violations_of_reading_do_not_count_in_comparison() -> None:
    assert Message(violations=("anything",)) == Message()


@pytest.mark.parametrize(
    "section", [{"C": Block("D")}, {"E": (Block("F.r", {"F.r.6": "x"}),)}, {"E": (Block("E.i"),)}]
)
def test_a_message_refuses_blocks_of_other_sections(section: dict) -> None:
    with pytest.raises(MessageError, match="Section"):
        Message(**section)


def test_a_batch_refuses_another_header() -> None:
    with pytest.raises(MessageError, match=r"N\.1"):
        Batch(Block("C"))


def test_pairs_stand_in_the_order_of_the_reactions() -> None:
    reactions = tuple(Block("E.i", {"E.i.7": "1"}, ref=ref) for ref in ("a", "b"))
    pairs = tuple(Block("G.k.9.i", {"G.k.9.i.1": ref, "G.k.9.i.4": "1"}) for ref in ("lost", "b", "a"))
    message = Message(E=reactions, G=(Block("G.k", {"G.k.1": "1"}, {"G.k.9.i": pairs}),))
    assert [pair["G.k.9.i.1"] for pair in message.drugs[0].reactions_assessed] == ["a", "b", "lost"]


def test_a_changed_copy_leaves_the_original_alone() -> None:
    changed = LEAST.D.with_values({"D.1": "AB", "D.7.2": None})
    assert changed.values == {"D.1": "AB"}
    assert LEAST.D["D.1"] == Null("MSK")


def test_walking_reaches_every_block() -> None:
    kinds = [block.kind for block in LEAST.walk()]
    assert kinds == ["N.2.r", "C", "C.2.r", "D", "E.i", "G.k", "G.k.2.3.r", "H"]


def test_a_document_is_a_value() -> None:
    document = Attachment.of(b"x", "image/png")
    block = Block("C", {}, {"C.1.6.1.r": (Block("C.1.6.1.r", {"C.1.6.1.r.2": document}),)})
    assert block.documents[0]["C.1.6.1.r.2"].data == b"x"


def test_a_section_is_exchanged_and_the_rest_stays() -> None:
    named = LEAST.N.with_values({"N.2.r.1": "another"})
    changed = LEAST.with_sections(N=named)
    assert changed == replace(LEAST, N=named)
    assert (changed.E, changed.violations) == (LEAST.E, LEAST.violations)
    for name, block in {"C": LEAST.D, "E": LEAST.C, "X": LEAST.C}.items():
        with pytest.raises(MessageError, match="exchanged"):
            LEAST.with_sections(**{name: block})
