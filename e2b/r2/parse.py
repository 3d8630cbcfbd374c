"""Reports of an R2 file as trees of blocks, every element under its tag, whatever its order and place."""

import xml.etree.ElementTree as ET  # what it is fed has no document type: see `text`
from collections.abc import Iterator
from typing import Final

from e2b.errors import LimitError, ReadError
from e2b.limits import Limits
from e2b.r2.fields import FIELDS, HOMES, PARTS
from e2b.r2.remarks import Remarks
from e2b.reading.parse import MAX_OTHER_NODES, XML, events_of
from e2b.reading.source import Budget

_PIECE: Final = 64 * 1024
_DEEPEST: Final = 20
_UNKNOWN: Final = "it is no element of E2B(R2)"
_TWICE: Final = "it is given more than once; the first was taken"


class Block:
    """One block of a report: its elements that have text, and the blocks inside it, by tag.

    What is taken is removed, so that at the end only that is left for which nobody had a place.
    """

    __slots__ = ("blocks", "language", "number", "tag", "texts", "within")

    def __init__(self, tag: str, number: int = 0, within: "Block | None" = None) -> None:
        self.tag = tag
        self.number = number
        self.within = within
        self.texts: dict[str, str] = {}
        self.blocks: dict[str, list[Block]] = {}
        self.language = ""

    def take(self, tag: str) -> str:
        """The text of an element, which is then taken; "" where it has none."""
        return self.texts.pop(tag, "")

    def single(self, tag: str) -> "Block":
        """The block of a tag of which there is at most one; an empty one where it is missing."""
        blocks = self.blocks.get(tag)
        return blocks[0] if blocks else Block(tag, within=self)

    def all(self, tag: str) -> list["Block"]:
        """The blocks of a tag, in their order."""
        return self.blocks.get(tag, [])

    @property
    def place(self) -> str:
        """Its place in the report for people: "drug 2, assessment 1"."""
        outer = self.within.place if self.within is not None else ""
        noun = PARTS[self.tag].noun
        own = f"{noun} {self.number}" if noun else ""
        return ", ".join(filter(None, (outer, own)))

    def __bool__(self) -> bool:
        return bool(self.texts) or any(any(blocks) for blocks in self.blocks.values())


def reports(data: bytes, root: str, report: str, header: str, limits: Limits) -> Iterator[XML]:
    """The root when it opens, the header, each report when it is complete; at last the root once more.

    Reports before the header wait for it. Raises ReadError and LimitError.
    """
    budget = Budget(limits)
    top: XML | None = None
    waiting: list[XML] | None = []
    for xml, depth in _closed(data, budget):
        if top is None:
            top = xml
            if xml.tag.lower() != root:
                raise ReadError(f"The root is {xml.tag[:100]!r}, not {root!r}.")
            yield top
        elif depth == 1 and xml.tag.lower() in (header, report):
            top.remove(xml)
            if xml.tag.lower() == header:
                yield xml
                yield from waiting or ()
                waiting = None
            elif waiting is not None:
                waiting.append(xml)
                continue
            else:
                yield xml
            budget.renew()
        elif depth == 1 and len(top) > MAX_OTHER_NODES:
            raise LimitError(f"The file has more than {MAX_OTHER_NODES:,} nodes beside its reports.")
    yield from waiting or ()
    if top is not None:
        yield top


def _closed(data: bytes, budget: Budget) -> Iterator[tuple[XML, int]]:
    """The root when it opens, then every element when it is complete, with how many are around it."""
    parser: ET.XMLPullParser[XML] = ET.XMLPullParser(("start", "end"))
    depth = 0
    try:
        for at in range(0, len(data), _PIECE):
            piece = data[at : at + _PIECE]
            budget.spend(piece)
            parser.feed(piece)
            for event, xml in events_of(parser):
                if event == "start":
                    if not depth:
                        yield xml, 0
                    depth += 1
                else:
                    depth -= 1
                    if depth:
                        yield xml, depth
        parser.close()
    except (ET.ParseError, ValueError, LookupError) as error:
        raise ReadError(f"The file is not well-formed XML: {str(error)[:200]}.") from None


def block_of(xml: XML, tag: str, language: str, remarks: Remarks) -> Block:
    """The tree of a report or header."""
    return _Builder(tag, language, remarks).build(xml)


class _Builder:
    def __init__(self, tag: str, language: str, remarks: Remarks) -> None:
        self._root = Block(tag)
        self._root.language = self._language = language
        self._remarks = remarks

    def build(self, xml: XML) -> Block:
        self._fill(self._root, xml, 0)
        return self._root

    def _fill(self, block: Block, xml: XML, depth: int) -> None:
        self._attributes(xml, block)
        if xml.text and not xml.text.isspace():
            self._remarks.lost(block.tag, block.place, xml.text.strip(), "a block has no text of its own")
        for child in xml:
            tag = child.tag.rpartition("}")[2].lower()
            home = HOMES.get(tag)
            if home == block.tag:
                self._add(block, tag, child, depth)
            elif home is None or depth > _DEEPEST or (other := self._only(home)) is None:
                self._foreign(block, tag, child, _UNKNOWN if home is None else "it stands in another block")
            else:
                if _text(child):
                    self._remarks.converted(
                        tag,
                        block.place,
                        _text(child)[:60],
                        "",
                        "",
                        f"it stands in {block.tag} instead of {home}",
                    )
                self._add(other, tag, child, depth)
            if child.tail and not child.tail.isspace():
                reason = "a block has no text of its own"
                self._remarks.lost(block.tag, block.place, child.tail.strip(), reason)

    def _add(self, block: Block, tag: str, xml: XML, depth: int) -> None:
        if tag in FIELDS:
            self._fill(self._inner(block, tag), xml, depth + 1)
            return
        self._attributes(xml, block)
        text = _text(xml)
        if not text:
            return
        if tag == "primarysourcereaction":
            block.language = xml.get("lang", "").strip() or self._language
        if tag in block.texts:
            if block.texts[tag] != text:
                self._remarks.lost(tag, block.place, text, _TWICE)
        else:
            block.texts[tag] = text

    def _inner(self, block: Block, tag: str) -> Block:
        """A new block, or the one of a tag of which there is only one."""
        inner = block.blocks.setdefault(tag, [])
        if not inner or PARTS[tag].repeats:
            inner.append(Block(tag, len(inner) + 1, block))
            inner[-1].language = self._language
        return inner[-1]

    def _only(self, tag: str) -> Block | None:
        """The block of a tag, where there can be only one and that is clear."""
        part = PARTS.get(tag)
        if tag == self._root.tag:
            return self._root
        if part is None or part.repeats or part.within not in PARTS:
            return None
        outer = self._only(part.within)
        return self._inner(outer, tag) if outer else None

    def _foreign(self, block: Block, tag: str, xml: XML, reason: str) -> None:
        if text := _text(xml):
            self._remarks.lost(tag[:80], block.place, text, reason)

    def _attributes(self, xml: XML, block: Block) -> None:
        for name, value in xml.items():
            plain = name.rpartition("}")[2]
            tag = xml.tag.rpartition("}")[2].lower()
            if plain != "lang":
                self._remarks.lost(f"{tag}/@{plain}"[:80], block.place, value, "R2 has no such attribute")
            elif value.strip() and value.strip() != self._language and tag != "primarysourcereaction":
                self._remarks.lost(f"{tag}/@lang", block.place, value, "R3 has no place for its language")


def _text(xml: XML) -> str:
    text = xml.text if not len(xml) else "".join(xml.itertext())
    return text.strip() if text else ""
