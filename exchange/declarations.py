"""Elements that a sender declares for every case in a TOML file, listed apart from the evidence.

Tables are named after ICH's blocks, keys after elements:

    [C]
    "C.3.1" = "1"
    ["C.2.r"]                         # every reporter
    "FDA.C.2.r.2.8" = "office@example.org"
    ["FDA.D.11.r"]
    "FDA.D.11.r.1" = { null = "NI" }  # a reason of absence
    ["E.i"]
    "E.i.9" = { code = "...", system = "..." }

A declared value only fills an element that the case leaves empty. A block is added where the case has none
of its kind and the block above it is there.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from e2b import Block, Code, E2BError, Message, Null, Value
from e2b.elements import BLOCK, ELEMENTS
from exchange.icsr.null_defaults import NULL_DEFAULTS


class DeclarationError(ValueError):
    """The declaration can't be used; the text names the place and the reason."""


@dataclass(frozen=True)
class Declaration:
    """Elements by block, N.1 among them. Empty: nothing is declared."""

    blocks: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)

    def of(self, kind: str) -> Mapping[str, Value]:
        """The declared elements of a kind of block."""
        return self.blocks.get(kind, {})


def read_declaration(path: Path) -> Declaration:
    """A declaration from a TOML file. Raises DeclarationError naming the element and the remedy."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DeclarationError(f"{path} can't be read: {error.strerror}.") from None
    except ValueError as error:
        raise DeclarationError(f"{path} is no TOML in UTF-8: {error}") from None
    blocks = {kind: _elements(kind, values) for kind, values in tables.items()}
    return Declaration(blocks)


def _elements(kind: str, values: Any) -> dict[str, Value]:
    if kind not in BLOCK or not isinstance(values, dict):
        raise DeclarationError(f"[{kind}] is no block of ICH. Name a table like C, E.i or C.2.r.")
    elements: dict[str, Value] = {}
    for name, value in values.items():
        if name not in ELEMENTS or ELEMENTS[name].block != kind:
            raise DeclarationError(f"{name} is no element of {kind}.")
        elements[name] = _value(name, value)
    try:
        Block(kind, elements)
    except E2BError as error:
        raise DeclarationError(f"[{kind}]: {error}") from None
    return elements


def _value(name: str, value: Any) -> Value:
    if isinstance(value, str) and value:
        return value
    if isinstance(value, dict) and set(value) == {"null"}:
        return Null(str(value["null"]))
    if isinstance(value, dict) and {"code", "system"} <= set(value) <= {"code", "system", "version"}:
        return Code(**{key: str(part) for key, part in value.items()})
    raise DeclarationError(
        f"{name}: write a text, {{ null = ... }} or {{ code = ..., system = ... }}, not {value!r}."
    )


def declare(message: Message, declaration: Declaration) -> tuple[Message, list[str]]:
    """The message with the declared elements that it leaves empty, and the ids of those filled in."""
    if not declaration.blocks:
        return message, []
    filled: dict[str, None] = {}
    C, D, H = (_filled(block, declaration, filled) for block in (message.C, message.D, message.H))  # noqa: N806
    E, F, G = (  # noqa: N806
        tuple(_filled(block, declaration, filled) for block in blocks)
        for blocks in (message.E, message.F, message.G)
    )
    return replace(message, C=C, D=D, E=E, F=F, G=G, H=H), list(filled)


def _filled(block: Block, declaration: Declaration, filled: dict[str, None]) -> Block:
    missing = {
        name: value
        for name, value in declaration.of(block.kind).items()
        if _is_empty(name, block.values.get(name))
    }
    filled.update(dict.fromkeys(missing))
    inside = {
        kind: tuple(_filled(inner, declaration, filled) for inner in blocks)
        for kind, blocks in block.blocks.items()
    }
    for kind in declaration.blocks:
        if BLOCK[kind].parent == block.kind and kind not in inside:
            filled.update(dict.fromkeys(declaration.of(kind)))
            inside[kind] = (Block(kind, declaration.of(kind)),)
    return Block(block.kind, {**block.values, **missing}, inside, block.ref)


def _is_empty(name: str, value: Value | None) -> bool:
    return value is None or value == NULL_DEFAULTS.get(name)
