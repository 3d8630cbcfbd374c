"""Cases that are the same as another one: which is kept up to date, and what that one got of the other."""

import uuid

from django.db import models
from django.db.models import Q

from cases.models.base import case_key, tracked


@tracked
class JoinedDuplicate(models.Model):
    """A case that is the same as a master case, from when the two were joined until they are parted."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = case_key("joined_to")
    master = case_key("joined_duplicates")
    reason = models.TextField(help_text="Why the two are the same case.")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    parted_at = models.DateTimeField(null=True, blank=True, help_text="Since when it is over.")
    added = models.JSONField(
        default=list, editable=False, help_text="UUIDs of the rows that the master case got by it."
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="joined_duplicate_once",
                fields=["case"],
                condition=Q(parted_at__isnull=True),
                violation_error_message="The case is joined to a master case already: part the two first.",
            ),
            models.CheckConstraint(
                name="joined_duplicate_of_another",
                condition=~Q(master=models.F("case")),
                violation_error_message="A case is no duplicate of itself: name the other one.",
            ),
            models.CheckConstraint(
                name="joined_duplicate_has_reason",
                condition=Q(reason__regex=r"\S"),
                violation_error_message="Say why the two are the same case: it is kept in the history.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}, the same as {self.master}"
