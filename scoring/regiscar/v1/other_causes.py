"""Evaluation of other potential causes: negative tests by the rows of the 2007 table."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from scoring.facts import NO_RESULT, Facts, ResultKind, Sign, Test
from scoring.regiscar.v1.signs import ids, sign_inputs, terms
from scoring.regiscar.v1.table import (
    CAUSE_ROW_NAMES,
    CAUSE_ROWS,
    NEGATIVE_ONLY,
    NUCLEIC_ACIDS,
    PARAMETERS,
    PAST_WITHOUT_RNA,
)
from scoring.result import NO, YES, Basis, Reading, closed, missing, reported
from scoring.vocabulary import TESTS
from vocabulary.signs import Evidence, named_test

ROWS = {name: number for number, row in enumerate(CAUSE_ROWS) for name in row}
ROWS |= {name: ROWS[listed] for name, listed in (NUCLEIC_ACIDS | NEGATIVE_ONLY).items()}
# Terms that name no virus speak of the row.
ROWS_OF_TERMS = ROWS | {"hepatitis": ROWS["hepatitis_a"]}
CAUSES = frozenset(ROWS)
OTHER_CAUSES = "other_causes"
NONE = Decimal(0)


@dataclass(slots=True)
class Evaluation:
    """The results of the listed tests, and the terms that state one."""

    positive: list[Test] = field(default_factory=list)
    negative: list[Test] = field(default_factory=list)
    unclear: list[Test] = field(default_factory=list)
    not_done: set[str] = field(default_factory=set)
    positive_terms: list[Sign] = field(default_factory=list)
    negative_terms: list[Sign] = field(default_factory=list)
    vague_terms: list[Sign] = field(default_factory=list)

    def rows(self, *, with_terms: bool = False) -> set[int]:
        """The rows of the table with a negative test; `with_terms`: also by the reporter's word."""
        rows = {ROWS[test.name] for test in self.negative}
        return rows | {ROWS_OF_TERMS[named_test(s.term)] for s in self.negative_terms} if with_terms else rows

    @property
    def performed(self) -> set[str]:
        """The names of all tests with a result."""
        return {test.name for test in (*self.positive, *self.negative, *self.unclear)}


def other_cause_inputs(facts: Facts) -> tuple[Test | Sign, ...]:
    """The facts that `other_causes` reads. What counts only where it is negative is none otherwise."""
    tests = [test for test in facts.tests if test.name in CAUSES and _can_count(test)]
    return (*tests, *sign_inputs(facts, OTHER_CAUSES))


def other_causes(facts: Facts) -> Reading:
    """Yes with three negative rows and none positive; No with a positive one, or three out of reach."""
    listed = other_cause_inputs(facts)
    if not listed:
        return NOTHING_RECORDED
    evaluation = _evaluate(listed)
    if evaluation.positive:
        rule = f"Positive: {_names(evaluation.positive)}."
        return closed(NO, Basis.MEASURED, rule, ids(evaluation.positive))
    if evaluation.positive_terms:
        return _positive_in_words(evaluation)
    measured, with_words = len(evaluation.rows()), len(evaluation.rows(with_terms=True))
    if with_words >= PARAMETERS.negative_causes:
        return _enough_negative(evaluation, measured, with_words)
    if _is_out_of_reach(evaluation):
        rule = "Too many of the four groups of tests were not done to have three negative."
        return closed(NO, Basis.DENIED, rule, ids(test for test in listed if isinstance(test, Test)))
    return _too_few(evaluation, with_words)


def _evaluate(listed: Iterable[Test | Sign]) -> Evaluation:
    """The results first: a term counts only where none denies it."""
    evaluation = Evaluation()
    signs = []
    for fact in listed:
        if isinstance(fact, Test):
            _add_test(evaluation, fact)
        else:
            signs.append(fact)
    evaluation.not_done -= evaluation.performed
    _set_past_apart(evaluation)
    for sign in signs:
        _add_sign(evaluation, sign)
    return evaluation


def _can_count(test: Test) -> bool:
    return test.name not in NEGATIVE_ONLY or _kind(test) is ResultKind.NEGATIVE


def _add_test(evaluation: Evaluation, test: Test) -> None:
    if test.kind is ResultKind.NOT_DONE:
        evaluation.not_done.add(test.name)
    elif test.kind not in NO_RESULT:
        kind = _kind(test)
        if kind is ResultKind.NEGATIVE:
            evaluation.negative.append(test)
        else:
            (evaluation.positive if kind is ResultKind.POSITIVE else evaluation.unclear).append(test)


def _kind(test: Test) -> ResultKind:
    """Negative within its limit; above it, or without one, a number is low and stays open.

    A measured load of a nucleic acid is an infection, whatever the limit; below quantification is open.
    """
    if test.kind is not ResultKind.MEASURED:
        return test.kind
    if test.name in NUCLEIC_ACIDS:
        return ResultKind.POSITIVE if test.surely_above(NONE) else ResultKind.QUALITATIVE
    within = test.upper is not None and test.surely_at_most(test.upper)
    return ResultKind.NEGATIVE if within else ResultKind.QUALITATIVE


def _set_past_apart(evaluation: Evaluation) -> None:
    """An antibody beside a negative nucleic acid is a past infection: open."""
    absent = {test.name for test in evaluation.negative}
    past = [test for test in evaluation.positive if PAST_WITHOUT_RNA.get(test.name) in absent]
    evaluation.positive = [test for test in evaluation.positive if test not in past]
    evaluation.unclear += past


def _add_sign(evaluation: Evaluation, sign: Sign) -> None:
    """A term by the test that it names; vague if it names none, or is positive where a result denies it."""
    name = named_test(sign.term)
    negative = {test.name for test in evaluation.negative}
    if name not in ROWS_OF_TERMS or sign.evidence is Evidence.SUGGESTS:
        evaluation.vague_terms.append(sign)
    elif sign.evidence is Evidence.DENIED:
        evaluation.negative_terms.append(sign)
    elif name in negative or PAST_WITHOUT_RNA.get(name) in negative:
        evaluation.vague_terms.append(sign)
    else:
        evaluation.positive_terms.append(sign)


def _positive_in_words(evaluation: Evaluation) -> Reading:
    signs = evaluation.positive_terms
    rule = f"{terms(signs)} by the reporter’s word, without the result of a test."
    needs = f"The result itself: {', '.join(sorted({_label(sign) for sign in signs}))}."
    return reported(NO, (NO, YES), rule, ids(signs), needs)


def _enough_negative(evaluation: Evaluation, measured: int, with_words: int) -> Reading:
    doubts: list[Test | Sign] = [*evaluation.unclear, *_contradicting(evaluation)]
    if measured >= PARAMETERS.negative_causes and not doubts:
        rule = f"{measured} of the four groups of tests negative, none positive."
        return closed(YES, Basis.MEASURED, rule, ids(evaluation.negative))
    rule = f"{with_words} of the four groups of tests negative"
    needs: list[str] = []
    if measured < PARAMETERS.negative_causes:
        rule += f", {terms(evaluation.negative_terms)} by the reporter’s word"
        needs.append(f"the result of the test behind {terms(evaluation.negative_terms)}")
    if doubts:
        names = _all_names(evaluation)
        rule += f"; {names} neither negative nor positive"
        needs.append(f"whether {names} was a positive cause")
    rows: list[Test | Sign] = [*evaluation.negative, *evaluation.negative_terms, *doubts]
    text = ", and ".join(needs)
    return reported(YES, (NO, YES), f"{rule}.", ids(rows), f"{text[0].upper()}{text[1:]}.")


def _contradicting(evaluation: Evaluation) -> list[Sign]:
    """Terms of a positive test that a result denies, or of a past infection."""
    return [sign for sign in evaluation.vague_terms if sign.evidence is Evidence.REPORTED]


def _all_names(evaluation: Evaluation) -> str:
    names = [_names(evaluation.unclear)] if evaluation.unclear else []
    contradicting = _contradicting(evaluation)
    return ", ".join([*names, terms(contradicting)] if contradicting else names)


def _is_out_of_reach(evaluation: Evaluation) -> bool:
    """Whether so many rows were not done, and nothing is said instead, that three can't be negative."""
    if evaluation.vague_terms:
        return False
    replaced = evaluation.rows(with_terms=True) | {ROWS[name] for name in evaluation.performed}
    omitted = [
        number
        for number, row in enumerate(CAUSE_ROWS)
        if evaluation.not_done.issuperset(row) and number not in replaced
    ]
    return len(CAUSE_ROWS) - len(omitted) < PARAMETERS.negative_causes


def _too_few(evaluation: Evaluation, rows: int) -> Reading:
    rule = f"{rows} of the four groups of tests negative; three are needed." if rows else _nothing(evaluation)
    if rows and (evaluation.unclear or _contradicting(evaluation)):
        rule = f"{rule[:-1]}, and {_all_names(evaluation)} is neither negative nor positive."
    negative = evaluation.rows(with_terms=True)
    open_rows = [name for number, name in enumerate(CAUSE_ROW_NAMES) if number not in negative]
    lacking = PARAMETERS.negative_causes - rows
    needs = f"{lacking} more with a negative result, and none positive: {'; '.join(open_rows)}."
    tests = (*evaluation.negative, *evaluation.unclear)
    signs = (*evaluation.negative_terms, *evaluation.vague_terms)
    return missing((NO, YES), rule, needs, [*ids(tests), *ids(signs)])


def _nothing(evaluation: Evaluation) -> str:
    """What there is instead of a negative result."""
    if evaluation.unclear or _contradicting(evaluation):
        return f"{_all_names(evaluation)}: neither negative nor positive."
    if evaluation.vague_terms:
        return f"{terms(evaluation.vague_terms)} names no test of the table."
    return "No listed test is recorded."


def _names(tests: list[Test]) -> str:
    return ", ".join(sorted({TESTS[test.name].label for test in tests}))


def _label(sign: Sign) -> str:
    name = named_test(sign.term)
    return TESTS[name].label if name in TESTS else name


NOTHING_RECORDED = _too_few(Evaluation(), 0)
