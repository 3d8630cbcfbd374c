"""The case: the report at the root, identified and dated."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q

from cases.models.base import tracked
from cases.models.triggers import counts_as_evidence


class ReportType(models.TextChoices):
    """C.1.3"""

    SPONTANEOUS = "1", "Spontaneous report"
    STUDY = "2", "Report from study"
    OTHER = "3", "Other"
    NOT_AVAILABLE = "4", "Not available to sender"


class CaseState(models.TextChoices):
    """Where a case stands in the house."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    CLOSED = "closed", "Closed"
    NULLIFIED = "nullified", "Nullified"


@tracked
@counts_as_evidence(column="id")
class Case(models.Model):
    """One suspected adverse drug reaction of one patient, as reported."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(
        max_length=100, unique=True, help_text="The number under which the registry keeps the case."
    )
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(max_length=12, choices=CaseState.choices, default=CaseState.DRAFT)
    is_synthetic = models.BooleanField(
        default=False, editable=False, help_text="Made by the generator: no patient stands behind it."
    )

    # C.1.1
    safety_report_id = models.CharField(
        max_length=100, blank=True, help_text="The sender's identifier: country-organisation-number."
    )
    # C.1.8.1
    worldwide_id = models.CharField(
        max_length=100, blank=True, help_text="The worldwide unique identifier; never changes once issued."
    )
    # C.1.2
    created_at = models.DateTimeField(auto_now_add=True)
    # C.1.3
    report_type = models.CharField(max_length=1, choices=ReportType.choices, blank=True)
    # C.1.4
    first_received = models.DateField(
        null=True, blank=True, help_text="When the source first gave this report to the sender."
    )
    # C.1.5
    latest_information = models.DateField(
        null=True,
        blank=True,
        help_text="When the latest information was received; scores hold as of this day.",
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                name="case_latest_information_not_before_first",
                condition=Q(latest_information__isnull=True)
                | Q(first_received__isnull=True)
                | Q(latest_information__gte=models.F("first_received")),
                violation_error_message="The latest information can't have come before the first: "
                "check both receipt dates.",
            ),
            models.CheckConstraint(
                name="case_number_has_no_blank",
                condition=Q(number__regex=r"^\S+$"),
                violation_error_message="A case number is one word without spaces.",
            ),
            models.CheckConstraint(
                name="case_state_is_known",
                condition=Q(state__in=CaseState.values),
                violation_error_message=f"A case is one of: {', '.join(CaseState.values)}.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="never_deleted",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__is_synthetic=False),
            ),
            pgtrigger.Trigger(
                name="score_row",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="INSERT INTO cases_casescore (case_id) VALUES (NEW.id); RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return self.number
