"""Each block of a message in its context: which values are in its reach, and its place for people."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from e2b.datatypes import Value
from e2b.elements import BLOCK, BLOCKS, ELEMENTS
from e2b.message import Block, Message

ROOT: Final = "message"

_SECTIONS: Final = frozenset(block.id for block in BLOCKS if not block.parent)


def context_kind(kind: str) -> str:
    """The kind of context that holds the elements of a block: the message for sections that do not repeat."""
    return ROOT if kind in _SECTIONS else kind


def _ancestors(kind: str) -> tuple[str, ...]:
    chain = [context_kind(kind)]
    while chain[-1] != ROOT:
        chain.append(context_kind(BLOCK[chain[-1]].parent))
    return tuple(chain)


ANCESTORS: Final = {block.id: _ancestors(block.id) for block in BLOCKS}

# The kind of context that holds an element.
_KIND_OF_ELEMENT: Final = {element.id: context_kind(element.block) for element in ELEMENTS.values()}


class BlockContext:
    """A block with the blocks around and inside it; the root holds the sections that do not repeat.

    `own` are the values of the block itself, `place` is its place for people ("drug 2, dosage 1").
    """

    __slots__ = ("_by_kind", "block", "inside", "kind", "own", "parent", "place")

    def __init__(
        self,
        kind: str,
        own: Mapping[str, Value],
        block: Block | None,
        parent: "BlockContext | None",
        place: str,
    ) -> None:
        self.kind = kind
        self.own = own
        self.block = block
        self.parent = parent
        self.place = place
        self.inside: list[BlockContext] = []
        self._by_kind: dict[str, list[BlockContext]] | None = None

    def walk(self) -> list["BlockContext"]:
        """This context and all below, each before those inside it."""
        contexts = [self]
        for context in self.inside:
            contexts += context.walk() if context.inside else (context,)
        return contexts

    def values(self, name: str) -> list[Value]:
        """The values of an element in reach; see `rules.model`."""
        if name in self.own:
            return [self.own[name]]
        kind = _KIND_OF_ELEMENT.get(name)
        # A block that repeats looks no further than itself for its own elements.
        if kind is None or kind == self.kind:
            return []
        return [context.own[name] for context in self.in_reach(ELEMENTS[name].block) if name in context.own]

    def is_given(self, name: str) -> bool:
        """Whether a value of that element, or a block of that kind, is in reach."""
        return name in self.own or bool(self.values(name)) or self.has_block(name)

    def has_block(self, name: str) -> bool:
        """Whether a block of that kind is in reach."""
        return name in BLOCK and next(self.in_reach(name), None) is not None

    def present_names(self) -> frozenset[str]:
        """The ids of all elements and blocks in this block and below."""
        contexts = self.walk()
        return _SECTIONS.union({context.kind for context in contexts}, *(context.own for context in contexts))

    def in_reach(self, kind: str) -> Iterator["BlockContext"]:
        """The block of that kind around this one, else all of that kind below the nearest common ancestor."""
        ancestors = ANCESTORS[kind]
        context = self
        while context.kind not in ancestors and context.parent:
            context = context.parent
        if context.kind == ancestors[0]:
            yield context
        elif context.parent is None:
            yield from context.by_kind().get(ancestors[0], ())
        else:
            yield from (inner for inner in context.walk() if inner.kind == ancestors[0])

    def by_kind(self) -> dict[str, list["BlockContext"]]:
        """This context and all below, by kind; listed once, for the root."""
        if self._by_kind is None:
            self._by_kind = {}
            for context in self.walk():
                self._by_kind.setdefault(context.kind, []).append(context)
        return self._by_kind


def message_context(message: Message, header: Block | None = None) -> BlockContext:
    """The root context of a message, with the envelope N.1 of its batch where that is given."""
    values = {**(header.values if header else {}), **message.values}
    root = BlockContext(ROOT, values, None, None, "")
    _add_blocks(root, message.blocks)
    return root


def _add_blocks(parent: BlockContext, blocks: Mapping[str, Iterable[Block]]) -> None:
    for kind, repeats in blocks.items():
        for number, block in enumerate(repeats, 1):
            label = f"{BLOCK[kind].noun} {number}"
            context = BlockContext(
                kind, block.values, block, parent, f"{parent.place}, {label}" if parent.place else label
            )
            parent.inside.append(context)
            _add_blocks(context, block.blocks)
