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
    """

    row: CaseRow
    reason: str
    remedy: str = ""


def counted(read: Iterable[Fact | NotCounted]) -> tuple[Fact, ...]:
    """The facts among what was read of rows."""
    return tuple([fact for fact in read if not isinstance(fact, NotCounted)])
