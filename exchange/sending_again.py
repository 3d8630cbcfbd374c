"""Submissions that somebody has to act on, and which cases go out again under new numbers.

Numbers of batches and messages are never used twice, also after a rejection: sending again is another export.
"""

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from exchange.models import Submission, SubmissionState
from exchange.visibility import submissions_of

NOT_LOADED = (SubmissionState.REJECTED, SubmissionState.UNKNOWN)

REJECTED_AS_A_WHOLE = (
    "Nothing of this batch was loaded. Mend what the receiver says below, then send its cases again under "
    "new numbers."
)
REJECTED = "The receiver rejected this message. Correct the case, then send it again under new numbers."
UNKNOWN = (
    "The receiver reports errors in the batch, and doesn't say what became of this message. Ask there. "
    "If it wasn't loaded, send it again under new numbers; else take the acknowledgement of the message."
)


def to_be_acted_on(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Those that the receiver hasn't loaded, as far as is known, and that weren't sent again since."""
    later = Submission.objects.filter(
        case=OuterRef("case"), profile=OuterRef("profile"), pk__gt=OuterRef("pk")
    ).exclude(state=SubmissionState.DRAFT)
    return submissions.filter(~Exists(later), state__in=NOT_LOADED)


def what_to_do(submission: Submission) -> str:
    """What somebody has to do about a submission, as a sentence; empty where nothing is to be done."""
    if not to_be_acted_on(Submission.objects.filter(pk=submission.pk)).exists():
        return ""
    if submission.state == SubmissionState.UNKNOWN:
        return UNKNOWN
    return REJECTED_AS_A_WHOLE if _is_answered_as_a_whole(submission) else REJECTED


def sent_together(submission: Submission, by: User) -> QuerySet[Submission]:
    """The submissions to send again with this one: all of its batch that only the batch's code answers."""
    if submission.state not in NOT_LOADED or not _is_answered_as_a_whole(submission):
        return submissions_of(by).filter(pk=submission.pk)
    of_batch = submissions_of(by).filter(message__batch=submission.message.batch_id, state=submission.state)
    return of_batch.filter(answers__position=0).distinct()


def cases_not_loaded(batch_number: str, by: User) -> list[int]:
    """The cases of a batch that have to be sent again. Raises ValidationError if there are none."""
    of_batch = submissions_of(by).filter(message__batch__number=batch_number)
    ids = sorted(set(to_be_acted_on(of_batch).values_list("case_id", flat=True)))
    if not ids:
        raise ValidationError(
            f"No case of batch {batch_number} has to be sent again: none was rejected or is of unknown "
            "outcome, or all were sent again. Check the number (N.1.2)."
        )
    return ids


def _is_answered_as_a_whole(submission: Submission) -> bool:
    latest = submission.answers.order_by("-pk").first()
    return latest is not None and latest.position == 0
