"""The columns of the element tables.

The rows stand in `n_header` to `h_narrative` in ICH's order, regional ones in `fda` and `eu`.
Source: ICH E2B(R3) implementation guide, core data elements; see docs/e2b.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from values.dates import Precision

TYPES: Final = ("AN", "A", "N", "date", "bool", "ED", "ref")
CONFORMANCE: Final = ("M", "R", "C", "O")


@dataclass(frozen=True, slots=True)
class Element:
    """One data element. Raises ValueError for an unknown type or conformance.

    - `block`: the repeating block, or the section, that it belongs to
    - `type` and `length`: AN text, A letters, N number, date, bool, ED document, ref a local id;
      0 is no limit
    - `conformance`: M mandatory, R required, C conditional (on `when`), O optional
    - `path`: its path, from the home of its block (language: `e2b.structure`); empty where
      the region has not published it
    - `codes`: its code list in `e2b.codelists`
    - `nulls`: the nullFlavors that may stand in its place
    - `least`: the least precision of a date
    - `also`: paths where a received message may have it, too
    """

    id: str
    block: str
    type: str
    length: int
    conformance: str
    path: str
    name: str
    codes: str = ""
    nulls: str = ""
    least: str = ""
    when: str = ""
    also: str = ""

    def __post_init__(self) -> None:
        if self.type not in TYPES or self.conformance not in CONFORMANCE:
            raise ValueError(f"{self.id}: type {self.type}, conformance {self.conformance}?")

    @property
    def null_flavors(self) -> tuple[str, ...]:
        """The nullFlavors that may stand in place of a value."""
        return tuple(self.nulls.split())

    @property
    def has_lines(self) -> bool:
        """Whether each line of the text is a node of its own, as in an address."""
        return self.path.endswith("streetAddressLine")

    @property
    def least_precision(self) -> Precision:
        """The least precision of a date; a year where the table states none."""
        return Precision[self.least.upper()] if self.least else Precision.YEAR


@dataclass(frozen=True, slots=True)
class Link:
    """A node outside the home of a block that holds elements of it, and names the block by local ids.

    `name` stands for its path in the elements' paths; a path that begins with "/" begins at the
    message, not at the home of the parent. `to` maps what an id names (a block, or the element that
    holds the reference) to where the id stands.
    """

    name: str
    path: str
    to: tuple[tuple[str, str], ...]

    @property
    def from_message(self) -> bool:
        """Whether the path begins at the message."""
        return self.path.startswith("/")


@dataclass(frozen=True, slots=True)
class BlockType:
    """A section, or a block that repeats.

    - `noun` names one of them for people ("drug 2"), `plural` is the attribute of its parent
    - `parent` is a section, a block, or "message" for the sections that repeat themselves
    - `home`: the path of its node, from the home of its parent; sections begin at the message
    - `ref`: the path of its own local id
    - `key` and `follows`: the element whose value joins its fragments, and the block in whose order
      blocks of this type are sorted
    - `also`: another home that a received message may use
    """

    id: str
    parent: str
    noun: str
    plural: str
    home: str = ""
    ref: str = ""
    key: str = ""
    follows: str = ""
    links: tuple[Link, ...] = ()
    also: str = ""


def by_id(rows: Iterable[Element]) -> dict[str, Element]:
    """The rows as a mapping in their own order. Raises ValueError for an id that occurs twice."""
    table: dict[str, Element] = {}
    for row in rows:
        if row.id in table:
            raise ValueError(f"{row.id} stands twice in the tables.")
        table[row.id] = row
    return table
