"""The tab of reactions, how drugs relate to them, how they were treated, and what else was considered."""

from typing import Any

from cases.models import DifferentialDiagnosis, Reaction, Treatment
from cases.models.reaction import SERIOUSNESS
from web.entry.rows import RowForm, RowInline
from web.entry.tabs.drugs import DrugReactionInline


class ReactionForm(RowForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, words, _ in SERIOUSNESS:
            for who in ("reporter", "company"):
                field = self.fields.get(f"{who}_{key}")
                if field:
                    field.label, field.help_text = f"{who.capitalize()}: {words}", ""


class ReactionInline(RowInline):
    model = Reaction
    form = ReactionForm
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("term", "is_assessed"),
                    ("onset", "end"),
                    ("outcome", "is_resolved"),
                    ("relapse", "sequelae"),
                    ("country", "is_medically_confirmed"),
                    ("duration", "duration_unit"),
                    "verbatim",
                )
            },
        ),
        (
            "Seriousness, as the reporter and as the company judged it",
            {
                "classes": ("collapse",),
                "fields": tuple((f"reporter_{key}", f"company_{key}") for key, _, _ in SERIOUSNESS),
            },
        ),
        (
            "Coding",
            {
                "classes": ("collapse",),
                "fields": (
                    ("meddra_code", "meddra_version"),
                    ("translation", "language"),
                    ("highlighted", "position"),
                ),
            },
        ),
    )


class TreatmentInline(RowInline):
    model = Treatment
    verbose_name = "treatment of the reaction"
    verbose_name_plural = "treatments of the reaction"
    autocomplete_fields = ("drug",)
    joined = ("drug",)
    fields = (
        ("name", "drug"),
        ("amount", "unit"),
        ("route", "is_systemic_steroid"),
        ("start", "end"),
        ("response", "response_at"),
        ("comments", "position"),
        "verbatim",
    )


class DifferentialDiagnosisInline(RowInline):
    model = DifferentialDiagnosis
    fields = (("diagnosis", "status"), ("basis", "of_background"), "verbatim")


INLINES = (ReactionInline, DrugReactionInline, TreatmentInline, DifferentialDiagnosisInline)
