"""Where the report came from: reporters, literature, other cases it belongs with, the narrative."""

from django.db import models

from cases.models.base import CaseRow, case_key, tracked


class Qualification(models.TextChoices):
    """C.2.r.4"""

    PHYSICIAN = "1", "Physician"
    PHARMACIST = "2", "Pharmacist"
    OTHER_PROFESSIONAL = "3", "Other health professional"
    LAWYER = "4", "Lawyer"
    CONSUMER = "5", "Consumer or other non-health professional"


@tracked
class Reporter(CaseRow):
    """C.2.r: a primary source."""

    case = case_key("reporters")
    given_name = models.CharField(max_length=60, blank=True)  # C.2.r.1.2
    family_name = models.CharField(max_length=60, blank=True)  # C.2.r.1.4
    reporter_organisation = models.CharField(max_length=60, blank=True)  # C.2.r.2.1
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1, two letters.")  # C.2.r.3
    qualification = models.CharField(max_length=1, choices=Qualification.choices, blank=True)  # C.2.r.4
    is_primary = models.BooleanField(  # C.2.r.5
        default=False, help_text="Primary source for regulatory purposes; one per case."
    )

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or self.get_qualification_display()


@tracked
class LiteratureReference(CaseRow):
    """C.4.r: a publication that describes the case."""

    case = case_key("literature")
    citation = models.CharField(max_length=500, help_text="Vancouver style.")  # C.4.r.1
    doi = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.citation


@tracked
class LinkedCase(CaseRow):
    """C.1.10.r: a case that should be read together with this one."""

    case = case_key("linked_cases")
    number = models.CharField(max_length=100, help_text="Identifier of the other case.")  # C.1.10.r
    other = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="linked_from"
    )
    relation = models.CharField(max_length=200, blank=True, help_text="Why they belong together.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="linked_case_named_once",
                fields=["case", "number"],
                violation_error_message="This case is linked already.",
            ),
            models.CheckConstraint(
                name="linked_case_is_another",
                condition=models.Q(other__isnull=True) | ~models.Q(other=models.F("case")),
                violation_error_message="A case can't be linked to itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.number


@tracked
class Narrative(CaseRow):
    """H: the story in words."""

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="narrative")
    case_narrative = models.TextField(blank=True, max_length=100_000)  # H.1
    reporter_comments = models.TextField(blank=True, max_length=20_000)  # H.2
    sender_comments = models.TextField(blank=True, max_length=20_000)  # H.4

    def __str__(self) -> str:
        return self.case_narrative[:80]
