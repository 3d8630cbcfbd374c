"""A block while it is read."""

from e2b.datatypes import Value
from e2b.elements import BLOCK
from e2b.message import Block, trusted_block


class BlockDraft:
    """The content of a block while it is read.

    `fragments` belong to other blocks, to which they are attached at the end; `refs` are the local ids
    by which a fragment names the block that it belongs to.
    """

    __slots__ = ("blocks", "fragments", "kind", "parent", "ref", "refs", "values")

    def __init__(self, kind: str, parent: "BlockDraft | None" = None) -> None:
        self.kind = kind
        self.parent = parent
        self.values: dict[str, Value] = {}
        self.blocks: dict[str, list[BlockDraft]] = {}
        self.fragments: list[BlockDraft] = []
        self.refs: dict[str, str] | None = None
        self.ref = ""

    def __bool__(self) -> bool:
        return bool(self.values or self.blocks or self.ref)

    def reference_to(self, target: str) -> str:
        """The local id by which this fragment names the target; "" where it names none."""
        return (self.refs or {}).get(target, "")

    @property
    def place(self) -> str:
        """Its place in the message for people: "drug 2, dosage 1"."""
        if self.parent is None:
            return ""
        siblings = self.parent.blocks.get(self.kind, [])
        number = siblings.index(self) + 1 if self in siblings else len(siblings) + 1
        label = f"{BLOCK[self.kind].noun} {number}"
        return f"{self.parent.place}, {label}" if self.parent.parent else label

    def freeze(self) -> Block:
        """The finished block; the draft must not be used any more."""
        blocks = {kind: tuple([draft.freeze() for draft in drafts]) for kind, drafts in self.blocks.items()}
        return trusted_block(self.kind, self.values, blocks, self.ref)
