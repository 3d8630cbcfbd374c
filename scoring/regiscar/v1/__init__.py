"""RegiSCAR validation score for DRESS (Kardaun 2007), version 1 of its implementation.

Source: Kardaun SH, Sidoroff A, Valeyrie-Allanore L, et al. Variability in the clinical pattern of
cutaneous side-effects of drugs with systemic symptoms: does a DRESS syndrome really exist? Br J
Dermatol 2007;156:609-611, doi 10.1111/j.1365-2133.2006.07704.x; the table as re-printed in Int J
Mol Sci 2021;22:7072 (table 2), World J Clin Cases 2019;7:705 (table 1), Cureus 2024;16:e69503
(table 2). Where these prints differ, `table.PARAMETERS` states which one is followed.
"""

from collections.abc import Callable, Mapping

from scoring.facts import Fact, Facts
from scoring.regiscar.categories import Category
from scoring.regiscar.v1 import blood, course, organs, other_causes, skin, systemic
from scoring.regiscar.v1.table import BANDS, INSTRUMENT, RULE_VERSION, SECTIONS_NOT_READ, TABLE
from scoring.result import Reading, Result
from scoring.tally import tally

__all__ = [
    "BANDS",
    "INSTRUMENT",
    "RULE_VERSION",
    "SECTIONS_NOT_READ",
    "TABLE",
    "TIMED_ITEM",
    "assess",
    "category",
    "inputs",
    "is_provisional",
    "read",
    "score",
    "states",
]

# For each line of the table: how its answer is derived from the facts, and which facts it reads.
DERIVATIONS: Mapping[str, tuple[Callable[[Facts], Reading], Callable[[Facts], tuple[Fact, ...]]]] = {
    "fever": (systemic.fever, systemic.fever_inputs),
    "nodes": (systemic.nodes, systemic.node_inputs),
    "eosinophilia": (blood.eosinophilia, blood.eosinophilia_inputs),
    "atypical": (blood.atypical_lymphocytes, blood.atypical_inputs),
    "extent": (skin.extent, skin.extent_inputs),
    "suggesting": (skin.suggesting, skin.suggesting_inputs),
    "biopsy": (skin.biopsy, skin.biopsy_inputs),
    "organs": (organs.organs, organs.organ_inputs),
    "resolution": (course.resolution, course.resolution_inputs),
    "other_causes": (other_causes.other_causes, other_causes.other_cause_inputs),
}


TIMED_ITEM = "resolution"
CLASSES = {total: band.category for band in BANDS for total in range(band.low, band.high + 1)}
RANKS = {total: rank for rank, band in enumerate(BANDS) for total in range(band.low, band.high + 1)}


def read(facts: Facts) -> dict[str, Reading]:
    """The reading of each item from the evidence, in the order of the table."""
    return {row.key: DERIVATIONS[row.key][0](facts) for row in TABLE}


def inputs(facts: Facts, key: str) -> tuple[Fact, ...]:
    """The facts that item `key` reads; a reviewer's answer to it applies while these are unchanged."""
    return DERIVATIONS[key][1](facts)


def states(facts: Facts) -> dict[str, dict[str, str]]:
    """What the items are made of: the state of each organ, `involved`, `open` or `not_involved`."""
    return {"organs": organs.states(facts)}


def score(readings: Mapping[str, Reading], *, provisional: bool = False) -> Result:
    """Points, total, interval and classes from one reading per item."""
    return tally(
        INSTRUMENT,
        RULE_VERSION,
        TABLE,
        category,
        RANKS.__getitem__,
        readings,
        TIMED_ITEM if provisional else "",
    )


def assess(facts: Facts) -> Result:
    """The score from the evidence alone."""
    return score(read(facts), provisional=course.is_provisional(facts))


def category(total: int) -> Category:
    """The class of a total, -4 to 9. Raises KeyError beyond."""
    return CLASSES[total]


is_provisional = course.is_provisional
