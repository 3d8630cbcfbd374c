"""Quantities with UCUM units, converted only where nothing can go wrong.

Counts, mass, volume, time and what is built from them convert among themselves: 10000 /mm3,
10.0 10*9/L and 10000 {cells}/uL are one value. The enzyme unit U is 1 umol/min, so that
1 ukat/L is 60 U/L exactly. Arbitrary units ([IU]) are never converted, since a factor between two methods
does not exist; nor are amounts of substance into mass.
Source: The Unified Code for Units of Measure, ucum.org, tables 1-4 and section on arbitrary units.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from values.numbers import normalised, rounded

# UCUM atom -> (what it measures, factor to that dimension's own base).
ATOMS = {
    "10*12": ("count", "1e12"),
    "10*9": ("count", "1e9"),
    "10*6": ("count", "1e6"),
    "10*3": ("count", "1e3"),
    "1": ("count", "1"),
    "{cells}": ("count", "1"),
    "{copies}": ("copies", "1"),
    "kL": ("volume", "1e3"),
    "L": ("volume", "1"),
    "dL": ("volume", "1e-1"),
    "mL": ("volume", "1e-3"),
    "uL": ("volume", "1e-6"),
    "mm3": ("volume", "1e-6"),
    "cm3": ("volume", "1e-3"),
    "nL": ("volume", "1e-9"),
    "fL": ("volume", "1e-15"),
    "l": ("volume", "1"),
    "dl": ("volume", "1e-1"),
    "ml": ("volume", "1e-3"),
    "ul": ("volume", "1e-6"),
    "kg": ("mass", "1e3"),
    "g": ("mass", "1"),
    "mg": ("mass", "1e-3"),
    "ug": ("mass", "1e-6"),
    "ng": ("mass", "1e-9"),
    "pg": ("mass", "1e-12"),
    "wk": ("time", "604800"),
    "d": ("time", "86400"),
    "h": ("time", "3600"),
    "min": ("time", "60"),
    "s": ("time", "1"),
    "m": ("length", "1"),
    "cm": ("length", "1e-2"),
    "mm": ("length", "1e-3"),
    "mol": ("substance", "1"),
    "mmol": ("substance", "1e-3"),
    "umol": ("substance", "1e-6"),
    "nmol": ("substance", "1e-9"),
    "%": ("percent", "1"),
    # Catalytic activity: UCUM 2.2 calls U metric, which katals share.
    "U": ("catalytic activity", "1"),
    "kU": ("catalytic activity", "1e3"),
    "mU": ("catalytic activity", "1e-3"),
    "ukat": ("catalytic activity", "60"),
    "nkat": ("catalytic activity", "0.06"),
    # Arbitrary: each is a dimension of its own, so it equals itself and nothing else.
    "[IU]": ("[IU]", "1"),
    "[iU]": ("[IU]", "1"),
    "{DF}": ("{DF}", "1"),
}


class IncompatibleUnits(ValueError):
    """Two units between which no safe conversion exists."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its UCUM unit, as reported."""

    value: Decimal
    unit: str

    def to(self, unit: str) -> "Quantity":
        """The same quantity in another unit, its number normalised. Raises IncompatibleUnits."""
        if unit == self.unit:
            return Quantity(normalised(self.value), unit)
        if {unit, self.unit} == {"Cel", "[degF]"}:
            return _temperature(self.value, unit)
        return Quantity(normalised(self.value * factor(self.unit, unit)), unit)


@lru_cache(maxsize=4096)
def factor(source: str, target: str) -> Decimal:
    """What a number in unit `source` is multiplied by to be in unit `target`. Raises IncompatibleUnits."""
    (dimensions, size), (target_dimensions, target_size) = _reduce(source), _reduce(target)
    if dimensions != target_dimensions:
        raise IncompatibleUnits(
            f"{source!r} cannot be converted to {target!r}: only units of the same kind can, "
            "and arbitrary units never. Enter the value in the unit of the laboratory report."
        )
    return size / target_size


# `factor` caches no exceptions, and units that don't convert are as frequent as those that do.
@lru_cache(maxsize=4096)
def _reduce(unit: str) -> tuple[tuple[tuple[str, int], ...], Decimal]:
    powers: dict[str, int] = {}
    total = Decimal(1)
    for atom, power in _atoms(unit):
        dimension, size = ATOMS.get(atom, (atom, "1"))
        powers[dimension] = powers.get(dimension, 0) + power
        total *= Decimal(size) ** power
    # A bare count has no dimension: /uL is {cells}/uL.
    powers.pop("count", None)
    return tuple(sorted((name, power) for name, power in powers.items() if power)), total


def _atoms(unit: str) -> Iterator[tuple[str, int]]:
    """Each atom with its power. UCUM reads from left to right: a/b.c is a.c/b."""
    for position, part in enumerate(unit.split("/")):
        for place, atom in enumerate(part.split(".")):
            if atom:
                yield atom, -1 if position and not place else 1


def _temperature(value: Decimal, unit: str) -> Quantity:
    if unit == "Cel":
        return Quantity(rounded(normalised((value - 32) * 5 / 9), Decimal("0.01")).normalize(), unit)
    return Quantity(normalised(value * 9 / 5 + 32), unit)
