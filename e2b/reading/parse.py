"""Parses checked bytes into messages, one at a time.

The parser is that of the standard library, whose nodes are Python objects: walking them costs a
third of walking lxml's. Small files are parsed in one go; larger ones are fed in pieces, and every
message is discarded after use, so that memory does not grow with their number.
"""

# What makes this parser unsafe elsewhere, document types, never reaches it: see `source.pieces`.
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import IO, Any, Final, TypeAlias

from e2b.errors import LimitError, ReadError
from e2b.limits import DEFAULT_LIMITS, Limits
from e2b.reading.other_files import other_root
from e2b.reading.source import FIRST_PIECE, Budget, Source, open_source, pieces

XML: TypeAlias = ET.Element

# How many nodes a batch may hold at one time; complete messages are removed.
MAX_OTHER_NODES: Final = 10_000


def elements(stream: IO[bytes], root: str, message: str, limits: Limits = DEFAULT_LIMITS) -> Iterator[XML]:
    """Each `message` element of the batch when it is complete, at last the root with its other nodes.

    Raises ReadError for bytes that are no well-formed XML in an accepted encoding, that have a
    document type, or whose root is another; LimitError for input beyond the limits.
    """
    budget = Budget(limits)
    feed = pieces(stream, limits)
    first = next(feed)
    budget.spend(first)
    if len(first) < FIRST_PIECE:
        yield from _parse_whole(first, root, message)
    else:
        yield from _parse_pieces(first, feed, budget, root, message)


def _parse_whole(data: bytes, root: str, message: str) -> Iterator[XML]:
    try:
        top = ET.fromstring(data)  # noqa: S314
    except (ET.ParseError, ValueError, LookupError) as error:
        raise _malformed(error) from None
    _check_root(top, root)
    others = [child for child in top if child.tag != message]
    yield from (child for child in top if child.tag == message)
    top[:] = others
    yield top


def _parse_pieces(
    first: bytes, feed: Iterator[bytes], budget: Budget, root: str, message: str
) -> Iterator[XML]:
    parser: ET.XMLPullParser[XML] = ET.XMLPullParser(("start", "end"))
    top: XML | None = None
    for piece in _feed(parser, first, feed, budget):
        for event, xml in events_of(parser):
            if top is None:
                top = xml
                _check_root(top, root)
            elif len(top) > MAX_OTHER_NODES:
                raise LimitError(f"The batch has more than {MAX_OTHER_NODES:,} nodes beside its messages.")
            elif event == "end" and xml.tag == message and any(child is xml for child in top):
                yield xml
                top.remove(xml)
                budget.renew()
        if top is None and piece:
            raise ReadError(f"The file does not begin with {root}.")
    if top is None:
        raise ReadError(f"The file is not a batch: its root is not {root}.")
    yield top


def _feed(
    parser: "ET.XMLPullParser[XML]", first: bytes, feed: Iterator[bytes], budget: Budget
) -> Iterator[bytes]:
    """Feeds piece after piece; the empty one at the end closes the parser."""
    try:
        parser.feed(first)
        yield first
        for piece in feed:
            budget.spend(piece)
            parser.feed(piece)
            yield piece
        parser.close()
        yield b""
    except (ET.ParseError, ValueError, LookupError) as error:
        raise _malformed(error) from None


def events_of(parser: "ET.XMLPullParser[XML]") -> Iterator[tuple[str, XML]]:
    """The events of elements so far."""
    events: Iterator[Any] = parser.read_events()
    return events


def _check_root(top: XML, root: str) -> None:
    if top.tag != root:
        if kind := other_root(top.tag, root):
            raise ReadError(kind)
        raise ReadError(f"The root is {top.tag[:100]!r}, not {root!r}.")


def _malformed(error: Exception) -> ReadError:
    return ReadError(f"The file is not well-formed XML: {str(error)[:200]}.")


def root_of(source: Source, limits: Limits = DEFAULT_LIMITS) -> str:
    """The tag of the root, read from the beginning of the file alone. Raises ReadError."""
    stream = open_source(source)
    try:
        parser: ET.XMLPullParser[XML] = ET.XMLPullParser(("start",))
        for _piece in _feed(parser, next(pieces(stream, limits)), iter(()), Budget(limits)):
            for _event, xml in events_of(parser):
                return xml.tag
        return ""
    finally:
        if stream is not source:
            stream.close()
