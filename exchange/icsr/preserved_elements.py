"""What a received message says and no column can hold, kept beside the reasons of absence.

Regional elements and blocks, codes of other systems or list versions, quantities in other units, ranges
with two ends, numbers and codes that are none, text that is too long. It leaves again as it came, as long
as the column still has what it had beside it: whoever corrects the column is right.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from cases.models.ich import RECEIVED
from e2b import Attachment, Block, Bound, Code, Null, Quantity, Range, Value
from values.dates import PartialDate

BLOCKS = "blocks"


def kept_values(flavors: Mapping[str, Any]) -> dict[str, tuple[Value, str]]:
    """Element id to the value as received and what its column had beside it."""
    kept = flavors.get(RECEIVED, {})
    return {name: (_value(told), told.get("beside", "")) for name, told in kept.items() if name != BLOCKS}


def kept_blocks(flavors: Mapping[str, Any]) -> list[Block]:
    """Received blocks that the record has no rows for, in their order."""
    return [_block(told) for told in flavors.get(RECEIVED, {}).get(BLOCKS, ())]


def keep_value(flavors: dict[str, Any], element: str, value: Value, beside: str) -> None:
    told = _told(value)
    if beside:
        told["beside"] = beside
    flavors.setdefault(RECEIVED, {})[element] = told


def keep_blocks(flavors: dict[str, Any], blocks: Iterable[Block]) -> None:
    told = [_told_block(block) for block in blocks]
    if told:
        flavors.setdefault(RECEIVED, {}).setdefault(BLOCKS, []).extend(told)


def _told(value: Value | Bound) -> dict[str, Any]:
    if isinstance(value, str):
        return {"text": value}
    if isinstance(value, PartialDate):
        return {"date": value.hl7}
    told: dict[str, Any] = {"is": type(value).__name__}
    for name in value.__slots__:
        part = getattr(value, name)
        told[name] = _told(part) if isinstance(part, (Bound, Null)) else part
    return told


_TYPES = {kind.__name__: kind for kind in (Attachment, Bound, Code, Null, Quantity, Range)}


def _value(told: Mapping[str, Any]) -> Any:
    if "is" not in told:
        return PartialDate.parse_hl7(told["date"]) if "date" in told else told["text"]
    parts = {name: part for name, part in told.items() if name not in ("is", "beside")}
    return _TYPES[told["is"]](
        **{name: _value(part) if isinstance(part, dict) else part for name, part in parts.items()}
    )


def _told_block(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "ref": block.ref,
        "values": {name: _told(value) for name, value in block.values.items()},
        BLOCKS: [_told_block(inner) for inside in block.blocks.values() for inner in inside],
    }


def _block(told: Mapping[str, Any]) -> Block:
    inside: dict[str, list[Block]] = {}
    for inner in map(_block, told[BLOCKS]):
        inside.setdefault(inner.kind, []).append(inner)
    values = {name: _value(value) for name, value in told["values"].items()}
    return Block(told["kind"], values, {kind: tuple(found) for kind, found in inside.items()}, told["ref"])
