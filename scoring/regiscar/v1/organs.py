"""Organ involvement: each organ by itself, then one or two points for all of them."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from scoring.facts import Explanation, Fact, Facts, Organ, OrganFinding, ResultKind, Test
from scoring.regiscar.v1.table import (
    LIVER_TRIAD,
    LIVER_TRIAD_UPPER,
    LIVER_WORDS,
    ONE,
    ORGAN_LIMITS,
    TWO_OR_MORE,
    OrganLimit,
)
from scoring.result import NO, UNKNOWN, Basis, Reading, closed, reported

ORGANS = tuple(organ for organ in Organ if organ is not Organ.ALL_OTHERS)
NAMES = {Organ.MUSCLE_HEART: "muscle or heart", Organ.OTHER: "another organ"}
ANSWERS = (NO, ONE, TWO_OR_MORE)
ORGAN_OF_TEST = {
    **{limit.test: limit.organ for limit in ORGAN_LIMITS},
    **dict.fromkeys((*LIVER_TRIAD, *LIVER_WORDS), Organ.LIVER),
}
LIMITS: dict[Organ, list[OrganLimit]] = {
    organ: [limit for limit in ORGAN_LIMITS if limit.organ is organ] for organ in ORGANS
}
LIMIT_OF_TEST = {limit.test: limit for limit in ORGAN_LIMITS}
IN_WORDS = (ResultKind.POSITIVE, ResultKind.QUALITATIVE)
NO_RESULT = (ResultKind.NOT_DONE, ResultKind.NOT_STATED)


class _Verdict(NamedTuple):
    """One organ, 0 or 1 each: surely involved (`low`), involved as `reported`, possibly involved (`high`)."""

    organ: Organ
    low: int
    reported: int
    high: int
    sentence: str = ""
    evidence: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the involvement of the organ is undecided."""
        return self.low != self.high


def organ_inputs(facts: Facts) -> tuple[Fact, ...]:
    """The facts that `organs` reads."""
    return (*(test for test in facts.tests if test.name in ORGAN_OF_TEST), *facts.organs)


def organs(facts: Facts) -> Reading:
    """One organ 1, two or more 2, other explanations excluded."""
    verdicts = _verdicts(facts)
    low = min(2, sum([verdict.low for verdict in verdicts]))
    as_reported = min(2, sum([verdict.reported for verdict in verdicts]))
    high = min(2, sum([verdict.high for verdict in verdicts]))
    evidence = {row for verdict in verdicts for row in verdict.evidence}
    sentence = " ".join(dict.fromkeys([v.sentence for v in verdicts if v.sentence]))
    if low == high:
        measured = low or any(t.name in ORGAN_OF_TEST and t.id in evidence for t in facts.tests)
        basis = Basis.MEASURED if measured else Basis.DENIED
        return closed(ANSWERS[low], basis, sentence, evidence)
    needs = _needs([verdict for verdict in verdicts if verdict.is_open])
    if as_reported > low:
        return reported(ANSWERS[as_reported], ANSWERS[low : high + 1], sentence, evidence, needs)
    answer = ANSWERS[low] if low else UNKNOWN
    rule = sentence or "Nothing is recorded on any organ."
    return Reading(answer, Basis.MISSING, ANSWERS[low : high + 1], rule, tuple(sorted(evidence)), needs)


def states(facts: Facts) -> dict[str, str]:
    """Each organ of the table: `involved`, `not_involved`, or `open`."""
    decided = {(1, 1): "involved", (0, 0): "not_involved"}
    return {str(v.organ): decided.get((v.low, v.high), "open") for v in _verdicts(facts)}


def _verdicts(facts: Facts) -> list[_Verdict]:
    findings, tests, denied = _group_by_organ(facts)
    return [
        _verdict(organ, findings[organ], tests[organ], denied)
        if findings[organ] or tests[organ]
        else _by_general_denial(organ, (), denied)
        for organ in ORGANS
    ]


def _group_by_organ(
    facts: Facts,
) -> tuple[dict[Organ, list[OrganFinding]], dict[Organ, list[Test]], tuple[str, ...]]:
    """Findings and tests with a result, by organ, and the ids of findings that deny every other organ."""
    findings: dict[Organ, list[OrganFinding]] = defaultdict(list)
    tests: dict[Organ, list[Test]] = defaultdict(list)
    for finding in facts.organs:
        if finding.kind not in NO_RESULT:
            findings[finding.organ].append(finding)
    for test in facts.tests:
        organ = ORGAN_OF_TEST.get(test.name)
        if organ is not None and test.kind not in NO_RESULT:
            tests[organ].append(test)
    general = findings[Organ.ALL_OTHERS]
    return findings, tests, tuple(f.id for f in general if f.kind is ResultKind.NEGATIVE)


def _verdict(
    organ: Organ, findings: list[OrganFinding], tests: list[Test], denied: tuple[str, ...]
) -> _Verdict:
    evidence = (*[finding.id for finding in findings], *[test.id for test in tests])
    name = NAMES.get(organ, organ.value).capitalize()
    explanations = {finding.explanation for finding in findings}
    if Explanation.PRESENT in explanations:
        return _Verdict(organ, 0, 0, 0, f"{name}: explained otherwise.", evidence)
    proven = any(f.meets_threshold for f in findings) or _reaches_limit(organ, tests)
    if proven and Explanation.EXCLUDED in explanations:
        return _Verdict(organ, 1, 1, 1, f"{name}: involved, other explanations excluded.", evidence)
    if proven:
        sentence = f"{name}: involved; whether something else explains it is not known."
        return _Verdict(organ, 0, 1, 1, sentence, evidence)
    if _is_suggested(findings, tests):
        return _Verdict(
            organ, 0, 1, 1, f"{name}: reported, short of the limit or of a second date.", evidence
        )
    if evidence and _is_decided(findings, tests):
        return _Verdict(organ, 0, 0, 0, f"{name}: examined, not involved.", evidence)
    if any(_may_be_raised(test) for test in tests):
        return _Verdict(organ, 0, 0, 1, "", evidence)
    return _by_general_denial(organ, evidence, denied)


def _by_general_denial(organ: Organ, evidence: tuple[str, ...], denied: tuple[str, ...]) -> _Verdict:
    """An organ without evidence of its own: "no other organ involvement" applies to it."""
    if denied:
        return _Verdict(organ, 0, 0, 0, "The report denies any other organ.", evidence + denied)
    return _Verdict(organ, 0, 0, 1, "", evidence)


def _reaches_limit(organ: Organ, tests: list[Test]) -> bool:
    if any(_meets_limit(limit, tests) for limit in LIMITS[organ]):
        return True
    return organ is Organ.LIVER and all(
        any(t.name == name and _exceeds(t.value, t.upper, LIVER_TRIAD_UPPER) for t in tests)
        for name in LIVER_TRIAD
    )


def _meets_limit(limit: OrganLimit, tests: list[Test]) -> bool:
    beyond = [t for t in tests if t.name == limit.test and _is_beyond(limit, t)]
    if limit.dates == 1:
        return bool(beyond)
    return _surely_different_dates(beyond) >= limit.dates


def _surely_different_dates(tests: list[Test]) -> int:
    """The least number of dates of these tests: days that may be the same, or are hours apart, are one."""
    dates, last = 0, None
    for high, low in sorted(
        (t.day.high, t.day.low) for t in tests if t.day.high is not None and t.day.low is not None
    ):
        if last is None or low - last >= 1:
            dates, last = dates + 1, high
    return dates


def _is_beyond(limit: OrganLimit, test: Test) -> bool:
    if limit.upper is not None:
        return _exceeds(test.value, test.upper, limit.upper)
    if limit.baseline is not None:
        return _reaches(test.value, test.baseline, limit.baseline)
    if limit.above is not None:
        return test.value is not None and test.value > limit.above
    return test.kind is ResultKind.POSITIVE


def _exceeds(value: Decimal | None, bound: Decimal | None, times: Decimal) -> bool:
    return value is not None and bound is not None and value > bound * times


def _reaches(value: Decimal | None, bound: Decimal | None, times: Decimal) -> bool:
    return value is not None and bound is not None and value >= bound * times


def _is_suggested(findings: Iterable[OrganFinding], tests: list[Test]) -> bool:
    """Reported as affected, or beyond a limit that asks for more dates than there are."""
    if _any_kind(IN_WORDS, findings, tests):
        return True
    return any(_is_beyond(LIMIT_OF_TEST[t.name], t) for t in tests if t.name in LIMIT_OF_TEST)


def _is_decided(findings: list[OrganFinding], tests: list[Test]) -> bool:
    """Whether the organ was explicitly denied, or tested by a value that can be judged."""
    if _any_kind((ResultKind.NEGATIVE,), findings, tests):
        return True
    return any(t.name in LIMIT_OF_TEST and t.value is not None and _has_bound(t) for t in tests)


def _any_kind(kinds: tuple[ResultKind, ...], findings: Iterable[OrganFinding], tests: list[Test]) -> bool:
    return any(finding.kind in kinds for finding in findings) or any(test.kind in kinds for test in tests)


def _has_bound(test: Test) -> bool:
    limit = LIMIT_OF_TEST[test.name]
    if limit.upper is not None:
        return test.upper is not None
    if limit.baseline is not None:
        within_normal = test.upper is not None and (test.value or 0) <= test.upper
        return test.baseline is not None or within_normal
    return limit.above is not None


def _may_be_raised(test: Test) -> bool:
    return test.value is not None and (test.upper is None or test.value > test.upper)


def _needs(open_verdicts: list[_Verdict]) -> str:
    affected = [v.organ for v in open_verdicts if v.reported]
    if affected:
        names = ", ".join(NAMES.get(organ, organ.value) for organ in affected)
        return f"For {names}: values on two dates with their upper limits, and other explanations excluded."
    names = ", ".join(NAMES.get(v.organ, v.organ.value) for v in open_verdicts)
    return f"Whether an organ was affected: {names}."
