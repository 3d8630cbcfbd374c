"""A case on its way: the batch and the message in which it came or left. N.

Append-only, like everything that proves what was sent or received.
"""

from django.db import models

from cases.models import ich
from cases.models.triggers import append_only


class Direction(models.TextChoices):
    RECEIVED = "received", "Received"
    SENT = "sent", "Sent"


@append_only
class Batch(models.Model):
    """N.1: one file with one or more cases."""

    direction = models.CharField(max_length=8, choices=Direction.choices)
    message_type = ich.code("N.1.1", default="1")
    number = ich.text("N.1.2")
    sender = ich.text("N.1.3")
    receiver = ich.text("N.1.4")
    transmitted_at = ich.moment("N.1.5")

    class Meta:
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return self.number


@append_only
class Message(models.Model):
    """N.2.r: one case in a batch, with the bytes as they came or went."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="messages")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="messages")
    identifier = ich.text("N.2.r.1")
    sender = ich.text("N.2.r.2")
    receiver = ich.text("N.2.r.3")
    created_at = ich.moment("N.2.r.4")
    content = models.BinaryField(editable=False)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the bytes.")

    def __str__(self) -> str:
        return self.identifier
