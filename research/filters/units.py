"""The texts of units that stored rows have, by their conversion factors, for comparing in SQL."""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from e2b.codelists import CODE_LISTS
from values.quantities import ATOMS, IncompatibleUnits, factor
from vocabulary.folding import fold_unit
from vocabulary.units import read_unit_of_kinds

# Units of doses and results have no more parts.
MAX_PARTS = 3


@lru_cache(maxsize=4096)
def code_of(unit: str, kinds: tuple[str, ...]) -> str:
    """The UCUM code of a unit as people write it, for quantities of these kinds; else the folded text."""
    reading = read_unit_of_kinds(unit, kinds)
    return reading.ucum if reading.is_accepted and reading.kind in kinds else fold_unit(unit)


def is_known(code: str) -> bool:
    """Whether a code is one of E2B's units, or made of known parts."""
    parts = [atom for part in code.split("/") for atom in part.split(".")]
    are_known = all(atom in ATOMS or not atom for atom in parts) and any(parts)
    return len(parts) <= MAX_PARTS and (are_known or code in CODE_LISTS["unit"].codes)


def convertible(code: str, texts: Iterable[str], kinds: tuple[str, ...]) -> dict[Decimal, list[str]]:
    """Those of the stored texts that convert to a unit, by the factor of a number from it to them."""
    by_factor: dict[Decimal, list[str]] = {}
    for text in texts:
        try:
            by_factor.setdefault(factor(code, code_of(text, kinds)), []).append(text)
        except IncompatibleUnits:
            continue
    return by_factor
