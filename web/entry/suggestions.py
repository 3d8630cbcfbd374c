"""What was typed before in a column, and the default half-life of a drug: offered while people type."""

import re

from django.db.models import Case, Count, IntegerField, Q, Value, When

from accounts.models import User
from cases.models import (
    AutopsyCauseOfDeath,
    BiopsyDetail,
    CaseRow,
    CausalityAssessment,
    DifferentialDiagnosis,
    Dose,
    Drug,
    Examination,
    Exposure,
    FunctionalDetail,
    GeneticDetail,
    HalfLife,
    Indication,
    LymphNodeSite,
    MedicalHistory,
    ParentMedicalHistory,
    ParentPastDrug,
    PastDrug,
    Reaction,
    ReportedCauseOfDeath,
    SenderDiagnosis,
    Substance,
    Symptom,
    Treatment,
    ViralTest,
)
from cases.visibility import visible_to

FEWEST_LETTERS, MOST_TERMS = 2, 12

_TERMS: tuple[tuple[type[CaseRow], tuple[str, ...]], ...] = (
    (Reaction, ("term",)),
    (Exposure, ("name",)),
    (Dose, ("route", "form")),
    (Substance, ("name",)),
    (Indication, ("text",)),
    (CausalityAssessment, ("source", "method", "result")),
    (Treatment, ("name", "route")),
    (DifferentialDiagnosis, ("diagnosis",)),
    (MedicalHistory, ("term",)),
    (PastDrug, ("name", "indication", "reaction")),
    (ParentMedicalHistory, ("term",)),
    (ParentPastDrug, ("name", "indication", "reaction")),
    (ReportedCauseOfDeath, ("text",)),
    (AutopsyCauseOfDeath, ("text",)),
    (LymphNodeSite, ("site",)),
    (Symptom, ("term",)),
    (Examination, ("name",)),
    (ViralTest, ("specimen",)),
    (BiopsyDetail, ("tissue", "keratinocyte_necrosis", "infiltrate")),
    (GeneticDetail, ("gene", "allele")),
    (FunctionalDetail, ("function",)),
    (SenderDiagnosis, ("term",)),
)
# "reaction.term" -> the column. Nothing else is ever offered: names of patients and reporters are not terms.
COLUMNS: dict[str, tuple[type[CaseRow], str]] = {
    f"{model._meta.model_name}.{field}": (model, field) for model, fields in _TERMS for field in fields
}


def suggested_terms(user: User, column: str, text: str) -> list[str]:
    """Terms of one of COLUMNS that begin with a text, then those in which a word does; the commonest first.

    Only from cases that the user may read. At most MOST_TERMS, in one query; none below FEWEST_LETTERS.
    Raises KeyError for another column.
    """
    model, field = COLUMNS[column]
    beginning = " ".join(text.split())
    if len(beginning) < FEWEST_LETTERS:
        return []
    begins = Q(**{f"{field}__istartswith": beginning})
    a_word_begins = Q(**{f"{field}__iregex": rf"\m{re.escape(beginning)}"})
    rank = Case(When(begins, then=Value(0)), default=Value(1), output_field=IntegerField())
    terms = model.objects.filter(begins | a_word_begins, case__in=visible_to(user)).values(field)
    ranked = terms.annotate(rank=rank, uses=Count("pk")).order_by("rank", "-uses", field)
    return [row[field] for row in ranked[:MOST_TERMS]]


def default_half_life(drug: Drug) -> HalfLife | None:
    """The half-life that a new exposure to a drug takes from the dictionary."""
    return HalfLife.objects.filter(drug=drug, is_default=True).first()
