"""Walks one parsed message along the plan."""

from typing import Final

from lxml import etree

from e2b.datatypes import Null, Value
from e2b.elements import ELEMENTS
from e2b.reading.draft import Draft
from e2b.reading.fragments import send_home, settle
from e2b.reading.leaves import Leaf
from e2b.reading.plan import Choice, Node
from e2b.reading.report import Report

_UNKNOWN: Final = Choice()


class Walk:
    """One walk over one message; `report` holds what it could not place."""

    def __init__(self) -> None:
        self.report = Report()

    def read(self, xml: etree._Element, plan: Node, kind: str) -> Draft:
        """The draft of the root, with every block in it complete."""
        root = Draft(kind)
        self._node(xml, plan, root)
        send_home(root, self.report)
        return root

    def _node(self, xml: etree._Element, node: Node, draft: Draft) -> None:
        if node.leaves:
            self._take(xml, node.leaves, draft)
        known = node.children
        for child in xml:
            following = known.get(child.tag, _UNKNOWN)
            if isinstance(following, Choice):
                following = following.pick(child)
                if following is None:
                    self.report.unknown(child, draft)
            if following is None:
                continue
            if following.opens:
                self._block(child, following, draft)
            else:
                self._node(child, following, draft)

    def _block(self, xml: etree._Element, node: Node, outer: Draft) -> None:
        inner = Draft(node.opens, outer)
        if node.link:
            self._node(xml, node, inner)
            outer.fragments = [*(outer.fragments or ()), inner]
            return
        # Listed before it is filled, so that findings inside it can say which one it is.
        listed = outer.blocks.setdefault(node.opens, [])
        listed.append(inner)
        self._node(xml, node, inner)
        if inner.fragments:
            settle(inner)
        if not inner:
            listed.pop()
            if not listed:
                del outer.blocks[node.opens]

    def _take(self, xml: etree._Element, leaves: tuple[Leaf, ...], draft: Draft) -> None:
        values = draft.values
        for leaf in leaves:
            value = leaf.take(xml, values)
            if leaf.to is not None:
                _refer(leaf.to, value, draft)
                continue
            if leaf.null and (flavor := xml.get("nullFlavor")):
                value = self._null(flavor, value, leaf, draft)
            if value is None:
                continue
            if leaf.name in values:
                self._again(leaf.name, value, draft)
            else:
                values[leaf.name] = value

    def _again(self, name: str, value: Value, draft: Draft) -> None:
        """A second value: texts are joined by a line break, of other types the first is kept."""
        first, element = draft.values[name], ELEMENTS[name]
        joined = False
        if isinstance(first, str) and isinstance(value, str) and element.type == "AN" and not element.codes:
            draft.values[name] = f"{first}\n{value}"
            joined = True
        self.report.repeated(name, value, draft, joined=joined)

    def _null(self, flavor: str, value: Value | None, leaf: Leaf, draft: Draft) -> Value:
        if value is None:
            return Null(flavor, leaf.whole)
        self.report.both(leaf.name, flavor, draft)
        return value


def _refer(to: str, value: Value | None, draft: Draft) -> None:
    """Notes a local id: the block's own (`to` is empty), or that of the block it belongs to."""
    if to:
        draft.refs = {**(draft.refs or {}), to: str(value or "")}
    elif not draft.ref:
        draft.ref = str(value or "")
