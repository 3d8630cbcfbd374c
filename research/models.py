"""What is stored for readers without the right to identities."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, User
from cases.models import ExportLog
from cases.models.base import tracked
from jobs.models import Job


class MaskedDocument(models.Model):
    """A case as JSON without identities, as it was last made (`research.masked_documents`).

    `key` says from what: it is compared before the document is served, so that a stale one never is. An empty
    one says that the case was scored since, and that the document is to be made in the background.
    """

    case = models.OneToOneField(
        "cases.Case", on_delete=models.CASCADE, primary_key=True, related_name="masked_document"
    )
    key = models.CharField(
        max_length=64,
        blank=True,
        help_text="SHA-256 of the case as JSON, the masking version and the drug dictionary; empty where the "
        "document is still to be made.",
    )
    masking_version = models.PositiveSmallIntegerField()
    rule_version = models.CharField(max_length=60, help_text="Of the score in it; empty without one.")
    evidence_version = models.BigIntegerField(help_text="Of the evidence when it was made.")
    document = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["case"], name="masked_document_due", condition=Q(key=""))]

    def __str__(self) -> str:
        return f"masked document of case {self.case_id}"


def _absent(*names: str) -> Q:
    return Q(**{f"{name}__isnull": True for name in names})


def _present(*names: str) -> Q:
    return Q(**{f"{name}__isnull": False for name in names})


class DownloadedCases(models.Model):
    """The cases that readers of an organisation without identities took last by the same filters.

    The next download by other filters is compared with them (`research.differences`).
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the filters.")
    filters = models.TextField(blank=True, help_text="As they stand in the address of the search.")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(help_text="When the cases were read.")
    cases = ArrayField(models.BigIntegerField(), help_text="Their keys.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="downloaded_cases_once",
                fields=["organisation", "digest"],
                violation_error_message="What an organisation took by these filters is stored once.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.filters or 'all cases'}"


class PreparedDownload(models.Model):
    """A download that is prepared in the background, by its job, for the person who ordered it."""

    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="download")
    filters = models.TextField(blank=True, help_text="As they stand in the address of the search.")
    format = models.CharField(max_length=7, help_text="Key of `research.table_files.FORMATS`.")
    is_deidentified = models.BooleanField(help_text="Without names, free text and calendar dates.")
    log = models.OneToOneField(
        ExportLog, null=True, on_delete=models.PROTECT, related_name="+", help_text="Once the file is there."
    )

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.job.by}: {self.filters or 'all cases'} as {self.format}"


@tracked
class DownloadRequest(models.Model):
    """Somebody asks for cases that would single people out; two administrators allow them.

    They stand below the floor of k-anonymity, or differ by few from what the organisation took before.

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
    cases_apart = models.PositiveIntegerField(
        default=0,
        help_text="The fewest cases that it sets apart beside an earlier download; 0 where none are too few.",
    )
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

    @property
    def allowed_by(self) -> str:
        """The two administrators who allowed it."""
        return f"{self.first_allowed_by} and {self.second_allowed_by}"
