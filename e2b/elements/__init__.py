"""The element tables: ICH's 223 elements in ICH's order, the regions' additions after them."""

from typing import Final

from e2b.elements.ack import ACK
from e2b.elements.blocks import BLOCK, BLOCKS
from e2b.elements.c_case import C
from e2b.elements.d_patient import D
from e2b.elements.e_reaction import E
from e2b.elements.eu import EU
from e2b.elements.f_test import F
from e2b.elements.fda import FDA
from e2b.elements.g_drug import G
from e2b.elements.h_narrative import H
from e2b.elements.model import BlockType, Element, Link, by_id
from e2b.elements.n_header import N

ICH: Final = by_id((*N, *C, *D, *E, *F, *G, *H))
REGIONAL: Final = by_id((*FDA, *EU))
ELEMENTS: Final = by_id((*ICH.values(), *REGIONAL.values(), *ACK))

__all__ = [
    "ACK",
    "BLOCK",
    "BLOCKS",
    "ELEMENTS",
    "EU",
    "FDA",
    "ICH",
    "REGIONAL",
    "BlockType",
    "Element",
    "Link",
]
