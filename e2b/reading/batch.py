"""Reads batches of E2B(R3) message by message."""

from collections.abc import Iterator
from typing import IO, Final, Self

from e2b.datatypes import Value
from e2b.elements import BLOCK, ELEMENTS
from e2b.limits import Limits
from e2b.message import Block, Message, trusted_block
from e2b.reading.draft import BlockDraft
from e2b.reading.parse import XML, elements
from e2b.reading.plan import reading_plan
from e2b.reading.walk import Walk
from e2b.structure import HL7
from e2b.violations import Violation

BATCH: Final = f"{{{HL7}}}MCCI_IN200100UV01"
MESSAGE: Final = f"{{{HL7}}}PORR_IN049016UV"
_SINGLE: Final = ("N.2.r", "C", "D", "H")


class BatchStream:
    """The messages of a batch, one at a time; none stays in memory.

    `header` (N.1) is complete when the last message has been read, because the batch names its
    sender and receiver at its end. `violations` are those of the envelope; each message has its own.
    Use it as a context manager, or read it to its end, to close the file.
    """

    def __init__(self, stream: IO[bytes], limits: Limits, *, close: bool) -> None:
        self._stream = stream
        self._close = close
        self._limits = limits
        self.header = Block("N.1")
        self.violations: tuple[Violation, ...] = ()

    def __iter__(self) -> Iterator[Message]:
        for xml in self.parsed():
            if xml.tag == MESSAGE:
                yield message_of(xml)
            else:
                self.take_header(xml)

    def parsed(self) -> Iterator[XML]:
        """The messages as parsed XML, at last the root of the batch without them."""
        try:
            yield from elements(self._stream, BATCH, MESSAGE, self._limits)
        finally:
            self.close()

    def skim(self) -> int:
        """Read the header and count the messages, without making them."""
        count = 0
        for xml in self.parsed():
            if xml.tag == BATCH:
                self.take_header(xml)
            else:
                count += 1
        return count

    def take_header(self, xml: XML) -> None:
        """Reads the envelope from the root of the batch."""
        walk = Walk()
        self.header = walk.read(xml, reading_plan("icsr batch", "N.1"), "N.1").freeze()
        self.violations = tuple(walk.report.violations)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file, where it was opened here."""
        if self._close:
            self._stream.close()


def message_of(xml: XML) -> Message:
    """The message of one parsed PORR_IN049016UV element."""
    walk = Walk()
    root = walk.read(xml, reading_plan("icsr message", *_SINGLE), "message")
    sections = _sections(root)
    repeats = {kind: tuple(block.freeze() for block in blocks) for kind, blocks in root.blocks.items()}
    single = [trusted_block(kind, values, _blocks_of(kind, repeats), "") for kind, values in sections.items()]
    N, C, D, H = single  # noqa: N806 - ICH's names of the sections
    E, F, G = (repeats.get(kind, ()) for kind in ("E.i", "F.r", "G.k"))  # noqa: N806
    return Message(N, C, D, E, F, G, H, tuple(walk.report.violations))


def _sections(root: BlockDraft) -> dict[str, dict[str, Value]]:
    sections: dict[str, dict[str, Value]] = {kind: {} for kind in _SINGLE}
    for name, value in root.values.items():
        sections[ELEMENTS[name].block][name] = value
    return sections


def _blocks_of(section: str, repeats: dict[str, tuple[Block, ...]]) -> dict[str, tuple[Block, ...]]:
    return {kind: blocks for kind, blocks in repeats.items() if BLOCK[kind].parent == section}


__all__ = ["BATCH", "MESSAGE", "BatchStream", "message_of"]
