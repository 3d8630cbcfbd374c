"""Files in the database, once per content: uploaded, received, sent and frozen."""

from django.db import models

from cases.models.triggers import append_only


@append_only
class StoredFile(models.Model):
    """Bytes under their SHA-256. The same bytes are stored once, however many rows refer to them."""

    digest = models.CharField(
        max_length=64, primary_key=True, editable=False, help_text="SHA-256, hexadecimal."
    )
    content = models.BinaryField(editable=False)
    size = models.PositiveIntegerField(editable=False, help_text="Bytes.")
    media_type = models.CharField(max_length=100, blank=True, editable=False)
    thumbnail = models.BinaryField(
        null=True, editable=False, help_text="A small JPEG of a picture, without its metadata."
    )
    stored_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.digest[:12]} ({self.size} bytes)"
