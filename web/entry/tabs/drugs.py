"""The tab of drugs with their doses, and the pairs of drugs and reactions, shown below the reactions."""

from functools import cached_property
from typing import Any

from cases.models import (
    CausalityAssessment,
    Dose,
    DrugInformation,
    DrugReaction,
    Exposure,
    Indication,
    Substance,
)
from values.numbers import hours_phrase
from web.entry.column_info import column_info, set_column_info
from web.entry.fields import RowChoice
from web.entry.rows import NestedInline, RowForm, RowFormSet, RowInline
from web.entry.tabs.report import folded


class DoseInline(NestedInline):
    model = Dose
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("amount", "unit"),
                    ("start", "end"),
                    ("route", "text"),
                    ("interval", "interval_unit"),
                    ("batch", "position"),
                    "verbatim",
                )
            },
        ),
        folded(
            "Form, duration and codes",
            ("duration", "duration_unit"),
            ("form", "form_code"),
            ("form_code_version", "route_code"),
            ("route_code_version", "parent_route"),
            ("parent_route_code", "parent_route_code_version"),
        ),
    )


class IndicationInline(NestedInline):
    model = Indication
    fields = (("text", "verbatim"), ("meddra_code", "meddra_version"))


class SubstanceInline(NestedInline):
    model = Substance
    fields = (("name", "verbatim"), ("term", "term_version"), ("strength", "strength_unit"))


class DrugInformationInline(NestedInline):
    model = DrugInformation
    fields = (("information", "verbatim"),)


class ExposureForm(RowForm):
    """The report's own half-life stands over that of the dictionary, which is shown beside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        low, row = self.fields.get("stated_half_life_low_hours"), self.instance
        if low and row.pk and row.half_lives and row.half_lives[0].hours:
            hours = hours_phrase(*row.half_lives[0].hours)
            badge = "" if row.half_lives[0].is_verified else " (not verified)"
            low.help_text = f"Half-life from the dictionary, release {row.reference_release}: {hours}{badge}."


class ExposureInline(RowInline):
    model = Exposure
    form = ExposureForm
    verbose_name = "drug"
    verbose_name_plural = "drugs"
    autocomplete_fields = ("drug",)
    joined = ("drug",)
    fetched = ("doses", "indications", "substances", "information")
    labelled = {
        "drug": "Drug in the dictionary",
        "stated_half_life_low_hours": "Half-life in the report: from (hours)",
        "stated_half_life_high_hours": "Half-life in the report: to (hours)",
    }
    inlines = (DoseInline, IndicationInline, SubstanceInline, DrugInformationInline)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("name", "drug"),
                    ("role", "action_taken"),
                    ("is_ongoing_at_onset", "is_off_label"),
                    ("earlier_response", "earlier_response_text"),
                    ("stated_half_life_low_hours", "stated_half_life_high_hours"),
                    ("position", "verbatim"),
                )
            },
        ),
        folded(
            "Product and authorisation",
            ("authorisation_number", "authorisation_country"),
            ("holder", "country_obtained"),
            ("mpid", "mpid_version"),
            ("phpid", "phpid_version"),
            ("cumulative_dose", "cumulative_dose_unit"),
            ("gestation", "gestation_unit"),
            ("is_blinded", "more_information"),
        ),
    )


class PairForm(RowForm):
    """Which rows may be paired is checked by the choice; those that are new have no key to be checked yet."""

    def _get_validation_exclusions(self) -> set[str]:
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # not in the stubs
        return {*exclusions, "exposure", "reaction"}


class PairFormSet(RowFormSet):
    """Pairs of drugs and reactions, chosen among those of this case, saved or on this page."""

    names_other_rows = True

    @cached_property
    def drugs(self) -> list[Any]:
        return list(self.instance.exposures.all()) if self.instance.pk is not None else []

    @cached_property
    def reactions(self) -> list[Any]:
        return list(self.instance.reactions.all()) if self.instance.pk is not None else []

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        page_rows = form.page_rows
        choices = {
            "exposure": RowChoice(self.drugs, page_rows, "exposures", "name", label="Drug"),
            "reaction": RowChoice(self.reactions, page_rows, "reactions", "term", label="Reaction"),
        }
        for name, choice in choices.items():
            set_column_info(choice, column_info(form.fields[name]))
            form.fields[name] = choice


class CausalityInline(NestedInline):
    model = CausalityAssessment
    fields = (("source", "method"), ("result", "verbatim"))


class DrugReactionInline(RowInline):
    model = DrugReaction
    form = PairForm
    formset = PairFormSet
    verbose_name = "drug and reaction"
    verbose_name_plural = "drugs and reactions"
    joined = ("exposure", "reaction")
    fetched = ("assessments",)
    inlines = (CausalityInline,)
    fields = (
        ("exposure", "reaction"),
        ("first_dose_interval", "first_dose_unit"),
        ("last_dose_interval", "last_dose_unit"),
        ("dechallenge", "recurrence"),
        ("verbatim",),
    )


INLINES = (ExposureInline,)
