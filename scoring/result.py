"""An explained result: every item with its points, its basis, its evidence and what is still open."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

UNKNOWN = "unknown"
YES = "yes"
NO = "no"


class Basis(StrEnum):
    """Why an item stands as it does, and with that whether it is closed."""

    MEASURED = "measured"  # a recorded value decides: closed
    DENIED = "denied"  # the report says explicitly that the sign was absent: closed
    REPORTED = "reported"  # taken at the reporter's word, without the measure asked for: open
    ADJUDICATED = "adjudicated"  # a named reviewer answered, with a reason: closed
    MISSING = "missing"  # nothing recorded that decides: open


class Category(StrEnum):
    """The four classes of RegiSCAR, in rising order."""

    NO_CASE = "no_case"
    POSSIBLE = "possible"
    PROBABLE = "probable"
    DEFINITE = "definite"

    @property
    def rank(self) -> int:
        return _RANKS[self]


_RANKS = {category: rank for rank, category in enumerate(Category)}


class Reading(NamedTuple):
    """What the evidence says on one item, before any points.

    `attainable`: every answer that remains possible once all is known. `needs`: what would
    settle the item, empty when it is settled.
    """

    answer: str
    basis: Basis
    attainable: tuple[str, ...]
    rule: str
    evidence: tuple[str, ...] = ()
    needs: str = ""


def closed(answer: str, basis: Basis, rule: str, evidence: Iterable[str] = ()) -> Reading:
    """A reading that nothing can change any more, short of new evidence."""
    return Reading(answer, basis, (answer,), rule, tuple(sorted(evidence)))


def reported(
    answer: str, attainable: tuple[str, ...], rule: str, evidence: Iterable[str], needs: str
) -> Reading:
    """A reading at the reporter's word, open to every attainable answer."""
    return Reading(answer, Basis.REPORTED, attainable, rule, tuple(sorted(evidence)), needs)


def missing(attainable: tuple[str, ...], rule: str, needs: str, evidence: Iterable[str] = ()) -> Reading:
    """Nothing recorded decides: the table's Unknown column, open to every attainable answer."""
    return Reading(UNKNOWN, Basis.MISSING, attainable, rule, tuple(sorted(evidence)), needs)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the score. `low` and `high` are the points that remain attainable."""

    key: str
    answer: str
    points: int
    low: int
    high: int
    basis: Basis
    rule: str
    evidence: tuple[str, ...] = ()
    needs: str = ""

    @property
    def is_open(self) -> bool:
        return self.low != self.high

    @property
    def options(self) -> range:
        """The points this item can still come to."""
        return range(self.low, self.high + 1)


@dataclass(frozen=True, slots=True)
class Decisive:
    """An open item and how far settling it alone could move the class."""

    key: str
    class_steps: int
    points: int


@dataclass(frozen=True, slots=True)
class Result:
    """A score with its interval. Categories are those that the interval touches, in rising order.

    `provisional`: the reaction still runs and its fifteenth day has not come; then
    `total_without_penalty` leaves out what the missing resolution costs.
    """

    instrument: str
    rule_version: str
    total: int
    low: int
    high: int
    category: Category
    categories: tuple[Category, ...]
    items: tuple[Item, ...]
    decisive: tuple[Decisive, ...] = ()
    provisional: bool = False
    total_without_penalty: int | None = None

    def item(self, key: str) -> Item:
        """Raises KeyError for a key that the instrument does not have."""
        for item in self.items:
            if item.key == key:
                return item
        raise KeyError(key)
