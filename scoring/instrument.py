"""What an instrument is: items with answers and points, classes with bands, versions of its rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, Protocol

from scoring.facts import Exposure, Fact, Facts
from scoring.result import Reading, Result
from scoring.tally import Row


class Subject(StrEnum):
    """What an instrument classifies: the case as a whole, or each suspect drug of it."""

    CASE = "case"
    EXPOSURE = "exposure"


class Band(Protocol):
    """The totals from `low` to `high`, both included, which mean one class."""

    @property
    def low(self) -> int: ...
    @property
    def high(self) -> int: ...
    @property
    def category(self) -> str: ...


class Rules(Protocol):
    """One released version of an instrument's rules: a module, or an object with the same names."""

    @property
    def INSTRUMENT(self) -> str: ...  # noqa: N802 - constants of a module
    @property
    def RULE_VERSION(self) -> str: ...  # noqa: N802
    @property
    def TABLE(self) -> Sequence[Row]: ...  # noqa: N802 - the items in their order
    @property
    def BANDS(self) -> Sequence[Band]: ...  # noqa: N802 - in rising order
    @property
    def TIMED_ITEM(self) -> str: ...  # noqa: N802 - the item that time can settle, or ""
    @property
    def SECTIONS_NOT_READ(self) -> frozenset[str]: ...  # noqa: N802 - parts of `Facts` without influence

    def read(self, facts: Facts) -> dict[str, Reading]: ...
    def inputs(self, facts: Facts, key: str) -> tuple[Fact, ...]: ...
    def states(self, facts: Facts) -> Mapping[str, Mapping[str, str]]: ...
    def score(self, readings: Mapping[str, Reading], *, provisional: bool = False) -> Result: ...
    def assess(self, facts: Facts) -> Result: ...
    def category(self, total: int) -> str: ...
    def is_provisional(self, facts: Facts) -> bool: ...


class Category(NamedTuple):
    """A class of an instrument. `diagnosis`: the class as a diagnosis, "probable DRESS"."""

    key: str
    label: str
    diagnosis: str


class Choice(NamedTuple):
    """An answer to an item, its points, and its words."""

    answer: str
    points: int
    label: str


@dataclass(frozen=True)
class Instrument:
    """A published score that classifies cases, or suspect drugs of cases, as data.

    `versions`: the released versions of its rules, oldest first; new assessments use the last.
    `categories`: its classes in rising order. `answer_labels`: words for answers, "yes" -> "Yes".
    `settled_by`: for each item the table and the field of the case form where what it lacks is entered.
    """

    key: str
    title: str
    purpose: str  # what it classifies, as a heading: "DRESS classification"
    citation: str
    versions: tuple[Rules, ...]
    categories: tuple[Category, ...]
    answer_labels: Mapping[str, str]
    settled_by: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    subject: Subject = Subject.CASE
    caution: str = ""  # what must not be concluded from it, shown beside the class

    @property
    def rules(self) -> Rules:
        """The version that new assessments use."""
        return self.versions[-1]

    @property
    def items(self) -> Sequence[Row]:
        """The items of the current version, in the order of the paper."""
        return self.rules.TABLE

    @property
    def bands(self) -> Sequence[Band]:
        return self.rules.BANDS

    @property
    def low(self) -> int:
        """The least total that can be attained."""
        return self.bands[0].low

    @property
    def high(self) -> int:
        return self.bands[-1].high

    @cached_property
    def ranks(self) -> dict[str, int]:
        """Each class with its place, the lowest first."""
        return {category.key: rank for rank, category in enumerate(self.categories)}

    @property
    def category_choices(self) -> list[tuple[str, str]]:
        return [(category.key, category.label) for category in self.categories]

    def category(self, key: str) -> Category:
        """Raises KeyError for a class that the instrument lacks."""
        return self.categories[self.ranks[key]]

    def answer_label(self, answer: str) -> str:
        """The words for an answer: "Two or more organs"."""
        words = answer.replace("_", " ")
        return self.answer_labels.get(answer, words[:1].upper() + words[1:])

    def choices(self, item: Row) -> list[Choice]:
        """The answers to an item, in the order of the table."""
        return [Choice(answer, points, self.answer_label(answer)) for answer, points in item.points.items()]

    def subjects(self, facts: Facts) -> list[tuple[Exposure | None, Facts]]:
        """What is to be assessed of a case, each with the facts it is assessed from.

        The case itself with all its facts; or each suspect drug, with the facts of the case and itself alone.
        """
        if self.subject is Subject.CASE:
            return [(None, facts)]
        suspects = [exposure for exposure in facts.exposures if exposure.is_suspect]
        return [(exposure, replace(facts, exposures=(exposure,))) for exposure in suspects]
