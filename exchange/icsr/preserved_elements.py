"""Elements of a received message that no column can hold, preserved beside the null flavors of their row.

Regional elements and blocks, codes of other systems or list versions, quantities in other units, ranges
with two ends, numbers and codes that are none, text that is too long. They are sent as they were received,
as long as the column has the content that it had then: a corrected column overrules what was received.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from cases.models.ich import RECEIVED
from e2b import Attachment, Block, Bound, Code, Null, Quantity, Range, Value
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
    data = _data(value)
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


def replace_value(flavors: dict[str, Any], element: str, value: Value | None) -> None:
    """Preserve another value, or none. What is stored elsewhere of the old reasons is left as it is."""
    received = dict(flavors.get(RECEIVED, {}))
    received.pop(element, None)
    if value is not None:
        received[element] = _data(value)
    _set_received(flavors, received)


def replace_block(flavors: dict[str, Any], kind: str, place: int, block: Block | None) -> None:
    """Preserve another block at a place among those of its kind, or none there; beyond them, add it."""
    received = dict(flavors.get(RECEIVED, {}))
    data = list(received.pop(BLOCKS, ()))
    of_kind = [at for at, stored in enumerate(data) if stored["kind"] == kind]
    new = [] if block is None else [_block_data(block)]
    at = of_kind[place] if place < len(of_kind) else len(data)
    data[at : at + 1] = new
    if data:
        received[BLOCKS] = data
    _set_received(flavors, received)


def _set_received(flavors: dict[str, Any], received: dict[str, Any]) -> None:
    flavors.pop(RECEIVED, None)
    if received:
        flavors[RECEIVED] = received


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
    parts = {name: part for name, part in data.items() if name not in ("is", "beside")}
    return _TYPES[data["is"]](
        **{name: _value(part) if isinstance(part, dict) else part for name, part in parts.items()}
    )


def _block_data(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "ref": block.ref,
        "values": {name: _data(value) for name, value in block.values.items()},
        BLOCKS: [_block_data(inner) for inside in block.blocks.values() for inner in inside],
    }


def _block(data: Mapping[str, Any]) -> Block:
    inside: dict[str, list[Block]] = {}
    for inner in map(_block, data[BLOCKS]):
        inside.setdefault(inner.kind, []).append(inner)
    values = {name: _value(value) for name, value in data["values"].items()}
    return Block(data["kind"], values, {kind: tuple(blocks) for kind, blocks in inside.items()}, data["ref"])
