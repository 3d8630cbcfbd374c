"""Functions that read the value of an element from one XML node.

One function per HL7 data type. The row of an element decides which one applies: its type, its code
list and the attribute its path ends with; no element is named here.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from e2b.canonical import date_of, plain_code
from e2b.codelists import CodeList, code_list
from e2b.datatypes import Attachment, Bound, Code, Null, Quantity, Range, Value
from e2b.elements import Element
from e2b.paths import Step
from e2b.reading.parse import XML
from e2b.structure import HL7

KINDS = ("mediaType", "representation", "compression")
_ADDRESS = f"{{{HL7}}}reference"

Values = dict[str, Value]
Take = Callable[[XML, Values], Value | None]


class Leaf(NamedTuple):
    """How a value is read from a node (`take`), and the element id (`name`) that it is stored under.

    `null`: a nullFlavor of the node counts for this element; `whole`: the node is the period around it.
    `attribute`: where it stands, "" for text and for nodes inside.
    """

    name: str
    take: Take
    null: bool = False
    whole: bool = False
    attribute: str = ""


def leaves_for(elements: list[tuple[Element, str]], step: Step | None) -> tuple[Leaf, ...]:
    """The leaves of a node that holds these elements."""
    bound = {attribute for _, attribute in elements}
    primary = _primary(elements)
    return tuple(
        Leaf(
            element.id,
            _take(element, attribute, bound, step),
            element.id == primary,
            attribute="" if step and step.type == "IVL_PQ" else attribute,
        )
        for element, attribute in elements
    )


def _primary(elements: list[tuple[Element, str]]) -> str:
    """The element whose value is that of the node: a nullFlavor on the node counts for it."""
    order = ("code", "value", "extension", "", "root", "typeCode")
    ranked = [(order.index(attribute), element.id) for element, attribute in elements if attribute in order]
    return min(ranked)[1] if ranked else ""


def _take(element: Element, attribute: str, bound: set[str], step: Step | None) -> Take:
    if step and step.type == "IVL_PQ":
        return _range if attribute == "value" else _range_unit
    if element.type == "ED":
        return _attachment
    if not attribute:
        return _text
    if element.type == "date":
        return _date
    if step and step.prefix:
        return _after_prefix(step.prefix)
    if attribute == "code":
        return _code(code_list(element.codes), "codeSystemVersion" not in bound)
    if attribute == "value" and (element.codes.startswith("@") or element.codes in ("kg", "cm")):
        return _number(element.codes)
    return _attribute(attribute)


def _text(xml: XML, _: Values) -> Value | None:
    text = xml.text
    if len(xml):
        after = (child.tail for child in xml)
        text = "".join([text or "", *(tail for tail in after if tail and not tail.isspace())])
    return text if text and not text.isspace() else None


@lru_cache
def _attribute(name: str) -> Take:
    def take(xml: XML, _: Values) -> Value | None:
        text = xml.get(name)
        return text if text and not text.isspace() else None

    return take


def _date(xml: XML, _: Values) -> Value | None:
    text = xml.get("value")
    return date_of(text) if text and not text.isspace() else None


def at_a_point(xml: XML, _: Values) -> Value | None:
    """The start of a period that is sent as a single point in time."""
    return _date(xml, _)


def _after_prefix(prefix: str) -> Take:
    def take(xml: XML, _: Values) -> Value | None:
        text = (xml.get("value") or "")[len(prefix) :]
        return text if text and not text.isspace() else None

    return take


def _code(codes: CodeList, versioned: bool) -> Take:
    """A code, with system and version only where they are not those of the table."""
    expected, version_sent, is_open = codes.system, codes.version, codes.open

    def take(xml: XML, _: Values) -> Value | None:
        code = xml.get("code")
        if not code or code.isspace():
            return None
        system = xml.get("codeSystem")
        version = xml.get("codeSystemVersion") if versioned else None
        if (version is None or version == version_sent) and system == expected and not is_open:
            return code
        display = (xml.get("displayName") or "") if is_open else ""
        return plain_code(Code(code, (system or "") if expected else system, version, display), codes)

    return take


def _number(unit: str) -> Take:
    """A number whose unit is fixed, or that of another element ("@" and its id)."""
    other = unit[1:] if unit.startswith("@") else ""

    def take(xml: XML, values: Values) -> Value | None:
        number = xml.get("value")
        if not number or number.isspace():
            return None
        expected = str(values.get(other, "")) if other else unit
        received = xml.get("unit") or ""
        return number if received == expected else Quantity(number, received)

    return take


def _attachment(xml: XML, _: Values) -> Value | None:
    content = "".join([xml.text or "", *(child.tail or "" for child in xml)])
    reference = xml.find(_ADDRESS)
    address = (reference.get("value") or "") if reference is not None else ""
    if (not content or content.isspace()) and not address:
        return None
    kind, coding, compression = (xml.get(name) or "" for name in KINDS)
    return Attachment(content, kind, coding, compression, address)


def reference(xml: XML) -> str:
    """The local id of an `id` node: its root, and after "^" its extension where it has one."""
    root, extension = xml.get("root") or "", xml.get("extension")
    return f"{root}^{extension}" if extension else root


_CENTER, _LOW, _HIGH = (f"{{{HL7}}}{end}" for end in ("center", "low", "high"))


def _range(xml: XML, _: Values) -> Value | None:
    """A number, or a range with its ends; see `datatypes.Range`."""
    number = xml.get("value")
    center = xml.find(_CENTER)
    if not number and center is not None:
        number = center.get("value")
        if not number and center.get("nullFlavor"):
            return Null(center.get("nullFlavor") or "")
    if number and not number.isspace():
        return number
    mixed = len(_units(xml)) > 1
    low, high = (_bound(xml.find(end), mixed) for end in (_LOW, _HIGH))
    return Range(low, high) if low or high else None


def _bound(xml: XML | None, mixed: bool) -> Bound | None:
    if xml is None:
        return None
    value, flavor = xml.get("value"), xml.get("nullFlavor")
    if not value and not flavor:
        return None
    unit = (xml.get("unit") or "") if mixed else ""
    return Bound(value or Null(flavor or ""), xml.get("inclusive") or "", unit)


def _range_unit(xml: XML, _: Values) -> Value | None:
    units = _units(xml)
    return units[0] if len(units) == 1 else None


def _units(xml: XML) -> list[str]:
    units = [xml.get("unit"), *(end.get("unit") for end in xml)]
    return list(dict.fromkeys(unit for unit in units if unit and not unit.isspace()))
