"""What is stored for readers without the right to identities."""

from django.db import models


class MaskedDocument(models.Model):
    """A case as JSON without identities, as it was last made (`research.masked_documents`).

    `key` says from what: it is compared before the document is served, so that a stale one never is.
    """

    case = models.OneToOneField(
        "cases.Case", on_delete=models.CASCADE, primary_key=True, related_name="masked_document"
    )
    key = models.CharField(
        max_length=64, help_text="SHA-256 of the case as JSON, the masking version and the drug dictionary."
    )
    masking_version = models.PositiveSmallIntegerField()
    rule_version = models.CharField(max_length=60, help_text="Of the score in it; empty without one.")
    evidence_version = models.BigIntegerField(help_text="Of the evidence when it was made.")
    document = models.TextField()

    def __str__(self) -> str:
        return f"masked document of case {self.case_id}"
