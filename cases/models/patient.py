"""The patient, and what was known of them before the reaction."""

from django.db import models
from django.db.models import Q

from cases.models.base import CaseRow, case_key, evidence, within
from cases.models.fields import MomentField


class Sex(models.TextChoices):
    """D.5"""

    MALE = "1", "Male"
    FEMALE = "2", "Female"


class AgeUnit(models.TextChoices):
    """D.2.2b"""

    DECADE = "{decade}", "decades"
    YEAR = "a", "years"
    MONTH = "mo", "months"
    WEEK = "wk", "weeks"
    DAY = "d", "days"
    HOUR = "h", "hours"


class EarlierResponse(models.TextChoices):
    """What an earlier treatment did."""

    EFFECTIVE = "effective", "Effective"
    INEFFECTIVE = "ineffective", "Failed"
    NOT_STATED = "", "Not stated"


@evidence
class Patient(CaseRow):
    """D: one patient per case."""

    starts = "birth_date"

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="patient")
    initials = models.CharField(max_length=60, blank=True)  # D.1
    birth_date = MomentField()  # D.2.1
    age = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)  # D.2.2a
    age_unit = models.CharField(max_length=8, choices=AgeUnit.choices, blank=True)  # D.2.2b
    weight_kg = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)  # D.3
    height_cm = models.PositiveSmallIntegerField(null=True, blank=True)  # D.4
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)  # D.5
    death_date = MomentField()  # D.9.1
    is_consanguineous = models.BooleanField(
        null=True, blank=True, verbose_name="parents related", help_text="Unknown unless the report says."
    )
    history_text = models.TextField(blank=True, max_length=10_000)  # D.7.2

    class Meta:
        constraints = [
            within("patient_age_not_negative", "age", 0, None, "An age can't be negative."),
            models.CheckConstraint(
                name="patient_age_has_unit",
                condition=Q(age__isnull=True, age_unit="") | (Q(age__isnull=False) & ~Q(age_unit="")),
                violation_error_message="An age needs its unit, and the unit needs a number.",
            ),
            within("patient_weight_plausible", "weight_kg", 0, 650, "A weight is between 0 and 650 kg."),
            within("patient_height_plausible", "height_cm", 10, 280, "A height is between 10 and 280 cm."),
        ]

    def __str__(self) -> str:
        age = f"{self.age.normalize():f} {self.get_age_unit_display()}" if self.age is not None else ""
        return ", ".join(filter(None, [self.initials, self.get_sex_display(), age])) or "Patient"

    @property
    def anchor(self) -> str:
        return "birth"


@evidence
class MedicalHistory(CaseRow):
    """D.7.1.r: an earlier or concurrent condition of the patient or of the family."""

    starts, ends = "start", "end"

    case = case_key("medical_history")
    term = models.CharField(max_length=250)
    meddra_code = models.CharField(max_length=8, blank=True)  # D.7.1.r.1b
    meddra_version = models.CharField(max_length=4, blank=True)  # D.7.1.r.1a
    start = MomentField()  # D.7.1.r.2
    is_continuing = models.BooleanField(null=True, blank=True)  # D.7.1.r.3
    end = MomentField()  # D.7.1.r.4
    comments = models.TextField(blank=True, max_length=2000)  # D.7.1.r.5
    is_family_history = models.BooleanField(default=False)  # D.7.1.r.6

    class Meta:
        verbose_name_plural = "medical history"

    def __str__(self) -> str:
        return self.term


@evidence
class PastDrug(CaseRow):
    """D.8.r: a drug taken before, for this or another reason, and what it did."""

    starts, ends = "start", "end"

    case = case_key("past_drugs")
    name = models.CharField(max_length=250)  # D.8.r.1
    drug = models.ForeignKey(
        "cases.Drug", on_delete=models.PROTECT, null=True, blank=True, related_name="past_uses"
    )
    start = MomentField()  # D.8.r.4
    end = MomentField()  # D.8.r.5
    indication = models.CharField(max_length=250, blank=True)
    indication_meddra_code = models.CharField(max_length=8, blank=True)  # D.8.r.6b
    reaction = models.CharField(max_length=250, blank=True)
    response = models.CharField(max_length=12, choices=EarlierResponse.choices, blank=True)
    response_at = MomentField()
    doses = models.PositiveSmallIntegerField(null=True, blank=True, help_text="How many doses, if counted.")

    def __str__(self) -> str:
        return self.name
