"""The rows behind a score: what each piece of evidence is, in a few words a reader understands."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from cases.models import CaseRow, Finding
from cases.record.case_record import SOURCES, CaseRecord
from cases.record.case_timeline import CaseTimeline
from values.spans import Span


@dataclass(frozen=True)
class Evidence:
    """One row of the record as it is shown beside a score."""

    uuid: UUID
    kind: str  # "examination", "temperature" ...
    title: str
    verbatim: str
    phase: str
    days_from_onset: Span
    model: str
    pk: int


def evidence_of(record: CaseRecord) -> dict[str, Evidence]:
    """Every row of a case that facts are read from, by its UUID as text."""
    timeline = CaseTimeline(record)
    return {str(row.uuid): _evidence(row, timeline) for row in _rows(record)}


def _rows(record: CaseRecord) -> Iterator[CaseRow]:
    for model in SOURCES:
        yield from record.all(model)


def _evidence(row: CaseRow, timeline: CaseTimeline) -> Evidence:
    return Evidence(
        uuid=row.uuid,
        kind=str(row._meta.verbose_name),
        title=str(row),
        verbatim=row.verbatim,
        phase=row.phase if isinstance(row, Finding) else "",
        days_from_onset=timeline.days_to(row.anchor),
        model=str(row._meta.model_name),
        pk=row.pk,
    )
