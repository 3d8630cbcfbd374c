"""The versions of a case: the initial report and each follow-up, as regulators count them.

History tables are audit; this is what a regulator means by "version 2 of the case".
"""

import uuid

from django.db import models
from django.db.models import Q

from cases.models.base import case_key, known_choices, tracked
from cases.models.fields import DayField


class VersionKind(models.TextChoices):
    """Why there is a version. C.1.11.1 knows amendment and nullification."""

    INITIAL = "initial", "Initial report"
    FOLLOW_UP = "follow_up", "Follow-up"
    AMENDMENT = "amendment", "Amendment"
    NULLIFICATION = "nullification", "Nullification"


class Significance(models.TextChoices):
    """Whether the new information changes the assessment or the management of the case (GVP VI.B.7)."""

    SIGNIFICANT = "significant", "Significant"
    NOT_SIGNIFICANT = "not_significant", "Not significant"
    NOT_ASSESSED = "", "Not yet assessed"


@tracked
class CaseVersion(models.Model):
    """One version of a case, open until the next one begins; then frozen as message and as record."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = case_key("versions")
    number = models.PositiveSmallIntegerField(help_text="1 for the initial report.")
    kind = models.CharField(max_length=14, choices=VersionKind.choices, default=VersionKind.FOLLOW_UP)
    received = DayField(null=True, blank=True, help_text="When this information was received.")
    day_zero = DayField(
        null=True,
        blank=True,
        help_text="The first day on which anybody in the house, contractors included, held the four "
        "minimum criteria or, for a follow-up, the significant new information (GVP VI.B.7).",
    )
    held_by = models.CharField(max_length=250, blank=True, help_text="Who held the information on day zero.")
    source = models.CharField(
        max_length=250, blank=True, help_text="Where it came from: reporter, literature, authority ..."
    )
    significance = models.CharField(max_length=16, choices=Significance.choices, blank=True)
    reason = models.TextField(help_text="Why there is a new version.")
    opened_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    # Frozen when the version is closed: every row of the case, and the case as an ICH message.
    record = models.ForeignKey(
        "cases.StoredFile", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    message = models.ForeignKey(
        "cases.StoredFile", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(
                name="version_number_once",
                fields=["case", "number"],
                violation_error_message="The case has a version of this number already: open it anew.",
            ),
            models.UniqueConstraint(
                name="version_one_open",
                fields=["case"],
                condition=Q(closed_at__isnull=True),
                violation_error_message="The case has an open version already: close that one first.",
            ),
            models.CheckConstraint(
                name="version_counts_from_one",
                condition=Q(number__gte=1),
                violation_error_message="Versions are counted from 1.",
            ),
            models.CheckConstraint(
                name="version_first_is_initial",
                condition=Q(number=1, kind=VersionKind.INITIAL)
                | (Q(number__gt=1) & ~Q(kind=VersionKind.INITIAL)),
                violation_error_message="The first version, and no other, is the initial report.",
            ),
            known_choices(
                "version_kind_is_known",
                "kind",
                VersionKind.choices,
                "A version is an initial report, a follow-up, an amendment or a nullification.",
            ),
            models.CheckConstraint(
                name="version_has_reason",
                condition=~Q(reason=""),
                violation_error_message="Say why there is a new version.",
            ),
            models.CheckConstraint(
                name="version_day_zero_has_holder",
                condition=Q(day_zero__isnull=True) | ~Q(held_by=""),
                violation_error_message="Say who held the information on day zero.",
            ),
            models.CheckConstraint(
                name="version_day_zero_not_before_receipt",
                condition=Q(day_zero__isnull=True)
                | Q(received__isnull=True)
                | Q(day_zero__gte=models.F("received")),
                violation_error_message="Day zero can't lie before the day on which the information "
                "was received: check both dates.",
            ),
            models.CheckConstraint(
                name="version_closed_is_frozen",
                condition=Q(closed_at__isnull=True) | (Q(closed_by__isnull=False) & Q(record__isnull=False)),
                violation_error_message="A closed version keeps who closed it and its record.",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number} ({self.get_kind_display().lower()})"
