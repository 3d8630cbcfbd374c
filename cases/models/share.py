"""Cases that one organisation lets another read."""

import uuid

from django.db import models
from django.db.models import Q

from cases.models.base import case_key, tracked


@tracked
class CaseShare(models.Model):
    """One organisation may read a case of another, from when it was shared until that is withdrawn."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = case_key("shares")
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="shared_cases"
    )
    reason = models.TextField(help_text="Why the other organisation may read the case.")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="Since when it is over.")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="case_share_open_once",
                fields=["organisation", "case"],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message="The case is shared with this organisation already.",
            ),
            models.CheckConstraint(
                name="case_share_has_reason",
                condition=Q(reason__regex=r"\S"),
                violation_error_message="Say why the case is shared: it is kept in the history.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} for {self.organisation}"
