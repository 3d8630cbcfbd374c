"""Eosinophilia and atypical lymphocytes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from scoring.facts import Fact, Facts, ResultKind, Test
from scoring.regiscar.v1.table import MARKED, MODERATE, PARAMETERS
from scoring.result import NO, UNKNOWN, YES, Basis, Reading, closed, missing, reported

GRADES = (NO, MODERATE, MARKED)
# Each count, and the attribute of `_Sample` that holds it.
COUNTS = {"eosinophils": "absolute", "eosinophils_percent": "percent", "leukocytes": "leukocytes"}
OF_EOSINOPHILS = ("eosinophils", "eosinophils_percent")
EOSINOPHILS_NEEDED = (
    "The highest absolute eosinophil count of the reaction, with leukocytes of the same sample."
)
SMEAR_NEEDED = "A blood smear: atypical lymphocytes present or absent."
NO_RESULT = (ResultKind.NOT_DONE, ResultKind.NOT_STATED)


@dataclass(slots=True)
class _Sample:
    """The numbers of one blood sample, completed where two of three give the third. Counts in 10^9/L."""

    ids: list[str] = field(default_factory=list)
    absolute: Decimal | None = None
    percent: Decimal | None = None
    leukocytes: Decimal | None = None

    def complete(self) -> None:
        """Compute the third number where the other two are reported."""
        if self.absolute is None and self.percent is not None and self.leukocytes is not None:
            self.absolute = self.leukocytes * self.percent / 100
        elif self.percent is None and self.absolute is not None and self.leukocytes:
            self.percent = self.absolute / self.leukocytes * 100
        elif self.leukocytes is None and self.absolute is not None and self.percent:
            self.leukocytes = self.absolute * 100 / self.percent

    def grades(self) -> tuple[int, int]:
        """The lowest and the highest grade (0, 1, 2) that this sample can mean."""
        by_count = _grade_of_count(self.absolute)
        if self.leukocytes is not None:
            percentage_counts = self.leukocytes < PARAMETERS.leukocytes_for_percent
            grade = max(by_count, _grade_of_percent(self.percent)) if percentage_counts else by_count
            return grade, grade
        if self.absolute is not None:
            return by_count, 2 if self.absolute else 0
        # A share alone: with 4.0 leukocytes or more the count it implies, with fewer the share itself.
        implied = _grade_of_count(PARAMETERS.leukocytes_for_percent * (self.percent or 0) / 100)
        return min(implied, _grade_of_percent(self.percent)), 2 if self.percent else 0


def eosinophilia_inputs(facts: Facts) -> tuple[Fact, ...]:
    """The facts that `eosinophilia` reads."""
    return tuple(test for test in facts.tests if test.name in COUNTS)


def eosinophilia(facts: Facts) -> Reading:
    """By the highest count of the reaction; a percentage only with few leukocytes in the same sample."""
    counts = [test for test in facts.tests if test.name in COUNTS]
    samples = _samples(counts)
    words = [
        test
        for test in counts
        if (test.number is None or test.is_upper_bound)
        and test.name in OF_EOSINOPHILS
        and test.kind not in NO_RESULT
    ]
    open_ids = [test.id for test in words if test.kind is not ResultKind.NEGATIVE]
    if samples:
        return _by_samples(samples, open_ids)
    if open_ids:
        rule = "Eosinophilia is reported without a count that can be used."
        return reported(UNKNOWN, GRADES, rule, open_ids, EOSINOPHILS_NEEDED)
    if words:
        denied = [test.id for test in words]
        return closed(NO, Basis.DENIED, "The report says that there was no eosinophilia.", denied)
    return missing(GRADES, "Nothing is recorded on eosinophils.", EOSINOPHILS_NEEDED)


def _by_samples(samples: list[_Sample], open_ids: list[str]) -> Reading:
    graded = [(*sample.grades(), sample) for sample in samples]
    low, _, best = max(graded, key=lambda g: (g[0], g[2].absolute or 0, g[2].percent or 0))
    high = 2 if open_ids else max([most for _, most, _ in graded])
    if low == high:
        return closed(GRADES[low], Basis.MEASURED, _sentence(best, low), best.ids)
    rule = f"{_sentence(best, low)} Leukocytes of the same sample could raise it."
    undecided = {row for _, most, sample in graded if most > low for row in sample.ids}
    evidence = {*best.ids, *undecided, *open_ids}
    return reported(GRADES[low], GRADES[low:], rule, evidence, EOSINOPHILS_NEEDED)


def _samples(tests: Iterable[Test]) -> list[_Sample]:
    """Samples with a number on eosinophils, in the order of their ids."""
    by_name: dict[tuple[str, str], _Sample] = {}
    for test in tests:
        if test.number is not None and not test.is_upper_bound:
            # A test without a sample name is a sample of its own.
            name = (test.sample, "" if test.sample else test.id)
            if name not in by_name:
                by_name[name] = _Sample()
            sample = by_name[name]
            sample.ids.append(test.id)
            _store_highest(sample, test)
    with_eosinophils = [s for s in by_name.values() if s.absolute is not None or s.percent is not None]
    for sample in with_eosinophils:
        sample.complete()
    return sorted(with_eosinophils, key=lambda sample: sorted(sample.ids))


def _store_highest(sample: _Sample, test: Test) -> None:
    name = COUNTS[test.name]
    highest = getattr(sample, name)
    if highest is None or (test.value is not None and test.value > highest):
        setattr(sample, name, test.value)


def _grade_of_count(count: Decimal | None) -> int:
    return _grade(count, PARAMETERS.eosinophils_moderate, PARAMETERS.eosinophils_marked)


def _grade_of_percent(percent: Decimal | None) -> int:
    return _grade(percent, PARAMETERS.eosinophils_moderate_percent, PARAMETERS.eosinophils_marked_percent)


def _grade(value: Decimal | None, moderate: Decimal, marked: Decimal) -> int:
    if value is None:
        return 0
    return 2 if value >= marked else 1 if value >= moderate else 0


def _sentence(sample: _Sample, grade: int) -> str:
    if sample.absolute is None:
        return f"Highest share of eosinophils {sample.percent:.1f} %, without a count."
    count = f"Highest eosinophils {sample.absolute:.3f} ×10⁹/L"
    if grade > _grade_of_count(sample.absolute):
        return f"{count}, {sample.percent:.1f} % of fewer than 4.0 ×10⁹/L leukocytes: the percentage decides."
    limits = ("below 0.700", "0.700 to 1.499", "1.500 or more")
    return f"{count}: {limits[grade]}."


def atypical_inputs(facts: Facts) -> tuple[Fact, ...]:
    """The facts that `atypical_lymphocytes` reads."""
    return tuple(test for test in facts.tests if test.name == "atypical_lymphocytes")


def atypical_lymphocytes(facts: Facts) -> Reading:
    """Yes with any on a smear; No if looked for and absent."""
    smears = [t for t in facts.tests if t.name == "atypical_lymphocytes" and t.kind not in NO_RESULT]
    present = [t.id for t in smears if t.kind is ResultKind.POSITIVE or t.surely_above(Decimal(0))]
    if present:
        return closed(YES, Basis.MEASURED, "Atypical lymphocytes were seen.", present)
    in_words = [t.id for t in smears if t.kind is ResultKind.QUALITATIVE]
    if in_words:
        return reported(YES, (NO, YES), "Atypical lymphocytes in words only.", in_words, SMEAR_NEEDED)
    counted = [t.id for t in smears if t.surely_at_most(Decimal(0))]
    if counted:
        return closed(NO, Basis.MEASURED, "No atypical lymphocytes were counted.", counted)
    denied = [t.id for t in smears if t.kind is ResultKind.NEGATIVE]
    if denied:
        return closed(NO, Basis.DENIED, "The report says that there were none.", denied)
    return missing((NO, YES), "Nothing is recorded on atypical lymphocytes.", SMEAR_NEEDED)
