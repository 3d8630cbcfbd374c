"""What was sent in at once: as it came, and the files in it. Its job imports them."""

from django.db import models
from django.db.models import Q

from cases.models.triggers import append_only


@append_only
class Receipt(models.Model):
    """One file or zip that was sent in, as it came; its job imports what is in it."""

    job = models.OneToOneField("jobs.Job", on_delete=models.PROTECT, related_name="receipt")
    file_name = models.CharField(max_length=250, help_text="Under which it came.")
    size = models.BigIntegerField(help_text="Bytes.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the whole file, hexadecimal.")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name


@append_only
class ReceiptChunk(models.Model):
    """A part of what was sent in. A file of one batch shares its parts with the batch."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="chunks")
    position = models.PositiveIntegerField()
    file = models.ForeignKey("cases.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["receipt", "position"]
        constraints = [
            models.UniqueConstraint(
                name="receipt_chunk_position_once",
                fields=["receipt", "position"],
                violation_error_message="This part of the file is there already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt}, chunk {self.position}"


@append_only
class ReceiptFile(models.Model):
    """A file of what was sent in: the only one, or one of a zip. Without a batch it was refused."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="files")
    position = models.PositiveIntegerField(help_text="Its place in the zip, from 1.")
    name = models.CharField(max_length=300)
    batch = models.ForeignKey(
        "exchange.Batch", on_delete=models.PROTECT, null=True, blank=True, related_name="receipt_files"
    )
    refusal = models.TextField(blank=True, help_text="Why nothing of it was imported.")

    class Meta:
        ordering = ["receipt", "position"]
        constraints = [
            models.UniqueConstraint(
                name="receipt_file_position_once",
                fields=["receipt", "position"],
                violation_error_message="This file of the zip is there already.",
            ),
            models.CheckConstraint(
                name="receipt_file_stored_or_refused",
                condition=Q(batch__isnull=False) | ~Q(refusal=""),
                violation_error_message="A file that isn't stored says why.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
