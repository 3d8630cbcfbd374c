"""Evaluation of other potential causes: negative tests by the rows of the 2007 table."""

from scoring.facts import Fact, Facts, ResultKind, Test
from scoring.regiscar.v1.table import CAUSE_ROWS, PARAMETERS
from scoring.result import NO, YES, Basis, Reading, closed, missing, reported
from scoring.vocabulary import TESTS

CAUSES = frozenset(name for row in CAUSE_ROWS for name in row)
UNCLEAR = (ResultKind.QUALITATIVE, ResultKind.MEASURED)
NEEDED = (
    "Results of antinuclear antibody, blood culture, hepatitis A/B/C serology, "
    "Chlamydia or Mycoplasma: three negative and none positive."
)


def other_cause_inputs(facts: Facts) -> tuple[Fact, ...]:
    """The facts that `other_causes` reads."""
    return tuple(test for test in facts.tests if test.name in CAUSES)


def other_causes(facts: Facts) -> Reading:
    """Yes with three negative rows and none positive; No with a positive one, or three out of reach."""
    tests = [test for test in facts.tests if test.name in CAUSES]
    positive = [test for test in tests if test.kind is ResultKind.POSITIVE]
    if positive:
        return closed(NO, Basis.MEASURED, f"Positive: {_names(positive)}.", [test.id for test in positive])
    negative = [test for test in tests if test.kind is ResultKind.NEGATIVE]
    names = {test.name for test in negative}
    rows = sum([not names.isdisjoint(row) for row in CAUSE_ROWS])
    evidence = [test.id for test in negative]
    unclear = [test for test in tests if test.kind in UNCLEAR]
    if rows >= PARAMETERS.negative_causes and unclear:
        rule = (
            f"{rows} of the four groups of tests negative; {_names(unclear)} neither negative nor positive."
        )
        return reported(YES, (NO, YES), rule, [*evidence, *(test.id for test in unclear)], NEEDED)
    if rows >= PARAMETERS.negative_causes:
        rule = f"{rows} of the four groups of tests negative, none positive."
        return closed(YES, Basis.MEASURED, rule, evidence)
    omitted = _never_done(tests)
    not_done = sum([omitted.issuperset(row) for row in CAUSE_ROWS])
    if len(CAUSE_ROWS) - not_done < PARAMETERS.negative_causes:
        rule = "Too many of the four groups of tests were not done to have three negative."
        return closed(NO, Basis.DENIED, rule, [test.id for test in tests])
    rule = (
        f"{rows} of the four groups of tests negative; three are needed."
        if rows
        else "No listed test is recorded."
    )
    return missing((NO, YES), rule, NEEDED, evidence)


def _never_done(tests: list[Test]) -> set[str]:
    """The names of tests that are only reported as not done."""
    performed = {test.name for test in tests if test.kind is not ResultKind.NOT_DONE}
    return {test.name for test in tests} - performed


def _names(tests: list[Test]) -> str:
    return ", ".join(sorted({TESTS[test.name].label for test in tests}))
