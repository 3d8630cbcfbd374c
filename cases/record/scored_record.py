"""All rows of one case that the score and its completeness look at, read beforehand."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from cases.models import (
    BiopsyDetail,
    Case,
    CaseRow,
    Dose,
    DrugReaction,
    Examination,
    Exposure,
    Finding,
    Indication,
    LymphNodeExamination,
    LymphNodeSite,
    MedicalHistory,
    Narrative,
    OrganInvolvement,
    PastDrug,
    Patient,
    Phase,
    Reaction,
    Reporter,
    SkinExamination,
    Temperature,
    Treatment,
)

Row = TypeVar("Row", bound=CaseRow)
AnyFinding = TypeVar("AnyFinding", bound=Finding)

# Every table that facts are read from. A sweep test holds this against the evidence triggers.
SOURCES: tuple[type[CaseRow], ...] = (
    Patient,
    MedicalHistory,
    PastDrug,
    Exposure,
    Dose,
    DrugReaction,
    Reaction,
    Treatment,
    Temperature,
    SkinExamination,
    LymphNodeExamination,
    LymphNodeSite,
    OrganInvolvement,
    Examination,
    BiopsyDetail,
    # For completeness and the minimum criteria.
    Reporter,
    Indication,
    Narrative,
)


@dataclass
class Record:
    """One case with its rows by model, each in its own order."""

    case: Case
    rows: dict[type[CaseRow], list[CaseRow]] = field(default_factory=lambda: defaultdict(list))

    def all(self, model: type[Row]) -> list[Row]:
        return self.rows.get(model, [])  # type: ignore[return-value]

    def of_reaction(self, model: type[AnyFinding]) -> Iterator[AnyFinding]:
        """The findings of the reaction's own phase: only they are evidence for the score."""
        wanted = Phase.REACTION.value
        return (row for row in self.all(model) if row.phase == wanted)

    def add(self, rows: Iterable[CaseRow]) -> None:
        for row in rows:
            self.rows[type(row)].append(row)
