"""The element tables compiled for writing: a tree of nodes in the schema's child order.

Everything that never changes (tags, fixed attributes, constant children) is rendered as text when the
plan is built; a walk only decides which nodes appear and adds the values.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, NamedTuple

from e2b.codelists import code_list
from e2b.elements import BLOCK, BLOCKS, ELEMENTS, BlockType, Element, Link
from e2b.paths import Mark, Path, Step, parse
from e2b.structure import ATTRIBUTES, ORDER, ROOTS, WRAPPERS
from e2b.writing import leaves
from e2b.writing.leaves import Leaf, Put
from e2b.writing.markup import attributes

PERIODS: Final = frozenset({"SXPR_TS", "IVL_TS"})


@dataclass(slots=True)
class Node:
    """One XML node, or several that only appear together: its fixed text, and what makes it appear.

    - `open`, `close`: the text before its attributes and after its content; `empty`: instead of `close`
    - `text`: all of it, where nothing in it ever changes
    - `names`: the elements and blocks inside; one of them in the scope makes the node appear
    - `required`: it appears whenever its parent does
    - `repeats`: it begins a block of this kind; `chain` leads to the blocks of a link
    - `beside_null`: the attribute beside a nullFlavor by which a receiver recognises the node
    - `period`: start, end, width and repeat of a time that is written as one
    """

    open: str
    close: str
    empty: str = "/>"
    text: str = ""
    leaves: tuple[Leaf, ...] = ()
    references: tuple[str, ...] = ()
    children: tuple["Node", ...] = ()
    names: frozenset[str] = frozenset()
    required: bool = False
    repeats: str = ""
    chain: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()
    primary: str = ""
    beside_null: str = ""
    period: "Period | None" = None


class Period(NamedTuple):
    """The element ids of the parts of a period; "" where the tables have none."""

    low: str = ""
    high: str = ""
    width: str = ""
    width_unit: str = ""
    period: str = ""
    period_unit: str = ""


@dataclass(eq=False)
class _NodeDraft:
    """A node while the tree is being built."""

    step: Step
    inside: list["_NodeDraft"] = field(default_factory=list)
    elements: list[tuple[Element, str]] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    repeats: str = ""
    chain: tuple[str, ...] = ()
    required: bool = False
    system: str = ""
    fixed: dict[str, str] = field(default_factory=dict)
    child_systems: dict[str, str] = field(default_factory=dict)

    def follow(self, path: Path) -> list["_NodeDraft"]:
        """The drafts along the path, made where they are missing."""
        trail = [self]
        for index, step in enumerate(path.steps):
            following = path.steps[index + 1] if index + 1 < len(path.steps) else None
            trail.append(trail[-1]._child(step, following))
        return trail

    def _child(self, step: Step, following: Step | None) -> "_NodeDraft":
        for draft in self.inside:
            if _same_step(draft.step, step) and (step.tag not in WRAPPERS or draft._leads_to(following)):
                break
        else:
            draft = _NodeDraft(step)
            self.inside.append(draft)
            draft._mark(step.marks)
        draft.required = draft.required or step.required
        return draft

    def _leads_to(self, following: Step | None) -> bool:
        return following is None or (
            not self.repeats and any(_same_step(draft.step, following) for draft in self.inside)
        )

    def _mark(self, marks: Iterable[Mark]) -> None:
        for mark in marks:
            attributes = {name: values[0] for name, values in mark.attributes}
            if set(attributes) == {"codeSystem"}:
                self._set_system(mark, attributes["codeSystem"])
            elif mark.written:
                draft = self.follow(Path(tuple(Step(tag, required=True) for tag in mark.path)))[-1]
                draft.fixed.update(attributes)

    def _set_system(self, mark: Mark, system: str) -> None:
        """A node that is recognised by its system alone must have it even where it has no code."""
        if mark.path:
            self.child_systems[mark.path[0]] = system
        else:
            self.system = system


def _same_step(left: Step, right: Step) -> bool:
    return (left.tag, left.type, left.label, left.marks, left.position, left.prefix) == (
        right.tag, right.type, right.label, right.marks, right.position, right.prefix,
    )  # fmt: skip


@lru_cache
def writing_plan(root: str, *sections: str, mode: str = "T") -> Node:
    """The tree for the elements of these sections and of every block inside them.

    `root` is one of `structure.ROOTS`; `mode` is the processingModeCode to send.
    """
    builder = _Builder(root, sections)
    for block in BLOCKS:
        if block.parent in builder.homes:
            builder.add_block(block)
    for element in ELEMENTS.values():
        if element.block in builder.homes:
            builder.add_element(element)
    for draft in builder.root.inside:
        if draft.step.tag == "processingModeCode":
            draft.fixed["code"] = mode
    return _finish(builder.root, "")


class _Builder:
    """Adds blocks and elements at the paths of the tables, as its counterpart in `reading.plan` does."""

    def __init__(self, root: str, sections: Iterable[str]) -> None:
        step = parse(ROOTS[root]).steps[0]
        self.root = _NodeDraft(step)
        self.root._mark(step.marks)
        self.homes = dict.fromkeys(sections, self.root)
        if root == "icsr message":
            self.homes["message"] = self.root
        self.links: dict[str, _NodeDraft] = {}

    def add_block(self, block: BlockType) -> None:
        """Adds the node of a block, its local id and its links."""
        parent = self.homes[block.parent]
        self.homes[block.id] = parent
        if block.home:
            trail = parent.follow(parse(block.home))
            _unit(trail).repeats = block.id
            self.homes[block.id] = trail[-1]
        if block.ref:
            self.homes[block.id].follow(parse(block.ref))[-1].references.append("")
        for link in block.links:
            self._add_link(block, parent, link)

    def _add_link(self, block: BlockType, parent: _NodeDraft, link: Link) -> None:
        trail = (self.root if link.from_message else parent).follow(parse(link.path))
        unit = _unit(trail)
        unit.repeats = block.id
        unit.chain = _chain(block, "message" if link.from_message else block.parent)
        for target, path in link.to:
            trail[-1].follow(parse(path))[-1].references.append(target)
        self.links[link.name] = trail[-1]

    def add_element(self, element: Element) -> None:
        """Adds an element at its path."""
        if not element.path:
            return
        name, _, rest = element.path.partition("/")
        linked = self.links.get(name)
        base, text = (linked, rest) if linked else (self.homes[element.block], element.path)
        path = parse(text)
        base.follow(path)[-1].elements.append((element, path.attribute))


def _unit(trail: list[_NodeDraft]) -> _NodeDraft:
    """Where a repeat begins: at the last wrapper of its home, else at the home itself."""
    wrappers = [draft for draft in trail[1:] if draft.step.tag in WRAPPERS]
    return wrappers[-1] if wrappers else trail[-1]


def _chain(block: BlockType, until: str) -> tuple[str, ...]:
    chain = [block.id]
    while BLOCK[chain[0]].parent != until:
        chain.insert(0, BLOCK[chain[0]].parent)
    return tuple(chain)


def _finish(draft: _NodeDraft, parent: str) -> Node:
    step = draft.step
    children = _children(draft)
    node = Node(_open(draft, parent), f"</{step.tag}>", children=children)
    node.required = draft.required
    node.references = tuple(draft.references)
    node.leaves = tuple(_leaves(draft))
    node.primary, node.beside_null = _primary(draft), _beside_null(draft)
    node.repeats, node.chain = draft.repeats, draft.chain
    node.own = _own(node)
    node.names = frozenset({node.chain[0] if node.chain else node.repeats}) if node.repeats else node.own
    if step.type in PERIODS and not draft.elements:
        node.period = _period(draft)
    return node


def _joined(node: Node) -> Node:
    """The node as text where nothing in it changes, or merged with the only node in it that does."""
    if node.leaves or node.references or node.period or node.repeats:
        return node
    if node.required and not node.names:
        inside = _texts(node.children)
        return replace(node, text=f"{node.open}>{inside}{node.close}" if inside else f"{node.open}/>")
    changing = [at for at, child in enumerate(node.children) if not child.text]
    inner = node.children[changing[0]] if len(changing) == 1 else node
    together = node.names == inner.names and (inner.required or not node.required)
    if inner is node or inner.repeats or not together:
        return node
    before = _texts(node.children[: changing[0]])
    after = _texts(node.children[changing[0] + 1 :]) + node.close
    return replace(
        inner,
        open=f"{node.open}>{before}{inner.open}",
        close=inner.close + after,
        empty=inner.empty + after,
        required=node.required,
    )


def _texts(nodes: Iterable[Node]) -> str:
    return "".join(node.text for node in nodes)


def _own(node: Node) -> frozenset[str]:
    inside = [child.names for child in node.children]
    references = {f"ref:{target}" for target in node.references}
    return frozenset({leaf.name for leaf in node.leaves} | references).union(*inside)


def _children(draft: _NodeDraft) -> tuple[Node, ...]:
    order = ORDER.get(draft.step.tag, [])
    for inside in draft.inside:
        inside.system = draft.child_systems.get(inside.step.tag, inside.system)
    drafts = sorted(draft.inside, key=lambda inside: _rank(inside.step.tag, order))
    nodes = [_finish(inside, draft.step.tag) for inside in drafts]
    _keep_positions(drafts, nodes)
    _distinguish_prefixes(drafts, nodes)
    return tuple(map(_joined, nodes))


def _rank(tag: str, order: list[str]) -> int:
    return order.index(tag) if tag in order else len(order)


def _keep_positions(drafts: list[_NodeDraft], nodes: list[Node]) -> None:
    """The first node of a name appears, if need be empty, where the second has a value."""
    for draft, node in zip(drafts, nodes, strict=True):
        for later, after in zip(drafts, nodes, strict=True):
            if draft.step.tag == later.step.tag and 0 < draft.step.position < later.step.position:
                node.names |= after.names


def _distinguish_prefixes(drafts: list[_NodeDraft], nodes: list[Node]) -> None:
    """A nullFlavor is written with the prefix of its address, except for the first node of a name."""
    seen: set[str] = set()
    for draft, node in zip(drafts, nodes, strict=True):
        if draft.step.prefix and draft.step.tag in seen:
            node.beside_null = f' value="{draft.step.prefix}"'
        if draft.step.prefix:
            seen.add(draft.step.tag)


def _open(draft: _NodeDraft, parent: str) -> str:
    step = draft.step
    fixed = {**ATTRIBUTES.get(f"{parent}/{step.tag}", ATTRIBUTES.get(step.tag, {})), **draft.fixed}
    if step.type and step.type not in PERIODS:
        fixed = {"xsi:type": step.type, **fixed}
    return f"<{step.tag}{attributes(fixed)}"


def _leaves(draft: _NodeDraft) -> Iterator[Leaf]:
    bound = {attribute: element.id for element, attribute in draft.elements}
    for element, attribute in draft.elements:
        name = element.id
        if draft.step.type == "IVL_PQ":
            put = leaves.result(bound["unit"]) if attribute == "value" else leaves.lone_unit(bound["value"])
            yield Leaf(name, put, is_content=True)
        elif element.type == "ED":
            yield Leaf(name, leaves.attachment_attributes)
            yield Leaf(name, leaves.attachment, is_content=True)
        elif not attribute:
            put = leaves.lines(draft.step.tag) if element.has_lines else leaves.text
            yield Leaf(name, put, is_content=True)
        else:
            yield Leaf(name, _put(element, attribute, bound, draft.step.prefix))


def _put(element: Element, attribute: str, bound: Container[str], prefix: str) -> Put:
    if attribute == "code":
        return leaves.code(code_list(element.codes), "codeSystemVersion" not in bound)
    if attribute == "value" and (element.codes.startswith("@") or element.codes in {"kg", "cm"}):
        return leaves.number(element.codes)
    return leaves.attribute(attribute, prefix)


def _primary(draft: _NodeDraft) -> str:
    return next((element.id for element, attribute in draft.elements if attribute == "code"), "")


def _beside_null(draft: _NodeDraft) -> str:
    return f' codeSystem="{draft.system}"' if draft.system else ""


def _period(draft: _NodeDraft) -> Period:
    parts = {}
    for inside in draft.inside:
        for element, attribute in inside.elements:
            parts[inside.step.tag + ("_unit" if attribute == "unit" else "")] = element.id
    return Period(**parts)
