"""What a pasted table is made of: cells, the results in them, and what wasn't understood."""

from dataclasses import dataclass
from typing import NamedTuple


class Cell(NamedTuple):
    """A cell with its place in the pasted text: line and column from 1."""

    line: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class PastedResult:
    """One result, its parts as they were written.

    `text`: the result itself, with its flag and without unit and limits; `unit`, `limits` ("4-10", "<50")
    and `moment` ("01.10.2026"): its own, or those of its row, column or report; "" where there are none.
    """

    cell: Cell
    name: str
    text: str
    unit: str = ""
    limits: str = ""
    moment: str = ""


@dataclass(frozen=True, slots=True)
class NotRead:
    """A cell that is no part of any result. `where`: its row or column in words."""

    cell: Cell
    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class PastedTable:
    """All that a text holds. Each of its cells is in `headings` or `not_read`, or belongs to a result.

    `headings`: names, units, limits, dates and titles; `empty`: cells such as "-", without a result.
    """

    results: tuple[PastedResult, ...] = ()
    not_read: tuple[NotRead, ...] = ()
    headings: tuple[Cell, ...] = ()
    empty: tuple[Cell, ...] = ()
