"""What was taken: drugs with their doses, indications, and how they relate to each reaction."""

from django.db import models
from django.db.models import F, Q

from cases.models.base import CaseRow, case_key, evidence, within
from cases.models.fields import MomentField
from cases.models.patient import EarlierResponse


class Role(models.TextChoices):
    """G.k.1"""

    SUSPECT = "1", "Suspect"
    CONCOMITANT = "2", "Concomitant"
    INTERACTING = "3", "Interacting"
    NOT_ADMINISTERED = "4", "Drug not administered"


SUSPECT_ROLES = (Role.SUSPECT, Role.INTERACTING)


class Action(models.TextChoices):
    """G.k.8"""

    WITHDRAWN = "1", "Drug withdrawn"
    REDUCED = "2", "Dose reduced"
    INCREASED = "3", "Dose increased"
    NOT_CHANGED = "4", "Dose not changed"
    UNKNOWN = "0", "Unknown"
    NOT_APPLICABLE = "9", "Not applicable"


class Recurrence(models.TextChoices):
    """G.k.9.i.4"""

    RECURRED = "1", "Rechallenge done, reaction recurred"
    DID_NOT_RECUR = "2", "Rechallenge done, reaction did not recur"
    OUTCOME_UNKNOWN = "3", "Rechallenge done, outcome unknown"
    NO_RECHALLENGE = "4", "No rechallenge was done"


def _range(name: str, low: str, high: str, message: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{low}__isnull": True, f"{high}__isnull": True})
        | Q(**{f"{low}__gt": 0, f"{high}__gte": F(low)}),
        violation_error_message=message,
    )


@evidence
class Exposure(CaseRow):
    """G.k: one drug as the patient was exposed to it.

    The half-life of the dictionary is copied when the drug is entered, with the release it came
    from, so that a later dictionary changes no stored case behind anybody's back. The report's own
    half-life stands beside it and takes precedence.
    """

    case = case_key("exposures")
    position = models.PositiveSmallIntegerField(default=1)
    role = models.CharField(max_length=1, choices=Role.choices, default=Role.SUSPECT)  # G.k.1
    name = models.CharField(max_length=250, help_text="As reported by the primary source.")  # G.k.2.2
    drug = models.ForeignKey(
        "cases.Drug", on_delete=models.PROTECT, null=True, blank=True, related_name="exposures"
    )
    indication = models.CharField(max_length=250, blank=True)  # G.k.7.r.1
    is_off_label = models.BooleanField(null=True, blank=True)
    earlier_response = models.CharField(max_length=12, choices=EarlierResponse.choices, blank=True)
    earlier_response_text = models.CharField(max_length=250, blank=True)
    action_taken = models.CharField(max_length=1, choices=Action.choices, blank=True)  # G.k.8
    is_ongoing_at_onset = models.BooleanField(
        null=True, blank=True, help_text="Was treatment still running when the reaction began?"
    )
    stated_half_life_low_hours = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    stated_half_life_high_hours = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    reference_half_life_low_hours = models.DecimalField(
        max_digits=9, decimal_places=3, null=True, blank=True, editable=False
    )
    reference_half_life_high_hours = models.DecimalField(
        max_digits=9, decimal_places=3, null=True, blank=True, editable=False
    )
    reference_release = models.CharField(max_length=20, blank=True, editable=False)

    class Meta:
        ordering = ["case", "position", "id"]
        constraints = [
            _range(
                "exposure_stated_half_life_right_way_up",
                "stated_half_life_low_hours",
                "stated_half_life_high_hours",
                "The stated half-life is positive, and its range runs from low to high; give both ends.",
            ),
            _range(
                "exposure_reference_half_life_right_way_up",
                "reference_half_life_low_hours",
                "reference_half_life_high_hours",
                "The reference half-life is positive, and its range runs from low to high.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def prepare(self) -> None:
        """Copy the dictionary's half-life when the drug is entered or exchanged."""
        entered = type(self).objects.filter(pk=self.pk).values_list("drug_id", flat=True).first()
        if self._state.adding or entered != self.drug_id:
            found = self.drug and self.drug.half_lives.filter(is_default=True).first()
            self.reference_half_life_low_hours = found.low_hours if found else None
            self.reference_half_life_high_hours = found.high_hours if found else None
            self.reference_release = self.drug.release if self.drug else ""

    @property
    def half_life_hours(self):
        """(lowest, highest): as the report states it, else as the dictionary had it, else None."""
        if self.stated_half_life_low_hours is not None:
            return self.stated_half_life_low_hours, self.stated_half_life_high_hours
        if self.reference_half_life_low_hours is not None:
            return self.reference_half_life_low_hours, self.reference_half_life_high_hours
        return None

    @property
    def is_suspect(self) -> bool:
        return self.role in SUSPECT_ROLES


@evidence
class Dose(CaseRow):
    """G.k.4.r: one dose, or one stretch of equal doses."""

    starts, ends = "start", "end"

    case = case_key("doses")
    exposure = models.ForeignKey(Exposure, on_delete=models.CASCADE, related_name="doses")
    position = models.PositiveSmallIntegerField(default=1, help_text="Order of administration.")
    amount = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)  # G.k.4.r.1a
    unit = models.CharField(max_length=50, blank=True, help_text="UCUM, such as mg or mg/kg.")  # G.k.4.r.1b
    interval = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)  # G.k.4.r.2
    interval_unit = models.CharField(
        max_length=12, blank=True, help_text="UCUM, such as d or mo."
    )  # G.k.4.r.3
    start = MomentField()  # G.k.4.r.4
    end = MomentField()  # G.k.4.r.5
    text = models.CharField(max_length=2000, blank=True)  # G.k.4.r.8
    route = models.CharField(max_length=60, blank=True)  # G.k.4.r.10.1
    batch = models.CharField(max_length=35, blank=True)  # G.k.4.r.7

    class Meta:
        ordering = ["exposure", "position", "id"]
        constraints = [
            within("dose_amount_not_negative", "amount", 0, None, "A dose can't be negative."),
            within("dose_interval_not_negative", "interval", 0, None, "An interval can't be negative."),
        ]

    def __str__(self) -> str:
        amount = f"{self.amount.normalize():f} {self.unit}" if self.amount is not None else self.text
        return f"{amount} {self.route}".strip() or f"Dose {self.position}"


@evidence
class DrugReaction(CaseRow):
    """G.k.9.i: one drug and one reaction. Intervals as the source states them."""

    case = case_key("drug_reactions")
    exposure = models.ForeignKey(Exposure, on_delete=models.CASCADE, related_name="reactions")
    reaction = models.ForeignKey("cases.Reaction", on_delete=models.CASCADE, related_name="exposures")
    first_dose_days = models.DecimalField(  # G.k.9.i.3.1
        max_digits=9, decimal_places=3, null=True, blank=True, help_text="Days from first dose to reaction."
    )
    last_dose_days = models.DecimalField(  # G.k.9.i.3.2
        max_digits=9, decimal_places=3, null=True, blank=True, help_text="Days from last dose to reaction."
    )
    recurrence = models.CharField(max_length=1, choices=Recurrence.choices, blank=True)  # G.k.9.i.4

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="drug_reaction_pair_once",
                fields=["exposure", "reaction"],
                violation_error_message="This drug and this reaction are paired already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exposure} / {self.reaction}"
