"""Elements of a received message that no column can hold, preserved beside the null flavors of their row.

Regional elements and blocks, codes of other systems or list versions, quantities in other units, ranges
with two ends, numbers and codes that are none, text that is too long. They are sent as they were received,
as long as the column has the content that it had then: a corrected column overrules what was received.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.db import models

from cases.models.ich import RECEIVED
from cases.models.regional import UNLISTED, is_listed
from e2b import Attachment, Block, Bound, Code, Null, Quantity, Range, Value
from e2b.elements import ELEMENTS
from exchange.icsr.columns import column_text
from values.dates import PartialDate

BLOCKS = "blocks"


def preserved_values(flavors: Mapping[str, Any]) -> dict[str, tuple[Value, str]]:
    """By element id: the value as received, and the text of its column at that time."""
    preserved = flavors.get(RECEIVED, {})
    return {
        name: (_value(data), data.get("beside", "")) for name, data in preserved.items() if name != BLOCKS
    }


def preserved_blocks(flavors: Mapping[str, Any]) -> list[Block]:
    """Received blocks that the record has no rows for, in their order."""
    return [_block(data) for data in flavors.get(RECEIVED, {}).get(BLOCKS, ())]


def preserve_value(flavors: dict[str, Any], element: str, value: Value, column_text: str) -> None:
    """Preserve a value as received, with the text of its column; empty where the column is."""
    data = _received(element, value)
    if column_text:
        data["beside"] = column_text
    flavors.setdefault(RECEIVED, {})[element] = data


def is_as_received(row: models.Model, element: str, content: Any) -> bool:
    """Whether a column still holds what was received: an element that is preserved with its own content."""
    preserved = row.null_flavors.get(RECEIVED, {}).get(element)  # type: ignore[attr-defined]
    return preserved is not None and preserved.get("beside", "") == column_text(content)


def preserve_blocks(flavors: dict[str, Any], blocks: Iterable[Block]) -> None:
    """Preserve blocks that the record has no rows for."""
    data = [_block_data(block) for block in blocks]
    if data:
        flavors.setdefault(RECEIVED, {}).setdefault(BLOCKS, []).extend(data)


@dataclass(frozen=True)
class Place:
    """Where an element that only a region knows stands below a row.

    `path`: the blocks on the way, each by its kind and its number among those of its kind, counted from 0.
    `repeats`: whether the element stands in blocks of its own, one for each of its values.
    """

    element: str
    path: tuple[tuple[str, int], ...] = ()
    repeats: bool = False

    @property
    def block(self) -> str:
        return ELEMENTS[self.element].block


def values_at(flavors: Mapping[str, Any], place: Place) -> tuple[Value, ...]:
    """The values that a row has at a place; at most one, unless the element repeats."""
    node = _node(flavors)
    for kind, number in place.path:
        blocks = _of_kind(node, kind)
        if number >= len(blocks):
            return ()
        node = blocks[number]
    holders = _of_kind(node, place.block) if place.repeats else [node]
    return tuple(_value(data) for holder in holders if (data := holder["values"].get(place.element)))


def replace_values(flavors: dict[str, Any], values: Mapping[Place, tuple[Value, ...]]) -> None:
    """Replace what stands at places; an empty tuple takes it away, and with it blocks that are left empty.

    All places are those before the change. Nothing that is stored elsewhere of the old reasons is changed.
    """
    root = deepcopy(_node(flavors))
    for place, new in values.items():
        node = root
        for kind, number in place.path:
            node = _block_at(node, kind, number)
        node["values"].pop(place.element, None)
        if place.repeats:
            others = [block for block in node[BLOCKS] if block["kind"] != place.block]
            own = [_new_block(place.block, {place.element: _data(value)}) for value in new]
            node[BLOCKS] = [*others, *own]
        elif new:
            node["values"][place.element] = _data(new[0])
    _drop_empty_blocks(root)
    blocks = {BLOCKS: root[BLOCKS]} if root[BLOCKS] else {}
    flavors.pop(RECEIVED, None)
    if received := {**root["values"], **blocks}:
        flavors[RECEIVED] = received


def _node(flavors: Mapping[str, Any]) -> dict[str, Any]:
    """What is preserved of a row, in the form of a block."""
    received = dict(flavors.get(RECEIVED, {}))
    return {BLOCKS: received.pop(BLOCKS, []), "values": received}


def _of_kind(node: Mapping[str, Any], kind: str) -> list[dict[str, Any]]:
    return [block for block in node[BLOCKS] if block["kind"] == kind]


def _block_at(node: dict[str, Any], kind: str, number: int) -> dict[str, Any]:
    """The block of this number; it and those before it are added where there are none."""
    missing = number + 1 - len(_of_kind(node, kind))
    node[BLOCKS].extend(_new_block(kind, {}) for _ in range(missing))
    return _of_kind(node, kind)[number]


def _new_block(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    return {"kind": kind, "ref": "", "values": values, BLOCKS: []}


def _drop_empty_blocks(node: dict[str, Any]) -> bool:
    """Whether a block holds anything once the empty ones inside it are gone."""
    node[BLOCKS] = [block for block in node[BLOCKS] if _drop_empty_blocks(block)]
    return bool(node["values"] or node[BLOCKS])


def _received(element: str, value: Value) -> dict[str, Any]:
    """The value as it came; marked where a region's list has no such code, which nobody may answer."""
    data = _data(value)
    return data if is_listed(element, data) else {**data, UNLISTED: True}


def _data(value: Value | Bound) -> dict[str, Any]:
    if isinstance(value, str):
        return {"text": value}
    if isinstance(value, PartialDate):
        return {"date": value.hl7}
    data: dict[str, Any] = {"is": type(value).__name__}
    for name in value.__slots__:
        part = getattr(value, name)
        data[name] = _data(part) if isinstance(part, (Bound, Null)) else part
    return data


_TYPES = {kind.__name__: kind for kind in (Attachment, Bound, Code, Null, Quantity, Range)}


def _value(data: Mapping[str, Any]) -> Any:
    if "is" not in data:
        return PartialDate.parse_hl7(data["date"]) if "date" in data else data["text"]
    parts = {name: part for name, part in data.items() if name not in ("is", "beside", UNLISTED)}
    return _TYPES[data["is"]](
        **{name: _value(part) if isinstance(part, dict) else part for name, part in parts.items()}
    )


def _block_data(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "ref": block.ref,
        "values": {name: _received(name, value) for name, value in block.values.items()},
        BLOCKS: [_block_data(inner) for inside in block.blocks.values() for inner in inside],
    }


def _block(data: Mapping[str, Any]) -> Block:
    inside: dict[str, list[Block]] = {}
    for inner in map(_block, data[BLOCKS]):
        inside.setdefault(inner.kind, []).append(inner)
    values = {name: _value(value) for name, value in data["values"].items()}
    return Block(data["kind"], values, {kind: tuple(blocks) for kind, blocks in inside.items()}, data["ref"])
