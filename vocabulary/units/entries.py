"""What the tables of units are made of: one reading of a spelling, and how certain it is."""

from enum import StrEnum
from typing import NamedTuple

from vocabulary.folding import fold_unit


class Certainty(StrEnum):
    """What may be done with a reading."""

    ACCEPTED = "accepted"  # it is stored as read
    ONLY_IF_KIND = (
        "only if the test is of this kind"  # not usable as it stands: the test or the language decides
    )
    SUGGESTED = "a person confirms"  # nothing is stored before
    REFUSED = "refused"  # it has no safe reading; the reason says why
    UNREAD = "not read"  # no table has it


class Entry(NamedTuple):
    """One reading of a spelling: kind of quantity, UCUM code ("" if there is none) and how certain it is.

    `languages`: in reports of these countries and languages an `ONLY_IF_KIND` reading stands by itself.
    """

    kind: str
    code: str
    certainty: Certainty = Certainty.ACCEPTED
    reason: str = ""
    languages: tuple[str, ...] = ()


def split_spellings(table_text: str) -> tuple[str, ...]:
    """The spellings of a table cell, folded; they are separated by bars."""
    return tuple(fold_unit(spelling) for spelling in table_text.split("|") if spelling.strip())
