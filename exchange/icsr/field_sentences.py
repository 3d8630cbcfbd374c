"""Single statements of a row, for which E2B has no element, as sentences."""

from typing import Any

from django.db import models

from cases.models import (
    CaseRow,
    Dose,
    DrugReaction,
    Exposure,
    MedicalHistory,
    ParentMedicalHistory,
    PastDrug,
    Patient,
    Reaction,
    SenderDiagnosis,
)
from cases.models.patient import EarlierResponse
from exchange.icsr.row_texts import RowDescriber, capital
from values.moments import Moment
from values.numbers import plain_number

_RESPONSES = {
    EarlierResponse.EFFECTIVE.value: "was effective",
    EarlierResponse.INEFFECTIVE.value: "failed",
}
# Fields that another field of the same row already brings in.
_WITH_ANOTHER = {
    (Exposure, "stated_half_life_high_hours"),
    (PastDrug, "response_at"),
}
# By model and field: the sentence where the answer is yes, and where it is no. {} is the row.
_YES_NO: dict[tuple[type[CaseRow], str], tuple[str, str]] = {
    (Exposure, "is_ongoing_at_onset"): (
        "{} was still given when the reaction began",
        "{} was no longer given when the reaction began",
    ),
    (Exposure, "is_off_label"): ("{} was given off label", "{} was given within its label"),
    (Reaction, "is_resolved"): ("{} resolved completely", "{} did not resolve completely"),
    (Patient, "is_consanguineous"): ("the parents are related", "the parents are not related"),
}
# By model and field: the sentence, of the row {0} and the value in words {1}.
_SENTENCES: dict[tuple[type[CaseRow], str], str] = {
    (Exposure, "earlier_response_text"): "treatment with {0} before the reaction: {1}",
    (Reaction, "onset"): "{0} began {1}",
    (Reaction, "end"): "{0} ended {1}",
    (Reaction, "relapse"): "{0} came back {1}",
    (Reaction, "sequelae"): "{0} left {1}",
    (DrugReaction, "dechallenge"): "{0}: {1}",
    (PastDrug, "indication"): "{0} was taken earlier for {1}",
    (PastDrug, "reaction"): "reaction to {0} earlier: {1}",
    (PastDrug, "doses"): "doses of {0} taken earlier: {1}",
    (PastDrug, "start"): "{0} was begun {1}",
    (PastDrug, "end"): "{0} was ended {1}",
    (SenderDiagnosis, "term"): "diagnosis of the sender: {1}",
    (Patient, "birth_date"): "the patient was born {1}",
    (Patient, "death_date"): "the patient died {1}",
    (MedicalHistory, "term"): "condition of the history: {1}",
    (ParentMedicalHistory, "term"): "condition of the parent: {1}",
}


def field_sentence(row: CaseRow, field: "models.Field[Any, Any]", describer: RowDescriber) -> str:
    """One statement of a row as a sentence; empty where another one of the row includes it."""
    key = (type(row), field.name)
    if key in _WITH_ANOTHER or _is_with_another(row, field.name):
        return ""
    return f"{capital(_words(row, field, describer)).rstrip('. ')}."


def _is_with_another(row: Any, name: str) -> bool:
    if isinstance(row, Exposure):
        return name == "earlier_response" and bool(row.earlier_response_text)
    return isinstance(row, PastDrug) and name == "indication" and bool(row.response)


def _words(row: Any, field: "models.Field[Any, Any]", describer: RowDescriber) -> str:
    key, value = (type(row), field.name), getattr(row, field.name)
    if key in _YES_NO:
        return _YES_NO[key][0 if value else 1].format(row)
    words = describer.field(row, field)
    if isinstance(row, Dose) and isinstance(value, Moment):
        return (
            f"dose {row.position} of {row.exposure}: {'from' if field.name == 'start' else 'until'} {words}"
        )
    if key == (Exposure, "stated_half_life_low_hours"):
        return (
            f"half-life of {row} according to the source: {_range(value, row.stated_half_life_high_hours)} h"
        )
    if field.name == "earlier_response":
        return f"treatment with {row} before the reaction {_RESPONSES.get(value, words)}"
    if key == (PastDrug, "response"):
        at = f", {describer.moment(row.response_at)}" if row.response_at else ""
        reason = f" for {row.indication}" if row.indication else ""
        return f"earlier treatment with {row}{reason} {_RESPONSES.get(value, words)}{at}"
    if key in _SENTENCES:
        return _SENTENCES[key].format(row, words)
    return f"{row._meta.verbose_name} {row}: {field.verbose_name}: {words}"


def _range(low: Any, high: Any) -> str:
    ends = [plain_number(low), plain_number(high if high is not None else low)]
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)
