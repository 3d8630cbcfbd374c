"""An explained result: every item with its points, its basis, its evidence and what is still open."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

UNKNOWN = "unknown"
YES = "yes"
NO = "no"


class Basis(StrEnum):
    """What the answer to an item is based on, and with that whether the item is closed."""

    MEASURED = "measured"  # a recorded value decides: closed
    DENIED = "denied"  # the report states explicitly that the sign was absent: closed
    REPORTED = "reported"  # taken at the reporter's word, without the measure asked for: open
    ADJUDICATED = "adjudicated"  # a named reviewer answered, with a reason: closed
    MISSING = "missing"  # nothing recorded that decides: open


class Reading(NamedTuple):
    """The answer to one item that follows from the evidence, before any points.

    `attainable`: every answer that further information could give. `needs`: the information that
    would close the item, empty when it is closed.
    """

    answer: str
    basis: Basis
    attainable: tuple[str, ...]
    rule: str
    evidence: tuple[str, ...] = ()
    needs: str = ""


def closed(answer: str, basis: Basis, rule: str, evidence: Iterable[str] = ()) -> Reading:
    """A reading that only new evidence can change."""
    return Reading(answer, basis, (answer,), rule, tuple(sorted(evidence)))


def reported(
    answer: str, attainable: tuple[str, ...], rule: str, evidence: Iterable[str], needs: str
) -> Reading:
    """A reading at the reporter's word, open to every attainable answer."""
    return Reading(answer, Basis.REPORTED, attainable, rule, tuple(sorted(evidence)), needs)


def missing(attainable: tuple[str, ...], rule: str, needs: str, evidence: Iterable[str] = ()) -> Reading:
    """A reading without evidence that decides: the table's Unknown column, open to all attainable answers."""
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
        """Whether further information could change the points."""
        return self.low != self.high

    @property
    def options(self) -> range:
        """The points that this item can still have."""
        return range(self.low, self.high + 1)


@dataclass(frozen=True, slots=True)
class Decisive:
    """An open item, and by how many classes and points closing it alone could move the score."""

    key: str
    class_steps: int
    points: int


@dataclass(frozen=True, slots=True)
class Result:
    """A score with its interval. Categories are those that the interval touches, in rising order.

    `provisional`: the reaction has not ended and its fifteenth day has not come; then
    `total_without_penalty` leaves out the penalty of the missing resolution.
    """

    instrument: str
    rule_version: str
    total: int
    low: int
    high: int
    category: str
    categories: tuple[str, ...]
    items: tuple[Item, ...]
    decisive: tuple[Decisive, ...] = ()
    provisional: bool = False
    total_without_penalty: int | None = None

    def item(self, key: str) -> Item:
        """The item with this key. Raises KeyError for a key that the instrument does not have."""
        for item in self.items:
            if item.key == key:
                return item
        raise KeyError(key)
