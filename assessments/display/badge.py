"""How a class is put wherever one is shown: settled, or open with all classes that remain in reach.

A class is settled where the attainable interval touches no other one.
"""

from dataclasses import dataclass
from typing import Protocol

from assessments.display.words import capitalised, categories_words, category_words, number
from scoring.instrument import Instrument
from scoring.instruments import INSTRUMENTS, UnknownRuleVersion, rules
from scoring.result import Result

ADJUDICATED, REPORTED = "adjudicated", "reported"
# The look of a class that isn't settled, beside those of the instrument's classes.
OPEN = "open"
CONTRADICTED, PROVISIONAL = "reported score contradicted", "provisional"


class Stands(Protocol):
    """Where a case stands by an instrument, as it is stored; intervals by the classes at their ends.

    Those with reviewers' answers are None where none holds.
    """

    is_current: bool
    origin: str
    total: int | None
    category: str
    computed_total: int
    lowest_category: str
    highest_category: str
    adjudicated_lowest_category: str | None
    adjudicated_highest_category: str | None
    provisional: bool
    reported_is_attainable: bool | None
    answers_due: int

    @property
    def definition(self) -> Instrument: ...


@dataclass(frozen=True)
class Badge:
    """The class of a case in words. `look`: the class that gives the colour, or `open`. `ends`: lowest and
    highest class in reach. `origin`: what gave the class.

    `evidence`: what the evidence alone gives, where the class comes from elsewhere; else empty. `marks`: what
    else has to be seen beside the class.
    """

    words: str
    look: str = ""
    evidence: str = ""
    marks: tuple[str, ...] = ()
    ends: tuple[str, str] = ("", "")
    origin: str = ""

    @property
    def style(self) -> str:
        """How stylesheets know it: "definite reported", "open from-no_case to-definite computed"."""
        low, high = self.ends
        look = f"{OPEN} from-{low} to-{high}" if self.is_open else self.look
        return f"{look} {self.origin}".strip()

    @property
    def label(self) -> str:
        return capitalised(self.words)

    @property
    def is_open(self) -> bool:
        """Whether evidence or reviewers' answers give the class, and leave several in reach."""
        return self.look == OPEN

    def __str__(self) -> str:
        """In one line: "reported probable 5; evidence open: no case to definite (3)"."""
        return "; ".join(filter(None, (self.words, self.evidence, *self.marks)))


def badge(standing: Stands | None) -> Badge:
    """The badge of a standing. One that isn't current has no class."""
    if standing is None:
        return Badge("not scored yet")
    if not standing.is_current:
        return Badge("outdated")
    words, look = _class(standing)
    is_computed = standing.origin not in (ADJUDICATED, REPORTED)
    evidence = "" if is_computed else f"evidence {_evidence(standing)}"
    marks = tuple(_marks(standing))
    return Badge(words, look, evidence, marks, ends=_ends(standing), origin=standing.origin)


def class_words(total: int, lowest: str, highest: str, instrument: Instrument | None = None) -> str:
    """ "probable 5" where one class is in reach, else "open: no case to definite (3)", 3 being the total."""
    words = categories_words((lowest, highest), instrument)
    return f"{words} {number(total)}" if lowest == highest else f"open: {words} ({number(total)})"


def result_words(result: Result, instrument: Instrument | None = None) -> str:
    """A result by its total and all classes that its interval touches."""
    return class_words(result.total, result.categories[0], result.categories[-1], instrument)


class Stored(Protocol):
    """A stored assessment: its total, interval, and the rules that made it."""

    instrument: str
    rule_version: str
    total: int
    low: int
    high: int


def assessment_words(stored: Stored) -> str:
    """As `result_words`; the total alone where this release has not the rules that made it."""
    instrument = INSTRUMENTS.get(stored.instrument)
    try:
        classify = rules(stored.rule_version).category
    except UnknownRuleVersion:
        return number(stored.total)
    return class_words(stored.total, classify(stored.low), classify(stored.high), instrument)


def due_words(answers: int) -> str:
    """ "re-review due: 2 answers"; empty where no answer is due."""
    return f"re-review due: {answers} answer{'' if answers == 1 else 's'}" if answers else ""


def _ends(standing: Stands) -> tuple[str, str]:
    """The lowest and the highest class in reach, with the reviewers' answers where they give the class."""
    if standing.origin == ADJUDICATED:
        return standing.adjudicated_lowest_category or "", standing.adjudicated_highest_category or ""
    return standing.lowest_category, standing.highest_category


def _class(standing: Stands) -> tuple[str, str]:
    if standing.origin == REPORTED:
        total = "" if standing.total is None else f" {number(standing.total)}"
        return f"reported {category_words(standing.category, standing.definition)}{total}", standing.category
    if standing.origin == ADJUDICATED:
        return _adjudicated(standing)
    is_settled = standing.lowest_category == standing.highest_category
    return _evidence(standing), standing.category if is_settled else OPEN


def _adjudicated(standing: Stands) -> tuple[str, str]:
    lowest, highest = standing.adjudicated_lowest_category, standing.adjudicated_highest_category
    if standing.total is None or lowest is None or highest is None:
        raise ValueError("An adjudicated class has a total and an interval.")
    words = class_words(standing.total, lowest, highest, standing.definition)
    return (f"adjudicated {words}", lowest) if lowest == highest else (f"adjudicated, {words}", OPEN)


def _evidence(standing: Stands) -> str:
    ends = standing.lowest_category, standing.highest_category
    return class_words(standing.computed_total, *ends, standing.definition)


def _marks(standing: Stands) -> list[str]:
    contradicted = CONTRADICTED if standing.reported_is_attainable is False else ""
    provisional = PROVISIONAL if standing.provisional else ""
    return [mark for mark in (provisional, contradicted, due_words(standing.answers_due)) if mark]
