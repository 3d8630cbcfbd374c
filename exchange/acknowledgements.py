"""Acknowledgements: which submission is meant, and what the receiver's answer makes of it.

Matched by batch, then message, then time; what can't be matched waits in a queue. Codes decide, not texts: a
receiver may say "Accept" under AE. The same file again changes nothing.
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
from exchange.queries import submissions_answered
from exchange.receiving import FileRefused, fitting

S = SubmissionState
MAX_FILE = 32 * 1024 * 1024
LONGEST = 250

# What a submission becomes, by the code of its message and whether the text warns (ACK.B.r.6 and r.7).
VERDICTS = {
    ("CA", False): S.ACCEPTED,
    ("CA", True): S.WARNED,
    ("CR", False): S.REJECTED,
    ("CR", True): S.REJECTED,
}
# The same for an acknowledgement that names no message: the batch's code (ACK.A.4) speaks for all of them.
OF_BATCH = {"AA": "CA", "AR": "CR"}
# From where to where an answer may lead. A receiver may correct itself; no answer is meant for a draft.
TRANSITIONS = {
    S.SENT: {S.ACCEPTED, S.WARNED, S.REJECTED},
    S.ACCEPTED: {S.WARNED, S.REJECTED},
    S.WARNED: {S.ACCEPTED, S.REJECTED},
    S.REJECTED: {S.ACCEPTED, S.WARNED},
    S.DRAFT: set(),
}


@dataclass
class Taken:
    """What became of one acknowledgement file."""

    acknowledgement: Acknowledgement
    is_new: bool
    answers: list[Answer] = field(default_factory=list)

    @property
    def unmatched(self) -> list[Answer]:
        return [one for one in self.answers if one.submission_id is None]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        told = self.acknowledgement
        return {
            "file": told.file_name,
            "acknowledgement": told.number,
            "batch": told.batch_number,
            "outcome": told.outcome,
            "text": told.text,
            "is_new": self.is_new,
            "messages": [_answer_dict(one) for one in self.answers],
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
        "elements": list(elements_named(answer.text)),
    }


def elements_named(text: str) -> tuple[str, ...]:
    """The ICH elements that a receiver's text names, each once, in its order."""
    return tuple(dict.fromkeys(name for remark in remarks(text) for name in remark.elements))


def take_acknowledgement(stream: IO[bytes], name: str, *, by: User) -> Taken:
    """Keep an acknowledgement and do what it says. Raises FileRefused and PermissionDenied."""
    if not by.may(Permission.EXPORT):
        raise PermissionDenied(f"{by} may not take acknowledgements.")
    content = stream.read(MAX_FILE + 1)
    if len(content) > MAX_FILE:
        raise FileRefused(f"It is larger than {MAX_FILE:,} bytes, as no acknowledgement is.")
    try:
        said = read_acknowledgement(content)
    except E2BError as error:
        raise FileRefused(str(error)) from None
    reason = f"Acknowledgement {name}"
    with transaction.atomic(), pghistory.context(user=by.pk, username=by.get_username(), reason=reason):
        kept = store_content(content, XML)
        known = Acknowledgement.objects.filter(file=kept).first()
        if known is not None:
            return Taken(known, False, list(known.answers.select_related("submission__case")))
        acknowledgement = Acknowledgement.objects.create(
            file=kept, file_name=name[-LONGEST:], by=by, **_columns(said)
        )
        answers = [
            answer
            for position, block in _blocks(said)
            for answer in _answers(acknowledgement, position, block)
        ]
        Answer.objects.bulk_create(answers)
        _turn(answers)
    return Taken(acknowledgement, True, answers)


def match_by_hand(answer: Answer, submission: Submission, *, by: User, reason: str) -> Answer:
    """Say which submission an unmatched answer means. Raises PermissionDenied and ValidationError."""
    if not by.may(Permission.EXPORT):
        raise PermissionDenied(f"{by} may not match acknowledgements.")
    if not reason.strip():
        raise ValidationError("Say how you know which submission is meant: it is kept in the history.")
    with transaction.atomic(), pghistory.context(user=by.pk, username=by.get_username(), reason=reason):
        locked = Answer.objects.select_for_update().get(pk=answer.pk)
        if locked.submission_id is not None:
            raise ValidationError("It has been matched meanwhile.")
        locked.submission = submission
        locked.matched_by = f"by {by.get_username()}: {reason}"[:LONGEST]
        locked.save()
        _turn([locked])
    return locked


def _columns(said: Icsr) -> dict[str, str]:
    batch = said.batch
    return {
        "number": fitting(batch["ACK.M.1"], LONGEST),
        "sender": fitting(batch["ACK.M.2"], LONGEST),
        "receiver": fitting(batch["ACK.M.3"], LONGEST),
        "sent_at": fitting(batch["ACK.M.4"], 40),
        "batch_number": fitting(batch["ACK.A.1"], LONGEST),
        "outcome": fitting(batch["ACK.A.4"], 10),
        "text": text_of(batch["ACK.A.5"]),
    }


def _blocks(said: Icsr) -> Iterable[tuple[int, Block]]:
    """The answered messages with their places; 0 for a batch of which no message is named."""
    if said.messages:
        yield from enumerate(said.messages, 1)
        return
    told = {"ACK.B.r.6": OF_BATCH.get(said.outcome, ""), "ACK.B.r.7": text_of(said.batch["ACK.A.5"])}
    yield 0, Block("ACK.B.r", {name: value for name, value in told.items() if value})


def _answers(acknowledgement: Acknowledgement, position: int, block: Block) -> list[Answer]:
    """One answer for each submission that is meant; one without, if none is found or several could be."""
    identifier, time = text_of(block["ACK.B.r.1"]).strip(), block["ACK.B.r.5"]
    found, how = submissions_answered(
        acknowledgement.batch_number, identifier, text_of(time), whole=position == 0
    )
    meant: Sequence[Submission | None] = found or [None]
    return [
        Answer(
            acknowledgement=acknowledgement,
            position=position,
            identifier=fitting(identifier, LONGEST),
            message_time=fitting(time, 40),
            code=fitting(block["ACK.B.r.6"], 10),
            text=text_of(block["ACK.B.r.7"]),
            their_number=fitting(block["ACK.B.r.2"], LONGEST),
            submission=submission,
            matched_by=how,
        )
        for submission in meant
    ]


def _turn(answers: Iterable[Answer]) -> None:
    """Bring submissions into the state that their answers say."""
    for answer in answers:
        if answer.submission is None:
            continue
        submission = Submission.objects.select_for_update().get(pk=answer.submission.pk)
        warns = any(remark.kind == "warning" for remark in remarks(answer.text))
        state = VERDICTS.get((answer.code, warns))
        if state is not None and state in TRANSITIONS[SubmissionState(submission.state)]:
            submission.state = state
            submission.save(update_fields=["state"])
        answer.submission = submission
