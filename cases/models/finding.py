"""Clinical findings: what was seen, felt or measured at the patient."""

from django.db import models
from django.db.models import Q

from cases.models.base import RESULT_CHOICES, CaseRow, Finding, case_key, evidence, within
from cases.models.fields import MomentField
from scoring.facts import Explanation, Organ, ResultKind
from values.numbers import plain_number


class TemperatureSite(models.TextChoices):
    CORE = "core", "Core (rectal, oral, tympanic, bladder)"
    AXILLARY = "axillary", "Axillary"
    NOT_STATED = "", "Not stated"


@evidence
class Temperature(Finding):
    """One temperature, or fever reported without one."""

    case = case_key("temperatures")
    result = models.CharField(max_length=12, choices=RESULT_CHOICES, default=ResultKind.MEASURED.value)
    celsius = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    site = models.CharField(max_length=10, choices=TemperatureSite.choices, blank=True)
    is_peak = models.BooleanField(
        "highest of the reaction",
        default=False,
        help_text="No higher one was measured. Only then does a low temperature exclude fever.",
    )
    when = MomentField()

    class Meta:
        constraints = [
            within(
                "temperature_between_30_and_45",
                "celsius",
                30,
                45,
                "A body temperature is between 30 and 45 °C; convert from Fahrenheit if need be.",
            ),
            models.CheckConstraint(
                name="temperature_measured_has_number",
                condition=Q(celsius__isnull=False) | ~Q(result=ResultKind.MEASURED.value),
                violation_error_message="A measured temperature needs its number; for “fever” in words "
                "choose “Positive”.",
            ),
        ]

    def __str__(self) -> str:
        if self.celsius is not None:
            return f"{plain_number(self.celsius)} °C"
        return f"Fever: {self.get_result_display()}"


class Extent(models.TextChoices):
    """Extent of a rash without a percentage."""

    WIDESPREAD = "widespread", "Widespread, generalised"
    LOCALISED = "localised", "Localised"
    NOT_STATED = "", "Not stated"


@evidence
class SkinExamination(Finding):
    """The skin at one time. Unset features were not described; No means looked for and absent."""

    case = case_key("skin_examinations")
    when = MomentField()
    description = models.CharField(max_length=500, blank=True)
    extent_percent = models.DecimalField(
        "extent in % of body surface", max_digits=5, decimal_places=2, null=True, blank=True
    )
    extent = models.CharField("extent in words", max_length=12, choices=Extent.choices, blank=True)
    distribution = models.CharField(max_length=250, blank=True)
    facial_oedema = models.BooleanField(null=True, blank=True)
    infiltration = models.BooleanField(null=True, blank=True)
    purpura_beyond_legs = models.BooleanField(
        null=True, blank=True, help_text="Purpura on the legs alone does not count."
    )
    scaling = models.BooleanField(null=True, blank=True)
    itch = models.BooleanField(null=True, blank=True)
    reporter_finds_suggestive = models.BooleanField(
        "source finds it suggestive of DRESS", null=True, blank=True
    )

    class Meta:
        constraints = [
            within(
                "skin_extent_between_0_and_100",
                "extent_percent",
                0,
                100,
                "The extent is a percentage of the body surface, 0 to 100.",
            ),
        ]

    def __str__(self) -> str:
        return self.description or "Skin examination"


@evidence
class LymphNodeExamination(Finding):
    """The lymph nodes at one time."""

    case = case_key("lymph_node_examinations")
    result = models.CharField(max_length=12, choices=RESULT_CHOICES, default=ResultKind.POSITIVE.value)
    is_complete = models.BooleanField(
        "all sites examined", default=False, help_text="What is not listed below was not enlarged."
    )
    when = MomentField()

    def __str__(self) -> str:
        return f"Lymph nodes: {self.get_result_display()}"


@evidence
class LymphNodeSite(CaseRow):
    """One region with its largest node."""

    case = case_key("lymph_node_sites")
    examination = models.ForeignKey(LymphNodeExamination, on_delete=models.CASCADE, related_name="sites")
    site = models.CharField(max_length=60, help_text="Such as left cervical, axillary, inguinal.")
    size_cm = models.DecimalField("largest, in cm", max_digits=4, decimal_places=1, null=True, blank=True)

    class Meta:
        constraints = [
            within("lymph_node_size_plausible", "size_cm", 0, 30, "A lymph node measures 0 to 30 cm."),
        ]

    def __str__(self) -> str:
        return self.site


@evidence
class OrganInvolvement(Finding):
    """Trouble of one organ, or its explicit absence."""

    ORGANS = [
        (Organ.LIVER.value, "Liver"),
        (Organ.KIDNEY.value, "Kidney"),
        (Organ.LUNG.value, "Lung"),
        (Organ.MUSCLE_HEART.value, "Muscle or heart"),
        (Organ.PANCREAS.value, "Pancreas"),
        (Organ.OTHER.value, "Other organ"),
        (Organ.ALL_OTHERS.value, "All organs not named otherwise"),
    ]
    EXPLANATIONS = [
        (Explanation.NOT_KNOWN.value, "Not known"),
        (Explanation.EXCLUDED.value, "Excluded"),
        (Explanation.PRESENT.value, "Present: something else explains it"),
    ]

    case = case_key("organ_involvements")
    organ = models.CharField(max_length=12, choices=ORGANS)
    name = models.CharField(
        "which organ", max_length=60, blank=True, help_text="If another organ: spleen, thyroid, brain, colon."
    )
    result = models.CharField(max_length=12, choices=RESULT_CHOICES, default=ResultKind.POSITIVE.value)
    basis = models.CharField(max_length=250, blank=True, help_text="Imaging, biopsy, function, symptoms.")
    meets_threshold = models.BooleanField(
        default=False,
        help_text="The finding itself proves it: interstitial change on X-ray, abnormal echo, biopsy.",
    )
    other_explanation = models.CharField(
        max_length=12, choices=EXPLANATIONS, default=Explanation.NOT_KNOWN.value
    )
    when = MomentField()

    def __str__(self) -> str:
        return f"{self.name or self.get_organ_display()}: {self.get_result_display()}"


@evidence
class Symptom(Finding):
    """Any other sign or symptom, present or explicitly absent."""

    case = case_key("symptoms")
    term = models.CharField(max_length=250)
    result = models.CharField(max_length=12, choices=RESULT_CHOICES, default=ResultKind.POSITIVE.value)
    when = MomentField()

    def __str__(self) -> str:
        present = self.result == ResultKind.POSITIVE.value
        return self.term if present else f"{self.term}: {self.get_result_display()}"
