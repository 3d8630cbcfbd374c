"""What is preserved beside the columns of a row, in words: answers for FDA and EMA, and what fits none."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from cases.models.ich import RECEIVED
from e2b.codelists import code_list
from e2b.elements import ELEMENTS

BLOCKS = "blocks"
# ICH's words for why a value is missing (nullFlavor), in the order in which they are offered.
NULL_FLAVORS = {
    "UNK": "unknown",
    "ASKU": "asked but unknown",
    "NASK": "not asked",
    "MSK": "masked, to protect privacy",
    "NA": "not applicable",
    "NI": "no information",
    "OTH": "other",
}
_YES_OR_NO = {"true": "yes", "false": "no"}


class PreservedValue(NamedTuple):
    """An element that is preserved, its value in words, and whether it is in no list of its region."""

    element: str
    words: str
    is_unlisted: bool

    @property
    def name(self) -> str:
        return ELEMENTS[self.element].name if self.element in ELEMENTS else self.element


def preserved_words(received: Mapping[str, Any]) -> Iterator[PreservedValue]:
    """Every value that is preserved of a row, those of blocks too, in the order of the elements."""
    values = {name: data for name, data in received.items() if name != BLOCKS}
    yield from _in_words(values)
    for block in received.get(BLOCKS, ()):
        yield from preserved_words({**block["values"], BLOCKS: block[BLOCKS]})


def preserved_of(flavors: Mapping[str, Any]) -> list[PreservedValue]:
    """Every value that is preserved among a row's reasons of absence."""
    return list(preserved_words(flavors.get(RECEIVED, {})))


def _in_words(values: Mapping[str, Any]) -> Iterator[PreservedValue]:
    order = {name: number for number, name in enumerate(ELEMENTS)}
    for name in sorted(values, key=lambda name: order.get(name, len(order))):
        data = values[name]
        yield PreservedValue(name, value_words(name, data), "unlisted" in data)


def value_words(name: str, data: Mapping[str, Any]) -> str:
    """A preserved value as people read it: the meaning of a code, the reason why there is none."""
    if "flavor" in data:
        return NULL_FLAVORS.get(data["flavor"], str(data["flavor"]))
    text = _text(data)
    element = ELEMENTS.get(name)
    if element is None:
        return text
    return (
        _YES_OR_NO.get(text, text)
        if element.type == "bool"
        else code_list(element.codes).codes.get(text, text)
    )


def _text(data: Mapping[str, Any]) -> str:
    match data.get("is"):
        case "Code":
            return str(data["code"])
        case "Quantity":
            return f"{data['value']} {data['unit']}"
        case "Range":
            return " to ".join(_end(data[end]) for end in ("low", "high") if data[end])
        case "Attachment":
            return "a document"
    return str(data.get("text", data.get("date", "")))


def _end(bound: Mapping[str, Any]) -> str:
    value = bound["value"]
    return value_words("", value) if isinstance(value, dict) else f"{value} {bound['unit']}".strip()
