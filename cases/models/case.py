"""The case: the report at the root, identified and dated."""

import uuid
from collections.abc import Collection

import pgtrigger
from django.db import models
from django.db.models import Q

from cases.models import ich
from cases.models.base import tracked
from cases.models.case_number import CONSTRAINTS, normalised_number
from cases.models.regional import listed_answers
from cases.models.triggers import counts_as_evidence

REPORT_TYPES = {"1": "Spontaneous report", "2": "Report from study"}


class CaseState(models.TextChoices):
    """Where a case stands in its work flow."""

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

    safety_report_id = ich.text("C.1.1", help_text="The sender's identifier: country-organisation-number.")
    created_at = ich.holding(models.DateTimeField(auto_now_add=True), "C.1.2")
    report_type = ich.code("C.1.3", REPORT_TYPES)
    first_received = ich.day("C.1.4", help_text="When the source first gave this report to the sender.")
    latest_information = ich.day(
        "C.1.5", help_text="When the latest information was received; scores hold as of this day."
    )
    has_documents = ich.flag("C.1.6.1", help_text="Does the sender hold further documents?")
    is_expedited = ich.flag("C.1.7", help_text="Does the case meet local criteria for expedited reporting?")
    worldwide_id = ich.text(
        "C.1.8.1", help_text="The worldwide unique identifier; never changes once issued."
    )
    first_sender = ich.code("C.1.8.2", help_text="Who sent this case first.")
    has_other_identifiers = ich.flag("C.1.9.1", help_text="Did earlier transmissions use other identifiers?")
    nullification_or_amendment = ich.code("C.1.11.1")
    nullification_reason = ich.text("C.1.11.2", help_text="Why the case was nullified or amended.")
    null_flavors = models.JSONField(
        default=dict,
        blank=True,
        editable=False,
        help_text="Why a value is missing, by ICH element: NI.",
    )

    class Meta:
        ordering = ["number"]
        indexes = [
            # By these, the case that a message is about is found.
            models.Index(fields=["safety_report_id"], name="case_by_safety_report_id"),
            models.Index(fields=["worldwide_id"], name="case_by_worldwide_id"),
            # Searches count the few nullified cases that they leave out.
            models.Index(fields=["id"], name="case_nullified", condition=Q(state="nullified")),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_latest_information_not_before_first",
                condition=Q(latest_information__isnull=True)
                | Q(first_received__isnull=True)
                | Q(latest_information__gte=models.F("first_received")),
                violation_error_message="The latest information can't have come before the first: "
                "check both receipt dates.",
            ),
            *CONSTRAINTS,
            listed_answers("case_regional_answers_listed", "C", "FDA.C.5.6.r"),
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
                name="summary_row",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="INSERT INTO cases_casesummary (case_id) VALUES (NEW.id); RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        self.number = normalised_number(self.number)
        super().clean_fields(exclude)

    def clean(self) -> None:
        super().clean()
        ich.check_null_flavors(self, self.null_flavors)
