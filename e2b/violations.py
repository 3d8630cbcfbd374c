"""Violations of the rules, reported when a message is read or validated."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How serious a violation is. FDA's "reject" is an error, its "warn" a warning."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Level(StrEnum):
    """Which kind of check reported a violation."""

    READING = "reading"
    SCHEMA = "schema"
    DATATYPE = "data type"
    CODE = "code list"
    NULL = "nullFlavor"
    RULE = "rule"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Violation:
    """One violation: the rule, the element, the place ("drug 2, dosage 1"), the fault and its remedy."""

    rule: str
    element: str
    place: str
    sentence: str
    remedy: str = ""
    severity: Severity = Severity.ERROR
    level: Level = Level.RULE

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.element, self.place) if part)
        return f"{self.severity}: {self.rule} [{where}] {self.sentence} {self.remedy}".rstrip()

    def as_dict(self) -> dict[str, Any]:
        """The violation as a dictionary for JSON."""
        return asdict(self)
