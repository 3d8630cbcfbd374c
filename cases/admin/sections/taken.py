"""What was taken: drugs with their doses, and how each relates to each reaction."""

from cases.admin.fields import OneOfRows
from cases.admin.rows import NestedInline, RowFormSet, RowInline
from cases.models import Dose, DrugReaction, Exposure


class DoseInline(NestedInline):
    model = Dose
    fields = (
        ("amount", "unit"),
        ("start", "end"),
        ("route", "text"),
        ("interval", "interval_unit"),
        ("batch", "position"),
        "verbatim",
    )


class ExposureInline(RowInline):
    model = Exposure
    verbose_name = "drug"
    verbose_name_plural = "drugs"
    autocomplete_fields = ("drug",)
    joined = ("drug",)
    fetched = ("doses",)
    inlines = (DoseInline,)
    fields = (
        ("name", "drug"),
        ("role", "indication"),
        ("action_taken", "is_ongoing_at_onset"),
        ("earlier_response", "earlier_response_text"),
        ("stated_half_life_low_hours", "stated_half_life_high_hours"),
        ("is_off_label", "position"),
        "verbatim",
    )


class PairFormSet(RowFormSet):
    """Pairs of drugs and reactions, chosen among those of this case."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if not hasattr(self, "drugs"):
            self.drugs, self.events = list(self.instance.exposures.all()), list(self.instance.reactions.all())
        form.fields["exposure"] = OneOfRows(self.drugs, required=True, label="Drug")
        form.fields["reaction"] = OneOfRows(self.events, required=True, label="Reaction")


class DrugReactionInline(RowInline):
    """Among saved drugs and reactions: a pair names two rows, and both must be there."""

    model = DrugReaction
    formset = PairFormSet
    verbose_name = "drug and reaction"
    verbose_name_plural = "drugs and reactions"
    joined = ("exposure", "reaction")
    in_new_case = False
    fields = (
        ("exposure", "reaction"),
        ("first_dose_days", "last_dose_days"),
        ("recurrence", "verbatim"),
    )


INLINES = (ExposureInline, DrugReactionInline)
