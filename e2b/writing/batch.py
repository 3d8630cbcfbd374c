"""Writes batches: to bytes, or message by message to a stream."""

from collections.abc import Iterable, Mapping
from typing import IO, Final

from e2b.datatypes import Value
from e2b.message import Batch, Block, Message
from e2b.structure import HL7, XSI
from e2b.writing.plan import Node, writing_plan
from e2b.writing.walk import Blocks, render

_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACES: Final = f' xmlns="{HL7}" xmlns:xsi="{XSI}" ITSVersion="XML_1.0"'
_AFTER_MESSAGES: Final = "<receiver"


def write(batch: Batch, *, mode: str = "T") -> bytes:
    """The batch as XML in UTF-8, in the schema's order.

    `mode` is the processingModeCode of its messages ("T" in ICH's samples, "I" in FDA's). Raises
    WriteError for a value that XML cannot hold.
    """
    head, tail = _envelope(batch.N)
    pieces = [head]
    for message in batch.messages:
        _render_message(message, mode, pieces)
    pieces.append(tail)
    return "".join(pieces).encode("utf-8")


def write_stream(header: Block, messages: Iterable[Message], out: IO[bytes], *, mode: str = "T") -> int:
    """Writes message by message; memory does not grow with their number. Returns the number written.

    `mode` is the processingModeCode of the messages. Raises WriteError as `write` does.
    """
    head, tail = _envelope(header)
    out.write(head.encode("utf-8"))
    count = 0
    for message in messages:
        pieces: list[str] = []
        _render_message(message, mode, pieces)
        out.write("".join(pieces).encode("utf-8"))
        count += 1
    out.write(tail.encode("utf-8"))
    return count


def _render_message(message: Message, mode: str, pieces: list[str]) -> None:
    plan = writing_plan("icsr message", "N.2.r", "C", "D", "H", mode=mode)
    render(plan, message.values, message.blocks, pieces)


def document(plan: Node, values: Mapping[str, Value], blocks: Blocks) -> bytes:
    """A whole document of one root that stays in memory."""
    pieces: list[str] = []
    render(plan, values, blocks, pieces)
    return (_DECLARATION + plan.open + _NAMESPACES + "".join(pieces)[len(plan.open) :]).encode("utf-8")


def _envelope(header: Block) -> tuple[str, str]:
    """The text before the messages, and the text after them."""
    plan = writing_plan("icsr batch", "N.1")
    text = document(plan, header.values, header.blocks).decode("utf-8")
    cut = text.index(_AFTER_MESSAGES)
    return text[:cut], text[cut:]
