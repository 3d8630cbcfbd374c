"""Units of laboratory results as people write them, read as UCUM codes with their kind of quantity."""

from vocabulary.units.codes import CODES, KINDS, Code
from vocabulary.units.entries import Certainty
from vocabulary.units.reading import UnitReading, read_unit, read_unit_of_kinds

__all__ = ["CODES", "KINDS", "Certainty", "Code", "UnitReading", "read_unit", "read_unit_of_kinds"]
