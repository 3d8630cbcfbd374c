"""What is stored for readers without the right to identities."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from cases.models.base import tracked


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


def _absent(*names: str) -> Q:
    return Q(**{f"{name}__isnull": True for name in names})


def _present(*names: str) -> Q:
    return Q(**{f"{name}__isnull": False for name in names})


@tracked
class DownloadRequest(models.Model):
    """Somebody asks for cases that stand below the floor of k-anonymity; two administrators allow them.

    It holds for one person and for the filters as they were asked for, in any format, until `valid_until`.
    """

    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="download_requests")
    requested_at = models.DateTimeField(auto_now_add=True)
    filters = models.TextField(blank=True, help_text="As they stand in the address of the search.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the filters.")
    reason = models.TextField(help_text="What the cases are needed for, and who will have them.")
    k = models.PositiveIntegerField(
        help_text="The smallest group of cases that are alike, when it was asked."
    )
    cases = models.PositiveIntegerField(help_text="Cases that the filters found then.")
    cases_in_small_groups = models.PositiveIntegerField(help_text="Of them, those in groups below the floor.")
    first_allowed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    first_allowed_at = models.DateTimeField(null=True, blank=True)
    second_allowed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    second_allowed_at = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="download_request_has_reason",
                condition=Q(reason__regex=r"\S"),
                violation_error_message="Say what the cases are needed for, and who will have them: "
                "two administrators decide by it, and it is kept.",
            ),
            models.CheckConstraint(
                name="download_request_by_two_others",
                condition=(_absent("first_allowed_by") | ~Q(first_allowed_by=F("requested_by")))
                & (
                    _absent("second_allowed_by")
                    | (
                        _present("first_allowed_by")
                        & ~Q(second_allowed_by=F("first_allowed_by"))
                        & ~Q(second_allowed_by=F("requested_by"))
                    )
                ),
                violation_error_message="Two different administrators allow a download, neither of them the "
                "one who asked for it.",
            ),
            models.CheckConstraint(
                name="download_request_allowed_at",
                condition=(
                    _absent("first_allowed_by", "first_allowed_at")
                    | _present("first_allowed_by", "first_allowed_at")
                )
                & (
                    _absent("second_allowed_by", "second_allowed_at", "valid_until")
                    | _present("second_allowed_by", "second_allowed_at", "valid_until")
                ),
                violation_error_message="Who allowed a download stands with the time; the second allowance "
                "has an end as well.",
            ),
            models.UniqueConstraint(
                name="download_request_open_once",
                fields=["requested_by", "digest"],
                condition=Q(second_allowed_by=None),
                violation_error_message="This download is asked for already: two administrators allow it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requested_by}: {self.filters or 'all cases'}"
