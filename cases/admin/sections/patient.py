"""The patient, and what was known of them before."""

from cases.admin.rows import RowInline, SingleRowInline
from cases.models import MedicalHistory, PastDrug, Patient


class PatientInline(SingleRowInline):
    model = Patient
    fields = (
        ("initials", "sex"),
        ("age", "age_unit"),
        ("birth_date", "death_date"),
        ("weight_kg", "height_cm"),
        ("is_consanguineous", "verbatim"),
        "history_text",
    )


class MedicalHistoryInline(RowInline):
    model = MedicalHistory
    fields = (
        ("term", "is_family_history"),
        ("start", "end"),
        ("is_continuing", "verbatim"),
        ("meddra_code", "meddra_version"),
        "comments",
    )


class PastDrugInline(RowInline):
    model = PastDrug
    autocomplete_fields = ("drug",)
    joined = ("drug",)
    fields = (
        ("name", "drug"),
        ("start", "end"),
        ("indication", "indication_meddra_code"),
        ("response", "response_at"),
        ("reaction", "doses"),
        "verbatim",
    )


INLINES = (PatientInline, MedicalHistoryInline, PastDrugInline)
