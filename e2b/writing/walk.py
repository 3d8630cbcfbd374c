"""Walks a message along the writing plan and renders it, piece by piece."""

from collections.abc import Iterator, Mapping
from typing import Final

from e2b.datatypes import Null, Value, text_of
from e2b.elements import BLOCK
from e2b.message import Block
from e2b.writing.leaves import null, reference
from e2b.writing.markup import in_attribute
from e2b.writing.plan import Node, Period

Blocks = Mapping[str, tuple[Block, ...]]


class Scope:
    """The elements and blocks within reach of a node, and the local ids around them."""

    __slots__ = ("blocks", "present", "refs", "values")

    def __init__(self, values: Mapping[str, Value], blocks: Blocks, refs: dict[str, str]) -> None:
        self.values = values
        self.blocks = blocks
        self.refs = refs
        self.present = {*values, *blocks}
        for target, ref in refs.items():
            if ref:
                self.present.add(f"ref:{target}")


def render(node: Node, values: Mapping[str, Value], blocks: Blocks, pieces: list[str]) -> None:
    """Adds the XML of the root node and all inside it to the pieces."""
    _render_node(node, Scope(values, blocks, {}), pieces)


def _render_repeats(node: Node, scope: Scope, pieces: list[str]) -> None:
    """Renders the node once for each block of its kind."""
    if node.chain:
        for inner in _linked(node, scope):
            _render_node(node, inner, pieces)
        return
    for block in scope.blocks.get(node.repeats, ()):
        _render_node(node, Scope(block.values, block.blocks, {"": block.ref}), pieces)


def _render_node(node: Node, scope: Scope, pieces: list[str]) -> None:
    if node.period:
        pieces.append(_render_period(node, node.period, scope.values))
        return
    pieces.append(node.open)
    content = _put_values(node, scope.values, pieces) if node.leaves else ""
    for target in node.references:
        pieces.append(reference(scope.refs.get(target, "")))
    if not node.children:
        pieces.append(f">{content}{node.close}" if content else node.empty)
        return
    end = len(pieces)
    pieces.append(">" + content)
    present = scope.present
    for child in node.children:
        if child.text:
            pieces.append(child.text)
        elif child.repeats:
            _render_repeats(child, scope, pieces)
        elif child.required or not child.names.isdisjoint(present):
            _render_node(child, scope, pieces)
    if len(pieces) == end + 1 and not content:
        pieces[end] = node.empty
    else:
        pieces.append(node.close)


def _put_values(node: Node, values: Mapping[str, Value], pieces: list[str]) -> str:
    """Adds the attributes to the pieces and returns the content."""
    content = ""
    flavor: Null | None = None
    for name, put, is_content in node.leaves:
        value = values.get(name)
        if value is None:
            continue
        if isinstance(value, Null):
            flavor = flavor or value
        elif is_content:
            content += put(value, values)
        else:
            pieces.append(put(value, values))
    if flavor:
        pieces.append(null(flavor))
    if node.beside_null and (flavor or (node.primary and node.primary not in values)):
        pieces.append(node.beside_null)
    return content


def _linked(node: Node, scope: Scope) -> Iterator[Scope]:
    """The blocks that have elements at this link, each with the ids that lead to it."""
    always = len(BLOCK[node.repeats].links) == 1
    for block, refs in _blocks_along(node.chain, scope.blocks, {}):
        if always or not node.own.isdisjoint(block.values):
            yield Scope(block.values, block.blocks, refs)


def _blocks_along(
    chain: tuple[str, ...], blocks: Blocks, refs: dict[str, str]
) -> Iterator[tuple[Block, dict[str, str]]]:
    kind, *rest = chain
    key = BLOCK[kind].key
    for block in blocks.get(kind, ()):
        references = {**refs, kind: block.ref}
        if key:
            references[key] = text_of(block.values.get(key))
        if not rest:
            yield block, references
            continue
        yield from _blocks_along(tuple(rest), block.blocks or _empty_child(block, rest[0]), references)


def _empty_child(block: Block, kind: str) -> Blocks:
    """A pair without values still names its drug and reaction, in an assessment without content."""
    key = BLOCK[block.kind].key
    return {kind: (Block(kind),)} if key and block.values.keys() <= {key} else {}


_OPERATOR: Final = ' operator="A"'


def _render_period(node: Node, parts: Period, values: Mapping[str, Value]) -> str:
    """One interval, or several joined as SXPR_TS: the repeat, the dates, the width beside both dates."""
    start = values.get(parts.low)
    if isinstance(start, Null) and start.whole:
        return f"{node.open}{null(start)}{node.empty}"
    low, high = _date("low", start), _date("high", values.get(parts.high))
    width = _quantity("width", values.get(parts.width), values.get(parts.width_unit))
    repeat = _quantity("period", values.get(parts.period), values.get(parts.period_unit))
    intervals = [low + high, width] if low and high else [low + width + high]
    groups = [("PIVL_TS", repeat), *(("IVL_TS", interval) for interval in intervals)]
    groups = [(kind, inside) for kind, inside in groups if inside]
    if len(groups) == 1:
        return f'{node.open} xsi:type="{groups[0][0]}">{groups[0][1]}{node.close}'
    comps = "".join(
        f'<comp xsi:type="{kind}"{_OPERATOR if index else ""}>{inside}</comp>'
        for index, (kind, inside) in enumerate(groups)
    )
    return f'{node.open} xsi:type="SXPR_TS">{comps}{node.close}'


def _date(tag: str, value: Value | None) -> str:
    if value is None:
        return ""
    if isinstance(value, Null):
        return f"<{tag}{null(value)}/>"
    return f'<{tag} value="{in_attribute(text_of(value))}"/>'


def _quantity(tag: str, value: Value | None, unit: Value | None) -> str:
    if value is None and unit is None:
        return ""
    flavor = next((part for part in (value, unit) if isinstance(part, Null)), None)
    attributes = null(flavor) if flavor else ""
    for name, part in (("value", value), ("unit", unit)):
        if part is not None and not isinstance(part, Null):
            attributes += f' {name}="{in_attribute(text_of(part))}"'
    return f"<{tag}{attributes}/>"
