"""One case sent to one receiver, for a machine that fetches it: each state of the case is sent once.

Whoever fetches it again gets the same bytes under the same numbers, until the case or its receiver's answer
asks for a new message: one that was rejected is never sent again under its numbers. Where the receiver's
answer leaves open what became of it, somebody has to ask for a new message (`again`).
"""

import tempfile
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.locks import lock_cases
from cases.models import Case
from e2b import Batch as IcsrBatch
from e2b import Message as Icsr
from e2b import read, write
from exchange.classify_message import digest_of
from exchange.export_job import Export, ExportResult, PreparedCase
from exchange.exporting import export_cases, prepare_case
from exchange.file_chunks import read_chunks
from exchange.models import Batch, Submission, SubmissionState


def report(case: Case, export: Export) -> ExportResult:
    """What would become of a case; nothing is sent."""
    return prepare_case(case, export).result


NOT_AGAIN = (
    "The last message of this case to this receiver is of another state: {}. Only one of unknown outcome, or "
    "a rejected one, is sent again under new numbers. Ask without “again” for the message as it was sent."
)


def send(
    case: Case, export: Export, *, may_issue: bool = True, again: bool = False
) -> tuple[ExportResult, bytes | None]:
    """Send a case, or find the message that was sent of it as it is now; the file, None where it is refused.

    Without `may_issue`, nothing is sent that wasn't before. `again`: a message of unknown outcome is sent
    once more, under new numbers. Raises PermissionDenied, and ValidationError for one of another outcome.
    """
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        lock_cases([case.pk])
        prepared = prepare_case(case, export)
        if prepared.result.is_refused:
            return prepared.result, None
        if batch := _sent_before(prepared, export, again=again):
            return prepared.result, b"".join(read_chunks(batch))
        if not may_issue:
            return prepared.result, None
        results: list[ExportResult] = []
        export.out = Path(folder)
        paths = export_cases([case.pk], export, results.append)
        return results[-1], paths[0].read_bytes() if paths else None


def _sent_before(prepared: PreparedCase, export: Export, *, again: bool) -> Batch | None:
    """The file in which the case was sent to this receiver last, if it says what the case says now.

    None for one that was rejected, and with `again` for one of unknown outcome.
    """
    latest = (
        Submission.objects.filter(
            case=prepared.case,
            message__batch__organisation=export.by.organisation_id,
            message__batch__receiver=export.receiver.batch,
            message__batch__message_count=1,
            profile=export.profile.name,
        )
        .exclude(state=SubmissionState.DRAFT)
        .select_related("message__batch")
        .first()
    )
    if latest is None or latest.state == SubmissionState.REJECTED:
        return None
    if again:
        if latest.state != SubmissionState.UNKNOWN:
            raise ValidationError(NOT_AGAIN.format(latest.get_state_display().lower()))
        return None
    batch = latest.message.batch
    (sent,) = read(b"".join(read_chunks(batch))).messages
    return batch if digest_of(sent) == digest_of(_as_read(prepared.message)) else None


def _as_read(message: Icsr) -> Icsr:
    """The message as its receiver would read it."""
    return read(write(IcsrBatch(messages=(message,)))).messages[0]
