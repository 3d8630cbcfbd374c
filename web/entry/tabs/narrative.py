"""The tabs of the narrative, and of the score that the source published."""

from functools import cached_property
from typing import Any

from django.forms import Field
from django.http import HttpRequest
from unfold.widgets import UnfoldAdminTextareaWidget

from cases.models import Narrative, ReportedScore, SenderDiagnosis, Summary
from web.entry.django_types import Column
from web.entry.fields import RowChoice
from web.entry.rows import RowFormSet, RowInline, SingleRowInline


class NarrativeInline(SingleRowInline):
    model = Narrative
    fields = ("case_narrative", "reporter_comments", "sender_comments", "verbatim")

    def formfield_for_dbfield(self, db_field: Column, request: HttpRequest, **kwargs: Any) -> Field | None:
        if db_field.name == "case_narrative":
            kwargs["widget"] = UnfoldAdminTextareaWidget(attrs={"rows": 16})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class SenderDiagnosisInline(RowInline):
    model = SenderDiagnosis
    rare = True
    fields = (("term", "verbatim"), ("meddra_code", "meddra_version"))


class SummaryInline(RowInline):
    model = Summary
    rare = True
    fields = ("text", ("language", "verbatim"))


class ReportedScoreFormSet(RowFormSet):
    """A published score may rest on one of the references of the case, saved or on this page."""

    names_other_rows = True

    @cached_property
    def references(self) -> list[Any]:
        return list(self.instance.literature.all()) if self.instance.pk else []

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["literature"] = RowChoice(
            self.references,
            form.page_rows,
            "literature",
            "citation",
            required=False,
            label="Literature",
            help_text="A reference of this case.",
        )


class ReportedScoreInline(RowInline):
    """What the source published; it is audited against the evidence and never forced upon it."""

    model = ReportedScore
    formset = ReportedScoreFormSet
    verbose_name = "reported score"
    verbose_name_plural = "reported scores"
    joined = ("literature",)
    fields = (("total", "category"), ("source", "literature"), ("instrument", "verbatim"))


INLINES = (NarrativeInline, SenderDiagnosisInline, SummaryInline)
SCORE_INLINES = (ReportedScoreInline,)
