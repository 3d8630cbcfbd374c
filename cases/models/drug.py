"""The drug dictionary: substances, ATC, and how long they stay in the body."""

from django.db import models
from django.db.models import F, Q

from cases.models.base import tracked
from scoring.facts import Condition
from values.numbers import plain_number


@tracked
class Drug(models.Model):
    """A medicinal substance or a class of drugs, of one release of the dictionary."""

    name = models.CharField(max_length=250, unique=True)
    substance = models.CharField(max_length=250, blank=True, help_text="Empty for a class such as NSAIDs.")
    atc = models.CharField("ATC", max_length=7, blank=True, db_index=True)
    is_class = models.BooleanField(default=False, help_text="A class of drugs, not one substance.")
    release = models.CharField(max_length=20, help_text="Release of the dictionary that holds this entry.")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="drug_atc_shape",
                condition=Q(atc="") | Q(atc__regex=r"^[A-Z](\d\d([A-Z]([A-Z](\d\d)?)?)?)?$"),
                violation_error_message="An ATC code looks like L04AC08, or its first 1, 3, 4 or 5 signs.",
            ),
            models.CheckConstraint(
                name="drug_class_has_no_substance",
                condition=Q(is_class=False) | Q(substance=""),
                violation_error_message="A class of drugs has no substance of its own.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


# In the order in which the list offers them.
CONDITIONS = [
    (Condition.ADULT.value, "Adults"),
    (Condition.CHILD.value, "Children"),
    (Condition.NEWBORN.value, "Newborns"),
    (Condition.ELDERLY.value, "Elderly"),
    (Condition.FIRST_DOSE.value, "First dose"),
    (Condition.CHRONIC.value, "Chronic use"),
    (Condition.ACTIVE_METABOLITE.value, "Active metabolite"),
    (Condition.RENAL_IMPAIRMENT.value, "Renal impairment"),
    (Condition.HEPATIC_IMPAIRMENT.value, "Hepatic impairment"),
    (Condition.INTERACTION.value, "With another drug"),
    (Condition.DEPOT.value, "Depot form"),
    (Condition.TISSUE.value, "Tissue or cells"),
    (Condition.CLEARANCE.value, "Time until it can't be measured any more"),
    (Condition.OTHER.value, "Another reading"),
]


@tracked
class HalfLife(models.Model):
    """An elimination half-life as a range, with its condition, population and source.

    The condition says for whom it counts: children, patients with failing kidneys, first dose or chronic
    use. A time to clearance stands instead of five half-lives.
    """

    drug = models.ForeignKey(Drug, on_delete=models.CASCADE, related_name="half_lives")
    condition = models.CharField(max_length=20, choices=CONDITIONS, default=Condition.ADULT.value)
    low_hours = models.DecimalField(
        max_digits=9, decimal_places=3, null=True, blank=True, help_text="Empty: the source gives no number."
    )
    high_hours = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    population = models.CharField(max_length=100, blank=True)
    source = models.CharField(max_length=200)
    is_verified = models.BooleanField(default=False, help_text="Somebody has seen the source.")
    is_default = models.BooleanField(default=False, help_text="Copied to new exposures.")

    class Meta:
        ordering = ["drug", "-is_default", "low_hours"]
        constraints = [
            models.CheckConstraint(
                name="half_life_range_right_way_up",
                condition=Q(low_hours__isnull=True, high_hours__isnull=True, is_default=False)
                | Q(low_hours__gt=0, high_hours__gte=F("low_hours")),
                violation_error_message="A half-life is positive, and its range runs from low to high. Leave "
                "both ends empty only where the source gives no number, and not in the default.",
            ),
            models.CheckConstraint(
                name="half_life_condition_known",
                condition=Q(condition__in=[condition for condition, _ in CONDITIONS]),
                violation_error_message="Choose from the list the condition under which the half-life holds.",
            ),
            models.UniqueConstraint(
                name="half_life_one_default_per_drug",
                fields=["drug"],
                condition=Q(is_default=True),
                violation_error_message="A drug has one half-life that is copied to new exposures.",
            ),
        ]

    def __str__(self) -> str:
        if self.low_hours is None or self.high_hours is None:
            return f"no number, {self.population or self.get_condition_display()}"
        return f"{plain_number(self.low_hours)}-{plain_number(self.high_hours)} h {self.population}".strip()
