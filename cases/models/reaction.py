"""What happened: the reactions, their seriousness, course and treatment."""

from django.db import models

from cases.models import ich
from cases.models.base import CaseRow, case_key, evidence, not_before, not_negative, within
from cases.models.fields import MomentField
from cases.models.regional import listed_answers


class Outcome(models.TextChoices):
    """E.i.7: how the reaction ended."""

    RECOVERED = "1", "Recovered / resolved"
    RECOVERING = "2", "Recovering / resolving"
    NOT_RECOVERED = "3", "Not recovered / ongoing"
    SEQUELAE = "4", "Recovered with sequelae"
    FATAL = "5", "Fatal"
    UNKNOWN = "0", "Unknown"


SERIOUSNESS = (
    ("death", "results in death", "a"),
    ("life_threatening", "life threatening", "b"),
    ("hospitalisation", "caused or prolonged hospitalisation", "c"),
    ("disabling", "disabling or incapacitating", "d"),
    ("congenital_anomaly", "congenital anomaly or birth defect", "e"),
    ("medically_important", "other medically important condition", "f"),
)


class Seriousness(models.Model):
    """E.i.3.2a-f, once as the reporter gave it and once as the company judged it. Unset: not reported."""

    class Meta:
        abstract = True


for _key, _words, _letter in SERIOUSNESS:
    Seriousness.add_to_class(
        f"reporter_{_key}",
        ich.flag(f"E.i.3.2{_letter}", verbose_name=_words, help_text="According to the reporter."),
    )
    Seriousness.add_to_class(
        f"company_{_key}",
        models.BooleanField(
            null=True, blank=True, verbose_name=_words, help_text="According to the company."
        ),
    )


@evidence
class Reaction(CaseRow, Seriousness):
    """E.i: one reaction or event."""

    starts, ends = "onset", "end"

    case = case_key("reactions")
    position = models.PositiveSmallIntegerField(default=1)
    term = ich.text("E.i.1.1a", help_text="The reaction in the reporter's words.")
    language = ich.text("E.i.1.1b", default="eng", help_text="ISO 639-2, three letters.")
    translation = ich.text("E.i.1.2")
    meddra_version = ich.text("E.i.2.1a")
    meddra_code = ich.text("E.i.2.1b")
    highlighted = ich.code("E.i.3.1")
    is_assessed = models.BooleanField(
        default=False, help_text="Part of the reaction that the DRESS score is about."
    )
    onset = ich.moment("E.i.4")
    end = ich.moment("E.i.5")
    duration = ich.number("E.i.6a")
    duration_unit = ich.text("E.i.6b", help_text="UCUM: a, mo, wk, d, h, min, s.")
    is_resolved = models.BooleanField(
        null=True,
        blank=True,
        verbose_name="completely resolved",
        help_text="Complete resolution of all skin and organ signs. Unknown unless the report says.",
    )
    relapse = MomentField(help_text="When it came back; a relapse is no resolution.")
    sequelae = models.CharField(max_length=250, blank=True)
    outcome = ich.code("E.i.7", dict(Outcome.choices))
    is_medically_confirmed = ich.flag("E.i.8")
    country = ich.text("E.i.9", help_text="Where it occurred, ISO 3166-1.")

    class Meta:
        ordering = ["case", "position", "id"]
        constraints = [
            listed_answers("reaction_regional_answers_listed", "E.i"),
            not_before(
                "reaction_end_not_before_onset",
                "onset",
                "end",
                "A reaction can't end before its onset: check both dates.",
            ),
            not_before(
                "reaction_relapse_not_before_onset",
                "onset",
                "relapse",
                "A relapse can't come before the onset: check both dates.",
            ),
            not_negative("reaction_duration_not_negative", "duration", "A duration"),
        ]

    def __str__(self) -> str:
        return self.term


class TreatmentResponse(models.TextChoices):
    """What the treatment of the reaction achieved, in the source's sense."""

    RESOLVED = "resolved", "Complete resolution"
    EFFECTIVE = "effective", "Effective, without saying completely"
    NONE = "none", "No response"
    NOT_STATED = "", "Not stated"


@evidence
class Treatment(CaseRow):
    """A treatment of the reaction, and how the reaction answered to it."""

    starts, ends = "start", "end"

    case = case_key("treatments")
    position = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=250)
    drug = models.ForeignKey(
        "cases.Drug", on_delete=models.PROTECT, null=True, blank=True, related_name="treatments"
    )
    is_systemic_steroid = models.BooleanField(default=False)
    amount = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=50, blank=True, help_text="UCUM, such as mg/kg/d.")
    route = models.CharField(max_length=60, blank=True)
    start = MomentField()
    end = MomentField()
    response = models.CharField(max_length=12, choices=TreatmentResponse.choices, blank=True)
    response_at = MomentField(help_text="When that was; often an interval from the start of the treatment.")
    comments = models.TextField(blank=True)

    class Meta:
        ordering = ["case", "position", "id"]
        constraints = [
            not_before(
                "treatment_end_not_before_start",
                "start",
                "end",
                "A treatment can't end before it begins: check both dates.",
            ),
            not_before(
                "treatment_response_not_before_start",
                "start",
                "response_at",
                "A response can't come before the treatment: check both dates.",
            ),
            within("treatment_amount_not_negative", "amount", 0, None, "A dose can't be negative."),
        ]

    def __str__(self) -> str:
        return self.name


class DiagnosisStatus(models.TextChoices):
    EXCLUDED = "excluded", "Excluded"
    CONSIDERED = "considered", "Considered"
    CONFIRMED = "confirmed", "Confirmed"


@evidence
class DifferentialDiagnosis(CaseRow):
    """Another explanation that was considered, and how it ended."""

    case = case_key("differential_diagnoses")
    diagnosis = models.CharField(max_length=250)
    status = models.CharField(
        max_length=12, choices=DiagnosisStatus.choices, default=DiagnosisStatus.CONSIDERED
    )
    of_background = models.BooleanField(
        default=False, help_text="It was about the underlying disease, not about this reaction."
    )
    basis = models.CharField(max_length=500, blank=True, help_text="What it rests on.")

    class Meta:
        verbose_name_plural = "differential diagnoses"

    def __str__(self) -> str:
        return f"{self.diagnosis}: {self.get_status_display()}"
