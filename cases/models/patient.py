"""The patient, and what was known of them before the reaction."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from cases.models import ich
from cases.models.base import CaseRow, case_key, evidence, not_before, not_negative, tracked, within
from cases.models.fields import MomentField
from cases.models.regional import listed_answers
from values.numbers import plain_number


class EarlierResponse(models.TextChoices):
    """What an earlier treatment did."""

    EFFECTIVE = "effective", "Effective"
    INEFFECTIVE = "ineffective", "Failed"
    NOT_STATED = "", "Not stated"


AGE_UNITS = {
    "{decade}": "decades",
    "a": "years",
    "mo": "months",
    "wk": "weeks",
    "d": "days",
    "h": "hours",
    "{trimester}": "trimesters",
}


def period_unit(element: str) -> "models.Field[Any, Any]":
    """A unit in which an age or a period of gestation is given."""
    return ich.holding(models.CharField(max_length=50, choices=list(AGE_UNITS.items()), blank=True), element)


@evidence
class Patient(CaseRow):
    """D: one patient per case."""

    starts = "birth_date"

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="patient")
    initials = ich.text("D.1", help_text="Name or initials.")
    gp_record = ich.text("D.1.1.1", verbose_name="record number: GP")
    specialist_record = ich.text("D.1.1.2", verbose_name="record number: specialist")
    hospital_record = ich.text("D.1.1.3", verbose_name="record number: hospital")
    investigation_record = ich.text("D.1.1.4", verbose_name="record number: investigation")
    birth_date = ich.moment("D.2.1")
    age = ich.number("D.2.2a", help_text="Age at onset.")
    age_unit = period_unit("D.2.2b")
    gestation = ich.number("D.2.2.1a", help_text="Gestation when the reaction was seen in the foetus.")
    gestation_unit = period_unit("D.2.2.1b")
    age_group = ich.code("D.2.3", help_text="As the reporter said, where no age is known.")
    weight_kg = ich.number("D.3", verbose_name="weight in kg")
    height_cm = ich.number("D.4", verbose_name="height in cm")
    sex = ich.code("D.5")
    last_menstrual_period = ich.moment("D.6")
    history_text = ich.text("D.7.2", verbose_name="history in words")
    takes_concomitant_therapies = ich.flag("D.7.3")
    death_date = ich.moment("D.9.1", verbose_name="date of death")
    autopsy_done = ich.flag("D.9.3")
    is_consanguineous = models.BooleanField(
        null=True, blank=True, verbose_name="parents related", help_text="Unknown unless the report says."
    )

    class Meta:
        constraints = [
            listed_answers("patient_regional_answers_listed", "D", "FDA.D.11.r"),
            not_before(
                "patient_death_not_before_birth",
                "birth_date",
                "death_date",
                "Nobody dies before being born: check both dates.",
            ),
            not_negative("patient_gestation_not_negative", "gestation", "A gestation"),
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
        age = f"{plain_number(self.age)} {self.get_age_unit_display()}" if self.age is not None else ""
        return ", ".join(filter(None, [self.initials, self.get_sex_display(), age])) or "Patient"

    @property
    def anchor(self) -> str:
        return "birth"


class Condition(CaseRow):
    """An earlier or concurrent condition."""

    starts, ends = "start", "end"

    term = models.CharField(max_length=250, help_text="The condition in the reporter's words.")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.term


@evidence
class MedicalHistory(Condition):
    """D.7.1.r: an earlier or concurrent condition of the patient or of the family."""

    case = case_key("medical_history")
    meddra_version = ich.text("D.7.1.r.1a")
    meddra_code = ich.text("D.7.1.r.1b")
    start = ich.moment("D.7.1.r.2")
    is_continuing = ich.flag("D.7.1.r.3")
    end = ich.moment("D.7.1.r.4")
    comments = ich.text("D.7.1.r.5")
    is_family_history = ich.holding(models.BooleanField(default=False), "D.7.1.r.6")

    class Meta:
        verbose_name_plural = "medical history"
        constraints = [
            not_before(
                "history_end_not_before_start",
                "start",
                "end",
                "A condition can't end before it begins: check both dates.",
            ),
        ]


class EarlierDrug(CaseRow):
    """A drug taken before, for this or another reason, and what it did."""

    starts, ends = "start", "end"

    drug = models.ForeignKey("cases.Drug", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    indication = models.CharField(max_length=250, blank=True)
    reaction = models.CharField(max_length=250, blank=True)

    if TYPE_CHECKING:  # declared by each of the two, as an element of its own
        name: "models.Field[str, str]"

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


@evidence
class PastDrug(EarlierDrug):
    """D.8.r: a drug that the patient took before."""

    case = case_key("past_drugs")
    name = ich.text("D.8.r.1")
    mpid_version = ich.text("D.8.r.2a")
    mpid = ich.text("D.8.r.2b")
    phpid_version = ich.text("D.8.r.3a")
    phpid = ich.text("D.8.r.3b")
    start = ich.moment("D.8.r.4")
    end = ich.moment("D.8.r.5")
    indication_meddra_version = ich.text("D.8.r.6a")
    indication_meddra_code = ich.text("D.8.r.6b")
    reaction_meddra_version = ich.text("D.8.r.7a")
    reaction_meddra_code = ich.text("D.8.r.7b")
    response = models.CharField(max_length=12, choices=EarlierResponse.choices, blank=True)
    response_at = MomentField()
    doses = models.PositiveSmallIntegerField(null=True, blank=True, help_text="How many doses, if counted.")

    class Meta:
        constraints = [
            not_before(
                "past_drug_end_not_before_start",
                "start",
                "end",
                "A treatment can't end before it begins: check both dates.",
            ),
        ]


class DeathCause(CaseRow):
    """A cause of death in words and coded."""

    if TYPE_CHECKING:  # declared by each of the two, as elements of its own
        text: "models.Field[str, str]"
        meddra_code: "models.Field[str, str]"

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text or self.meddra_code


@tracked
class ReportedCauseOfDeath(DeathCause):
    """D.9.2.r: a cause of death as reported."""

    case = case_key("reported_causes_of_death")
    text = ich.text("D.9.2.r.2")
    meddra_version = ich.text("D.9.2.r.1a")
    meddra_code = ich.text("D.9.2.r.1b")

    class Meta:
        verbose_name_plural = "reported causes of death"


@tracked
class AutopsyCauseOfDeath(DeathCause):
    """D.9.4.r: a cause of death as the autopsy found it."""

    case = case_key("autopsy_causes_of_death")
    text = ich.text("D.9.4.r.2")
    meddra_version = ich.text("D.9.4.r.1a")
    meddra_code = ich.text("D.9.4.r.1b")

    class Meta:
        verbose_name_plural = "autopsy causes of death"
