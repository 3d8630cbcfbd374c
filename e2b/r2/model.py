"""The columns of the tables of E2B(R2) elements."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How an element of R2 becomes elements of R3."""

    TEXT = "text"  # copied
    MASKED = "masked"  # copied; PRIVACY and UNKNOWN become nullFlavors
    CODE = "code"  # by a list of `codes`
    DATE = "date"  # with the format in `beside`
    NUMBER = "number"  # with the unit in `beside`, by a list of `codes`
    TERM = "term"  # a MedDRA code or words, with the version in `beside`
    BESIDE = "beside"  # read together with the element that names it in `beside`
    RULE = "rule"  # by a rule of its own, in the module of its section
    DROPPED = "dropped"  # R3 has no place for it


@dataclass(frozen=True, slots=True)
class Field:
    """One element of R2: its tag, the R3 elements it goes to, and how.

    - `to`: ids of R3; of a NUMBER those of number and unit, of a TERM those of the code and of words
    - `codes`: its list in `e2b.r2.codes`
    - `beside`: the tag of its format, unit or version
    - `reason`: why R3 has no place for it
    """

    tag: str
    to: str
    kind: Kind
    codes: str = ""
    beside: str = ""
    reason: str = ""

    @property
    def targets(self) -> tuple[str, ...]:
        """The R3 elements that it goes to."""
        return tuple(self.to.split())


@dataclass(frozen=True, slots=True)
class Part:
    """One block of R2: its tag, the block it stands in, and its elements in the order of the DTD.

    `noun` names one of them for people, "" where there is only one.
    """

    tag: str
    within: str
    fields: tuple[Field, ...]
    noun: str = ""

    @property
    def repeats(self) -> bool:
        """Whether there may be several."""
        return bool(self.noun)


def text(tag: str, to: str) -> Field:
    """A text that is copied."""
    return Field(tag, to, Kind.TEXT)


def masked(tag: str, to: str) -> Field:
    """A text in which PRIVACY and UNKNOWN are no text."""
    return Field(tag, to, Kind.MASKED)


def code(tag: str, to: str, codes: str) -> Field:
    """A code of a list."""
    return Field(tag, to, Kind.CODE, codes)


def rule(tag: str, to: str, codes: str = "") -> Field:
    """An element with a rule of its own."""
    return Field(tag, to, Kind.RULE, codes)


def dropped(tag: str, reason: str) -> Field:
    """An element without a place in R3."""
    return Field(tag, "", Kind.DROPPED, reason=reason)


def date(tag: str, to: str, beside: str = "") -> tuple[Field, Field]:
    """A date after its format, whose tag mostly follows from that of the date."""
    beside = beside or f"{tag}format"
    return Field(beside, to, Kind.BESIDE, beside=tag), Field(tag, to, Kind.DATE, beside=beside)


def number(tag: str, to: str, codes: str = "", beside: str = "") -> tuple[Field, ...]:
    """A number, before its unit where it has one."""
    if not codes:
        return (Field(tag, to, Kind.NUMBER),)
    beside = beside or f"{tag}unit"
    unit = to.split()[1]
    return Field(tag, to, Kind.NUMBER, codes, beside), Field(beside, unit, Kind.BESIDE, codes, tag)


def term(tag: str, to: str, beside: str) -> tuple[Field, Field]:
    """A term, after the version of MedDRA."""
    version = f"{to.split()[0][:-1]}a"
    return Field(beside, version, Kind.BESIDE, beside=tag), Field(tag, to, Kind.TERM, beside=beside)
