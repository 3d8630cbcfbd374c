"""Messages drawn from the element tables: every element, value type and nullFlavor that a row allows.

They are right in type, not always in business rules: what matters here is that they can be written.
"""

import string
from functools import cache, lru_cache

from hypothesis import strategies as st

from e2b import Attachment, Batch, Block, Bound, Code, Message, Null, Quantity, Range, Value
from e2b.codelists import CodeList, code_list
from e2b.elements import BLOCK, ELEMENTS, Element
from e2b.structure import PHPID_SYSTEMS
from tests.e2b.cases import plain_value
from values.dates import PartialDate

_XML = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
TEXT = st.text(st.one_of(_XML, st.sampled_from("\t\n\r &<>\"'")), min_size=1, max_size=20).filter(str.strip)
TOKEN = st.text(string.ascii_letters + string.digits + "-./[]{}%", min_size=1, max_size=8)
ADDRESS = st.text(string.ascii_letters + string.digits + "-.@", min_size=1, max_size=12)
NUMBER = st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,2})?", fullmatch=True)
SYSTEM = st.from_regex(r"2\.16(\.[1-9][0-9]{0,3}){1,4}", fullmatch=True)
DIGITS = st.integers(0, 99).map("{:02d}".format)


@st.composite
def dates(draw: st.DrawFn) -> PartialDate:
    """Any precision, with a zone only where there is a time."""
    text = str(draw(st.integers(1900, 2024)))
    parts = [
        st.integers(1, 12),
        st.integers(1, 28),
        st.integers(0, 23),
        st.integers(0, 59),
        st.integers(0, 59),
    ]
    depth = draw(st.integers(0, 5))
    text += "".join(f"{draw(part):02d}" for part in parts[:depth])
    if depth >= 3 and draw(st.booleans()):
        text += draw(st.sampled_from(["+0000", "-0500", "+0530"]))
    return PartialDate.parse_hl7(text)


def codes_of(element: Element, codes: CodeList) -> st.SearchStrategy[Value]:
    """A code of the list, sometimes of another version or system."""
    plain = st.sampled_from(sorted(codes.codes)) if codes.codes else TOKEN
    if element.codes == "PhPID":
        return plain | st.builds(Code, plain, st.sampled_from(PHPID_SYSTEMS[1:]))
    if element.codes in {"FDA drug", "FDA operator", "FDA role"}:
        return plain  # the system decides which element it is
    versions = st.just("0.9") if codes.version else st.none()
    others = st.builds(Code, plain, SYSTEM | st.none(), versions)
    if codes.open:
        others |= st.builds(Code, plain, SYSTEM, st.none(), TEXT)
    return plain | others.filter(lambda code: code.system or code.version)


def _ranges() -> st.SearchStrategy[Range]:
    bound = st.builds(Bound, NUMBER, st.sampled_from(["", "true", "false"]))
    open_ended = st.builds(Range.of, st.sampled_from(["<", "<=", ">", ">="]), NUMBER)
    return open_ended | st.builds(Range, bound, bound)


@cache
def values_of(element: Element) -> st.SearchStrategy[Value]:
    """The values that the row of an element allows."""
    codes = code_list(element.codes)
    attribute = element.path.rpartition("@")[2] if "@" in element.path else ""
    if element.codes.startswith("@") or element.codes in {"kg", "cm"}:
        values = NUMBER | st.builds(Quantity, NUMBER, st.just("[lb_av]"))
    elif "IVL_PQ" in element.path:
        values = NUMBER | _ranges() if attribute == "value" else TOKEN
    elif attribute == "code":
        values = codes_of(element, codes)
    elif element.codes == "primary":
        values = st.just("1")
    elif attribute in {"unit", "language"} or element.codes:
        values = st.just(plain_value(element)) | (
            TOKEN if attribute in {"unit", "language"} else st.nothing()
        )
    elif ":]" in element.path:
        values = ADDRESS
    else:
        values = _simple(element)
    flavors = [Null(flavor) for flavor in element.null_flavors]
    return values | st.sampled_from(flavors) if flavors else values


def _simple(element: Element) -> st.SearchStrategy[Value]:
    kinds = {
        "AN": TEXT,
        "A": TEXT,
        "N": NUMBER,
        "date": dates(),
        "bool": st.sampled_from(["true", "false"]),
        "ED": st.builds(Attachment.of, st.binary(min_size=1, max_size=40), st.just("image/png")),
        "ref": TOKEN,
    }
    return kinds[element.type]


# Of these only one can stand in a block, because they share a node that does not repeat.
_EXCLUSIVE = (
    ("G.k.2.1.1", "G.k.2.1.2"),
    ("D.8.r.2", "D.8.r.3"),
    ("D.10.8.r.2", "D.10.8.r.3"),
    ("G.k.9.i.2.r.3.EU", "G.k.9.i.2.r.3"),
)


@lru_cache
def _elements_of(kind: str) -> st.SearchStrategy[list[Element]]:
    rows = [row for row in ELEMENTS.values() if row.block == kind and row.path and row.type != "ref"]
    return st.lists(st.sampled_from(rows), unique_by=lambda row: row.id, max_size=10) if rows else st.just([])


@lru_cache
def _kinds_in(kind: str) -> st.SearchStrategy[list[str]]:
    inside = [block.id for block in BLOCK.values() if block.parent == kind]
    return st.lists(st.sampled_from(inside), max_size=3).map(sorted) if inside else st.just([])


@st.composite
def blocks(draw: st.DrawFn, kind: str, refs: tuple[str, ...] = (), ref: str = "") -> Block:
    """A block with some of its elements and blocks; `refs` are the reactions that pairs can name."""
    values = {row.id: draw(values_of(row)) for row in draw(_elements_of(kind))}
    for name_start, other_start in _EXCLUSIVE:
        if any(name.startswith(name_start) for name in values):
            values = {
                name: v
                for name, v in values.items()
                if name.startswith(name_start) or not name.startswith(other_start)
            }
    inside: dict[str, tuple[Block, ...]] = {}
    for name in draw(_kinds_in(kind)):
        if BLOCK[name].key:
            named = draw(st.lists(st.sampled_from(refs), unique=True, max_size=2)) if refs else []
            inside[name] = tuple(draw(_pair(name, BLOCK[name].key, reaction)) for reaction in named)
        elif block := draw(blocks(name)):
            inside[name] = (*inside.get(name, ()), block)
    return Block(kind, values, inside, ref)


@st.composite
def _pair(draw: st.DrawFn, kind: str, key: str, ref: str) -> Block:
    return draw(blocks(kind)).with_values({key: ref})


@st.composite
def messages(draw: st.DrawFn) -> Message:
    reactions = tuple(f"e-{number}" for number in range(draw(st.integers(0, 2))))
    drugs = tuple(f"d-{number}" for number in range(draw(st.integers(0, 2))))
    return Message(
        N=draw(blocks("N.2.r")),
        C=draw(blocks("C")),
        D=draw(blocks("D")),
        E=tuple(draw(blocks("E.i", ref=ref)) for ref in reactions),
        F=tuple(filter(None, draw(st.lists(blocks("F.r"), max_size=2)))),
        G=tuple(draw(blocks("G.k", refs=reactions, ref=ref)) for ref in drugs),
        H=draw(blocks("H")),
    )


@st.composite
def batches(draw: st.DrawFn) -> Batch:
    return Batch(draw(blocks("N.1")), tuple(draw(st.lists(messages(), min_size=1, max_size=2))))
