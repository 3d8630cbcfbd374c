"""Untrusted bytes to parsed messages: entities, DTDs and network off, sizes bounded.

A document type is refused before any parser sees it, because entities in attribute values would
be expanded whatever the parser is told. A file is fed in pieces and every message is thrown away
when it has been taken, so that memory does not grow with the number of messages.
"""

import codecs
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, TypeAlias

from lxml import etree

from e2b.errors import LimitError, ReadError
from e2b.limits import DEFAULT_LIMITS, Limits

Source: TypeAlias = bytes | str | Path | IO[bytes]

_PIECE: Final = 64 * 1024
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
# Below this size a message cannot have so much markup that it is worth counting.
_SMALL: Final = 1024 * 1024


def opened(source: Source) -> IO[bytes]:
    """A binary stream over bytes, a path or a stream. Raises ReadError where a file cannot be read."""
    if isinstance(source, bytes):
        return io.BytesIO(source)
    if not isinstance(source, str | Path):
        return source
    try:
        return Path(source).open("rb")
    except OSError as error:
        raise ReadError(f"{source} cannot be read: {error.strerror}.") from None


def elements(
    stream: IO[bytes], root: str, message: str, limits: Limits = DEFAULT_LIMITS
) -> Iterator[etree._Element]:
    """Each `message` element of the batch when it is complete, at last the root with what else it had.

    Raises ReadError for bytes that are no well-formed XML in an accepted encoding, that have a
    document type, or whose root is another; LimitError for input beyond the limits.
    """
    parser = etree.XMLPullParser(
        ("start", "end"), tag=[root, message], resolve_entities=False, no_network=True, load_dtd=False,
        dtd_validation=False, remove_comments=True, remove_pis=True, huge_tree=True,
    )  # fmt: skip
    budget = _Budget(limits)
    top: etree._Element | None = None
    for piece in _pieces(stream, limits):
        budget.spend(piece)
        _feed(parser, piece)
        for event, xml in parser.read_events():
            if not isinstance(xml, etree._Element):
                continue
            if top is None:
                top = _root(xml, root)
            elif event == "end" and xml is not top and xml.getparent() is top:
                yield xml
                _forget(xml)
                budget.renew()
        if top is None and budget.spent > limits.prolog_bytes:
            raise ReadError(f"The file does not begin with {_bare(root)}.")
    _close(parser, root)
    if top is None:
        raise ReadError(f"The file is not a batch: its root is not {_bare(root)}.")
    yield top


def root_of(source: Source, limits: Limits = DEFAULT_LIMITS) -> str:
    """The tag of the root, read from the beginning of the file alone. Raises ReadError."""
    stream = opened(source)
    try:
        first = next(_pieces(stream, limits))
        parser = etree.XMLPullParser(("start",), resolve_entities=False, no_network=True, huge_tree=True)
        _feed(parser, first)
        return next((str(xml.tag) for _, xml in parser.read_events() if isinstance(xml, etree._Element)), "")
    finally:
        if stream is not source:
            stream.close()


class _Budget:
    """What is left of the limits for the message at hand."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.spent = self.markup = 0

    def spend(self, piece: bytes) -> None:
        self.spent += len(piece)
        if self.spent > _SMALL:
            self.markup += piece.count(b"<") + piece.count(b"=")
        if self.spent > self.limits.message_bytes:
            raise LimitError(f"A message is larger than {self.limits.message_bytes:,} bytes.")
        if self.markup > self.limits.markup:
            raise LimitError(f"A message has more than {self.limits.markup:,} pieces of markup.")

    def renew(self) -> None:
        self.spent = self.markup = 0


def _pieces(stream: IO[bytes], limits: Limits) -> Iterator[bytes]:
    """The input in pieces, the first of them large enough to hold the whole prolog."""
    first = stream.read(limits.prolog_bytes)
    _check_prolog(first)
    yield first
    while piece := stream.read(_PIECE):
        yield piece


def _check_prolog(first: bytes) -> None:
    if not first.strip():
        raise ReadError("The file is empty.")
    encoding = next((name for bom, name in _BOMS if first.startswith(bom)), "")
    text = first.decode(encoding, "replace").encode("utf-8") if encoding else first
    declared = _DECLARED.search(text, 0, 1024)
    for name in filter(None, (encoding, declared and declared[1].decode("ascii", "replace"))):
        _check_encoding(name)
    prolog = _PROLOG.match(text)
    rest = text[prolog.end() : prolog.end() + 2] if prolog else text[:2]
    if not re.match(rb"<[^!?]", rest):
        what = "a document type, which is refused" if rest == b"<!" else "something that is no XML element"
        raise ReadError(f"The file begins with {what}.")


def _check_encoding(name: str) -> None:
    try:
        known = codecs.lookup(name).name.removesuffix("-le").removesuffix("-be")
    except (LookupError, ValueError):
        known = ""
    if known not in _ENCODINGS:
        raise ReadError(f"The encoding {name[:40]!r} is not accepted; send UTF-8.")


def _feed(parser: etree.XMLPullParser, piece: bytes) -> None:
    try:
        parser.feed(piece)
    except etree.XMLSyntaxError as error:
        raise ReadError(f"The file is not well-formed XML: {error.msg}.") from None


def _close(parser: etree.XMLPullParser, root: str) -> None:
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        raise ReadError(f"The file is not well-formed XML: {error.msg}.") from None


def _root(xml: etree._Element, root: str) -> etree._Element:
    if xml.tag != root or xml.getparent() is not None:
        raise ReadError(f"The root is {str(xml.tag)[:100]!r}, not {root!r}.")
    return xml


def _forget(xml: etree._Element) -> None:
    """Frees a message; emptied first, because removing a full one walks all of it again."""
    xml.clear()
    parent = xml.getparent()
    if parent is not None:
        parent.remove(xml)


def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]
