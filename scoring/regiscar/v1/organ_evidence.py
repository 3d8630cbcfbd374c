"""The evidence of a case sorted by organ, each other organ by itself."""

from dataclasses import dataclass, field

from scoring.facts import (
    IN_WORDS,
    NO_RESULT,
    Explanation,
    Facts,
    Organ,
    OrganFinding,
    ResultKind,
    Sign,
    Test,
)
from scoring.regiscar.v1.organ_results import Result, judge
from scoring.regiscar.v1.organ_tests import NORMAL_SETS, ORGAN_TESTS, OrganTest, State
from scoring.regiscar.v1.signs import sign_inputs
from vocabulary.other_organs import is_other_organ, read_other_organ
from vocabulary.signs import Evidence, named_test

# An organ of the table; of the others which one, "" where that is not known.
OrganKey = tuple[Organ, str]
RULES = {rule.test: rule for rule in ORGAN_TESTS}
KEYS: dict[str, OrganKey] = {rule.test: (rule.organ, rule.name) for rule in ORGAN_TESTS}
ORGANS_ITEM = "organs"
NEGATIVE = ResultKind.NEGATIVE
UNNAMED: OrganKey = (Organ.OTHER, "")


@dataclass(slots=True)
class OrganEvidence:
    """All that a case says of one organ, and what follows from it row by row."""

    organ: Organ
    name: str = ""
    findings: list[OrganFinding] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)
    worst: State = State.NORMAL  # the worst reading of all results
    normal: set[str] = field(default_factory=set)  # tests with a normal result
    is_reported: bool = False  # a person entered the organ as affected
    is_proven_by_finding: bool = False  # a finding by itself shows involvement, as a biopsy does
    is_reported_by_sign: bool = False
    is_denied: bool = False  # the report denies that this very organ was affected
    is_excluded: bool = False  # a row says that nothing else explains the involvement
    is_explained: bool = False  # a row says that something else explains it
    is_reported_unexplained: bool = False  # another row reports the organ without such an explanation

    def add_result(self, rule: OrganTest, test: Test) -> None:
        """A result of one of its tests."""
        state = judge(rule, test)
        self.results.append((rule, test, state))
        if state is State.NORMAL:
            self.normal.add(rule.test)
        elif state > self.worst:
            self.worst = state

    def add_finding(self, finding: OrganFinding) -> None:
        """What a person entered on the organ."""
        self.findings.append(finding)
        explained = finding.explanation is Explanation.PRESENT
        self.is_explained |= explained
        self.is_excluded |= finding.explanation is Explanation.EXCLUDED
        if finding.kind is NEGATIVE:
            self.is_denied = True
            return
        is_reported = finding.meets_threshold or finding.kind in IN_WORDS
        self.is_reported |= is_reported
        self.is_reported_unexplained |= is_reported and not explained
        self.is_proven_by_finding |= finding.meets_threshold

    def add_sign(self, sign: Sign) -> None:
        """A term of a reaction or symptom that speaks of the organ."""
        self.signs.append(sign)
        self.is_denied |= sign.evidence is Evidence.DENIED
        self.is_reported_by_sign |= sign.evidence is Evidence.REPORTED

    @property
    def ids(self) -> tuple[str, ...]:
        """The rows that say it."""
        results = [result[1].id for result in self.results]
        return (*[finding.id for finding in self.findings], *results, *[sign.id for sign in self.signs])

    @property
    def missing_normal(self) -> list[tuple[str, ...]] | None:
        """Groups of the organ's minimum set without a normal test; None where the organ has no such set."""
        groups = NORMAL_SETS.get(self.organ)
        return None if groups is None else [group for group in groups if self.normal.isdisjoint(group)]

    @property
    def is_tested_normal(self) -> bool:
        """Whether all results are normal and make up the minimum set."""
        return self.worst is State.NORMAL and self.missing_normal == []


class Gathered(dict[OrganKey, OrganEvidence]):
    """Evidence by organ, and the rows that deny every organ not named otherwise."""

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self.general_denials: list[str] = []
        for test in facts.tests:
            rule = RULES.get(test.name)
            if rule is not None and test.kind not in NO_RESULT:
                self[KEYS[test.name]].add_result(rule, test)
        for finding in facts.organs:
            if finding.kind not in NO_RESULT:
                self._add_finding(finding)
        for sign in sign_inputs(facts, ORGANS_ITEM):
            self._add_sign(sign)

    def __missing__(self, key: OrganKey) -> OrganEvidence:
        evidence = self[key] = OrganEvidence(*key)
        return evidence

    def _add_finding(self, finding: OrganFinding) -> None:
        if finding.organ is not Organ.ALL_OTHERS:
            name = read_other_organ(finding.name) if finding.organ is Organ.OTHER else ""
            self[finding.organ, name].add_finding(finding)
        elif finding.kind is NEGATIVE:
            self.general_denials.append(finding.id)

    def _add_sign(self, sign: Sign) -> None:
        """A term that denies one test is its normal result, and no denial of the organ."""
        test = named_test(sign.term) if sign.evidence is Evidence.DENIED else ""
        if test in KEYS:
            self[KEYS[test]].add_result(RULES[test], Test(sign.id, test, NEGATIVE, day=sign.day))
        elif sign.organ != Organ.ALL_OTHERS:
            self[_key_of_sign(sign)].add_sign(sign)
        elif sign.evidence is Evidence.DENIED:
            self.general_denials.append(sign.id)


def _key_of_sign(sign: Sign) -> OrganKey:
    name = sign.term if sign.organ == Organ.OTHER and is_other_organ(sign.term) else ""
    return Organ(sign.organ), read_other_organ(name)
