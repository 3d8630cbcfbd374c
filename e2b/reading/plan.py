"""The element tables compiled for reading: one tree of nodes, walked once along the XML.

Each node knows by tag which nodes may follow, and what to take from its own attributes and text.
Where several paths of the tables share a tag, a `Choice` tells them apart by what they test: the
code of the child `code` first, because that is one look into a dictionary.
"""

from collections.abc import Iterable
from functools import lru_cache

from e2b.elements import BLOCKS, ELEMENTS, BlockType, Element, Link
from e2b.paths import Path, Step, parse
from e2b.reading.leaves import Leaf, at_a_point, leaves_for
from e2b.reading.parse import XML
from e2b.reading.predicates import Test, all_of, is_null, position_of, test_of, tests_of
from e2b.structure import HL7, ROOTS

CODE = f"{{{HL7}}}code"
MOST_NESTED = 4


class Node:
    """One kind of XML node: what it holds (`leaves`), what may be inside (`children`).

    `opens` is the block that begins here; with `link` the node only carries elements of a block
    that lives elsewhere. `references` are what its local id names: a block, or an element that
    holds the reference; "" is the block around it. A child that is None is constant.
    """

    __slots__ = ("children", "leaves", "link", "opens", "references")

    def __init__(self) -> None:
        self.children: dict[str, Node | Choice | None] = {}
        self.leaves: tuple[Leaf, ...] = ()
        self.references: tuple[str, ...] = ()
        self.opens = ""
        self.link = False


class Choice:
    """The nodes that share a tag under one parent, and how to tell which of them is meant."""

    __slots__ = ("by_code", "by_position", "default", "tests")

    def __init__(self) -> None:
        self.by_code: dict[tuple[str | None, str | None], list[tuple[Test | None, Node]]] = {}
        self.by_position: dict[int, Node] = {}
        self.tests: list[tuple[Test, Node]] = []
        self.default: Node | None = None

    def pick(self, xml: XML, parent: XML) -> Node | None:
        """The node that this child of the parent is, or None where the tables have no such one."""
        if self.by_code:
            for child in xml:
                if child.tag == CODE:
                    for test, node in self.by_code.get((child.get("code"), child.get("codeSystem")), ()):
                        if test is None or test(xml):
                            return node
                    break
        for test, node in self.tests:
            if test(xml):
                return node
        if self.by_position:
            return self.by_position.get(position_of(xml, parent, max(self.by_position)))
        return self.default


class _Draft:
    """A node while the tree is being built: its alternatives are not yet sorted by tag."""

    def __init__(self, step: Step | None = None) -> None:
        self.step = step
        self.inside: list[_Draft] = []
        self.constants: set[tuple[str, ...]] = set()
        self.elements: list[tuple[Element, str]] = []
        self.references: list[tuple[str, str]] = []
        self.opens = ""
        self.link = False

    def follow(self, path: Path) -> "_Draft":
        here = self
        for step in path.steps:
            here = here._child(step)
        return here

    def hold(self, element: Element, path: Path) -> None:
        self.follow(path).elements.append((element, path.attribute))

    def refer(self, target: str, path: Path) -> None:
        self.follow(path).references.append((target, path.attribute))

    def _child(self, step: Step) -> "_Draft":
        key = (step.tag, step.type, step.tested, step.position, step.prefix)
        for draft in self.inside:
            known = draft.step
            if known and key == (known.tag, known.type, known.tested, known.position, known.prefix):
                draft.constants |= _constants(step)
                return draft
        draft = _Draft(step)
        draft.constants |= _constants(step)
        self.inside.append(draft)
        return draft


def _constants(step: Step) -> set[tuple[str, ...]]:
    return {mark.path for mark in step.marks if mark.path}


@lru_cache
def reading_plan(root: str, *sections: str) -> Node:
    """The tree for the elements of these sections and of every block inside them.

    `root` is one of `structure.ROOTS`.
    """
    builder = _Builder(root, sections)
    for block in BLOCKS:
        if block.parent in builder.homes:
            builder.add_block(block)
    for element in ELEMENTS.values():
        if element.block in builder.homes:
            builder.add_element(element)
    return _finish(builder.root)


class _Builder:
    """Puts blocks and elements where the tables say; `homes` are the drafts of the blocks so far."""

    def __init__(self, root: str, sections: Iterable[str]) -> None:
        self.root = _Draft()
        self.root.constants |= _constants(parse(ROOTS[root]).steps[0])
        self.homes = dict.fromkeys(sections, self.root)
        if root == "icsr message":
            self.homes["message"] = self.root
        self.other_homes: dict[str, _Draft] = {}
        self.links: dict[str, tuple[_Draft, Link]] = {}

    def add_block(self, block: BlockType) -> None:
        parent = self.homes[block.parent]
        self.homes[block.id] = home = parent.follow(parse(block.home))
        if block.home:
            home.opens = block.id
        if block.also:
            self.other_homes[block.id] = other = self.root.follow(parse(block.also))
            other.opens = block.id
        if block.ref:
            home.refer("", parse(block.ref))
        for link in block.links:
            self._add_link(block, parent, link)

    def _add_link(self, block: BlockType, parent: "_Draft", link: Link) -> None:
        draft = (self.root if link.from_message else parent).follow(parse(link.path))
        draft.opens, draft.link = block.id, True
        for target, where in link.to:
            draft.refer(target, parse(where))
        self.links[link.name] = draft, link

    def add_element(self, element: Element) -> None:
        if element.path:
            place, _, rest = element.path.partition("/")
            linked = self.links.get(place)
            base, where = (linked[0], rest) if linked else (self.homes[element.block], element.path)
            base.hold(element, parse(where))
        if element.also:
            self.other_homes.get(element.block, self.root).hold(element, parse(element.also))


def _finish(draft: _Draft) -> Node:
    _pass_on_constants(draft)
    node = Node()
    node.opens, node.link = draft.opens, draft.link
    node.leaves = leaves_for(draft.elements, draft.step) + _of_period(draft)
    node.references = tuple(target for target, _ in draft.references)
    by_tag: dict[str, list[_Draft]] = {}
    for inside in draft.inside:
        if inside.step:
            by_tag.setdefault(inside.step.tag, []).append(inside)
    for tag, drafts in by_tag.items():
        node.children[f"{{{HL7}}}{tag}"] = _choice(drafts)
    for tag, *_ in draft.constants:
        node.children.setdefault(f"{{{HL7}}}{tag}", None)
    _add_shape(node, draft, draft.step.type if draft.step else "")
    return node


def _of_period(draft: _Draft) -> tuple[Leaf, ...]:
    """A nullFlavor, or a point in time, on a period as a whole stands for the element of its start."""
    starts = [
        element.id
        for inside in draft.inside
        if draft.step
        and draft.step.type in {"SXPR_TS", "IVL_TS"}
        and inside.step
        and inside.step.tag == "low"
        for element, _ in inside.elements
    ]
    return tuple(Leaf(name, at_a_point, null=True, whole=True) for name in starts)


def _pass_on_constants(draft: _Draft) -> None:
    """Tells the nodes inside which of their own children are constant."""
    for tag, *rest in draft.constants:
        for inside in draft.inside:
            if rest and inside.step and inside.step.tag == tag:
                inside.constants.add(tuple(rest))


def _nest(node: Node, depth: int) -> None:
    """A period may hold periods (`comp`), but not without end: hostile input must not recurse."""
    inner = Node()
    inner.leaves, inner.children = node.leaves, dict(node.children)
    node.children[f"{{{HL7}}}comp"] = inner
    if depth > 1:
        _nest(inner, depth - 1)


def _add_shape(node: Node, draft: _Draft, kind: str) -> None:
    """What compound types have inside: `comp` repeats its period, ranges and documents are taken whole."""
    if kind == "SXPR_TS":
        _nest(node, MOST_NESTED)
    if kind == "IVL_PQ":
        node.children.update({f"{{{HL7}}}{end}": None for end in ("low", "high", "center")})
    if any(element.type == "ED" for element, _ in draft.elements):
        node.children[f"{{{HL7}}}reference"] = None


def _choice(drafts: list[_Draft]) -> Node | Choice:
    nodes = [(draft, _finish(draft)) for draft in drafts]
    if len(nodes) == 1 and not tests_of(drafts[0].step, alone=True):
        return nodes[0][1]
    choice = Choice()
    for draft, node in sorted(nodes, key=lambda pair: -len(pair[0].step.tested if pair[0].step else ())):
        _sort_in(choice, draft.step, node, alone=len(nodes) == 1)
    if all(draft.step and draft.step.prefix for draft in drafts):
        choice.tests.append((is_null, nodes[0][1]))
    return choice


def _sort_in(choice: Choice, step: Step | None, node: Node, *, alone: bool) -> None:
    marks = list(step.tested) if step else []
    keyed = next((mark for mark in marks if mark.path == ("code",) and len(mark.attributes) == 2), None)
    if step and step.position:
        choice.by_position[step.position] = node
    elif keyed:
        marks.remove(keyed)
        (_, codes), (_, systems) = keyed.attributes
        for system in systems:
            choice.by_code.setdefault((codes[0], system), []).append((all_of(map(test_of, marks)), node))
    elif test := all_of(tests_of(step, alone=alone)):
        choice.tests.append((test, node))
    else:
        choice.default = node
