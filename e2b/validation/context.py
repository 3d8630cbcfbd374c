"""The blocks of a message as places: what can be seen from each, and what people call it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from e2b.datatypes import Value
from e2b.elements import BLOCK, BLOCKS, ELEMENTS
from e2b.message import Block, Message

ROOT: Final = "message"

_SECTIONS: Final = frozenset(block.id for block in BLOCKS if not block.parent)


def home_of(kind: str) -> str:
    """The kind of place where a block is listed: sections that do not repeat are the message."""
    return ROOT if kind in _SECTIONS else kind


def _ancestors(kind: str) -> tuple[str, ...]:
    chain = [home_of(kind)]
    while chain[-1] != ROOT:
        chain.append(home_of(BLOCK[chain[-1]].parent))
    return tuple(chain)


ANCESTORS: Final = {block.id: _ancestors(block.id) for block in BLOCKS}

# The kind of place that holds an element.
_HOMES: Final = {element.id: home_of(element.block) for element in ELEMENTS.values()}


class Place:
    """A block in its surroundings; the root stands for the sections that do not repeat."""

    __slots__ = ("_by_kind", "block", "inside", "kind", "name", "own", "parent")

    def __init__(
        self, kind: str, own: Mapping[str, Value], block: Block | None, parent: "Place | None", name: str
    ) -> None:
        self.kind = kind
        self.own = own
        self.block = block
        self.parent = parent
        self.name = name
        self.inside: list[Place] = []
        self._by_kind: dict[str, list[Place]] | None = None

    def walk(self) -> list["Place"]:
        """This place and all below, each before those inside it."""
        found = [self]
        for place in self.inside:
            found += place.walk() if place.inside else (place,)
        return found

    def values(self, name: str) -> list[Value]:
        """The values of an element in reach; see `rules.model`."""
        if name in self.own:
            return [self.own[name]]
        home = _HOMES.get(name)
        # A block that repeats looks no further than itself for its own elements.
        if home is None or home == self.kind:
            return []
        return [place.own[name] for place in self.reach(ELEMENTS[name].block) if name in place.own]

    def gives(self, name: str) -> bool:
        """Whether an element has a value in reach, or a block of that kind is."""
        return name in self.own or bool(self.values(name)) or self.has_block(name)

    def has_block(self, name: str) -> bool:
        return name in BLOCK and next(self.reach(name), None) is not None

    def told(self) -> frozenset[str]:
        """The names of all elements and blocks from here on down."""
        places = self.walk()
        return _SECTIONS.union({place.kind for place in places}, *(place.own for place in places))

    def reach(self, kind: str) -> Iterator["Place"]:
        """The place of that kind around this one, else all of that kind below the nearest common place."""
        ancestors = ANCESTORS[kind]
        here = self
        while here.kind not in ancestors and here.parent:
            here = here.parent
        if here.kind == ancestors[0]:
            yield here
        elif here.parent is None:
            yield from here.by_kind().get(ancestors[0], ())
        else:
            yield from (place for place in here.walk() if place.kind == ancestors[0])

    def by_kind(self) -> dict[str, list["Place"]]:
        """All places below by their kind; found once, for the root."""
        if self._by_kind is None:
            self._by_kind = {}
            for place in self.walk():
                self._by_kind.setdefault(place.kind, []).append(place)
        return self._by_kind


def places_of(message: Message, header: Block | None = None) -> Place:
    """The root place of a message, with the envelope of its batch where that is known."""
    own = {**(header.values if header else {}), **message.values}
    root = Place(ROOT, own, None, None, "")
    _add(root, message.blocks)
    return root


def _add(parent: Place, blocks: Mapping[str, Iterable[Block]]) -> None:
    for kind, repeats in blocks.items():
        for number, block in enumerate(repeats, 1):
            own = f"{BLOCK[kind].noun} {number}"
            place = Place(kind, block.values, block, parent, f"{parent.name}, {own}" if parent.name else own)
            parent.inside.append(place)
            _add(place, block.blocks)
