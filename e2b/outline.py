"""A message as an outline for people: sections, blocks, elements by name, codes with their meaning."""

from collections.abc import Iterator, Mapping

from e2b.codelists import code_list
from e2b.datatypes import Code, Null, Quantity, Value, text_of
from e2b.elements import BLOCK, ELEMENTS
from e2b.message import Block, Message
from values.dates import PartialDate

_ORDER = {name: position for position, name in enumerate(ELEMENTS)}
_SECTIONS = (
    ("N", "Message"),
    ("C", "Case"),
    ("D", "Patient"),
    ("E", "Reactions"),
    ("F", "Tests"),
    ("G", "Drugs"),
    ("H", "Narrative"),
)


def outline(message: Message) -> Iterator[str]:
    """The lines of the outline."""
    for name, title in _SECTIONS:
        section = getattr(message, name)
        if section:
            yield f"{name}  {title}"
        if isinstance(section, Block):
            yield from _inside(section, "    ")
        else:
            yield from _repeats({block.kind: section for block in section[:1]}, "    ")


def outline_block(block: Block, indent: str = "") -> Iterator[str]:
    """The lines of one block and all inside it."""
    yield from _inside(block, indent)


def _inside(block: Block, indent: str) -> Iterator[str]:
    for name in sorted(block.values, key=_ORDER.__getitem__):
        yield f"{indent}{name:<14} {ELEMENTS[name].name}: {meaning(name, block.values[name])}"
    yield from _repeats(block.blocks, indent)


def _repeats(blocks: Mapping[str, tuple[Block, ...]], indent: str) -> Iterator[str]:
    for kind, repeats in blocks.items():
        for number, block in enumerate(repeats, 1):
            ref = f" ({block.ref})" if block.ref else ""
            yield f"{indent}{kind} {BLOCK[kind].noun} {number}{ref}"
            yield from _inside(block, indent + "    ")


def meaning(name: str, value: Value) -> str:
    """A value for people: a code with its meaning, a date in ISO form."""
    if isinstance(value, Null):
        return f"({value.flavor})"
    if isinstance(value, PartialDate):
        return str(value)
    code_meaning = code_list(ELEMENTS[name].codes).codes.get(text_of(value))
    if code_meaning and code_meaning != text_of(value):
        return f"{text_of(value)} = {code_meaning}"
    if isinstance(value, Code):
        return f"{value.code} ({value.display or value.system or 'no system'})"
    return str(value) if isinstance(value, Quantity) or not isinstance(value, str) else value
