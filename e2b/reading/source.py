"""Checks untrusted bytes before they are parsed: encodings, document types, sizes.

A document type is refused before parsing: without one there are no entities to expand and nothing
external to fetch, whatever a parser would do.
"""

import codecs
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final, TypeAlias

from e2b.errors import LimitError, ReadError
from e2b.limits import DEFAULT_LIMITS, Limits
from e2b.reading.other_files import other_kind, r2_root

Source: TypeAlias = bytes | str | Path | IO[bytes]

_PIECE: Final = 64 * 1024
# A file that fits into the first piece is small: it is parsed in one go.
FIRST_PIECE: Final = 1024 * 1024
_ENCODINGS: Final = frozenset({"utf-8", "utf-16", "ascii", "iso8859-1", "cp1252"})
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_DECLARED: Final = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']""")
_PROLOG: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)


def open_source(source: Source) -> IO[bytes]:
    """A binary stream over bytes, a path or a stream. Raises ReadError where a file cannot be read."""
    if isinstance(source, bytes):
        return io.BytesIO(source)
    if not isinstance(source, str | Path):
        return source
    try:
        return Path(source).open("rb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ReadError(f"{str(source)[:200]!r} cannot be read: {reason}.") from None


class Budget:
    """Counts the bytes and the markup of the present message against the limits."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.spent = self.markup = 0

    def spend(self, piece: bytes) -> None:
        """Adds a piece to the counts. Raises LimitError where they exceed the limits."""
        self.spent += len(piece)
        if self.spent > FIRST_PIECE:  # less cannot have so much markup that it is worth counting
            self.markup += piece.count(b"<") + piece.count(b"=")
        if self.spent > self.limits.message_bytes:
            raise LimitError(f"A message is larger than {self.limits.message_bytes:,} bytes.")
        if self.markup > self.limits.markup:
            raise LimitError(f"A message has more than {self.limits.markup:,} pieces of markup.")

    def renew(self) -> None:
        """Starts the counts of the next message."""
        self.spent = self.markup = 0


def pieces(stream: IO[bytes], limits: Limits) -> Iterator[bytes]:
    """The input in pieces, the first of them large enough to hold the whole prolog.

    Raises ReadError for an encoding that is not accepted and for a document type.
    """
    first = stream.read(FIRST_PIECE)
    _check_prolog(first[: limits.prolog_bytes])
    yield first
    while piece := stream.read(_PIECE):
        yield piece


def opened(source: Source, limits: Limits) -> tuple[IO[bytes], str]:
    """A source as a stream, and its root if it is in E2B(R2) ("" if not), for which its beginning is read.

    Raises ReadError where a file cannot be read.
    """
    stream = open_source(source)
    beginning = stream.read(limits.prolog_bytes)
    begun = io.BufferedReader(_Begun(beginning, stream, close=stream is not source), _PIECE)
    return begun, r2_root(_as_bytes(beginning, _encoding(beginning)))


def r2_root_of(path: Path) -> str:
    """The root of a file in E2B(R2), "" for any other. Raises ReadError where it cannot be read."""
    stream, r2_root = opened(path, DEFAULT_LIMITS)
    stream.close()
    return r2_root


class _Begun(io.RawIOBase):
    """A stream of which the beginning was read already."""

    def __init__(self, beginning: bytes, rest: IO[bytes], *, close: bool) -> None:
        self._unread, self._rest, self._close = memoryview(beginning), rest, close

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        unread = self._unread or memoryview(self._rest.read(len(buffer)))
        size = min(len(buffer), len(unread))
        buffer[:size] = unread[:size]
        self._unread = unread[size:]
        return size

    def close(self) -> None:
        if self._close:
            self._rest.close()
        super().close()


def _encoding(beginning: bytes) -> str:
    """The encoding that the first bytes show, "" where they show none."""
    return next((name for bom, name in _BOMS if beginning.startswith(bom)), "")


def _as_bytes(beginning: bytes, encoding: str) -> bytes:
    """The beginning in an encoding that has one byte for each character of markup."""
    return beginning.decode(encoding, "replace").encode("utf-8") if encoding else beginning


def _check_prolog(first: bytes) -> None:
    if not first.strip():
        raise ReadError("The file is empty.")
    encoding = _encoding(first)
    text = _as_bytes(first, encoding)
    declared = _DECLARED.search(text, 0, 1024)
    for name in filter(None, (encoding, declared and declared[1].decode("ascii", "replace"))):
        check_encoding(name)
    if kind := other_kind(text):
        raise ReadError(kind)
    prolog = _PROLOG.match(text)
    rest = text[prolog.end() : prolog.end() + 2] if prolog else text[:2]
    if not re.match(rb"<[^!?]", rest):
        start = "a document type, which is refused" if rest == b"<!" else "something that is no XML element"
        raise ReadError(f"The file begins with {start}.")


def check_encoding(name: str) -> None:
    """Raises ReadError for an encoding that is not accepted."""
    try:
        encoding = codecs.lookup(name).name.removesuffix("-le").removesuffix("-be")
    except (LookupError, ValueError):
        encoding = ""
    if encoding not in _ENCODINGS:
        raise ReadError(f"The encoding {name[:40]!r} is not accepted; send UTF-8.")
