"""The spellings of units that stored rows may have, with their conversion factors, for comparing in SQL."""

from decimal import Decimal
from functools import lru_cache
from itertools import product

from e2b.codelists import CODE_LISTS
from values.quantities import ATOMS, SPELLINGS, IncompatibleUnits, factor, ucum

# Units of doses and results have no more parts.
MAX_PARTS = 3


def is_known(unit: str) -> bool:
    """Whether a unit is one of E2B's, or made of known parts."""
    parts = [atom for part in ucum(unit).split("/") for atom in part.split(".")]
    are_known = all(atom in ATOMS or not atom for atom in parts) and any(parts)
    return len(parts) <= MAX_PARTS and (are_known or ucum(unit) in CODE_LISTS["unit"].codes)


@lru_cache(maxsize=256)
def same_kind(unit: str) -> dict[Decimal, frozenset[str]]:
    """Every spelling of every unit that converts to `unit`, by the factor of a number from `unit` to it."""
    spellings_by_factor: dict[Decimal, set[str]] = {}
    for spelling in {unit, ucum(unit), *_variants(ucum(unit)), *SPELLINGS, *SPELLINGS.values()}:
        try:
            spellings_by_factor.setdefault(factor(unit, spelling), set()).add(spelling)
        except IncompatibleUnits:
            continue
    return {size: frozenset(spellings) for size, spellings in spellings_by_factor.items()}


def _variants(unit: str) -> list[str]:
    """A unit with each of its atoms exchanged for every other that measures the same."""
    parts = [part.split(".") for part in unit.split("/")]
    options = [_alternatives(atom) for part in parts for atom in part]
    shape = [len(part) for part in parts]
    return [_joined(atoms, shape) for atoms in product(*options)]


def _alternatives(atom: str) -> list[str]:
    """The atoms that measure the same as this one, itself included."""
    if atom and atom not in ATOMS:
        return [atom]
    kind = ATOMS[atom][0] if atom else "count"
    bare = [""] if kind == "count" else []
    return [*bare, *(other for other, (measures, _) in ATOMS.items() if measures == kind)]


def _joined(atoms: tuple[str, ...], shape: list[int]) -> str:
    remaining = iter(atoms)
    return "/".join(".".join(next(remaining) for _ in range(count)) for count in shape)
