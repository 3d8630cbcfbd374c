"""Values as attributes and content: the mirror of `e2b.reading.leaves`, one function per HL7 shape."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from e2b.codelists import CodeList
from e2b.datatypes import Attachment, Bound, Code, Null, Quantity, Range, Value, text_of
from e2b.writing.markup import in_attribute, in_text


class Parts(NamedTuple):
    """What a value puts into its node: attributes (each with a space before it) and content."""

    attributes: str
    content: str = ""


Values = Mapping[str, Value]
Put = Callable[[Value, Values], Parts]


def null(value: Null) -> Parts:
    return Parts(f' nullFlavor="{in_attribute(value.flavor)}"')


def text(value: Value, _: Values) -> Parts:
    return Parts("", in_text(text_of(value)))


def attribute(name: str, prefix: str = "") -> Put:
    """An attribute; `prefix` stands before its value (tel:, mailto:), also where it is null."""

    def put(value: Value, _: Values) -> Parts:
        return Parts(f' {name}="{prefix}{in_attribute(text_of(value))}"')

    return put


def code(codes: CodeList, versioned: bool) -> Put:
    """A code with its system, and its list version where no element holds the version."""

    def put(value: Value, _: Values) -> Parts:
        given = value if isinstance(value, Code) else Code(text_of(value))
        system = codes.system if given.system is None else given.system
        version = (codes.version if given.version is None else given.version) if versioned else ""
        optional = {"codeSystem": system, "codeSystemVersion": version, "displayName": given.display}
        parts = [f' code="{in_attribute(given.code)}"']
        parts += [f' {name}="{in_attribute(part)}"' for name, part in optional.items() if part]
        return Parts("".join(parts))

    return put


def number(unit: str) -> Put:
    """A number with its fixed unit, or with the unit that another element holds ("@" and its id)."""

    def put(value: Value, values: Values) -> Parts:
        known = text_of(values.get(unit[1:])) if unit.startswith("@") else unit
        spelled = value.unit if isinstance(value, Quantity) else known
        written = f' unit="{in_attribute(spelled)}"' if spelled else ""
        return Parts(f' value="{in_attribute(text_of(value))}"{written}')

    return put


def attachment(value: Value, _: Values) -> Parts:
    if not isinstance(value, Attachment):
        return Parts("", in_text(text_of(value)))
    kinds = {
        "mediaType": value.media_type,
        "representation": value.representation,
        "compression": value.compression,
    }
    address = f'<reference value="{in_attribute(value.reference)}"/>' if value.reference else ""
    spelled = "".join(f' {name}="{in_attribute(kind)}"' for name, kind in kinds.items() if kind)
    return Parts(spelled, address + in_text(value.content))


def result(unit_element: str) -> Put:
    """A test result: a number in the center, or the ends of a range."""

    def put(value: Value, values: Values) -> Parts:
        unit = text_of(values.get(unit_element))
        if isinstance(value, Range):
            ends = (_end("low", value.low, unit), _end("high", value.high, unit))
            return Parts("", "".join(ends))
        return Parts("", _end("center", Bound(text_of(value)), unit))

    return put


def _end(tag: str, bound: Bound | None, unit: str) -> str:
    if bound is None:
        return ""
    inclusive = f' inclusive="{in_attribute(bound.inclusive)}"' if bound.inclusive else ""
    if isinstance(bound.value, Null):
        return f"<{tag}{null(bound.value).attributes}{inclusive}/>"
    unit = bound.unit or unit
    spelled = f' unit="{in_attribute(unit)}"' if unit else ""
    return f'<{tag} value="{in_attribute(bound.value)}"{spelled}{inclusive}/>'


def lone_unit(value: Value, _: Values) -> Parts:
    """A unit whose number is missing: it stands on a center of its own."""
    return Parts("", f'<center unit="{in_attribute(text_of(value))}"/>')


def reference(ref: str) -> str:
    """The attributes of an id: its root, and the extension after "^"."""
    root, _, extension = ref.partition("^")
    spelled = f' root="{in_attribute(root)}"' if root else ""
    return spelled + (f' extension="{in_attribute(extension)}"' if extension else "")
