"""Import of acknowledgements: each answer is matched to its submission, whose state follows from its code.

What can't be matched waits until a person matches it. Codes decide, not texts: a receiver may write "Accept"
under AE. The code of the message decides; that of the batch only where the message has none. A file that was
imported before changes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.models import User
from accounts.roles import Permission
from cases.documents.storage import store_content
from e2b import Acknowledgement as Icsr
from e2b import Block, E2BError, read_acknowledgement, remarks, text_of
from exchange.file_chunks import XML
from exchange.models import Acknowledgement, Answer, Submission, SubmissionState
from exchange.receiving import FileRefused, text_within
from exchange.submission_matching import match_submissions
from exchange.visibility import answers_of, submissions_of

S = SubmissionState
MAX_FILE = 32 * 1024 * 1024
LONGEST = 250  # characters of a column

# What became of a message by its own code (ACK.B.r.6). A remark beside it never makes a rejection of it.
STATE_OF_CODE = {"CA": S.ACCEPTED, "CR": S.REJECTED}
# Where the receiver says nothing of the message itself, by the batch's code (ACK.A.4): AA all loaded, AR
# none. AE is that some have errors: nobody knows which.
STATE_OF_BATCH = {"AA": S.ACCEPTED, "AR": S.REJECTED, "AE": S.UNKNOWN}
CODE_OF_BATCH = {"AA": "CA", "AR": "CR"}
# From which state to which an answer may lead. A receiver may correct itself; no answer is meant for a draft.
TRANSITIONS = {
    S.SENT: {S.ACCEPTED, S.WARNED, S.REJECTED, S.UNKNOWN},
    S.ACCEPTED: {S.WARNED, S.REJECTED},
    S.WARNED: {S.ACCEPTED, S.REJECTED},
    S.REJECTED: {S.ACCEPTED, S.WARNED},
    S.UNKNOWN: {S.ACCEPTED, S.WARNED, S.REJECTED},
    S.DRAFT: set(),
}


def state_of(batch_code: str, message_code: str, *, has_remarks: bool) -> SubmissionState:
    """What became of a message, by the codes; a remark only parts accepted from accepted with warnings."""
    state = STATE_OF_CODE.get(message_code) or STATE_OF_BATCH.get(batch_code, S.UNKNOWN)
    return S.WARNED if state is S.ACCEPTED and has_remarks else state


@dataclass
class AcknowledgementResult:
    """An acknowledgement file as it was stored, now or before, and the answers in it."""

    acknowledgement: Acknowledgement
    is_new: bool
    answers: list[Answer] = field(default_factory=list)

    @property
    def unmatched(self) -> list[Answer]:
        """The answers of which it is not clear which submission they mean."""
        return [answer for answer in self.answers if answer.submission_id is None]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        acknowledgement = self.acknowledgement
        return {
            "file": acknowledgement.file_name,
            "acknowledgement": acknowledgement.number,
            "batch": acknowledgement.batch_number,
            "outcome": acknowledgement.outcome,
            "text": acknowledgement.text,
            "is_new": self.is_new,
            "messages": [_answer_dict(answer) for answer in self.answers],
        }


def _answer_dict(answer: Answer) -> dict[str, Any]:
    submission = answer.submission
    return {
        "message": answer.identifier,
        "code": answer.code,
        "case": submission.case.number if submission else "",
        "state": submission.state if submission else "unmatched",
        "matched": answer.matched_by,
        "text": answer.text,
        "elements": list(elements_in(answer.text)),
    }


def elements_in(text: str) -> tuple[str, ...]:
    """The ICH elements that a receiver's text names, each once, in the order of the text."""
    return tuple(dict.fromkeys(name for remark in remarks(text) for name in remark.elements))


def import_acknowledgement(stream: IO[bytes], name: str, *, by: User) -> AcknowledgementResult:
    """Store an acknowledgement and bring its submissions into their new states.

    Raises FileRefused for a file that is no acknowledgement, and PermissionDenied.
    """
    if not by.may(Permission.EXPORT):
        raise PermissionDenied(f"{by} may not take acknowledgements.")
    content, icsr = _parsed(stream)
    reason = f"Acknowledgement {name}"
    with transaction.atomic(), pghistory.context(user=by.pk, username=by.get_username(), reason=reason):
        file = store_content(content, XML)
        earlier = Acknowledgement.objects.filter(file=file, organisation=by.organisation_id).first()
        if earlier is not None:
            answers = answers_of(by).filter(acknowledgement=earlier).select_related("submission__case")
            return AcknowledgementResult(earlier, False, list(answers))
        acknowledgement = Acknowledgement.objects.create(
            file=file,
            file_name=name[-LONGEST:],
            organisation=by.organisation,
            by=by,
            **_columns(icsr),
        )
        new = [
            answer
            for position, block in enumerate(icsr.messages, 1)
            for answer in _answers(acknowledgement, position, block, by)
        ]
        new += _answers_of_the_rest(acknowledgement, new, by)
        Answer.objects.bulk_create(new)
        _update_submissions(new)
    return AcknowledgementResult(acknowledgement, True, new)


def _parsed(stream: IO[bytes]) -> tuple[bytes, Icsr]:
    content = stream.read(MAX_FILE + 1)
    if len(content) > MAX_FILE:
        raise FileRefused(f"It is larger than {MAX_FILE:,} bytes, as no acknowledgement is.")
    try:
        return content, read_acknowledgement(content)
    except E2BError as error:
        raise FileRefused(str(error)) from None


def match_by_hand(answer: Answer, submission: Submission, *, by: User, reason: str) -> Answer:
    """Name the submission that an unmatched answer means. Raises PermissionDenied and ValidationError."""
    if not by.may(Permission.EXPORT):
        raise PermissionDenied(f"{by} may not match acknowledgements.")
    if not submissions_of(by).filter(pk=submission.pk).exists():
        raise PermissionDenied(f"{by} may not see this submission.")
    if not reason.strip():
        raise ValidationError("Say how you know which submission is meant: it is kept in the history.")
    with transaction.atomic(), pghistory.context(user=by.pk, username=by.get_username(), reason=reason):
        locked = Answer.objects.select_for_update().get(pk=answer.pk)
        if locked.submission_id is not None:
            raise ValidationError("It has been matched meanwhile.")
        locked.submission = submission
        locked.matched_by = f"by {by.get_username()}: {reason}"[:LONGEST]
        locked.save()
        _update_submissions([locked])
    return locked


def _columns(icsr: Icsr) -> dict[str, str]:
    batch = icsr.batch
    return {
        "number": text_within(batch["ACK.M.1"], LONGEST),
        "sender": text_within(batch["ACK.M.2"], LONGEST),
        "receiver": text_within(batch["ACK.M.3"], LONGEST),
        "sent_at": text_within(batch["ACK.M.4"], 40),
        "batch_number": text_within(batch["ACK.A.1"], LONGEST),
        "outcome": text_within(batch["ACK.A.4"], 10),
        "text": text_of(batch["ACK.A.5"]),
    }


def _answers(acknowledgement: Acknowledgement, position: int, block: Block, by: User) -> list[Answer]:
    """One answer for each submission that is meant; one without, if none is found or several could be."""
    identifier, time = text_of(block["ACK.B.r.1"]).strip(), block["ACK.B.r.5"]
    matched, matched_by = match_submissions(acknowledgement.batch_number, identifier, text_of(time), by=by)
    submissions: Sequence[Submission | None] = matched or [None]
    return [
        Answer(
            acknowledgement=acknowledgement,
            position=position,
            identifier=text_within(identifier, LONGEST),
            message_time=text_within(time, 40),
            code=text_within(block["ACK.B.r.6"], 10),
            text=text_of(block["ACK.B.r.7"]),
            their_number=text_within(block["ACK.B.r.2"], LONGEST),
            submission=submission,
            matched_by=matched_by,
        )
        for submission in submissions
    ]


def _answers_of_the_rest(acknowledgement: Acknowledgement, answers: list[Answer], by: User) -> list[Answer]:
    """The answers to the messages of the batch that no answer names: the code of the batch is all there is.

    A batch that isn't known, and of which no message is named, waits as one answer without a submission.
    """
    of_batch, matched_by = match_submissions(acknowledgement.batch_number, "", "", by=by, whole=True)
    named = {answer.submission_id for answer in answers}
    rest: list[Submission | None] = [row for row in of_batch if row.pk not in named]
    is_all_loaded = acknowledgement.outcome == "AA"
    if is_all_loaded and None in named:
        return []  # one of the rest may be meant by an answer that waits to be matched
    return [
        Answer(
            acknowledgement=acknowledgement,
            position=0,
            code=CODE_OF_BATCH.get(acknowledgement.outcome, ""),
            text=acknowledgement.text,
            submission=submission,
            matched_by=matched_by,
        )
        for submission in (rest if of_batch or answers else [None])
    ]


def _update_submissions(answers: Iterable[Answer]) -> None:
    """Bring submissions into the states that their answers lead to."""
    for answer in answers:
        if answer.submission is None:
            continue
        submission = Submission.objects.select_for_update().get(pk=answer.submission.pk)
        warns = any(not remark.is_plain for remark in remarks(answer.text))
        state = state_of(answer.acknowledgement.outcome, answer.code, has_remarks=warns)
        if state in TRANSITIONS[SubmissionState(submission.state)]:
            submission.state = state
            submission.save(update_fields=["state"])
        answer.submission = submission
