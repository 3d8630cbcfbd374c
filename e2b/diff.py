"""The differences between two messages or batches, element by element."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from e2b.datatypes import Null, Value, text_of
from e2b.elements import BLOCK, ELEMENTS
from e2b.message import Batch, Block, Message

_ORDER = {name: place for place, name in enumerate(ELEMENTS)}
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Difference:
    """One element (or local id, "id") that differs; None on the side where it is missing."""

    element: str
    place: str
    left: Value | None
    right: Value | None

    def __str__(self) -> str:
        where = f" [{self.place}]" if self.place else ""
        return f"{self.element}{where}: {short_text(self.left)} | {short_text(self.right)}"


def short_text(value: Value | None) -> str:
    """A value for people, at most 60 characters of it, with the system of a code and the unit of a number."""
    if value is None:
        return "-"
    text = value if isinstance(value, str) else repr(value) if not isinstance(value, Null) else str(value)
    text = text_of(value) if type(value).__name__ == "PartialDate" else text
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}... ({len(text)} characters)"


def diff(left: Message, right: Message, place: str = "") -> list[Difference]:
    """Every difference between two messages; none when they are equal."""
    return [*_values(left.values, right.values, place), *_blocks(left.blocks, right.blocks, place)]


def diff_batch(left: Batch, right: Batch) -> list[Difference]:
    """Every difference between two batches, messages compared in their order."""
    differences = list(_values(left.N.values, right.N.values, ""))
    for number, (left_message, right_message) in enumerate(zip_longest(left.messages, right.messages), 1):
        differences += diff(left_message or Message(), right_message or Message(), f"message {number}")
    return differences


def _values(left: Mapping[str, Value], right: Mapping[str, Value], place: str) -> Iterator[Difference]:
    for name in sorted({*left, *right}, key=_ORDER.__getitem__):
        if left.get(name) != right.get(name):
            yield Difference(name, place, left.get(name), right.get(name))


def _blocks(
    left: Mapping[str, Iterable[Block]], right: Mapping[str, Iterable[Block]], place: str
) -> Iterator[Difference]:
    for kind in (kind for kind in BLOCK if kind in left or kind in right):
        pairs = zip_longest(left.get(kind, ()), right.get(kind, ()))
        for number, (first, second) in enumerate(pairs, 1):
            label = f"{BLOCK[kind].noun} {number}"
            yield from _block(
                first or Block(kind), second or Block(kind), f"{place}, {label}" if place else label
            )


def _block(left: Block, right: Block, place: str) -> Iterator[Difference]:
    if left.ref != right.ref:
        yield Difference("id", place, left.ref or None, right.ref or None)
    yield from _values(left.values, right.values, place)
    yield from _blocks(left.blocks, right.blocks, place)
