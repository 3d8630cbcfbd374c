"""The element tables compiled for reading: one tree of nodes, walked once along the XML.

Each node lists by tag the nodes that may be inside it, and the values to read from its own attributes
and text. Where several paths of the tables share a tag, a `Choice` distinguishes them by what they test:
the code of the child `code` first, because that is one look-up in a dictionary.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from e2b.elements import BLOCKS, ELEMENTS, BlockType, Element, Link
from e2b.paths import Path, Step, parse
from e2b.reading.leaves import KINDS, Leaf, at_a_point, leaves_for
from e2b.reading.parse import XML
from e2b.reading.predicates import Predicate, all_of, is_null, position_of, predicate_of, predicates_of
from e2b.structure import HL7, ROOTS, XSI

CODE = f"{{{HL7}}}code"
MAX_NESTED_PERIODS = 4
# What any node may have: what kind of thing it is, and what its code is called.
EVERYWHERE = frozenset(
    {"classCode", "moodCode", "typeCode", "determinerCode", "contextConductionInd", "operator"}
    | {"codeSystemName", "displayName", "ITSVersion", f"{{{XSI}}}type", f"{{{XSI}}}schemaLocation"}
)
_OF_CONSTANTS = frozenset(
    {"code", "codeSystem", "codeSystemVersion", "root", "extension", "nullFlavor"}
    | {"value", "unit", "inclusive"}
)
# What is read together with an attribute.
_BESIDE = {
    "code": ("code", "codeSystem", "codeSystemVersion"),
    "root": ("root", "extension"),
    "extension": ("root", "extension", "assigningAuthorityName"),
    "value": ("value", "unit"),
}


class Node:
    """One kind of XML node: the values to read from it (`leaves`), the nodes that may be inside (`children`).

    `opens` is the block that begins here; with `link` the node only holds elements of a block
    whose home is elsewhere. `references` are what its local id names: a block, or an element that
    holds the reference; "" is the block around it. What is constant is checked, not read. `attributes`
    are those that are read or say nothing of their own, `has_text` whether text is read.
    """

    __slots__ = (
        "attributes", "children", "has_text", "is_constant", "leaves", "link", "opens", "references",
    )  # fmt: skip

    def __init__(self) -> None:
        self.children: dict[str, Node | Choice] = {}
        self.leaves: tuple[Leaf, ...] = ()
        self.references: tuple[str, ...] = ()
        self.opens = ""
        self.link = False
        self.attributes = EVERYWHERE
        self.has_text = self.is_constant = False


class Choice:
    """The nodes that share a tag under one parent, and the predicates that distinguish them."""

    __slots__ = ("by_code", "by_position", "default", "predicates")

    def __init__(self) -> None:
        self.by_code: dict[tuple[str | None, str | None], list[tuple[Predicate | None, Node]]] = {}
        self.by_position: dict[int, Node] = {}
        self.predicates: list[tuple[Predicate, Node]] = []
        self.default: Node | None = None

    def pick(self, xml: XML, parent: XML) -> Node | None:
        """The node for this child of the parent, or None where the tables have none."""
        if self.by_code:
            for child in xml:
                if child.tag == CODE:
                    for predicate, node in self.by_code.get((child.get("code"), child.get("codeSystem")), ()):
                        if predicate is None or predicate(xml):
                            return node
                    break
        for predicate, node in self.predicates:
            if predicate(xml):
                return node
        if self.by_position:
            return self.by_position.get(position_of(xml, parent, max(self.by_position)))
        return self.default


class _NodeDraft:
    """A node while the tree is being built: its alternatives are not yet sorted by tag."""

    def __init__(self, step: Step | None = None) -> None:
        self.step = step
        self.inside: list[_NodeDraft] = []
        self.constants: set[tuple[str, ...]] = set()
        self.elements: list[tuple[Element, str]] = []
        self.references: list[tuple[str, str]] = []
        self.opens = ""
        self.link = False

    def follow(self, path: Path) -> "_NodeDraft":
        """The draft at the end of a path, made where it is missing."""
        draft = self
        for step in path.steps:
            draft = draft._child(step)
        return draft

    def add_element(self, element: Element, path: Path) -> None:
        """Adds an element at the end of a path."""
        self.follow(path).elements.append((element, path.attribute))

    def add_reference(self, target: str, path: Path) -> None:
        """Adds a local id at the end of a path; `target` is what it names."""
        self.follow(path).references.append((target, path.attribute))

    def _child(self, step: Step) -> "_NodeDraft":
        key = (step.tag, step.type, step.tested, step.position, step.prefix)
        for draft in self.inside:
            other = draft.step
            if other and key == (other.tag, other.type, other.tested, other.position, other.prefix):
                draft.constants |= _constants(step)
                return draft
        draft = _NodeDraft(step)
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
    """Adds blocks and elements at the paths of the tables; `homes` are the drafts of the blocks so far."""

    def __init__(self, root: str, sections: Iterable[str]) -> None:
        self.root = _NodeDraft()
        self.root.constants |= _constants(parse(ROOTS[root]).steps[0])
        self.homes = dict.fromkeys(sections, self.root)
        if root == "icsr message":
            self.homes["message"] = self.root
        self.other_homes: dict[str, _NodeDraft] = {}
        self.links: dict[str, tuple[_NodeDraft, Link]] = {}

    def add_block(self, block: BlockType) -> None:
        """Adds the node of a block, its local id and its links."""
        parent = self.homes[block.parent]
        self.homes[block.id] = home = parent.follow(parse(block.home))
        if block.home:
            home.opens = block.id
        if block.also:
            self.other_homes[block.id] = other = self.root.follow(parse(block.also))
            other.opens = block.id
        if block.ref:
            home.add_reference("", parse(block.ref))
        for link in block.links:
            self._add_link(block, parent, link)

    def _add_link(self, block: BlockType, parent: "_NodeDraft", link: Link) -> None:
        draft = (self.root if link.from_message else parent).follow(parse(link.path))
        draft.opens, draft.link = block.id, True
        for target, path in link.to:
            draft.add_reference(target, parse(path))
        self.links[link.name] = draft, link

    def add_element(self, element: Element) -> None:
        """Adds an element at its path, and at the path in `also`."""
        if element.path:
            name, _, rest = element.path.partition("/")
            linked = self.links.get(name)
            base, path = (linked[0], rest) if linked else (self.homes[element.block], element.path)
            base.add_element(element, parse(path))
        if element.also:
            self.other_homes.get(element.block, self.root).add_element(element, parse(element.also))


def _finish(draft: _NodeDraft) -> Node:
    _pass_on_constants(draft)
    node = Node()
    node.opens, node.link = draft.opens, draft.link
    node.leaves = leaves_for(draft.elements, draft.step) + _period_leaves(draft)
    node.references = tuple(target for target, _ in draft.references)
    node.attributes = frozenset(_attributes_of(draft, node.leaves))
    node.has_text = any(not attribute or element.type == "ED" for element, attribute in draft.elements)
    by_tag: dict[str, list[_NodeDraft]] = {}
    for inside in draft.inside:
        if inside.step:
            by_tag.setdefault(inside.step.tag, []).append(inside)
    for tag, drafts in by_tag.items():
        node.children[f"{{{HL7}}}{tag}"] = _choice(drafts)
    _add_constants(node, draft.constants)
    _add_compound_children(node, draft, draft.step.type if draft.step else "")
    return node


def _attributes_of(draft: _NodeDraft, leaves: Iterable[Leaf]) -> Iterator[str]:
    """The attributes of a node that are read, tested, or say nothing of their own."""
    yield from EVERYWHERE
    for _, attribute in (*draft.elements, *draft.references):
        yield from _BESIDE.get(attribute, (attribute,))
    for mark in draft.step.marks if draft.step else ():
        if not mark.path:
            yield from (name for name, _ in mark.attributes)
    if any(leaf.null or leaf.whole for leaf in leaves):
        yield "nullFlavor"
    if any(leaf.whole for leaf in leaves):
        yield "value"
    if any(element.type == "ED" for element, _ in draft.elements):
        yield from KINDS
    if draft.step and draft.step.prefix:
        yield "use"


def _period_leaves(draft: _NodeDraft) -> tuple[Leaf, ...]:
    """A nullFlavor, or a point in time, on a period as a whole counts for the element of its start."""
    starts = [
        element.id
        for inside in draft.inside
        if draft.step
        and draft.step.type in {"SXPR_TS", "IVL_TS"}
        and inside.step
        and inside.step.tag == "low"
        for element, _ in inside.elements
    ]
    return tuple(Leaf(name, at_a_point, null=True, whole=True, attribute="value") for name in starts)


def _pass_on_constants(draft: _NodeDraft) -> None:
    """Passes to the nodes inside which of their own children are constant."""
    for tag, *rest in draft.constants:
        for inside in draft.inside:
            if rest and inside.step and inside.step.tag == tag:
                inside.constants.add(tuple(rest))


def _add_constants(node: Node, paths: Iterable[tuple[str, ...]]) -> None:
    """Nodes that always say the same; they are checked for what isn't read, and hold no values."""
    inside: dict[str, set[tuple[str, ...]]] = {}
    for tag, *rest in paths:
        inside.setdefault(tag, set()).update([tuple(rest)] if rest else [])
    for tag, rests in inside.items():
        if f"{{{HL7}}}{tag}" not in node.children:
            node.children[f"{{{HL7}}}{tag}"] = constant = _constant()
            _add_constants(constant, rests)


def _constant() -> Node:
    node = Node()
    node.is_constant = True
    node.attributes = EVERYWHERE | _OF_CONSTANTS
    return node


def _nest(node: Node, depth: int) -> None:
    """A period may contain periods (`comp`), to a limited depth: hostile input must not recurse."""
    inner = Node()
    inner.leaves, inner.children = node.leaves, dict(node.children)
    inner.attributes = node.attributes
    node.children[f"{{{HL7}}}comp"] = inner
    if depth > 1:
        _nest(inner, depth - 1)


def _add_compound_children(node: Node, draft: _NodeDraft, kind: str) -> None:
    """The children of compound types: `comp` repeats its period, ranges and documents are read as a whole."""
    if kind == "SXPR_TS":
        _nest(node, MAX_NESTED_PERIODS)
    if kind == "IVL_PQ":
        node.children.update({f"{{{HL7}}}{end}": _constant() for end in ("low", "high", "center")})
    if any(element.type == "ED" for element, _ in draft.elements):
        node.children[f"{{{HL7}}}reference"] = _constant()


def _choice(drafts: list[_NodeDraft]) -> Node | Choice:
    nodes = [(draft, _finish(draft)) for draft in drafts]
    if len(nodes) == 1 and not predicates_of(drafts[0].step, alone=True):
        return nodes[0][1]
    choice = Choice()
    for draft, node in sorted(nodes, key=lambda pair: -len(pair[0].step.tested if pair[0].step else ())):
        _add_to_choice(choice, draft.step, node, alone=len(nodes) == 1)
    if all(draft.step and draft.step.prefix for draft in drafts):
        choice.predicates.append((is_null, nodes[0][1]))
    return choice


def _add_to_choice(choice: Choice, step: Step | None, node: Node, *, alone: bool) -> None:
    marks = list(step.tested) if step else []
    keyed = next((mark for mark in marks if mark.path == ("code",) and len(mark.attributes) == 2), None)
    if step and step.position:
        choice.by_position[step.position] = node
    elif keyed:
        marks.remove(keyed)
        (_, codes), (_, systems) = keyed.attributes
        for system in systems:
            choice.by_code.setdefault((codes[0], system), []).append((all_of(map(predicate_of, marks)), node))
    elif predicate := all_of(predicates_of(step, alone=alone)):
        choice.predicates.append((predicate, node))
    else:
        choice.default = node
