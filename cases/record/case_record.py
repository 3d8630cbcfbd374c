"""One case in memory: its rows by table, whole or the part that scoring reads."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from django.db.models import ForeignKey

from cases.event_names import AnchorRows
from cases.models import (
    BiopsyDetail,
    Case,
    CaseRow,
    DifferentialDiagnosis,
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
    Symptom,
    Temperature,
    Treatment,
)
from cases.standings import Standing, Standings, primary_of

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
    Symptom,
    DifferentialDiagnosis,
    Examination,
    BiopsyDetail,
    # For completeness and the minimum criteria.
    Reporter,
    Indication,
    Narrative,
)


@dataclass
class CaseRecord:
    """A case with its rows by model, each table in its own order, saved or not.

    `standings`: those of the case by instrument, where they were read. Methods that follow foreign keys
    (`below`, `anchor_rows`) need rows that are linked in memory, as `read_cases` links them.
    """

    case: Case
    rows: dict[type[CaseRow], list[CaseRow]] = field(default_factory=lambda: defaultdict(list))
    standings: Standings | None = None
    _below: dict[tuple[type[CaseRow], str], dict[int, list[CaseRow]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def of(cls, case: Case, rows: Iterable[CaseRow]) -> "CaseRecord":
        """A record of these rows."""
        record = cls(case)
        record.add(rows)
        return record

    def add(self, rows: Iterable[CaseRow]) -> None:
        """Append rows to their tables."""
        self._below.clear()
        for row in rows:
            self.rows[type(row)].append(row)

    def all(self, model: type[Row]) -> list[Row]:
        """The rows of a table, in its order."""
        return self.rows.get(model, [])  # type: ignore[return-value]

    def single(self, model: type[Row]) -> Row | None:
        """The row of a table of which a case has at most one."""
        return next(iter(self.all(model)), None)

    def below(self, model: type[Row], key: str, parent: CaseRow) -> list[Row]:
        """The rows of a table that hang below another row by a foreign key."""
        if (model, key) not in self._below:
            grouped: dict[int, list[CaseRow]] = defaultdict(list)
            for row in self.all(model):
                grouped[id(getattr(row, key))].append(row)
            self._below[model, key] = grouped
        return self._below[model, key].get(id(parent), [])  # type: ignore[return-value]

    def of_reaction(self, model: type[AnyFinding]) -> Iterator[AnyFinding]:
        """The findings of the reaction's own phase: only they are evidence for the score."""
        wanted = Phase.REACTION.value
        return (row for row in self.all(model) if row.phase == wanted)

    @property
    def standing(self) -> Standing | None:
        """Where the case stands by the primary instrument; None where it was never scored, or wasn't read."""
        return primary_of(self.standings) if self.standings else None

    @property
    def anchor_rows(self) -> AnchorRows:
        """The rows that other rows are dated by, doses in the order of their drugs."""
        place = {id(exposure): number for number, exposure in enumerate(self.all(Exposure))}
        doses = sorted(self.all(Dose), key=lambda dose: place.get(id(dose.exposure), len(place)))
        return AnchorRows(self.all(Reaction), doses, self.all(Treatment), self.all(MedicalHistory))

    def __iter__(self) -> Iterator[CaseRow]:
        """Every row of the case."""
        for rows in self.rows.values():
            yield from rows


@cache
def keys_to_rows(model: type[CaseRow]) -> list["ForeignKey[Any, Any]"]:
    """The foreign keys of a model that lead to other rows of the same case."""
    return [
        key
        for key in model._meta.fields
        if isinstance(key, ForeignKey) and issubclass(key.related_model, CaseRow)
    ]
