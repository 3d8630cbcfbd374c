"""The evidence of a case sorted by organ, each other organ by itself."""

from dataclasses import dataclass, field

from scoring.facts import Explanation, Facts, Organ, OrganFinding, ResultKind, Sign, Test
from scoring.regiscar.v1.organ_results import Result, judge
from scoring.regiscar.v1.organ_tests import NORMAL_SETS, ORGAN_TESTS, OrganTest, State
from vocabulary.other_organs import is_other_organ, read_other_organ
from vocabulary.signs import Evidence, named_test

# An organ of the table; of the others which one, "" where that is not known.
OrganKey = tuple[Organ, str]
RULES = {rule.test: rule for rule in ORGAN_TESTS}
KEYS: dict[str, OrganKey] = {rule.test: (rule.organ, rule.name) for rule in ORGAN_TESTS}
IN_WORDS = (ResultKind.POSITIVE, ResultKind.QUALITATIVE)
NO_RESULT = (ResultKind.NOT_DONE, ResultKind.NOT_STATED)
NEGATIVE = ResultKind.NEGATIVE
UNNAMED: OrganKey = (Organ.OTHER, "")


@dataclass(slots=True)
class OrganEvidence:
    """All that a case says of one organ."""

    organ: Organ
    name: str = ""
    findings: list[OrganFinding] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)

    @property
    def ids(self) -> tuple[str, ...]:
        """The rows that say it."""
        results = [test.id for _, test, _ in self.results]
        return (*[finding.id for finding in self.findings], *results, *[sign.id for sign in self.signs])

    @property
    def worst(self) -> State:
        """The worst reading of all results."""
        return max([state for _, _, state in self.results], default=State.NORMAL)

    @property
    def is_proven_by_finding(self) -> bool:
        """Whether a finding by itself shows involvement, as a biopsy does."""
        return any(f.meets_threshold and f.kind is not NEGATIVE for f in self.findings)

    @property
    def is_reported(self) -> bool:
        """Whether a person entered the organ as affected."""
        return any(f.kind in IN_WORDS or f.meets_threshold for f in self.findings if f.kind is not NEGATIVE)

    @property
    def is_denied(self) -> bool:
        """Whether the report denies that this very organ was affected."""
        return any(f.kind is NEGATIVE for f in self.findings) or self.has_sign(Evidence.DENIED)

    @property
    def is_excluded(self) -> bool:
        """Whether a row says that nothing else explains the involvement."""
        return any(f.explanation is Explanation.EXCLUDED for f in self.findings)

    def has_sign(self, evidence: Evidence) -> bool:
        """Whether a term is this kind of evidence."""
        return any(sign.evidence is evidence for sign in self.signs)

    @property
    def missing_normal(self) -> list[tuple[str, ...]] | None:
        """Groups of the organ's minimum set without a normal test; None where the organ has no such set."""
        groups = NORMAL_SETS.get(self.organ)
        if groups is None:
            return None
        normal = {rule.test for rule, _, state in self.results if state is State.NORMAL}
        return [group for group in groups if normal.isdisjoint(group)]

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
            key = KEYS.get(test.name)
            if key is not None and test.kind not in NO_RESULT:
                self._add_result(key, RULES[test.name], test)
        for finding in facts.organs:
            if finding.kind not in NO_RESULT:
                self._add_finding(finding)
        for sign in facts.signs:
            if sign.item == "organs" and sign.evidence is not Evidence.NEVER:
                self._add_sign(sign)

    def __missing__(self, key: OrganKey) -> OrganEvidence:
        evidence = self[key] = OrganEvidence(*key)
        return evidence

    def _add_result(self, key: OrganKey, rule: OrganTest, test: Test) -> None:
        self[key].results.append((rule, test, judge(rule, test)))

    def _add_finding(self, finding: OrganFinding) -> None:
        if finding.organ is not Organ.ALL_OTHERS:
            name = read_other_organ(finding.name) if finding.organ is Organ.OTHER else ""
            self[finding.organ, name].findings.append(finding)
        elif finding.kind is NEGATIVE:
            self.general_denials.append(finding.id)

    def _add_sign(self, sign: Sign) -> None:
        """A term that denies one test is its normal result, and no denial of the organ."""
        test = named_test(sign.term) if sign.evidence is Evidence.DENIED else ""
        if test in KEYS:
            self._add_result(KEYS[test], RULES[test], Test(sign.id, test, NEGATIVE, day=sign.day))
        elif sign.organ != Organ.ALL_OTHERS:
            self[_key_of_sign(sign)].signs.append(sign)
        elif sign.evidence is Evidence.DENIED:
            self.general_denials.append(sign.id)


def _key_of_sign(sign: Sign) -> OrganKey:
    name = sign.term if sign.organ == Organ.OTHER and is_other_organ(sign.term) else ""
    return Organ(sign.organ), read_other_organ(name)
