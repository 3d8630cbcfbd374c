"""Rows of the record that could have been evidence and are not, each with the reason and what would help."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from cases.models import CaseRow

Fact = TypeVar("Fact")


@dataclass(frozen=True)
class NotCounted:
    """A row that no item of the score uses. `reason` and `remedy` are sentences for the assessor.

    The remedy names what to enter, where, and the allowed values; empty where nothing is to be done.
    `is_set_aside`: a person chose so, by the phase of a finding or the status of a diagnosis.
    """

    row: CaseRow
    reason: str
    remedy: str = ""
    is_set_aside: bool = False


def counted(read: Iterable[Fact | NotCounted], left_out: list[NotCounted]) -> tuple[Fact, ...]:
    """The facts among what was read of rows; the rest is added to `left_out`."""
    facts: list[Fact] = []
    for fact in read:
        if isinstance(fact, NotCounted):
            left_out.append(fact)
        else:
            facts.append(fact)
    return tuple(facts)
