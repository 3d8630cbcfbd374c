"""The tab of the patient: history, past drugs, causes of death, and the parent of a child."""

from cases.models import (
    AutopsyCauseOfDeath,
    MedicalHistory,
    Parent,
    ParentMedicalHistory,
    ParentPastDrug,
    PastDrug,
    Patient,
    ReportedCauseOfDeath,
)
from web.entry.rows import RowInline, SingleRowInline
from web.entry.tabs.report import folded

CODES = (
    ("mpid", "mpid_version"),
    ("phpid", "phpid_version"),
    ("indication_meddra_code", "indication_meddra_version"),
    ("reaction_meddra_code", "reaction_meddra_version"),
)


class PatientInline(SingleRowInline):
    model = Patient
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("initials", "sex"),
                    ("age", "age_unit"),
                    ("birth_date", "age_group"),
                    ("weight_kg", "height_cm"),
                    ("is_consanguineous", "verbatim"),
                    "history_text",
                )
            },
        ),
        folded(
            "More on the patient",
            ("death_date", "autopsy_done"),
            ("gestation", "gestation_unit"),
            ("last_menstrual_period", "takes_concomitant_therapies"),
            ("gp_record", "specialist_record"),
            ("hospital_record", "investigation_record"),
        ),
    )


DATES_AND_CODE = (("start", "end"), ("meddra_code", "meddra_version"))


class MedicalHistoryInline(RowInline):
    model = MedicalHistory
    fields = (
        ("term", "is_family_history"),
        ("is_continuing", "verbatim"),
        *DATES_AND_CODE,
        "comments",
    )


class PastDrugInline(RowInline):
    model = PastDrug
    autocomplete_fields = ("drug",)
    joined = ("drug",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("name", "drug"),
                    ("start", "end"),
                    ("indication", "reaction"),
                    ("response", "response_at"),
                    ("doses", "verbatim"),
                )
            },
        ),
        folded("Codes", *CODES),
    )


class ReportedCauseOfDeathInline(RowInline):
    model = ReportedCauseOfDeath
    rare = True
    fields = (("text", "verbatim"), ("meddra_code", "meddra_version"))


class AutopsyCauseOfDeathInline(RowInline):
    model = AutopsyCauseOfDeath
    rare = True
    fields = (("text", "verbatim"), ("meddra_code", "meddra_version"))


class ParentInline(SingleRowInline):
    model = Parent
    fieldsets = (
        folded(
            "Parent, in a report on a child or foetus",
            ("identification", "sex"),
            ("age", "age_unit"),
            ("birth_date", "last_menstrual_period"),
            ("weight_kg", "height_cm"),
            ("history_text", "verbatim"),
        ),
    )


class ParentMedicalHistoryInline(RowInline):
    model = ParentMedicalHistory
    rare = True
    fields = (("term", "is_continuing"), *DATES_AND_CODE, ("comments", "verbatim"))


class ParentPastDrugInline(RowInline):
    model = ParentPastDrug
    rare = True
    autocomplete_fields = ("drug",)
    joined = ("drug",)
    fieldsets = (
        (None, {"fields": (("name", "drug"), ("start", "end"), ("indication", "reaction"), "verbatim")}),
        folded("Codes", *CODES),
    )


INLINES = (
    PatientInline,
    MedicalHistoryInline,
    PastDrugInline,
    ReportedCauseOfDeathInline,
    AutopsyCauseOfDeathInline,
    ParentInline,
    ParentMedicalHistoryInline,
    ParentPastDrugInline,
)
