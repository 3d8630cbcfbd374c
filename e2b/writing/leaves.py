"""Values as attributes and content: the counterpart of `e2b.reading.leaves`, one function per data type."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from e2b.codelists import CodeList
from e2b.datatypes import Attachment, Bound, Code, Null, Quantity, Range, Value, text_of
from e2b.writing.markup import attributes, in_attribute, in_text

Values = Mapping[str, Value]
Put = Callable[[Value, Values], str]


class Leaf(NamedTuple):
    """An element of a node, and the function that writes its value: as attributes, each with a space before
    it, or as content."""

    name: str
    put: Put
    is_content: bool = False


def null(value: Null) -> str:
    """A nullFlavor as attribute."""
    return f' nullFlavor="{in_attribute(value.flavor)}"'


def text(value: Value, _: Values) -> str:
    """A value as content."""
    return in_text(text_of(value))


def lines(tag: str) -> Put:
    """A text of which each line is a node of its own; one with empty lines stays whole."""
    between = f"</{tag}><{tag}>"

    def put(value: Value, _: Values) -> str:
        parts = text_of(value).split("\n")
        return (between if all(map(str.strip, parts)) else "\n").join(map(in_text, parts))

    return put


def attribute(name: str, prefix: str = "") -> Put:
    """An attribute; `prefix` stands before its value (tel:, mailto:), also where it is null."""
    begin = f' {name}="{prefix}'

    def put(value: Value, _: Values) -> str:
        return f'{begin}{in_attribute(text_of(value))}"'

    return put


def code(codes: CodeList, versioned: bool) -> Put:
    """A code with its system, and its list version where no element holds the version."""
    usual = _code_attributes(codes.system, codes.version if versioned else "", "")

    def put(value: Value, _: Values) -> str:
        if not isinstance(value, Code):
            return f' code="{in_attribute(text_of(value))}"{usual}'
        system = codes.system if value.system is None else value.system
        version = (codes.version if value.version is None else value.version) if versioned else ""
        return f' code="{in_attribute(value.code)}"{_code_attributes(system, version, value.display)}'

    return put


def _code_attributes(system: str, version: str, display: str) -> str:
    optional = {"codeSystem": system, "codeSystemVersion": version, "displayName": display}
    return attributes({name: part for name, part in optional.items() if part})


def number(unit: str) -> Put:
    """A number with its fixed unit, or with the unit that another element holds ("@" and its id)."""

    def put(value: Value, values: Values) -> str:
        expected = text_of(values.get(unit[1:])) if unit.startswith("@") else unit
        unit_sent = value.unit if isinstance(value, Quantity) else expected
        unit_attribute = f' unit="{in_attribute(unit_sent)}"' if unit_sent else ""
        return f' value="{in_attribute(text_of(value))}"{unit_attribute}'

    return put


def attachment_attributes(value: Value, _: Values) -> str:
    """Media type, encoding and compression of a document as attributes."""
    if not isinstance(value, Attachment):
        return ""
    kinds = {
        "mediaType": value.media_type,
        "representation": value.representation,
        "compression": value.compression,
    }
    return attributes({name: kind for name, kind in kinds.items() if kind})


def attachment(value: Value, _: Values) -> str:
    """A document as content, with its reference before it."""
    if not isinstance(value, Attachment):
        return in_text(text_of(value))
    address = f'<reference value="{in_attribute(value.reference)}"/>' if value.reference else ""
    return address + in_text(value.content)


def result(unit_element: str) -> Put:
    """A test result: a number in the center, or the ends of a range."""

    def put(value: Value, values: Values) -> str:
        unit = text_of(values.get(unit_element))
        if isinstance(value, Range):
            return _end("low", value.low, unit) + _end("high", value.high, unit)
        return _end("center", Bound(text_of(value)), unit)

    return put


def _end(tag: str, bound: Bound | None, unit: str) -> str:
    if bound is None:
        return ""
    inclusive = f' inclusive="{in_attribute(bound.inclusive)}"' if bound.inclusive else ""
    if isinstance(bound.value, Null):
        return f"<{tag}{null(bound.value)}{inclusive}/>"
    unit = bound.unit or unit
    unit_attribute = f' unit="{in_attribute(unit)}"' if unit else ""
    return f'<{tag} value="{in_attribute(bound.value)}"{unit_attribute}{inclusive}/>'


def lone_unit(number: str) -> Put:
    """A unit is written with its number; where that is missing, on a center of its own."""

    def put(value: Value, values: Values) -> str:
        alone = isinstance(values.get(number), Null | None)
        return f'<center unit="{in_attribute(text_of(value))}"/>' if alone else ""

    return put


def reference(ref: str) -> str:
    """The attributes of an id: its root, and the extension after "^"."""
    root, _, extension = ref.partition("^")
    root_attribute = f' root="{in_attribute(root)}"' if root else ""
    return root_attribute + (f' extension="{in_attribute(extension)}"' if extension else "")
