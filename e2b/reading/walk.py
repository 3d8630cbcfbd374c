"""Walks one parsed message along the plan."""

from itertools import filterfalse, islice
from typing import Final

from e2b.datatypes import Null, Value
from e2b.elements import ELEMENTS
from e2b.reading.draft import BlockDraft
from e2b.reading.fragments import attach_to_owners, attach_to_pairs
from e2b.reading.leaves import reference
from e2b.reading.parse import XML
from e2b.reading.plan import Choice, Node
from e2b.reading.report import MAX_VIOLATIONS, ReadingReport

_UNKNOWN: Final = Choice()


class Walk:
    """One walk over one message; `report` lists what could not be read."""

    def __init__(self) -> None:
        self.report = ReadingReport()

    def read(self, xml: XML, plan: Node, kind: str) -> BlockDraft:
        """The draft of the root, with every block in it complete."""
        root = BlockDraft(kind)
        self._node(xml, plan, root)
        attach_to_owners(root, self.report)
        return root

    def _node(self, xml: XML, node: Node, draft: BlockDraft) -> None:
        if node.leaves or node.references:
            self._take(xml, node, draft)
        children = node.children
        for child in xml:
            inner_node = children.get(child.tag, _UNKNOWN)
            if isinstance(inner_node, Choice):
                picked = inner_node.pick(child, xml)
                if picked is None:
                    self.report.unknown(child, xml, draft)
                    continue
                inner_node = picked
            if inner_node.is_constant:
                if len(child):
                    self._node(child, inner_node, draft)
            elif inner_node.opens:
                self._block(child, inner_node, draft)
            elif len(child):
                self._node(child, inner_node, draft)
            elif inner_node.leaves or inner_node.references:
                self._take(child, inner_node, draft)
            else:
                # Empty, where nodes should be inside: it may still have a nullFlavor.
                self.report.unknown(child, xml, draft)
                continue
            if not inner_node.attributes.issuperset(child.keys()):
                self._unread_attributes(child, inner_node, xml, draft)
            if (text := child.text) and not inner_node.has_text and not text.isspace():
                self.report.unread_text(child, xml, _first_name(inner_node), draft)

    def _unread_attributes(self, xml: XML, node: Node, parent: XML, draft: BlockDraft) -> None:
        unread = filterfalse(node.attributes.__contains__, xml.keys())
        for attribute in islice(unread, MAX_VIOLATIONS):
            self.report.unread_attribute(xml, parent, attribute, _first_name(node), draft)

    def _block(self, xml: XML, node: Node, outer: BlockDraft) -> None:
        inner = BlockDraft(node.opens, outer)
        if node.link:
            self._node(xml, node, inner)
            outer.fragments.append(inner)
            return
        # Listed before it is filled, so that violations inside it can name its number.
        listed = outer.blocks.setdefault(node.opens, [])
        listed.append(inner)
        self._node(xml, node, inner)
        if inner.fragments:
            attach_to_pairs(inner)
        if not inner:
            listed.pop()
            if not listed:
                del outer.blocks[node.opens]

    def _take(self, xml: XML, node: Node, draft: BlockDraft) -> None:
        values = draft.values
        for name, take, null, whole, attribute in node.leaves:
            value = take(xml, values)
            if null and (flavor := xml.get("nullFlavor")):
                if value is None:
                    value = Null(flavor, whole)
                else:
                    self.report.value_and_null(name, flavor, draft)
            if value is None:
                if xml.get(attribute) is not None or (null and xml.get("nullFlavor") is not None):
                    self.report.empty(name, draft)
                continue
            if name in values:
                self._repeated(name, value, draft)
            else:
                values[name] = value
        for target in node.references:
            _set_reference(target, reference(xml), draft)

    def _repeated(self, name: str, value: Value, draft: BlockDraft) -> None:
        """A second value: texts are joined by a line break, of other types the first remains."""
        first, element = draft.values[name], ELEMENTS[name]
        joined = False
        texts = isinstance(first, str) and isinstance(value, str)
        if texts and element.type == "AN" and not element.codes and self.report.has_room:
            draft.values[name] = f"{first}\n{value}"
            joined = True
        if not (joined and element.has_lines):
            self.report.repeated(name, value, draft, joined=joined)


def _first_name(node: Node) -> str:
    """The element that a node holds; "" where it holds none."""
    return node.leaves[0].name if node.leaves else ""


def _set_reference(target: str, ref: str, draft: BlockDraft) -> None:
    """Sets a local id: the block's own (`target` is empty), or that of the block it belongs to."""
    if target:
        draft.refs = {**(draft.refs or {}), target: ref}
    elif not draft.ref:
        draft.ref = ref
