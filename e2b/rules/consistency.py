"""What can't be, and what can hardly be, as one table for messages and for the record.

An error is what the record refuses (a constraint of its tables) or asks for before a case is sent; a warning
is what the record remarks on as implausible (`cases.checks`). A test holds the tables against each other.
A partial date, a time without a zone and a nullFlavor leave a doubt, and a doubt is no finding.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from e2b.rules.comparisons import LONGEST_LIFE
from e2b.rules.model import Rule
from e2b.violations import Severity

WARNING = Severity.WARNING


class Limit(NamedTuple):
    """A number with its unit, and the most that is plausible in units of each kind."""

    number: str
    unit: str
    most: str
    what: str


_LONGEST_GESTATION: Final = "12 mo"
# More than anybody is given at once: charcoal, infusions, dialysis.
_LARGEST_DOSE: Final = "1 kg|5 g/kg|50 L"
LIMITS: Final = (
    Limit("D.2.2a", "D.2.2b", LONGEST_LIFE, "An age"),
    Limit("D.2.2.1a", "D.2.2.1b", _LONGEST_GESTATION, "A gestation"),
    Limit("D.10.2.2a", "D.10.2.2b", LONGEST_LIFE, "An age"),
    Limit("E.i.6a", "E.i.6b", LONGEST_LIFE, "A duration"),
    Limit("G.k.4.r.1a", "G.k.4.r.1b", _LARGEST_DOSE, "A dose"),
    Limit("G.k.4.r.2", "G.k.4.r.3", LONGEST_LIFE, "An interval"),
    Limit("G.k.4.r.6a", "G.k.4.r.6b", LONGEST_LIFE, "A duration"),
    Limit("G.k.5a", "G.k.5b", "1000 kg|1000 g/kg|100000 L", "A cumulative dose"),
    Limit("G.k.6a", "G.k.6b", _LONGEST_GESTATION, "A gestation"),
    Limit("G.k.9.i.3.1a", "G.k.9.i.3.1b", LONGEST_LIFE, "An interval"),
    Limit("G.k.9.i.3.2a", "G.k.9.i.3.2b", LONGEST_LIFE, "An interval"),
)

# What begins and ends, and what it is.
_PERIODS: Final = (
    ("D.7.1.r.2", "D.7.1.r.4", "A condition"),
    ("D.8.r.4", "D.8.r.5", "A treatment"),
    ("D.10.7.1.r.2", "D.10.7.1.r.4", "A condition"),
    ("D.10.8.r.4", "D.10.8.r.5", "A treatment"),
    ("E.i.4", "E.i.5", "A reaction"),
    ("G.k.4.r.4", "G.k.4.r.5", "A dosage"),
)
# Codes of dictionaries that have versions, with the element of the version; those of MedDRA stand in the
# element tables.
_VERSIONS: Final = (
    ("D.8.r.2b", "D.8.r.2a"), ("D.8.r.3b", "D.8.r.3a"), ("D.10.8.r.2b", "D.10.8.r.2a"),
    ("D.10.8.r.3b", "D.10.8.r.3a"), ("G.k.2.1.1b", "G.k.2.1.1a"), ("G.k.2.1.2b", "G.k.2.1.2a"),
    ("G.k.2.3.r.2b", "G.k.2.3.r.2a"), ("G.k.4.r.9.2b", "G.k.4.r.9.2a"), ("G.k.4.r.10.2b", "G.k.4.r.10.2a"),
    ("G.k.4.r.11.2b", "G.k.4.r.11.2a"),
)  # fmt: skip
_FROM_ZERO: Final = (*(limit.number for limit in LIMITS), "D.3", "D.10.4", "G.k.2.3.r.3a")
# Who is reported on for what reached him before birth, or through a parent, has no such order.
_BORN_BEFORE: Final = "!D.2.3=0 & !D.2.2.1a & !D.10.1,D.10.2.1,D.10.2.2a,D.10.3,D.10.6"


def _order(first: str, second: str, sentence: str, at: str = "") -> Rule:
    return Rule("ICH-ORDER", second, f"{first} & {second}", f"{first}<={second}", sentence,
                f"Check {first} and {second}.", at=at)  # fmt: skip


def _periods() -> Iterator[Rule]:
    for start, end, what in _PERIODS:
        yield _order(start, end, f"{what} can't end before it begins.")


def _bounds() -> Iterator[Rule]:
    for number in _FROM_ZERO:
        yield Rule("ICH-NEGATIVE", number, number, f"{number}>=0", "The number can't be negative.",
                   "Check the number.")  # fmt: skip
    for element, least, most, unit in (
        ("D.3", 0, 650, "kg"), ("D.10.4", 0, 650, "kg"), ("D.4", 10, 280, "cm"), ("D.10.5", 10, 280, "cm"),
    ):  # fmt: skip
        yield Rule("ICH-SIZE", element, f"{element} value", f"{element}<={most} & {element}>={least}",
                   f"It is between {least} and {most} {unit}.", "Check the number and its unit.")  # fmt: skip


def _limits() -> Iterator[Rule]:
    for limit in LIMITS:
        yield Rule("ICH-ABSURD", limit.number, f"{limit.number} & {limit.unit}",
                   f"{limit.number},{limit.unit} upto {limit.most}",
                   f"{limit.what} of this size is hardly possible.", "Check the number and its unit.",
                   WARNING)  # fmt: skip


def _versions() -> Iterator[Rule]:
    for code, version in _VERSIONS:
        yield Rule("ICH-VERSION", version, f"{code} value", version,
                   f"The code of {code} lacks its version.", f"Give {version}.")  # fmt: skip


# fmt: off
CONSISTENCY_RULES: Final = (
    _order("C.1.4", "C.1.5", "The latest information can't have come before the first."),
    _order("C.1.5", "C.1.2", "A message can't be made before its information came."),
    *_periods(),
    _order("D.2.1", "D.9.1", "Nobody dies before being born."),
    Rule("ICH-LIFETIME", "E.i.4", f"D.2.1 & E.i.4 & {_BORN_BEFORE}", "D.2.1<=E.i.4",
         "The reaction began before the patient was born.", "Check D.2.1 and E.i.4.", WARNING, "E.i"),
    Rule("ICH-LIFETIME", "E.i.4", "D.9.1 & E.i.4", "E.i.4<=D.9.1",
         "The reaction began after the patient's death.", "Check E.i.4 and D.9.1.", WARNING, "E.i"),
    Rule("ICH-LIFETIME", "G.k.4.r.4", "D.9.1 & G.k.4.r.4", "G.k.4.r.4<=D.9.1",
         "The dosage began after the patient's death.", "Check G.k.4.r.4 and D.9.1.", WARNING, "G.k.4.r"),
    Rule("ICH-AGE-AND-BIRTH", "D.2.2a", "D.2.1 & D.2.2a & D.2.2b & E.i.4",
         "D.2.2a,D.2.2b since D.2.1 at E.i.4",
         "The age is not the one by date of birth and onset.", "Check all three.",
         WARNING, "message"),
    *_bounds(),
    *_limits(),
    Rule("ICH-RANGE", "F.r.4", "F.r.4 & F.r.5", "F.r.4<=F.r.5",
         "The lower limit of normal is above the upper.", "Check F.r.4 and F.r.5."),
    Rule("ICH-UNIT-ALONE", "F.r.3.2", "F.r.3.3 value", "F.r.3.2", "A unit needs its number.",
         "Give F.r.3.2, or leave out F.r.3.3."),
    Rule("ICH-UNIT-ALONE", "G.k.4.r.1a", "G.k.4.r.1b value", "G.k.4.r.1a", "A unit needs its number.",
         "Give G.k.4.r.1a, or leave out G.k.4.r.1b."),
    Rule("ICH-UNIT-ALONE", "G.k.2.3.r.3a", "G.k.2.3.r.3b value", "G.k.2.3.r.3a", "A unit needs its number.",
         "Give G.k.2.3.r.3a, or leave out G.k.2.3.r.3b."),
    Rule("ICH-AMENDMENT", "C.1.11.1", "C.1.11.2 value", "C.1.11.1",
         "A reason of nullification or amendment needs the code of what was done.",
         "Give C.1.11.1, or leave out C.1.11.2."),
    Rule("ICH-FATAL", "E.i.3.2a", "E.i.7=5", "E.i.3.2a=true",
         "The outcome is fatal, but not that the reaction results in death.", "Check E.i.3.2a and E.i.7.",
         WARNING, "E.i"),
    Rule("ICH-FATAL", "E.i.7", "E.i.3.2a=true", "E.i.7=5",
         "The reaction results in death, but its outcome is not fatal.", "Check E.i.3.2a and E.i.7.",
         WARNING, "E.i"),
    Rule("ICH-DEATH-DATE", "D.9.1", "E.i.7=5", "D.9.1", "A fatal reaction needs the date of death.",
         "Give D.9.1, or as a nullFlavor why it isn't known.", WARNING, "message"),
    Rule("ICH-DEATH-DATE", "D.9.1", "E.i.3.2a=true & E.i.7!=5", "D.9.1",
         "A reaction that results in death needs the date of death.",
         "Give D.9.1, or as a nullFlavor why it isn't known.", WARNING, "message"),
    Rule("ICH-CASE-COUNTRY", "C.1.1", "C.1.1", "C.1.1 country",
         "A case number begins with a country of ISO 3166-1, or EU.", "Spell it like DE-COMPANY-123.",
         at="message"),
    Rule("ICH-CASE-COUNTRY", "C.1.1", "C.2.r.5=1 & C.2.r.3 value & C.1.1 country", "C.1.1 within C.2.r.3",
         "The country of the case number is not that of the primary source.", "Check C.1.1 and C.2.r.3.",
         WARNING, "C.2.r"),
    Rule("ICH-SEX", "D.6", "D.5=1 & D.6 value", "!D.6", "A last menstrual period of a man.",
         "Check D.5, or leave out D.6.", WARNING, "message"),
    Rule("ICH-SEX", "D.10.3", "D.10.6=1 & D.10.3 value", "!D.10.3", "A last menstrual period of a father.",
         "Check D.10.6, or leave out D.10.3.", WARNING, "message"),
    *_versions(),
    Rule("ICH-DOCUMENT", "C.1.6.1.r.1", "C.1.6.1.r.2", "C.1.6.1.r.1", "A document needs its name.",
         "Say in C.1.6.1.r.1 what it is."),
    Rule("ICH-DOCUMENT", "C.1.6.1.r.2", "C.1.6.1.r.2", "C.1.6.1.r.2 typed",
         "A document needs its media type.", "Give the media type, such as application/pdf."),
    Rule("ICH-DOCUMENT", "C.4.r.1", "C.4.r.2", "C.4.r.1", "A publication needs its reference.",
         "Give C.4.r.1."),
    Rule("ICH-DOCUMENT", "C.4.r.2", "C.4.r.2", "C.4.r.2 typed", "A document needs its media type.",
         "Give the media type, such as application/pdf."),
)
# fmt: on
