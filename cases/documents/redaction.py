"""What leaves of a document: itself, a redacted file, or nothing. The document stays in the record."""

from accounts.models import User
from cases.amendment import amend
from cases.models import Document, LiteratureReference, StoredFile

Attached = Document | LiteratureReference


def leave_as_it_is(row: Attached, *, by: User, reason: str) -> None:
    """Take a redaction back. Raises PermissionDenied and ValidationError, as all of these do."""
    _change(row, by, reason, None, "")


def redact(row: Attached, file: StoredFile, *, by: User, reason: str) -> None:
    """Let a redacted file leave in place of a document."""
    _change(row, by, reason, file, "")


def withhold(row: Attached, *, by: User, reason: str) -> None:
    """Let a document not leave, for this reason."""
    _change(row, by, reason, None, reason)


def _change(row: Attached, by: User, reason: str, file: StoredFile | None, because: str) -> None:
    with amend(row.case, by=by, reason=reason) as amendment:
        amendment.change(row, redacted_file=file, withheld_because=because)
