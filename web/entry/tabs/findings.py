"""The tab of findings: temperature, skin, lymph nodes, organs, symptoms."""

from cases.models import (
    LymphNodeExamination,
    LymphNodeSite,
    OrganInvolvement,
    SkinExamination,
    Symptom,
    Temperature,
)
from web.entry.rows import NestedInline, RowInline


class TemperatureInline(RowInline):
    model = Temperature
    fields = (("celsius", "result"), ("when", "phase"), ("site", "is_peak"), "verbatim")


class SkinExaminationInline(RowInline):
    model = SkinExamination
    fields = (
        ("description", "phase"),
        ("extent_percent", "extent"),
        ("when", "distribution"),
        ("facial_oedema", "infiltration"),
        ("purpura_beyond_legs", "scaling"),
        ("itch", "reporter_finds_suggestive"),
        "verbatim",
    )


class LymphNodeSiteInline(NestedInline):
    model = LymphNodeSite
    fields = (("site", "size_cm"), "verbatim")


class LymphNodeInline(RowInline):
    model = LymphNodeExamination
    inlines = (LymphNodeSiteInline,)
    fetched = ("sites",)
    undecided = ("result",)  # “enlarged” is a finding, not a default
    fields = (("result", "is_complete"), ("when", "phase"), "verbatim")


class OrganInline(RowInline):
    model = OrganInvolvement
    fields = (
        ("organ", "name"),
        ("result", "basis"),
        ("meets_threshold", "other_explanation"),
        ("when", "phase"),
        "verbatim",
    )


class SymptomInline(RowInline):
    model = Symptom
    verbose_name = "other sign or symptom"
    verbose_name_plural = "other signs and symptoms"
    fields = (("term", "result"), ("when", "phase"), "verbatim")


INLINES = (TemperatureInline, SkinExaminationInline, LymphNodeInline, OrganInline, SymptomInline)
