"""Walks one message along the plan, and gathers what stands away from the block that it belongs to.

A role, a causality, an interval or a rechallenge is first a *fragment* with the ids that it names.
When the block that could own it is complete, fragments find their owner by those ids. An owner
that does not exist is made up from the id alone, so that nothing is lost, and reported.
"""

from typing import Final

from lxml import etree

from e2b.datatypes import Null, Value
from e2b.elements import BLOCK
from e2b.findings import Finding, Level, Severity
from e2b.message import Block, trusted_block
from e2b.reading.leaves import Leaf
from e2b.reading.plan import Choice, Node
from e2b.structure import HL7

MOST_FINDINGS: Final = 200

_MISSING: Final = Choice()
_BARE: Final = len(f"{{{HL7}}}")


class Draft:
    """A block while it is read."""

    __slots__ = ("blocks", "fragments", "kind", "parent", "ref", "refs", "values")

    def __init__(self, kind: str, parent: "Draft | None" = None) -> None:
        self.kind = kind
        self.parent = parent
        self.values: dict[str, Value] = {}
        self.blocks: dict[str, list[Draft]] = {}
        self.fragments: list[Draft] = []
        self.refs: dict[str, str] = {}
        self.ref = ""

    def __bool__(self) -> bool:
        return bool(self.values or self.blocks or self.ref)

    @property
    def place(self) -> str:
        """ "drug 2, dosage 1"."""
        if self.parent is None:
            return ""
        siblings = self.parent.blocks.get(self.kind, [])
        number = siblings.index(self) + 1 if self in siblings else len(siblings) + 1
        own = f"{BLOCK[self.kind].noun} {number}"
        return f"{self.parent.place}, {own}" if self.parent.parent else own

    def freeze(self) -> Block:
        blocks = {kind: tuple([draft.freeze() for draft in drafts]) for kind, drafts in self.blocks.items()}
        return trusted_block(self.kind, self.values, blocks, self.ref)


class Walk:
    """One walk over one message; `findings` are what it could not place."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def read(self, xml: etree._Element, plan: Node, kind: str) -> Draft:
        """The draft of the root, with all blocks inside it settled."""
        root = Draft(kind)
        self._node(xml, plan, root)
        for fragment in root.fragments:
            self._send_home(fragment, root)
        return root

    def _node(self, xml: etree._Element, node: Node, draft: Draft) -> None:
        if node.leaves:
            self._take(xml, node.leaves, draft)
        children = node.children
        for child in xml:
            following = children.get(child.tag, _MISSING)
            if following is None:
                continue
            if following.__class__ is Choice:
                picked = following.pick(child)
                if picked is None:
                    self._unknown(child, draft)
                    continue
                following = picked
            if following.opens:
                self._block(child, following, draft)
            else:
                self._node(child, following, draft)

    def _block(self, xml: etree._Element, node: Node, draft: Draft) -> None:
        inner = Draft(node.opens, draft)
        if not node.link:
            # Listed before it is filled, so that findings inside it can say which one it is.
            draft.blocks.setdefault(node.opens, []).append(inner)
            self._node(xml, node, inner)
            for fragment in inner.fragments:
                self._settle(fragment, inner)
            if not inner:
                draft.blocks[node.opens].pop()
                if not draft.blocks[node.opens]:
                    del draft.blocks[node.opens]
            return
        self._node(xml, node, inner)
        draft.fragments.append(inner)

    def _take(self, xml: etree._Element, leaves: tuple[Leaf, ...], draft: Draft) -> None:
        values = draft.values
        for leaf in leaves:
            value = leaf.take(xml, values)
            if leaf.to is not None:
                self._refer(leaf.to, value, draft)
                continue
            if leaf.null and (flavor := xml.get("nullFlavor")):
                value = self._null(flavor, value, leaf, draft)
            if value is not None:
                if leaf.name in values:
                    self._repeated(leaf.name, value, draft)
                else:
                    values[leaf.name] = value

    def _refer(self, to: str, value: Value | None, draft: Draft) -> None:
        if to:
            draft.refs[to] = str(value or "")
        elif not draft.ref:
            draft.ref = str(value or "")

    def _null(self, flavor: str, value: Value | None, leaf: Leaf, draft: Draft) -> Value:
        if value is None:
            return Null(flavor, leaf.whole)
        self._report("READ-BOTH", leaf.name, draft, f"A value and the nullFlavor {flavor} stand together.",
                     "Send the value or the nullFlavor; the value was kept.")  # fmt: skip
        return value

    def _settle(self, fragment: Draft, owner: Draft) -> None:
        """Puts a fragment into the pair of its owner that has the same key and room for it."""
        if not fragment:
            return
        kind = BLOCK[fragment.kind]
        pair = self._pair(owner, fragment.kind, kind.key, fragment.refs.get(kind.key, ""), fragment)
        pair.values.update(fragment.values)

    def _pair(self, owner: Draft, kind: str, key: str, reference: str, fragment: Draft) -> Draft:
        pairs = owner.blocks.setdefault(kind, [])
        for pair in pairs:
            if pair.values.get(key, "") == reference and pair.values.keys().isdisjoint(fragment.values):
                return pair
        pair = Draft(kind, owner)
        if reference:
            pair.values[key] = reference
        pairs.append(pair)
        return pair

    def _send_home(self, fragment: Draft, root: Draft) -> None:
        """Gives a fragment that stands at the message to the block whose local id it names."""
        named = next(target for target in fragment.refs if target in BLOCK)
        owner = self._owner(root, named, fragment)
        if fragment.kind == named:
            owner.values.update(fragment.values)
            return
        between = BLOCK[BLOCK[fragment.kind].parent]
        reference = fragment.refs.get(between.key, "")
        pair = self._pair(owner, between.id, between.key, reference, Draft(fragment.kind))
        if fragment:
            fragment.parent = pair
            pair.blocks.setdefault(fragment.kind, []).append(fragment)

    def _owner(self, root: Draft, kind: str, fragment: Draft) -> Draft:
        reference = fragment.refs[kind]
        same = [draft for draft in root.blocks.get(kind, ()) if draft.ref == reference]
        taken = fragment.values.keys() if fragment.kind == kind else ()
        for draft in same:
            if draft.values.keys().isdisjoint(taken):
                return draft
        owner = Draft(kind, root)
        owner.ref = reference
        root.blocks.setdefault(kind, []).append(owner)
        self._report("READ-REFERENCE", next(iter(fragment.values), ""), owner,
                     f"It names the {BLOCK[kind].noun} {reference!r}, which the message does not have.",
                     "Give the id of a block of this message.")  # fmt: skip
        return owner

    def _unknown(self, xml: etree._Element, draft: Draft) -> None:
        if len(self.findings) >= MOST_FINDINGS or _says_nothing(xml):
            return
        parent = xml.getparent()
        inside = parent.tag[_BARE:] if parent is not None else ""
        code = next((node for node in xml.iter(f"{{{HL7}}}code")), None)
        known_by = f" with code {code.get('code')} of {code.get('codeSystem')}" if code is not None else ""
        self._report("READ-UNKNOWN", "", draft,
                     f"{inside}/{etree.QName(xml).localname}{known_by} is no part of the tables; it was left out.",
                     "It may be an extension of another region; keep the received file.",
                     Severity.WARNING)  # fmt: skip

    def _repeated(self, name: str, value: Value, draft: Draft) -> None:
        self._report("READ-REPEATED", name, draft, f"It is given more than once; {str(value)[:80]!r} was left out.",
                     "Give it once, or repeat its block.")  # fmt: skip

    def _report(self, rule: str, element: str, draft: Draft, sentence: str, remedy: str,
                severity: Severity = Severity.ERROR) -> None:  # fmt: skip
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(
                Finding(rule, element, draft.place, sentence, remedy, severity, Level.READING)
            )


_STRUCTURAL: Final = frozenset({"classCode", "moodCode", "typeCode", "determinerCode"})


def _says_nothing(xml: etree._Element) -> bool:
    return not len(xml) and not (xml.text or "").strip() and _STRUCTURAL.issuperset(xml.keys())
