"""A block while it is read."""

from e2b.datatypes import Value
from e2b.elements import BLOCK
from e2b.message import Block, trusted_block


class Draft:
    """What a block holds so far; `fragments` wait to be given to the block that they belong to.

    `refs` are the local ids by which a fragment names that block.
    """

    __slots__ = ("blocks", "fragments", "kind", "parent", "ref", "refs", "values")

    def __init__(self, kind: str, parent: "Draft | None" = None) -> None:
        self.kind = kind
        self.parent = parent
        self.values: dict[str, Value] = {}
        self.blocks: dict[str, list[Draft]] = {}
        self.fragments: list[Draft] = []
        self.refs: dict[str, str] | None = None
        self.ref = ""

    def __bool__(self) -> bool:
        return bool(self.values or self.blocks or self.ref)

    def names(self, target: str) -> str:
        """The local id by which this fragment names the target; "" where it names none."""
        return (self.refs or {}).get(target, "")

    @property
    def place(self) -> str:
        """Where it is, for people: "drug 2, dosage 1"."""
        if self.parent is None:
            return ""
        siblings = self.parent.blocks.get(self.kind, [])
        number = siblings.index(self) + 1 if self in siblings else len(siblings) + 1
        own = f"{BLOCK[self.kind].noun} {number}"
        return f"{self.parent.place}, {own}" if self.parent.parent else own

    def freeze(self) -> Block:
        """The finished block; the draft must not be used any more."""
        blocks = {kind: tuple([draft.freeze() for draft in drafts]) for kind, drafts in self.blocks.items()}
        return trusted_block(self.kind, self.values, blocks, self.ref)
