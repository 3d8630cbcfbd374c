"""Messages that the tests start from: the least valid one, and one that has every ICH element."""

from datetime import date

from e2b import Attachment, Batch, Block, Code, Message, Null, Value
from e2b.codelists import code_list
from e2b.elements import BLOCK, ELEMENTS, ICH, Element

TODAY = date(2026, 1, 1)

HEADER = Block(
    "N.1", {"N.1.1": "1", "N.1.2": "B-1", "N.1.3": "SENDER", "N.1.4": "RECEIVER", "N.1.5": "20250102030405"}
)

_NOT_SERIOUS = {f"E.i.3.2{letter}": Null("NI") for letter in "abcdef"}

LEAST = Message(
    N=Block(
        "N.2.r",
        {"N.2.r.1": "DE-X-1", "N.2.r.2": "SENDER", "N.2.r.3": "RECEIVER", "N.2.r.4": "20250102030405"},
    ),
    C=Block(
        "C",
        {
            "C.1.1": "DE-X-1",
            "C.1.2": "20250102030405",
            "C.1.3": "1",
            "C.1.4": "20250101",
            "C.1.5": "20250102",
            "C.1.6.1": "false",
            "C.1.7": "true",
            "C.1.8.1": "DE-X-1",
            "C.1.8.2": "2",
            "C.1.9.1": Null("NI"),
            "C.3.1": "3",
            "C.3.2": "Hospital",
        },
        {"C.2.r": (Block("C.2.r", {"C.2.r.3": "DE", "C.2.r.4": "5", "C.2.r.5": "1"}),)},
    ),
    D=Block("D", {"D.1": Null("MSK"), "D.7.2": Null("UNK")}),
    E=(Block("E.i", {"E.i.2.1a": "27.0", "E.i.2.1b": "10037844", "E.i.7": "1", **_NOT_SERIOUS}, ref="r1"),),
    G=(
        Block(
            "G.k",
            {"G.k.1": "1", "G.k.2.2": "Drug"},
            {"G.k.2.3.r": (Block("G.k.2.3.r", {"G.k.2.3.r.1": "Substance"}),)},
            ref="d1",
        ),
    ),
    H=Block("H", {"H.1": "A narrative."}),
)


def batch_of(*messages: Message) -> Batch:
    return Batch(HEADER, messages)


def plain_value(element: Element, number: int = 1) -> Value:
    """A value that is allowed for an element: an allowed code, a number, a date, or text with its id."""
    codes = code_list(element.codes)
    if element.codes == "MedDRA":
        return "10000001"
    if element.codes == "MedDRA version":
        return "27.0"
    if element.codes == "language":
        return "eng"
    if codes.open:
        return Code(f"{element.id}-{number}", "2.16.840.1.113883.6.69")
    if codes.codes and element.codes not in {"kg", "cm"}:
        return next(iter(codes.codes))
    if element.codes == "UCUM":
        return "mg/dL"
    if element.type == "date":
        return "20200102030405" if element.least == "second" else f"202001{number:02d}"
    if element.codes == "PhPID":
        return f"{element.id}-{number}"
    if element.codes.startswith("@"):
        return str(number)
    simple = {"N": str(number), "bool": "true", "ED": Attachment.of(b"document", "application/pdf")}
    return simple.get(element.type, f"{element.id} {number}"[: element.length or None])


def _values(kind: str, number: int, leave_out: tuple[str, ...]) -> dict[str, Value]:
    return {
        element.id: plain_value(element, number)
        for element in ICH.values()
        if element.block == kind and not element.id.startswith(leave_out)
    }


def _block(kind: str, number: int = 1, leave_out: tuple[str, ...] = ("-",)) -> Block:
    """A block with every element, and two of every block inside it."""
    inside = {
        block.id: tuple(_inner(block.id, number) for number in (1, 2))
        for block in BLOCK.values()
        if block.parent == kind and not block.id.startswith("FDA")
    }
    ref = f"{kind[0].lower()}{number}" if BLOCK[kind].ref else ""
    return Block(kind, _values(kind, number, leave_out), inside, ref)


# The second of each product carries the PhPID, the first the MPID: they share one node.
_ONE_PRODUCT_ID = {
    "D.8.r": ("D.8.r.3", "D.8.r.2"),
    "D.10.8.r": ("D.10.8.r.3", "D.10.8.r.2"),
    "G.k": ("G.k.2.1.2", "G.k.2.1.1"),
}


# What no rule finds a contradiction in: reactions of which a woman died, bodies of some height, one country.
_PLAUSIBLE: dict[str, dict[str, Value]] = {
    "C.2.r": {"C.2.r.3": "DE"},
    "D": {"D.4": "150", "D.5": "2", "D.9.1": "20200131", "D.10.5": "150", "D.10.6": "2"},
    "E.i": {"E.i.7": "5"},
    "G.k.4.r": {"G.k.4.r.1b": "mg"},
}


def _inner(kind: str, number: int) -> Block:
    leave_out = (_ONE_PRODUCT_ID[kind][number - 1],) if kind in _ONE_PRODUCT_ID else ("-",)
    block = _block(kind, number, leave_out).with_values(_PLAUSIBLE.get(kind, {}))
    if kind == "G.k.9.i":
        return block.with_values({"G.k.9.i.1": f"e{number}"})
    if kind == "C.2.r" and number > 1:
        return block.with_values({"C.2.r.5": None})
    return block


def full_message() -> Message:
    """A valid message that holds all elements of the ICH table that belong to a message."""
    N, C, H = (_block(kind) for kind in ("N.2.r", "C", "H"))  # noqa: N806
    D = _block("D").with_values(_PLAUSIBLE["D"])  # noqa: N806
    same = {"N.2.r.1": "DE-X-1", "N.2.r.4": "20250102030405"}
    C = C.with_values({"C.1.1": "DE-X-1", "C.1.8.1": "DE-X-1", "C.1.2": "20250102030405"})  # noqa: N806
    E, F, G = (tuple(_inner(kind, n) for n in (1, 2)) for kind in ("E.i", "F.r", "G.k"))  # noqa: N806
    return Message(N.with_values(same), C, D, E, F, G, H)


def changed(message: Message, element: str, value: Value | None) -> Message:
    """A copy with one element changed (None removes it), in the first block that it belongs to."""
    kind = ELEMENTS[element].block
    done = False

    def change(block: Block) -> Block:
        nonlocal done
        if block.kind == kind and not done:
            done = True
            return block.with_values({element: value})
        inside = {name: tuple(filter(None, map(change, blocks))) for name, blocks in block.blocks.items()}
        return Block(block.kind, block.values, inside, block.ref)

    N, C, D, H = map(change, (message.N, message.C, message.D, message.H))  # noqa: N806
    E, F, G = (tuple(filter(None, map(change, blocks))) for blocks in (message.E, message.F, message.G))  # noqa: N806
    return Message(N, C, D, E, F, G, H)
