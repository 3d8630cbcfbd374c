"""Breaks one rule at a time, for every row of the tables, and checks that this rule is named.

What a break implies by itself is listed in IMPLIED; nothing else may be reported.
"""

from collections.abc import Iterator

import pytest

from e2b import Attachment, Block, Code, Message, Null, Quantity, Severity, Value, validate, validate_batch
from e2b.codelists import code_list
from e2b.elements import ICH, Element
from tests.e2b.cases import HEADER, LEAST, TODAY, batch_of, changed, full_message

FULL = full_message()
NOTES = {"ICH-AGE", "ICH-CONFIRMED"}

# Rules that are broken along with another: a value that cannot be read cannot satisfy its neighbours.
IMPLIED = {
    "ICH-LENGTH": {
        "ICH-TYPE", "ICH-CODE", "ICH-CASE-ID", "ICH-MESSAGE-ID", "ICH-MEDDRA", "ICH-PRIMARY",
        "ICH-PRODUCT-ID", "ICH-SIZE", "ICH-ABSURD", "ICH-RANGE", "ICH-VERSION", "ICH-FATAL",
        "ICH-CASE-COUNTRY",
    },
    "ICH-TYPE": {"ICH-CODE", "ICH-FATAL"},
    "ICH-DATE": {"ICH-MESSAGE-DATE"},
    "ICH-PRECISION": {"ICH-MESSAGE-DATE"},
    "ICH-FUTURE": {"ICH-MESSAGE-DATE", "ICH-ORDER", "ICH-LIFETIME"},
    "ICH-CODE": {"ICH-FATAL", "ICH-CONDITION", "ICH-SUSPECT", "ICH-PRIMARY", "ICH-MEDDRA",
                 "ICH-CASE-COUNTRY"},
    "ICH-SYSTEM": {"ICH-SUSPECT", "ICH-SEX", "ICH-FATAL", "ICH-CASE-COUNTRY"},
    "ICH-NULL": {
        "ICH-CONDITION", "ICH-SUSPECT", "ICH-PRIMARY", "ICH-CASE-ID", "ICH-MESSAGE-ID",
        "ICH-MESSAGE-DATE", "ICH-PRODUCT-ID", "ICH-FATAL",
    },
    "ICH-REQUIRED": {"ICH-FATAL", "ICH-SUSPECT", "ICH-CONDITION", "ICH-MESSAGE-ID", "ICH-MESSAGE-DATE"},
    "ICH-CONDITION": {"ICH-TEST-NAME", "ICH-DOCUMENT"},
}  # fmt: skip


def rules(message: Message) -> set[str]:
    return {violation.rule for violation in validate(message, header=HEADER, today=TODAY)} - NOTES


def breaks() -> Iterator[tuple[str, Element, Value | None]]:
    """A rule, the element that breaks it, and the value (None: missing) that does."""
    for element in ICH.values():
        if element.block == "N.1":
            continue
        yield from _of_type(element)
        yield from _of_codes(element)
        if "UNK" not in element.null_flavors and element.type != "ref":
            yield "ICH-NULL", element, Null("UNK")
        if element.conformance in "MR":
            yield "ICH-REQUIRED", element, None


def _of_type(element: Element) -> Iterator[tuple[str, Element, Value | None]]:
    if element.length:
        yield "ICH-LENGTH", element, "1" * (element.length + 1)
    if element.type == "date":
        yield "ICH-DATE", element, "yesterday"
        yield "ICH-FUTURE", element, "20990101000000"
        if element.least in {"day", "second"}:
            yield "ICH-PRECISION", element, "2020"
    if element.type == "bool":
        yield "ICH-TYPE", element, "maybe"
    if element.type == "N" and not element.codes:
        yield "ICH-TYPE", element, "1,5"[: element.length or None] if element.length > 2 else "x"
    if element.type == "ED":
        yield "ICH-BASE64", element, Attachment("no base64!", "image/png")


def _of_codes(element: Element) -> Iterator[tuple[str, Element, Value | None]]:
    codes = code_list(element.codes)
    if element.codes in {"kg", "cm"} or element.codes.startswith("@"):
        yield "ICH-UNIT", element, Quantity("1", "[lb_av]")
    elif codes.codes or codes.pattern not in {"", r"\S+"}:
        yield "ICH-CODE", element, "false" if element.codes == "true" else "_"
        if codes.system:
            yield "ICH-SYSTEM", element, Code(next(iter(codes.codes), "1"), "1.2.3")


CASES = list(breaks())


@pytest.mark.parametrize(("rule", "element", "value"), CASES, ids=[f"{r}-{e.id}" for r, e, _ in CASES])
def test_a_broken_rule_is_named_and_no_other(rule: str, element: Element, value: Value | None) -> None:
    violations = validate(changed(FULL, element.id, value), header=HEADER, today=TODAY)
    named = [f for f in violations if f.rule == rule and f.element == element.id]
    assert named, [str(f) for f in violations]
    assert all(f.sentence and f.remedy for f in named)
    assert {f.rule for f in violations} - NOTES - {rule} <= IMPLIED.get(rule, set())


CONDITIONS = [element for element in ICH.values() if element.when]


@pytest.mark.parametrize("element", CONDITIONS, ids=[element.id for element in CONDITIONS])
def test_a_conditional_element_is_asked_for_when_its_condition_holds(element: Element) -> None:
    message = changed(FULL, element.id, None)
    if element.id == "C.3.2":
        message = changed(message, "C.3.1", "1")
    if element.id == "C.5.4":
        message = changed(message, "C.1.3", "2")
    if element.id == "D.7.2":
        message = Message(
            message.N, message.C, Block("D", message.D.values), message.E, message.F, message.G, message.H
        )
    rules_and_elements = {(f.rule, f.element) for f in validate(message, header=HEADER, today=TODAY)}
    assert ("ICH-CONDITION", element.id) in rules_and_elements
    assert {rule for rule, _ in rules_and_elements} - NOTES <= {"ICH-CONDITION", *IMPLIED["ICH-CONDITION"]}


def without_blocks(message: Message, section: str, kind: str) -> Message:
    block = getattr(message, section)
    others = {name: blocks for name, blocks in block.blocks.items() if name != kind}
    parts = {name: getattr(message, name) for name in "NCDEFGH"}
    return Message(**{**parts, section: Block(block.kind, block.values, others)})


BROKEN = {
    "no reaction": (Message(LEAST.N, LEAST.C, LEAST.D, (), (), LEAST.G, LEAST.H), {"ICH-REACTION"}),
    "no drug": (Message(LEAST.N, LEAST.C, LEAST.D, LEAST.E, (), (), LEAST.H), {"ICH-SUSPECT"}),
    "only a concomitant drug": (changed(LEAST, "G.k.1", "2"), {"ICH-SUSPECT"}),
    "no reporter": (without_blocks(LEAST, "C", "C.2.r"), {"ICH-PRIMARY"}),
    "no primary reporter": (changed(LEAST, "C.2.r.5", None), {"ICH-PRIMARY"}),
    "two primary reporters": (
        Message(
            LEAST.N, Block("C", LEAST.C.values, {"C.2.r": LEAST.C.reporters * 2}),
            LEAST.D, LEAST.E, LEAST.F, LEAST.G, LEAST.H,
        ),
        {"ICH-PRIMARY"},
    ),
    "documents without their block": (changed(LEAST, "C.1.6.1", "true"), {"ICH-CONDITION"}),
    "case number without hyphens": (
        changed(changed(LEAST, "C.1.1", "123"), "N.2.r.1", "123"), {"ICH-CASE-ID"}
    ),
    "another message number": (changed(LEAST, "N.2.r.1", "DE-X-2"), {"ICH-MESSAGE-ID"}),
    "another message date": (changed(LEAST, "N.2.r.4", "20250102030406"), {"ICH-MESSAGE-DATE"}),
    "two MedDRA versions": (changed(FULL, "E.i.2.1a", "26.1"), {"ICH-MEDDRA"}),
    "both product ids": (changed(FULL, "G.k.2.1.2b", "x"), {"ICH-PRODUCT-ID", "ICH-VERSION"}),
    "no product id and no substance": (
        Message(
            LEAST.N, LEAST.C, LEAST.D, LEAST.E, (), (Block("G.k", LEAST.G[0].values, ref="d1"),), LEAST.H,
        ),
        {"ICH-SUBSTANCE"},
    ),
    "test without result": (
        Message(
            LEAST.N, LEAST.C, LEAST.D, LEAST.E,
            (Block("F.r", {"F.r.1": "2020", "F.r.2.1": "ALT"}),), LEAST.G, LEAST.H,
        ),
        {"ICH-TEST-RESULT"},
    ),
    "test without name": (
        Message(LEAST.N, LEAST.C, LEAST.D, LEAST.E, (Block("F.r", {"F.r.1": "2020"}),), LEAST.G, LEAST.H),
        {"ICH-TEST-NAME"},
    ),
    "a reaction that is not there": (changed(FULL, "G.k.9.i.1", "x"), {"ICH-REFERENCE"}),
    "a reaction assessed twice": (changed(FULL, "G.k.9.i.1", "e2"), {"ICH-PAIR"}),
    "drugs with one id": (
        Message(LEAST.N, LEAST.C, LEAST.D, LEAST.E, (), LEAST.G * 2, LEAST.H), {"ICH-LOCAL-ID"}
    ),
    "seriousness false": (changed(LEAST, "E.i.3.2a", "false"), {"ICH-CODE"}),
    "other identifiers false": (changed(LEAST, "C.1.9.1", "false"), {"ICH-CODE"}),
    "a control character": (changed(LEAST, "H.1", "a\x00b"), {"ICH-CHARACTER"}),
    "a number in a text": (changed(LEAST, "H.1", Quantity("1", "g")), {"ICH-TYPE"}),
    "an element of a region": (changed(LEAST, "FDA.C.1.12", "true"), {"ICH-REGIONAL"}),
}  # fmt: skip


@pytest.mark.parametrize(("message", "expected"), BROKEN.values(), ids=BROKEN)
def test_rules_over_several_elements(message: Message, expected: set[str]) -> None:
    assert rules(message) == expected


@pytest.mark.parametrize("message", [LEAST, FULL], ids=["least", "full"])
def test_valid_messages_have_no_errors(message: Message) -> None:
    violations = validate(message, header=HEADER, today=TODAY)
    assert [f for f in violations if f.severity is not Severity.NOTE] == []


def test_a_violation_names_the_block_it_is_in() -> None:
    dosages = (*FULL.G[1].dosages[:1], FULL.G[1].dosages[1].with_values({"G.k.4.r.1a": "x"}))
    drug = Block("G.k", FULL.G[1].values, {**FULL.G[1].blocks, "G.k.4.r": dosages}, FULL.G[1].ref)
    message = Message(FULL.N, FULL.C, FULL.D, FULL.E, FULL.F, (FULL.G[0], drug), FULL.H)
    (violation,) = [f for f in validate(message, header=HEADER, today=TODAY) if f.rule == "ICH-TYPE"]
    assert (violation.element, violation.place) == ("G.k.4.r.1a", "drug 2, dosage 2")
    assert str(violation).startswith("error: ICH-TYPE [G.k.4.r.1a, drug 2, dosage 2] 'x' is no number.")


def test_every_violation_is_reported_not_only_the_first() -> None:
    message = changed(changed(LEAST, "D.1", None), "H.1", None)
    assert {f.element for f in validate(message, header=HEADER, today=TODAY)} == {"D.1", "H.1"}


def test_the_envelope_is_validated_as_message_zero() -> None:
    batch = type(batch_of())(HEADER.with_values({"N.1.2": None, "N.1.5": "2020"}), (LEAST,))
    violations = dict(validate_batch(batch, today=TODAY))
    assert {(f.rule, f.element) for f in violations[0]} == {
        ("ICH-REQUIRED", "N.1.2"),
        ("ICH-PRECISION", "N.1.5"),
    }
    assert violations[1] == []


def test_today_decides_what_is_future() -> None:
    from datetime import date

    late = {f.rule for f in validate(LEAST, today=date(2025, 1, 1))}
    assert late == {"ICH-FUTURE"}
