"""Names of tests, read as the record's keys: `read_test_name`.

A whole folded name that means one test leads to it, unless the unit contradicts. The unit, then the context,
decide where a name means several; what they leave open is returned as a question with its candidates.
"""

from dataclasses import dataclass
from functools import cache, lru_cache

from vocabulary.folding import fold_name
from vocabulary.test_names import (
    blood_count,
    endocrine,
    examinations,
    inflammation,
    kidney,
    liver,
    muscle_heart_pancreas,
    other_causes,
    viruses,
)
from vocabulary.test_names.ambiguous import AMBIGUITIES, OTHER_MATERIAL, OTHER_QUANTITY, Ambiguity, Meaning
from vocabulary.test_names.record import NamedTest
from vocabulary.units import UnitReading, read_unit, read_unit_of_kinds

TESTS: dict[str, NamedTest] = {
    test.key: test
    for group in (
        blood_count,
        liver,
        kidney,
        muscle_heart_pancreas,
        endocrine,
        inflammation,
        other_causes,
        viruses,
        examinations,
    )
    for test in group.TESTS
}
# Words that people write in either number.
SINGULARS = {
    "antibodies": "antibody", "antigens": "antigen", "cultures": "culture", "serologies": "serology",
    "counts": "count", "cells": "cell", "titers": "titer", "titres": "titre", "biopsies": "biopsy",
}  # fmt: skip
# Multiples of a limit or an earlier value, and signs such as ++, can be given of any test.
OF_ANY_TEST = ("ratio_to_upper_limit", "ratio_to_lower_limit", "ratio_to_baseline", "semi_quantitative")
OTHER_MATERIAL_QUESTION = "Of which material? In this one it is another quantity than in blood."
OTHER_UNIT_QUESTION = "The unit is none of this test: is it another test?"


@dataclass(frozen=True, slots=True)
class NameReading:
    """What a name of a test means: the `key` of one test, or a `question` with the keys to choose from.

    Neither: no table has the name. Candidates may be none where the name leads to no test at all.
    """

    key: str = ""
    candidates: tuple[str, ...] = ()
    question: str = ""


@lru_cache(maxsize=8192)
def read_test_name(name: str, unit: str | None = None, context: str | None = None) -> NameReading:
    """The test that a name means, given the unit of its result and words about the report.

    `context`: words separated by spaces, such as the language (es) or the material (urine).
    """
    folded = _singular(fold_name(name))
    words = frozenset((context or "").lower().split())
    key, ambiguity = _keys().get(folded), _ambiguities().get(folded)
    reading = _confirmed(TESTS[key], unit, words) if key else NameReading()
    return _decide(ambiguity, unit, words) if ambiguity and not reading.key else reading


def test_in_unit(key: str, unit: str | None) -> str:
    """The key of the test that a chosen one is in this unit: eosinophils in % are eosinophils_percent."""
    if key not in OTHER_QUANTITY or not unit:
        return key
    reading = read_unit_of_kinds(unit, TESTS[key].kinds)
    return _other_quantity(key, reading) if reading.is_accepted else key


def _other_quantity(key: str, reading: UnitReading) -> str:
    """The test that shares its name with this one and is measured in the unit; the key itself if none is."""
    others = OTHER_QUANTITY.get(key, {})
    return others.get(reading.kind) or others.get(reading.ucum) or key


def _confirmed(test: NamedTest, unit: str | None, words: frozenset[str]) -> NameReading:
    """A test by its own name, unless the unit or the material says that it is another quantity."""
    if words.intersection(OTHER_MATERIAL.get(test.key, "").split()):
        return NameReading(candidates=(test.key,), question=OTHER_MATERIAL_QUESTION)
    reading = read_unit_of_kinds(unit, test.kinds) if unit else None
    if reading is None or not reading.is_accepted or not test.kinds:
        return NameReading(test.key)
    if (other := _other_quantity(test.key, reading)) != test.key:
        return NameReading(other)
    if reading.kind in (*test.kinds, *OF_ANY_TEST):
        return NameReading(test.key)
    return NameReading(candidates=(test.key,), question=OTHER_UNIT_QUESTION)


def _decide(ambiguity: Ambiguity, unit: str | None, words: frozenset[str]) -> NameReading:
    """The only meaning that the unit fits, else the only one that the context names, else the question."""
    by_unit = [meaning for meaning in ambiguity.meanings if unit and _fits(meaning, unit)]
    by_context = [meaning for meaning in ambiguity.meanings if words.intersection(meaning.contexts.split())]
    contradicted = unit and not by_unit and read_unit(unit).is_accepted
    chosen = by_unit or ([] if contradicted else by_context)
    if len(chosen) == 1:
        return NameReading(chosen[0].test)
    return NameReading(
        candidates=tuple(meaning.test for meaning in ambiguity.meanings), question=ambiguity.question
    )


def _fits(meaning: Meaning, unit: str) -> bool:
    deciders = meaning.units.split()
    readings = [read_unit(unit, kind) for kind in TESTS[meaning.test].kinds] or [read_unit(unit)]
    return any(reading.is_accepted and _is_among(reading, deciders) for reading in readings)


def _is_among(reading: UnitReading, deciders: list[str]) -> bool:
    """Whether the unit, its kind, or the code of just this kind (kind/code) is among those that decide."""
    return bool({reading.kind, reading.ucum, f"{reading.kind}/{reading.ucum}"} & set(deciders))


def _singular(folded: str) -> str:
    """A name with words in the number in which the tables have them."""
    return " ".join(SINGULARS.get(word, word) for word in folded.split())


@cache
def _keys() -> dict[str, str]:
    """The key of each folded name."""
    return {_singular(name): test.key for test in TESTS.values() for name in test.names}


@cache
def _ambiguities() -> dict[str, Ambiguity]:
    return {
        _singular(fold_name(name)): ambiguity
        for ambiguity in AMBIGUITIES
        for name in ambiguity.names.split("|")
    }
