"""How examinations are read by the vocabulary: test, unit, and result in words.

What a person or a door has chosen comes before the name. Forms, API, filters and facts read rows with these
functions, so that all show the same reading. They need no database.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from cases.models.examination import NO_TEST, Examination, ExaminationKind
from scoring.facts import ResultKind
from scoring.vocabulary import TESTS
from vocabulary.folding import fold_unit
from vocabulary.result_words import read_result_word
from vocabulary.test_names import OF_ANY_TEST, read_test_name, test_in_unit
from vocabulary.test_names import TESTS as NAMED_TESTS
from vocabulary.units import CODES, Certainty, UnitReading, read_unit, read_unit_of_kinds

# What the kind of an examination says about its name: "VHS" of a virus is herpes simplex.
CONTEXTS = {ExaminationKind.VIRAL.value: "virus", ExaminationKind.GENETIC.value: "genetic"}
# Units named in a sentence, where a test has many.
MOST_UNITS = 6
# The results beside which a text in words may say more than they do.
LEFT_TO_WORDS = (ResultKind.MEASURED.value, ResultKind.QUALITATIVE.value, ResultKind.NOT_STATED.value)


@dataclass(frozen=True, slots=True)
class TestReading:
    """Which test a row means.

    `key`: one of `scoring.vocabulary.TESTS`, or "" where it is none; `is_chosen`: a person or a door chose
    it, also where it was "none of these"; `question` and `candidates` (keys): the name means several things.
    Neither key nor question, and nothing chosen: the name is not in the vocabulary.
    """

    key: str = ""
    is_chosen: bool = False
    question: str = ""
    candidates: tuple[str, ...] = ()


def test_of(row: Examination) -> TestReading:
    """The test that a row means: the one that was chosen, else the one that its name and unit lead to."""
    return read_test(row.test, row.name, row.unit, row.kind)


def unit_of(row: Examination) -> UnitReading:
    """The unit that a row means, given its test."""
    return read_test_unit(test_of(row).key, row.unit)


def result_of(row: Examination) -> ResultKind:
    """The result of a row; a text such as "negative" counts where nothing else was chosen or measured."""
    if row.value is None and row.text and row.result in LEFT_TO_WORDS:
        return ResultKind(read_result_word(row.text) or row.result)
    return ResultKind(row.result)


@lru_cache(maxsize=8192)
def read_test(chosen: str, name: str, unit: str, kind: str = "") -> TestReading:
    """As `test_of`, from the texts of a row. `kind`: of `ExaminationKind`."""
    if chosen == NO_TEST:
        return TestReading(is_chosen=True)
    if chosen in TESTS:
        return TestReading(test_in_unit(chosen, unit), is_chosen=True)
    reading = read_test_name(name, unit, CONTEXTS.get(kind))
    return TestReading(reading.key, question=reading.question, candidates=reading.candidates)


@lru_cache(maxsize=8192)
def read_test_unit(test: str, unit: str) -> UnitReading:
    """The unit that a text means for a test, by its key; for any test where the key is ""."""
    kinds = NAMED_TESTS[test].kinds if test else ()
    return read_unit_of_kinds(unit, kinds) if kinds else read_unit(unit)


def ucum_of(unit: str, test: str = "") -> str:
    """The UCUM code of a unit as reported, for a test by its key; the folded text where it isn't read."""
    reading = read_test_unit(test, unit)
    return reading.ucum if reading.is_accepted and reading.ucum else fold_unit(unit)


def units_of(test: str) -> list[str]:
    """The units offered for a test, by its key, as UCUM codes; the usual one first."""
    return [unit.strip() for unit in NAMED_TESTS[test].units.split("|") if unit.strip()] if test else []


def offered_units(test: str) -> str:
    """The end of a sentence that names units of a test, by its key; "" where none are known."""
    units = ", ".join(units_of(test)[:MOST_UNITS])
    return f", such as {units}" if units else ""


def refused_unit(row: Examination) -> str:
    """Why the unit of a row may not be entered, and what may; "" where it may.

    Forms and API ask this of what is typed. What was received from elsewhere is stored as it was reported.
    """
    test, reading = test_of(row), unit_of(row)
    no_test = test.is_chosen and not test.key
    if not row.unit.strip() or no_test or reading.certainty is not Certainty.REFUSED:
        return ""
    return (
        f"“{row.unit}” can't be entered as a unit. {reading.reason} Write the unit that the report means"
        f"{offered_units(test.key)}."
    )


def is_unit_of(test: str, reading: UnitReading) -> bool:
    """Whether a unit is read as one in which the test can be given, or as a multiple of one of its limits."""
    kinds = (*NAMED_TESTS[test].kinds, *OF_ANY_TEST) if NAMED_TESTS[test].kinds else ()
    return reading.is_accepted and (not kinds or reading.kind in kinds)


def is_other_quantity(test: str, reading: UnitReading) -> bool:
    """Whether a unit that is read measures something else than the test does."""
    kinds = NAMED_TESTS[test].kinds
    return reading.is_accepted and bool(kinds) and reading.kind not in kinds


def is_compared_unread(test: str, reading: UnitReading) -> bool:
    """Whether numbers in a unit compare with limits in the same unit, without any conversion.

    Not where the score compares the test in a unit of its own, and not while a person is asked what the unit
    means.
    """
    asked = bool(reading.text.strip()) and reading.certainty in (Certainty.SUGGESTED, Certainty.REFUSED)
    return not TESTS[test].unit and not asked and not is_other_quantity(test, reading)


def plausible_range(test: str, reading: UnitReading) -> tuple[Decimal, Decimal] | None:
    """The least and the most that a patient can have, in the unit of comparison of a reading."""
    plausible = NAMED_TESTS[test].plausible if test else {}
    for ucum, (least, most) in plausible.items():
        code = CODES.get(reading.kind, {}).get(ucum)
        if code is not None and code.factor is not None and code.canonical == reading.canonical:
            return Decimal(least) * code.factor, Decimal(most) * code.factor
    return None
