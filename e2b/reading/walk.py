"""Walks one parsed message along the plan."""

from typing import Final

from e2b.datatypes import Null, Value
from e2b.elements import ELEMENTS
from e2b.reading.draft import Draft
from e2b.reading.fragments import send_home, settle
from e2b.reading.leaves import reference
from e2b.reading.parse import XML
from e2b.reading.plan import Choice, Node
from e2b.reading.report import Report

_UNKNOWN: Final = Choice()


class Walk:
    """One walk over one message; `report` holds what it could not place."""

    def __init__(self) -> None:
        self.report = Report()

    def read(self, xml: XML, plan: Node, kind: str) -> Draft:
        """The draft of the root, with every block in it complete."""
        root = Draft(kind)
        self._node(xml, plan, root)
        send_home(root, self.report)
        return root

    def _node(self, xml: XML, node: Node, draft: Draft) -> None:
        if node.leaves or node.references:
            self._take(xml, node, draft)
        known = node.children
        for child in xml:
            following = known.get(child.tag, _UNKNOWN)
            if following is None:
                continue
            if isinstance(following, Choice):
                picked = following.pick(child, xml)
                if picked is None:
                    self.report.unknown(child, xml, draft)
                    continue
                following = picked
            if following.opens:
                self._block(child, following, draft)
            elif len(child):
                self._node(child, following, draft)
            elif following.leaves or following.references:
                self._take(child, following, draft)
            else:
                # Empty, where something should be inside: it may still say why (nullFlavor).
                self.report.unknown(child, xml, draft)

    def _block(self, xml: XML, node: Node, outer: Draft) -> None:
        inner = Draft(node.opens, outer)
        if node.link:
            self._node(xml, node, inner)
            outer.fragments.append(inner)
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

    def _take(self, xml: XML, node: Node, draft: Draft) -> None:
        values = draft.values
        for name, take, null, whole in node.leaves:
            value = take(xml, values)
            if null and (flavor := xml.get("nullFlavor")):
                if value is None:
                    value = Null(flavor, whole)
                else:
                    self.report.both(name, flavor, draft)
            if value is None:
                continue
            if name in values:
                self._again(name, value, draft)
            else:
                values[name] = value
        for target in node.references:
            _refer(target, reference(xml), draft)

    def _again(self, name: str, value: Value, draft: Draft) -> None:
        """A second value: texts are joined by a line break, of other types the first is kept."""
        first, element = draft.values[name], ELEMENTS[name]
        joined = False
        texts = isinstance(first, str) and isinstance(value, str)
        if texts and element.type == "AN" and not element.codes and self.report.has_room:
            draft.values[name] = f"{first}\n{value}"
            joined = True
        self.report.repeated(name, value, draft, joined=joined)


def _refer(to: str, ref: str, draft: Draft) -> None:
    """Notes a local id: the block's own (`to` is empty), or that of the block it belongs to."""
    if to:
        draft.refs = {**(draft.refs or {}), to: ref}
    elif not draft.ref:
        draft.ref = ref
