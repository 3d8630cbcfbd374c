"""One result of a test, judged for its organ, and results beyond their limit counted by date."""

from collections.abc import Iterable
from decimal import Decimal

from scoring.facts import Qualifier, ResultKind, Test
from scoring.regiscar.v1.organ_tests import (
    ABNORMAL,
    BEYOND,
    LIVER_TRIAD,
    LIVER_TRIAD_UPPER,
    PLAIN,
    REPORTED,
    OrganTest,
    Side,
    State,
)

NORMAL, BELOW, NOT_JUDGED = State.NORMAL, State.BELOW, State.NOT_JUDGED
LOW, EITHER = Side.LOW, Side.EITHER
MEASURED, EQUAL = ResultKind.MEASURED, Qualifier.EQUAL
Result = tuple[OrganTest, Test, State]


def judge(rule: OrganTest, test: Test) -> State:
    """What a result says of the organ; where number and words differ, the worse of both."""
    kind = test.kind
    if kind is MEASURED:
        return _judge_number(rule, test)
    if kind is ResultKind.POSITIVE:
        in_words = rule.in_words
    else:
        in_words = NORMAL if kind is ResultKind.NEGATIVE else min(rule.in_words, REPORTED)
    return in_words if test.value is None else max(in_words, _beside_words(rule, test))


def _beside_words(rule: OrganTest, test: Test) -> State:
    """A number beside words counts only where it can be judged."""
    state = _judge_number(rule, test)
    return state if state > NOT_JUDGED else NORMAL


def _judge_number(rule: OrganTest, test: Test) -> State:
    value, upper = test.value, test.upper
    if value is None or not test.is_plausible:
        return NOT_JUDGED
    # Most results are exact and within their limit: decided at once.
    is_exact = test.qualifier is EQUAL and test.baseline is None and rule.test in PLAIN
    if is_exact and upper is not None and value <= upper:
        return NORMAL
    if _is_beyond(rule, test):
        return BEYOND
    if rule.side is EITHER:
        return _judge_either(test)
    return _judge_low(test) if rule.side is LOW else _judge_high(rule, test)


def _is_beyond(rule: OrganTest, test: Test) -> bool:
    if rule.upper is not None:
        limit = ceiling(test)
        return limit is not None and test.surely_above(limit * rule.upper)
    if rule.baseline is not None:
        return test.baseline is not None and test.surely_at_least(test.baseline * rule.baseline)
    return rule.above is not None and test.surely_above(rule.above)


def ceiling(test: Test) -> Decimal | None:
    """The upper limit of normal, or the patient's own value before the reaction where that is higher."""
    if test.upper is None or test.baseline is None:
        return test.upper
    return max(test.upper, test.baseline)


def _judge_high(rule: OrganTest, test: Test) -> State:
    limit = ceiling(test)
    if limit is None:
        return _judge_without_limit(rule, test)
    if test.surely_at_most(limit):
        return NORMAL
    return ABNORMAL if test.surely_above(limit) else NOT_JUDGED


def _judge_without_limit(rule: OrganTest, test: Test) -> State:
    if rule.without_limit is not None:
        if test.surely_at_most(rule.without_limit):
            return NORMAL
        return REPORTED if test.surely_above(rule.without_limit) else NOT_JUDGED
    if rule.baseline is not None and test.baseline is not None:
        return NORMAL if test.surely_below(test.baseline * rule.baseline) else NOT_JUDGED
    return BELOW if test.is_upper_bound and rule.side is not Side.WORDS else NOT_JUDGED


def _judge_low(test: Test) -> State:
    """Below the lower limit, or below the patient's own value before the reaction where that is lower."""
    limit = test.lower
    if limit is None:
        return NOT_JUDGED
    if test.baseline is not None:
        limit = min(limit, test.baseline)
    if test.surely_at_least(limit):
        return NORMAL
    return ABNORMAL if test.surely_below(limit) else NOT_JUDGED


def _judge_either(test: Test) -> State:
    """Normal only within both limits: one of them leaves the other side open."""
    low = NOT_JUDGED if test.lower is None else _judge_low(test)
    upper = ceiling(test)
    if upper is not None and test.surely_above(upper):
        return ABNORMAL
    if low is ABNORMAL:
        return ABNORMAL
    within = low is NORMAL and upper is not None and test.surely_at_most(upper)
    return NORMAL if within else NOT_JUDGED


def involving(results: Iterable[Result]) -> list[OrganTest]:
    """The tests that are beyond their limit on as many dates as the working definition asks for."""
    beyond: dict[str, list[Result]] = {}
    for result in results:
        if result[2] is BEYOND:
            beyond.setdefault(result[1].name, []).append(result)
    return [
        rows[0][0]
        for rows in beyond.values()
        if rows[0][0].dates == 1 or surely_different_dates([row[1] for row in rows]) >= rows[0][0].dates
    ]


def surely_different_dates(tests: list[Test]) -> int:
    """The least number of dates of these tests: days that may be the same, or are hours apart, are one."""
    dates, last = 0, None
    for high, low in sorted(
        (t.day.high, t.day.low) for t in tests if t.day.high is not None and t.day.low is not None
    ):
        if last is None or low - last >= 1:
            dates, last = dates + 1, high
    return dates


def is_triad(results: Iterable[Result]) -> bool:
    """Whether AST, total bilirubin and ALP are all beyond twice their upper limit."""
    raised = {
        test.name
        for _, test, state in results
        if state >= ABNORMAL and test.name in LIVER_TRIAD and _is_twice(test)
    }
    return raised.issuperset(LIVER_TRIAD)


def _is_twice(test: Test) -> bool:
    limit = ceiling(test)
    return limit is not None and test.surely_above(limit * LIVER_TRIAD_UPPER)
