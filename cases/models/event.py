"""The event log: what was done to each case, in words."""

from django.db import models

from cases.models.triggers import append_only


@append_only
class CaseEvent(models.Model):
    """Who did what to which case, when and why.

    No foreign keys: the log never stands in the way of anything, and nothing takes it away.
    """

    case_id = models.BigIntegerField(db_index=True)
    case_number = models.CharField(max_length=100)
    action = models.CharField(max_length=30)
    changes = models.JSONField(default=list, help_text="One sentence for each row added, changed or removed.")
    reason = models.TextField()
    by_id = models.BigIntegerField()
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        # For requests for the cases that have changed since a time.
        indexes = [models.Index(fields=["at", "case_id"], name="case_event_by_time")]

    def __str__(self) -> str:
        return f"{self.case_number}: {self.action} by {self.by_name}"
