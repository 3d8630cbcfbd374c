"""The spellings of units that stored rows may have, with what to multiply by, for comparing in SQL."""

from decimal import Decimal
from functools import lru_cache
from itertools import product

from e2b.codelists import CODE_LISTS
from values.quantities import ATOMS, SPELLINGS, IncompatibleUnits, factor, ucum

# Units of more parts are no units of doses or results.
MOST_PARTS = 3


def is_known(unit: str) -> bool:
    """Whether it is one of E2B's units, or made of parts that are known."""
    parts = [atom for part in ucum(unit).split("/") for atom in part.split(".")]
    known = all(atom in ATOMS or not atom for atom in parts) and any(parts)
    return len(parts) <= MOST_PARTS and (known or ucum(unit) in CODE_LISTS["unit"].codes)


@lru_cache(maxsize=256)
def same_kind(unit: str) -> dict[Decimal, frozenset[str]]:
    """Every spelling of every unit that converts to `unit`, by the factor of a number from `unit` to it."""
    found: dict[Decimal, set[str]] = {}
    for spelling in {unit, ucum(unit), *_variants(ucum(unit)), *SPELLINGS, *SPELLINGS.values()}:
        try:
            found.setdefault(factor(unit, spelling), set()).add(spelling)
        except IncompatibleUnits:
            continue
    return {size: frozenset(spellings) for size, spellings in found.items()}


def _variants(unit: str) -> list[str]:
    """A unit with each of its atoms exchanged for every other that measures the same."""
    parts = [part.split(".") for part in unit.split("/")]
    options = [_like(atom) for part in parts for atom in part]
    shape = [len(part) for part in parts]
    return [_joined(atoms, shape) for atoms in product(*options)]


def _like(atom: str) -> list[str]:
    if atom and atom not in ATOMS:
        return [atom]
    kind = ATOMS[atom][0] if atom else "count"
    bare = [""] if kind == "count" else []
    return [*bare, *(other for other, (measures, _) in ATOMS.items() if measures == kind)]


def _joined(atoms: tuple[str, ...], shape: list[int]) -> str:
    left = iter(atoms)
    return "/".join(".".join(next(left) for _ in range(count)) for count in shape)
