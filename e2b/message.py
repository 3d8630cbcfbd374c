"""The message: frozen blocks that mirror ICH's sections, compared and hashed by value.

    batch                 Batch     N.1 and the messages
    message.C, D, H       Block     one each: case, patient, narrative
    message.E, F, G       tuple     the reactions, tests and drugs
    message.N             Block     N.2.r, the envelope of this message
    drug["G.k.2.2"]       Value     an element, by its ICH id; None where it is absent
    drug["G.k.4.r"]       tuple     the repeating blocks inside, also as drug.dosages

A block accepts only the elements and blocks that the element tables place in it. Values are brought
into one form (see `canonical`), so that equal messages are equal.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from e2b.canonical import canonical
from e2b.datatypes import Value
from e2b.elements import BLOCK, BLOCKS, ELEMENTS
from e2b.errors import MessageError

if TYPE_CHECKING:
    from e2b.violations import Violation

_ELEMENTS_OF: Final = {
    block.id: {element.id: element for element in ELEMENTS.values() if element.block == block.id}
    for block in BLOCKS
}
_PAIR_KINDS: Final = frozenset(block.id for block in BLOCKS if block.follows)
_PLURALS = {(block.parent, block.plural): block.id for block in BLOCKS if block.plural}


@dataclass(frozen=True, slots=True)
class Block:
    """One section, or one repeat of a block: its elements, the blocks inside it, its local id.

    `ref` is the id by which other blocks of the message name it (reactions and drugs). Raises
    MessageError for an element or block that does not belong here, and for an empty value.
    """

    kind: str
    values: Mapping[str, Value] = field(default_factory=dict)
    blocks: Mapping[str, tuple["Block", ...]] = field(default_factory=dict)
    ref: str = ""

    def __post_init__(self) -> None:
        elements = _ELEMENTS_OF.get(self.kind)
        if elements is None:
            raise MessageError(f"There is no block {self.kind!r}.")
        values = {
            name: canonical(elements[name], value) if name in elements else self._canonical(name, value)
            for name, value in self.values.items()
        }
        inside = {name: self._checked_blocks(name, blocks) for name, blocks in self.blocks.items()}
        object.__setattr__(self, "values", MappingProxyType(values))
        object.__setattr__(self, "blocks", MappingProxyType({k: v for k, v in inside.items() if v}))

    def _canonical(self, name: str, value: Value) -> Value:
        element = ELEMENTS.get(name)
        if element is None or element.block != self.kind:
            raise MessageError(f"{name} is no element of {self.kind}.")
        return canonical(element, value)

    def _checked_blocks(self, name: str, blocks: Iterable["Block"]) -> tuple["Block", ...]:
        if name not in BLOCK or BLOCK[name].parent != self.kind:
            raise MessageError(f"{name} is no block of {self.kind}.")
        members = tuple(blocks)
        for block in members:
            if block.kind != name:
                raise MessageError(f"A block {block.kind} stands among the {name}.")
            if not block:
                raise MessageError(f"An empty {name} says nothing: leave it out.")
        return members

    def __getitem__(self, name: str) -> Any:
        """The value of an element (None where absent), or the blocks of that id."""
        if name in self.values:
            return self.values[name]
        return self.blocks.get(name, ()) if name in BLOCK and name != self.kind else None

    def __getattr__(self, name: str) -> tuple["Block", ...]:
        kind = _PLURALS.get((self.kind, name))
        if kind is None:
            raise AttributeError(f"A block {self.kind} has no {name!r}.")
        return self.blocks.get(kind, ())

    def __contains__(self, name: str) -> bool:
        return name in self.values or name in self.blocks

    def __bool__(self) -> bool:
        return bool(self.values or self.blocks or self.ref)

    def __hash__(self) -> int:
        return hash((self.kind, frozenset(self.values.items()), frozenset(self.blocks.items()), self.ref))

    def __reduce__(self) -> tuple[Any, ...]:
        return Block, (self.kind, dict(self.values), dict(self.blocks), self.ref)

    def walk(self) -> Iterator["Block"]:
        """This block and every block inside it."""
        yield self
        for blocks in self.blocks.values():
            for block in blocks:
                yield from block.walk()

    def with_values(self, changes: Mapping[str, Value | None]) -> "Block":
        """A copy with elements changed; None removes one. Raises MessageError as the block itself does."""
        values = dict(self.values)
        for name, value in changes.items():
            if value is None:
                values.pop(name, None)
            else:
                values[name] = self._canonical(name, value)
        return trusted_block(self.kind, values, dict(self.blocks), self.ref)


@dataclass(frozen=True, slots=True)
class Message:
    """One case in its envelope (PORR_IN049016UV): the sections N.2.r and C to H.

    `violations` were reported by reading; they do not count when messages are compared. Blocks that
    pair a drug with a reaction are sorted in the order of the reactions. Raises MessageError for a
    block in a section where it does not belong.
    """

    N: Block = field(default_factory=lambda: Block("N.2.r"))
    C: Block = field(default_factory=lambda: Block("C"))
    D: Block = field(default_factory=lambda: Block("D"))
    E: tuple[Block, ...] = ()
    F: tuple[Block, ...] = ()
    G: tuple[Block, ...] = ()
    H: Block = field(default_factory=lambda: Block("H"))
    violations: tuple["Violation", ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        for name, kind in _SINGLE.items():
            if getattr(self, name).kind != kind:
                raise MessageError(f"Section {name} is a block {kind}.")
        for name, kind in _REPEATED.items():
            section = getattr(self, name)
            blocks = (section,) if isinstance(section, Block) else tuple(section)
            if not all(block.kind == kind and block for block in blocks):
                raise MessageError(f"Section {name} holds filled blocks {kind} only.")
            object.__setattr__(self, name, blocks)
        positions = {"E.i": {block.ref: position for position, block in reversed([*enumerate(self.E)])}}
        object.__setattr__(self, "G", tuple(in_order(drug, positions) for drug in self.G))

    def with_sections(self, **sections: Block) -> "Message":
        """A copy with other sections N, C, D or H; what repeats was checked already and stays as it is.

        Raises MessageError where a block is no such section.
        """
        for name, block in sections.items():
            if name not in _SINGLE or block.kind != _SINGLE[name]:
                raise MessageError(f"{name} cannot be exchanged for a block {block.kind}.")
        copy = object.__new__(Message)
        for name in self.__slots__:
            object.__setattr__(copy, name, sections[name] if name in sections else getattr(self, name))
        return copy

    def with_violations(self, violations: tuple["Violation", ...]) -> "Message":
        """A copy of which these violations were reported by reading."""
        copy = self.with_sections()
        object.__setattr__(copy, "violations", violations)
        return copy

    @property
    def reactions(self) -> tuple[Block, ...]:
        """The blocks E.i."""
        return self.E

    @property
    def tests(self) -> tuple[Block, ...]:
        """The blocks F.r."""
        return self.F

    @property
    def drugs(self) -> tuple[Block, ...]:
        """The blocks G.k."""
        return self.G

    @property
    def values(self) -> dict[str, Value]:
        """The elements of the sections that do not repeat."""
        return {**self.N.values, **self.C.values, **self.D.values, **self.H.values}

    @property
    def blocks(self) -> dict[str, tuple[Block, ...]]:
        """The blocks that repeat, of all sections."""
        repeated = {"E.i": self.E, "F.r": self.F, "G.k": self.G}
        return {**self.C.blocks, **self.D.blocks, **{k: v for k, v in repeated.items() if v}, **self.H.blocks}

    def walk(self) -> Iterator[Block]:
        """Every block of the message, in the order of the sections."""
        for section in (self.N, self.C, self.D, *self.E, *self.F, *self.G, self.H):
            yield from section.walk()


_SINGLE: Final = {"N": "N.2.r", "C": "C", "D": "D", "H": "H"}
_REPEATED: Final = {"E": "E.i", "F": "F.r", "G": "G.k"}


@dataclass(frozen=True, slots=True)
class Batch:
    """One file: the envelope N.1 and its messages. Raises MessageError where N is another block."""

    N: Block = field(default_factory=lambda: Block("N.1"))
    messages: tuple[Message, ...] = ()
    violations: tuple["Violation", ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.N.kind != "N.1":
            raise MessageError(f"A batch begins with N.1, not with {self.N.kind}.")
        object.__setattr__(self, "messages", tuple(self.messages))


def trusted_block(
    kind: str, values: dict[str, Value], blocks: dict[str, tuple[Block, ...]], ref: str
) -> Block:
    """A block from parts that were checked against the tables already. Only for this package."""
    block = object.__new__(Block)
    assign = object.__setattr__
    assign(block, "kind", kind)
    assign(block, "values", MappingProxyType(values))
    assign(block, "blocks", MappingProxyType(blocks))
    assign(block, "ref", ref)
    return block


def in_order(block: Block, positions: Mapping[str, Mapping[str, int]]) -> Block:
    """The block with its pairs in the order of the blocks that they name (`BlockType.follows`).

    `positions` gives, for those blocks, the position of each local id.
    """
    if _PAIR_KINDS.isdisjoint(block.blocks):
        return block
    changed = {}
    for kind, pairs in block.blocks.items():
        row = BLOCK[kind]
        if row.follows and len(pairs) > 1:
            order = positions.get(row.follows, {})
            ranked = sorted((_position(pair.values.get(row.key), order), at) for at, pair in enumerate(pairs))
            changed[kind] = tuple(pairs[at] for _, at in ranked)
    if all(changed[kind] == block.blocks[kind] for kind in changed):
        return block
    return replace(block, blocks={**block.blocks, **changed})


def _position(reference: Value | None, positions: Mapping[str, int]) -> tuple[int, str]:
    ref = str(reference or "")
    return (positions[ref], "") if ref in positions else (len(positions), ref)
