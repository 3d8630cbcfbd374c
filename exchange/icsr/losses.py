"""What a case says that ICH has no element for, row by row, and how each of it leaves the house."""

from collections.abc import Iterator
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
    SkinExamination,
    Symptom,
    Temperature,
    Treatment,
)
from cases.record.case_record import CaseRecord, keys_to_rows
from exchange.icsr.plan import PLANS
from exchange.icsr.recognised import is_dress
from exchange.icsr.tests import OF_DETAIL, OF_TEST
from exchange.icsr.words import Teller, capital, says_nothing
from values.moments import Moment


class How(StrEnum):
    """How something leaves that has no element of its own."""

    IN_WORDS = "in words, in the generated part of the narrative"
    STAYS = "not at all: it stays in the registry"


@dataclass(frozen=True, slots=True)
class Loss:
    """One statement of the record that is no element of the message. `field` is empty for a whole row."""

    row: CaseRow | Case
    field: str
    what: str
    how: How

    def __str__(self) -> str:
        return f"{self.what} ({self.how.value})"


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

_EVERYWHERE = {"id", "uuid", "case", "null_flavors", "position"}
# Columns that leave otherwise than as an element: in the line of a comment, or with an attachment.
_CARRIED: dict[type[CaseRow], set[str]] = {
    Examination: {"qualifier", *(name for _, name in OF_TEST)},
    MedicalHistory: {"term"},
    ParentMedicalHistory: {"term"},
    Document: {"media_type", "compression", "representation"},
    LiteratureReference: {"media_type", "compression", "representation"},
    **{model: {name for _, name in fields} for model, fields in OF_DETAIL.items()},
}
# What only this registry can make something of.
_STAYS: dict[type[CaseRow], set[str]] = {
    Document: {"file_name"},
    Exposure: {
        "reference_half_life_low_hours",
        "reference_half_life_high_hours",
        "reference_release",
    },
    LinkedCase: {"other"},
    LiteratureReference: {"file_name"},
}


def losses_of(whole: CaseRecord, leaving: set[int]) -> Iterator[Loss]:
    """Every loss of a case, in the order of its rows. `leaving` are ids of rows that leave otherwise."""
    teller = Teller(whole)
    for model, rows in whole.rows.items():
        for row in rows:
            if id(row) in leaving:
                continue
            if model in WHOLE_ROWS:
                yield Loss(row, "", teller.row(row), How.IN_WORDS)
            else:
                yield from _of_row(row, teller)


def _of_row(row: CaseRow, teller: Teller) -> Iterator[Loss]:
    for name, field, how in _fields(type(row)):
        value = getattr(row, name)
        if value is None or value == "" or says_nothing(field, value) or value == field.default:
            continue
        if _is_recognised(row, field):
            continue
        if hasattr(field, "ich"):
            if isinstance(value, Moment) and value.is_relative:
                yield Loss(row, field.name, _words(row, field, teller), how)
        else:
            yield Loss(row, field.name, _words(row, field, teller), how)


def _is_recognised(row: CaseRow, field: "models.Field[Any, Any]") -> bool:
    """Whether whoever reads the message finds the same by the name of the reaction."""
    return field.name == "is_assessed" and isinstance(row, Reaction) and is_dress(row.term, row.translation)


def _words(row: CaseRow, field: "models.Field[Any, Any]", teller: Teller) -> str:
    return f"{capital(row._meta.verbose_name)} {row}: {field.verbose_name}: {teller.field(row, field)}"


@cache
def _fields(model: type[CaseRow]) -> tuple[tuple[str, "models.Field[Any, Any]", How], ...]:
    """The columns of a model that may say something no element carries."""
    if model not in PLANS and model not in OF_DETAIL:
        raise LookupError(f"{model.__name__} neither holds elements nor is told in words: see WHOLE_ROWS.")
    silent = _EVERYWHERE | _CARRIED.get(model, set()) | {key.name for key in keys_to_rows(model)}
    stays = {"verbatim", "drug"} | _STAYS.get(model, set())
    return tuple(
        (field.name, field, How.STAYS if field.name in stays else How.IN_WORDS)
        for field in model._meta.fields
        if field.name not in silent and (not hasattr(field, "ich") or "Moment" in type(field).__name__)
    )
