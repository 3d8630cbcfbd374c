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
_ELSEWHERE: Final = "it stands in another block"
_STRAY: Final = "a block has no text of its own"
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
            self._remarks.lost(block.tag, block.place, xml.text.strip(), _STRAY)
        for child in xml:
            self._child(block, child.tag.rpartition("}")[2].lower(), child, depth)
            if child.tail and not child.tail.isspace():
                self._remarks.lost(block.tag, block.place, child.tail.strip(), _STRAY)

    def _child(self, block: Block, tag: str, child: XML, depth: int) -> None:
        """Add an element to its block, wherever it stands."""
        home = HOMES.get(tag)
        if home == block.tag:
            self._add(block, tag, child, depth)
        elif home is None or depth > _DEEPEST or (other := self._only(home)) is None:
            self._foreign(block, tag, child, _UNKNOWN if home is None else _ELSEWHERE)
        else:
            if text := _text(child):
                reason = f"it stands in {block.tag} instead of {home}"
                self._remarks.converted(tag, block.place, text[:60], "", "", reason)
            self._add(other, tag, child, depth)

    def _add(self, block: Block, tag: str, xml: XML, depth: int) -> None:
        if tag in FIELDS:
            self._fill(self._inner(block, tag), xml, depth + 1)
            return
        self._attributes(xml, block)
        text = _text(xml)
        if len(xml):
            text = self._without_elements(block, xml, depth)
        if not text:
            return
        if tag == "primarysourcereaction":
            block.language = xml.get("lang", "").strip() or self._language
        if tag in block.texts:
            if block.texts[tag] != text:
                self._remarks.lost(tag, block.place, text, _TWICE)
        else:
            block.texts[tag] = text

    def _without_elements(self, block: Block, xml: XML, depth: int) -> str:
        """The text of an element without the elements of R2 inside it, which are added to their blocks."""
        parts = [xml.text or ""]
        for child in xml:
            tag = child.tag.rpartition("}")[2].lower()
            if tag not in HOMES:
                parts.append("".join(child.itertext()))
            elif depth > _DEEPEST:
                self._foreign(block, tag, child, _ELSEWHERE)
            else:
                self._child(block, tag, child, depth + 1)
            parts.append(child.tail or "")
        return "".join(parts).strip()

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
        """Note an element that has no place here, with all that is in it."""
        for inner in xml.iter():
            text = " ".join(filter(None, (inner.text, *(child.tail for child in inner)))).strip()
            if text:
                name = tag if inner is xml else inner.tag.rpartition("}")[2].lower()
                self._remarks.lost(name[:80], block.place, text, reason)

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
