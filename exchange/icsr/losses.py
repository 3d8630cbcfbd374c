"""Losses of an export: what of a case ICH has no element for, row by row, and how it is sent instead."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from django.db import models

from cases.models import (
    Case,
    CaseRow,
    DifferentialDiagnosis,
    Document,
    Examination,
    Exposure,
    LinkedCase,
    LiteratureReference,
    LymphNodeExamination,
    LymphNodeSite,
    MedicalHistory,
    OrganInvolvement,
    ParentMedicalHistory,
    Reaction,
    ReportedScore,
    SenderDiagnosis,
    SkinExamination,
    Symptom,
    Temperature,
    Treatment,
)
from cases.models.reaction import SERIOUSNESS
from cases.record.case_record import CaseRecord, keys_to_rows
from exchange.icsr.documents import COLUMNS, REDACTION
from exchange.icsr.examinations import DETAIL_TAGS, TEST_TAGS
from exchange.icsr.field_sentences import field_sentence
from exchange.icsr.finding_sentences import finding_sentence
from exchange.icsr.plan import PLANS
from exchange.icsr.recognition import is_dress
from exchange.icsr.row_texts import RowDescriber, capital, is_unanswered
from values.moments import Moment


class LossHandling(StrEnum):
    """How something is sent that has no element of its own."""

    IN_WORDS = "in words, in the narrative or the comments"
    STAYS = "not at all: it stays in the registry"


@dataclass(frozen=True, slots=True)
class Loss:
    """One statement of the record that is no element of the message, as a sentence.

    `field` is empty for an entire row. `element` is where it leaves in words: facts in H.1, what the reporter
    thinks in H.2, what we think in H.4.
    """

    row: CaseRow | Case
    field: str
    statement: str
    handling: LossHandling
    element: str = "H.1"

    def __str__(self) -> str:
        return f"{self.statement} ({self.handling.value})"


Derived = tuple[int, str]  # id(row) and column

# The findings that E2B has no block for.
WHOLE_ROWS: tuple[type[CaseRow], ...] = (
    Temperature,
    SkinExamination,
    LymphNodeExamination,
    LymphNodeSite,
    OrganInvolvement,
    Symptom,
    DifferentialDiagnosis,
    Treatment,
    ReportedScore,
)

_ATTACHED = (*COLUMNS, *REDACTION)
_EVERYWHERE = {"id", "uuid", "case", "null_flavors", "position"}
# Columns that are sent otherwise than as an element: in the tags of a comment, or with an attachment.
_SENT_OTHERWISE: dict[type[CaseRow], set[str]] = {
    Examination: {"qualifier", "is_peak", "when", *(name for _, name in TEST_TAGS)},
    MedicalHistory: {"term"},
    ParentMedicalHistory: {"term"},
    LiteratureReference: {"doi", *_ATTACHED},
    Document: set(_ATTACHED),
    Reaction: {f"company_{key}" for key, _, _ in SERIOUSNESS},
    **{model: {name for _, name in fields} for model, fields in DETAIL_TAGS.items()},
}
# What only this registry can make something of.
_STAYS: dict[type[CaseRow], set[str]] = {
    Document: {"file_name"},
    Exposure: {
        "reference_half_life_low_hours",
        "reference_half_life_high_hours",
        "reference_half_lives",
        "reference_release",
    },
    LinkedCase: {"other"},
    LiteratureReference: {"file_name"},
    Reaction: {"is_assessed"},
}
_OPINIONS = {DifferentialDiagnosis: "H.2", LinkedCase: "H.4", SenderDiagnosis: "H.4"}


def losses_of(
    record: CaseRecord, sent: AbstractSet[int], describer: RowDescriber, derived: AbstractSet[Derived]
) -> Iterator[Loss]:
    """Every loss of a case, in the order of its rows.

    `sent` are the `id(row)` of rows that are sent otherwise, `derived` the rows and columns whose relative
    date leaves as a date that follows from another one.
    """
    for model, rows in record.rows.items():
        for row in rows:
            if id(row) in sent:
                continue
            if model in WHOLE_ROWS:
                yield _loss(row, "", finding_sentence(row, describer), LossHandling.IN_WORDS)
            else:
                yield from _of_row(row, describer, derived)


def _loss(row: CaseRow, name: str, sentence: str, handling: LossHandling) -> Loss:
    """A statement in words; one in which the report is silent stays."""
    if not sentence:
        return Loss(row, name, f"{capital(row._meta.verbose_name)} {row}: nothing stated", LossHandling.STAYS)
    return Loss(row, name, sentence, handling, _OPINIONS.get(type(row), "H.1"))


def _of_row(row: CaseRow, describer: RowDescriber, derived: AbstractSet[Derived]) -> Iterator[Loss]:
    for name, field, handling in _fields(type(row)):
        value = getattr(row, name)
        if value is None or value == "" or is_unanswered(field, value) or value == field.default:
            continue
        if _is_recognised(row, field) or (id(row), name) in derived:
            continue
        if hasattr(field, "ich") and not (isinstance(value, Moment) and not value.is_single_date):
            continue
        if handling is LossHandling.STAYS:
            label = f"{capital(row._meta.verbose_name)} {row}: {field.verbose_name}"
            yield Loss(row, name, f"{label}: {describer.field(row, field)}", handling)
        elif sentence := field_sentence(row, field, describer):
            yield Loss(row, name, sentence, handling, _OPINIONS.get(type(row), "H.1"))


def _is_recognised(row: CaseRow, field: "models.Field[Any, Any]") -> bool:
    """Whether the same follows from the name of the reaction when the message is read."""
    return field.name == "is_assessed" and isinstance(row, Reaction) and is_dress(row.term, row.translation)


@cache
def _fields(model: type[CaseRow]) -> tuple[tuple[str, "models.Field[Any, Any]", LossHandling], ...]:
    """The columns of a model that may hold what no element can."""
    if model not in PLANS and model not in DETAIL_TAGS:
        raise LookupError(f"{model.__name__} neither holds elements nor is sent in words: see WHOLE_ROWS.")
    excluded = _EVERYWHERE | _SENT_OTHERWISE.get(model, set()) | {key.name for key in keys_to_rows(model)}
    stays = {"verbatim", "drug"} | _STAYS.get(model, set())
    return tuple(
        (field.name, field, LossHandling.STAYS if field.name in stays else LossHandling.IN_WORDS)
        for field in model._meta.fields
        if field.name not in excluded and (not hasattr(field, "ich") or "Moment" in type(field).__name__)
    )
