"""vigiGrade: how complete a report is, from 0.07 to 1.

For each pair of a suspect or interacting drug and a reaction, 1 is multiplied by (1 - penalty) for
whatever is missing; the report has the mean of its pairs. Above 0.8 it is well documented.
Source: Bergvall, Norén, Lindquist, Drug Saf 2014;37:65-77. The paper calls a time to onset
"imprecise" when it is ambiguous whether the drug came first; where the paper leaves a detail open, the
docstrings state the choice made here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property
from math import prod
from typing import NamedTuple

from values.spans import UNKNOWN_SPAN, Span

WELL_DOCUMENTED = Decimal("0.8")  # strictly more
MONTH_DAYS = 31


class Dimension(NamedTuple):
    """One kind of information that a report should have, and the penalty (0 to 1) where it is missing."""

    key: str
    label: str
    penalty: Decimal


# fmt: off
DIMENSIONS = (
    Dimension("time_to_onset", "Time from drug to onset",       Decimal("0.5")),
    Dimension("indication",    "Indication",                    Decimal("0.3")),
    Dimension("outcome",       "Outcome",                       Decimal("0.3")),
    Dimension("sex",           "Sex",                           Decimal("0.3")),
    Dimension("age",           "Age at onset",                  Decimal("0.3")),
    Dimension("dose",          "Dose",                          Decimal("0.1")),
    Dimension("country",       "Country of origin",             Decimal("0.1")),
    Dimension("qualification", "Qualification of the reporter", Decimal("0.1")),
    Dimension("report_type",   "Type of report",                Decimal("0.1")),
    Dimension("comments",      "Narrative or comments",         Decimal("0.1")),
)
# fmt: on
IMPRECISE_BY_MORE_THAN_A_MONTH = Decimal("0.3")
IMPRECISE = Decimal("0.1")
AGE_GROUP_ONLY = Decimal("0.1")
NOTHING_LOST = Decimal(0)

FULL_PENALTY = {dimension.key: dimension.penalty for dimension in DIMENSIONS}
LABELS = {dimension.key: dimension.label for dimension in DIMENSIONS}


class Age(Enum):
    """How the patient's age at onset is reported."""

    KNOWN = "known"
    GROUP = "group"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class PairFacts:
    """One suspect or interacting drug and one reaction.

    `time_to_onset`: from the first dose to the reaction, in days. Flags: whether the report states it;
    "unknown" does not count as stated.
    """

    drug: str
    reaction: str
    time_to_onset: Span = UNKNOWN_SPAN
    indication: bool = False
    outcome: bool = False
    dose: bool = False


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What holds for all pairs of a report."""

    pairs: tuple[PairFacts, ...] = ()
    sex: bool = False
    age: Age = Age.MISSING
    country: bool = False
    qualification: bool = False
    report_type: bool = False
    comments: bool = False


@dataclass(frozen=True)
class PairCompleteness:
    """The penalty of each dimension for one pair, in the order of the table; 0 where nothing is lost."""

    drug: str
    reaction: str
    penalties: Mapping[str, Decimal]

    @cached_property
    def score(self) -> Decimal:
        """The completeness of the pair, 0.07 to 1."""
        return prod((1 - penalty for penalty in self.penalties.values()), start=Decimal(1))

    def score_with(self, key: str) -> Decimal:
        """The score if this dimension were complete."""
        return self.score / (1 - self.penalties[key])


@dataclass(frozen=True)
class Completeness:
    """How complete a report is: the mean over its pairs, of which there is at least one."""

    pairs: tuple[PairCompleteness, ...]

    @cached_property
    def score(self) -> Decimal:
        """The completeness of the report, 0.07 to 1."""
        return _mean([pair.score for pair in self.pairs])

    @property
    def is_well_documented(self) -> bool:
        """Whether the score is above 0.8."""
        return self.score > WELL_DOCUMENTED

    @property
    def would_raise_most(self) -> str:
        """The dimension that raises the score most when completed; "" when nothing is missing."""
        gains = {key: self.score_with(key) - self.score for key in FULL_PENALTY}
        best = max(gains, key=lambda key: gains[key])
        return best if gains[best] > 0 else ""

    def score_with(self, key: str) -> Decimal:
        """The score if this dimension were complete in every pair."""
        return _mean([pair.score_with(key) for pair in self.pairs])

    def penalty(self, key: str) -> Decimal:
        """The highest penalty of any pair in a dimension."""
        return max(pair.penalties[key] for pair in self.pairs)


def completeness(report: ReportFacts) -> Completeness | None:
    """How complete a report is; None without a suspect drug and a reaction, as there is no pair to judge."""
    of_report = {
        "sex": _if_missing("sex", report.sex),
        "age": _age(report.age),
        "country": _if_missing("country", report.country),
        "qualification": _if_missing("qualification", report.qualification),
        "report_type": _if_missing("report_type", report.report_type),
        "comments": _if_missing("comments", report.comments),
    }
    pairs = tuple(_pair(pair, of_report) for pair in report.pairs)
    return Completeness(pairs) if pairs else None


def time_to_onset_penalty(days: Span) -> Decimal:
    """The penalty of an interval from first dose to reaction, 0 to 0.5.

    An open end, and a drug that surely came after the reaction, count as missing. The order is in doubt
    by the number of days that the drug may have come after the reaction.
    """
    if days.low is None or days.high is None or days.high < 0:
        return FULL_PENALTY["time_to_onset"]
    if days.low >= 0:
        return NOTHING_LOST
    return IMPRECISE_BY_MORE_THAN_A_MONTH if -days.low > MONTH_DAYS else IMPRECISE


def _pair(pair: PairFacts, of_report: Mapping[str, Decimal]) -> PairCompleteness:
    penalties = {
        "time_to_onset": time_to_onset_penalty(pair.time_to_onset),
        "indication": _if_missing("indication", pair.indication),
        "outcome": _if_missing("outcome", pair.outcome),
        "dose": _if_missing("dose", pair.dose),
        **of_report,
    }
    return PairCompleteness(pair.drug, pair.reaction, {key: penalties[key] for key in FULL_PENALTY})


def _if_missing(key: str, is_there: bool) -> Decimal:
    return NOTHING_LOST if is_there else FULL_PENALTY[key]


def _age(age: Age) -> Decimal:
    return {Age.KNOWN: NOTHING_LOST, Age.GROUP: AGE_GROUP_ONLY, Age.MISSING: FULL_PENALTY["age"]}[age]


def _mean(scores: list[Decimal]) -> Decimal:
    return sum(scores, Decimal(0)) / len(scores)
