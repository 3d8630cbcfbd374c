"""Sites as people write them: regions of lymph nodes, biopsied tissues and areas of the skin."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import dropwhile

from vocabulary.folding import fold_name
from vocabulary.sites.nodes import NO_NODE, NO_REGION, NODE_REGIONS, NODE_WORDS, ONE_AREA, SEVERAL, SIDES
from vocabulary.sites.skin_areas import SKIN_AREAS
from vocabulary.sites.tissues import (
    BIOPSY_SIGNS,
    BIOPSY_WORDS,
    LEADING_WORDS,
    NO_TISSUE,
    SKIN_IN_DOUBT,
    TISSUES,
)

_PARTS = re.compile(r"[,;()/]|\bof the\b|\bof\b|\bfrom\b|\bvom\b|\bde la\b", re.IGNORECASE)


class SiteCount(StrEnum):
    """How many sites of lymph nodes a text stands for."""

    ONE = "one"
    SEVERAL = "two or more, unnamed"
    OPEN = "open"  # one area at the least, its regions are not named
    NONE = "none"  # no region is named, or no lymph node
    UNREAD = "not read"


@dataclass(frozen=True, slots=True)
class NodeSiteReading:
    """A region of lymph nodes with its area ("neck") and side ("left", "right", "both"), as far as named."""

    count: SiteCount
    region: str = ""
    area: str = ""
    side: str = ""


@lru_cache(maxsize=2048)
def read_node_site(text: str) -> NodeSiteReading:
    """The region that a text names, with or without its side and a word for lymph nodes."""
    folded = fold_name(text)
    if count := _other_counts().get(folded):
        return NodeSiteReading(count, side=_sides().get(folded, ""))
    if folded in _regions():
        return _site(folded, "")
    side, rest = _without_side(_without_node_words(folded))
    if rest in _regions():
        return _site(rest, side)
    count = _other_counts().get(rest, SiteCount.NONE if side and not rest else SiteCount.UNREAD)
    return NodeSiteReading(count, side=side)


@dataclass(frozen=True, slots=True)
class TissueReading:
    """The tissue of a biopsy and the organ of the score it belongs to; "" where the text names none."""

    tissue: str = ""
    organ: str = ""

    @property
    def is_skin(self) -> bool | None:
        """Whether it is skin; None where the text leaves it open."""
        return None if self.tissue in ("", *SKIN_IN_DOUBT) else self.tissue == "skin"


@lru_cache(maxsize=2048)
def read_tissue(text: str) -> TissueReading:
    """The tissue that a text names: as a whole, or skin with the part of the body it was taken from."""
    tissue = _tissues().get(fold_name(text)) or _skin_of_a_part(text)
    return TissueReading(tissue, TISSUES[tissue].organ) if tissue else TissueReading()


def biopsied_tissue(name: str) -> str:
    """The tissue that the name of an examination says was biopsied, in words that `read_tissue` reads.

    "" where the name means no biopsy, or its tissue is in no table.
    """
    if not any(sign in fold_name(name) for sign in BIOPSY_SIGNS):
        return ""
    words = [word for word in name.split() if fold_name(word) not in BIOPSY_WORDS]
    rest = " ".join(dropwhile(lambda word: fold_name(word) in LEADING_WORDS, words)).strip(" ,;:-")
    texts = (text.lower() for text in (rest, name))
    return next((text for text in texts if read_tissue(text).tissue not in ("", NO_TISSUE)), "")


def read_skin_area(text: str) -> str:
    """The area of the skin: face, legs or beyond_legs; "" where the text names none or several."""
    return _skin_areas().get(fold_name(text), "")


def _skin_of_a_part(text: str) -> str:
    """Skin, where each part of a text such as "skin, left forearm" is skin, a punch or a part of the body."""
    parts = {_without_side(fold_name(part))[1] for part in _PARTS.split(text)} - {""}
    tissues = {_tissues().get(part, "") for part in parts}
    return "skin" if "skin" in tissues and tissues <= {"skin", "body_part", "punch_biopsy"} else ""


def _site(word: str, side: str) -> NodeSiteReading:
    region = _regions()[word]
    if not side:
        side, _ = _without_side(word)
    return NodeSiteReading(SiteCount.ONE, region, NODE_REGIONS[region].area, side)


def _without_side(folded: str) -> tuple[str, str]:
    """The side that the first or the last word names, and the text without it."""
    words = folded.split()
    for side_at, rest in ((0, slice(1, None)), (-1, slice(None, -1))):
        if words and (side := _sides().get(words[side_at])):
            return side, " ".join(words[rest])
    return "", folded


def _without_node_words(folded: str) -> str:
    for words in _node_words():
        folded = re.sub(rf"(?:^|\s){words}(?=\s|$)", " ", folded).strip()
    return " ".join(folded.split())


def _by_word(tables: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The key of each folded word, from keys with their words."""
    return {fold_name(word): key for key, words in tables for word in words.split("|")}


@cache
def _regions() -> dict[str, str]:
    return _by_word((region, row.words) for region, row in NODE_REGIONS.items())


@cache
def _sides() -> dict[str, str]:
    return _by_word(SIDES.items())


@cache
def _tissues() -> dict[str, str]:
    return _by_word((tissue, row.words) for tissue, row in TISSUES.items())


@cache
def _skin_areas() -> dict[str, str]:
    return _by_word(SKIN_AREAS.items())


@cache
def _other_counts() -> dict[str, SiteCount]:
    tables = {
        ONE_AREA: SiteCount.OPEN,
        SEVERAL: SiteCount.SEVERAL,
        NO_REGION: SiteCount.NONE,
        NO_NODE: SiteCount.NONE,
    }
    return {fold_name(word): count for words, count in tables.items() for word in words.split("|")}


@cache
def _node_words() -> list[str]:
    """Words for lymph nodes, the longest first."""
    return sorted((fold_name(word) for word in NODE_WORDS.split("|")), key=len, reverse=True)
