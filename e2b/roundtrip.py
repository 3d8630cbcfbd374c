"""Reads, writes and rereads a file, and counts the elements that survive."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import IO

from e2b.diff import Difference, diff, diff_batch
from e2b.errors import MessageError
from e2b.limits import DEFAULT_LIMITS, Limits
from e2b.message import Batch, Message
from e2b.opening import read_header, read_stream
from e2b.writing import write_stream

MAX_DIFFERENCES = 100


@dataclass(slots=True)
class RoundTrip:
    """The result for one file; `left_out` counts the violations that reading reported."""

    file: Path
    messages: int = 0
    elements_in: int = 0
    elements_out: int = 0
    left_out: int = 0
    differences: list[Difference] = field(default_factory=list)

    @property
    def survived(self) -> bool:
        """Whether both messages are equal, with as many elements."""
        return not self.differences and self.elements_in == self.elements_out

    def __str__(self) -> str:
        share = 100 * self.elements_out // self.elements_in if self.elements_in else 100
        return (
            f"{self.file}: {self.messages} message(s), {self.elements_in} elements in, "
            f"{self.elements_out} out ({share} %), {len(self.differences)} differ, "
            f"{self.left_out} finding(s) of reading"
        )


def round_trip(
    file: Path, out: Path | None = None, *, mode: str = "T", limits: Limits = DEFAULT_LIMITS
) -> RoundTrip:
    """Writes a file anew (to `out`, or to a temporary file) and compares both, message by message.

    Memory does not grow with the number of messages. Raises ReadError, WriteError, and
    MessageError where both are one file.
    """
    if out and out.exists() and out.samefile(file):
        raise MessageError(f"{out} would be written over itself; choose another folder.")
    if out:
        with out.open("wb+") as written:
            return _round_trip(file, written, mode, limits)
    with tempfile.TemporaryFile() as written:
        return _round_trip(file, written, mode, limits)


def _round_trip(file: Path, written: IO[bytes], mode: str, limits: Limits) -> RoundTrip:
    result = RoundTrip(file)
    header = read_header(file, limits)
    result.elements_in = len(header.values)
    write_stream(header, _counted(file, result, limits), written, mode=mode)
    written.seek(0)
    reread = read_stream(written, limits)
    for number, (left, right) in enumerate(zip_longest(read_stream(file, limits), reread), 1):
        if right is not None:
            result.elements_out += count(right)
        if left != right and len(result.differences) < MAX_DIFFERENCES:
            result.differences += diff(left or Message(), right or Message(), f"message {number}")
    result.elements_out += len(reread.header.values)
    result.differences += diff_batch(Batch(header), Batch(reread.header))
    return result


def _counted(file: Path, result: RoundTrip, limits: Limits) -> Iterator[Message]:
    stream = read_stream(file, limits)
    for message in stream:
        result.messages += 1
        result.elements_in += count(message)
        result.left_out += len(message.violations)
        yield message
    result.left_out += len(stream.violations)


def count(message: Message) -> int:
    """How many elements a message holds, values and nullFlavors."""
    return sum(len(block.values) for block in message.walk())
