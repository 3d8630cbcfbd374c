"""A remark on a case, and what the rules look at to make one."""

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
class Remark:
    """What a rule remarks on one field of a case. Pages and interfaces call it a finding.

    `model` is the name of the table ("dose"), `row` the UUID of the row as text; "" where the row itself
    is what is missing.
    """

    rule: str
    severity: Severity
    model: str
    row: str
    field: str
    message: str


class FieldRemark(NamedTuple):
    """What a rule yields. `where` is a row, the case, or a table in which a row is missing."""

    where: CaseRow | Case | type[CaseRow]
    field: str
    message: str  # what is wrong, and what to do about it


@dataclass(frozen=True)
class CheckedCase:
    """One case as the rules see it, on one day."""

    record: CaseRecord
    timeline: CaseTimeline
    today: date


class Rule(NamedTuple):
    """One rule with its check. The key is stable: machines and tests name rules by it."""

    key: str
    severity: Severity
    check: Callable[[CheckedCase], Iterator[FieldRemark]]

    def remarks(self, checked: CheckedCase) -> Iterator[Remark]:
        for where, field, message in self.check(checked):
            row = "" if isinstance(where, type) else str(where.uuid)
            yield Remark(self.key, self.severity, str(where._meta.model_name), row, field, message)
