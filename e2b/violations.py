"""What reading and validation have to say about a message."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How bad it is. FDA's "reject" is an error, its "warn" a warning."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Level(StrEnum):
    """Which kind of check found it."""

    READING = "reading"
    SCHEMA = "schema"
    DATATYPE = "data type"
    CODE = "code list"
    NULL = "nullFlavor"
    RULE = "rule"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Finding:
    """One violation: the rule, the element, the place ("drug 2, dosage 1"), what is wrong, what to do."""

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
        """For JSON."""
        return asdict(self)
