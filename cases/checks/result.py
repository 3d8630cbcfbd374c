"""A finding, and what rules look at to make one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from cases.models import Case, CaseRow
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import CaseTimeline


class Severity(StrEnum):
    """Whether something is lacking, or contradicts something else."""

    INCOMPLETE = "incomplete"
    IMPLAUSIBLE = "implausible"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at, at one field.

    `model` is the name of the table ("dose"), `row` the UUID of the row as text; "" where the row itself
    is what is missing.
    """

    rule: str
    severity: Severity
    model: str
    row: str
    field: str
    message: str


class Place(NamedTuple):
    """Where a rule found something: a row, the case, or a table in which a row is missing."""

    where: CaseRow | Case | type[CaseRow]
    field: str
    message: str  # what is wrong, and what to do about it


@dataclass(frozen=True)
class Look:
    """One case as the rules see it, on one day."""

    record: CaseRecord
    timeline: CaseTimeline
    today: date


class Rule(NamedTuple):
    """One kind of finding. The key is stable: machines and tests name rules by it."""

    key: str
    severity: Severity
    look: Callable[[Look], Iterator[Place]]

    def findings(self, look: Look) -> Iterator[Finding]:
        for where, field, message in self.look(look):
            row = "" if isinstance(where, type) else str(where.uuid)
            yield Finding(self.key, self.severity, str(where._meta.model_name), row, field, message)
