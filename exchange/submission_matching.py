"""Which submission an acknowledgement answers: by batch, then message, then time."""

from django.db.models import Q, QuerySet

from accounts.models import User
from exchange.models import Submission
from exchange.retransmission import names_report, report_number
from exchange.visibility import submissions_of
from values.dates import PartialDate
from values.moments import Moment

NO_MATCH = "no submission has this batch, message or time"


def match_submissions(
    batch: str, identifier: str, time: str, *, by: User, whole: bool = False
) -> tuple[list[Submission], str]:
    """The submission that is answered, and how it was found; none, and why, if that is unsure.

    By batch number (N.1.2) and, inside the batch, by message (N.2.r.1, or C.1.1 as FDA sends it); if no such
    batch was sent, by message alone; at last by the time of the message (N.2.r.4, as HL7 writes it). `whole`:
    all submissions of the batch. Nothing is matched that `by` may not see.
    """
    sent = submissions_of(by).select_related("case", "message__batch")
    of_batch = list(sent.filter(message__batch__number=batch)) if batch else []
    if whole:
        return of_batch, "by the batch" if of_batch else f"no batch {batch or 'without number'} was sent"
    where = "by batch and " if of_batch else "by "
    for way, submissions in _candidates(sent, of_batch, identifier, time):
        if len(submissions) == 1:
            return submissions, where + way
        if submissions:
            return [], f"{len(submissions)} submissions have this {way}: choose one"
    if not of_batch and time and not identifier:
        return _by_time(sent, time)
    return [], NO_MATCH


def _candidates(
    sent: QuerySet[Submission], of_batch: list[Submission], identifier: str, time: str
) -> list[tuple[str, list[Submission]]]:
    """The ways to find a submission, surest first, with those that each finds."""
    if identifier:
        among = of_batch or list(sent.filter(_has_identifier(identifier)))
        return [
            ("message", [row for row in among if row.message.identifier == identifier]),
            ("case identifier", [row for row in among if identifier in _case_identifiers(row)]),
        ]
    return [
        ("time", [row for row in of_batch if time and _message_time(row) == time]),
        ("its only message", of_batch if len(of_batch) == 1 else []),
    ]


def _has_identifier(identifier: str) -> Q:
    return (
        Q(message__identifier=identifier)
        | Q(case__safety_report_id=identifier)
        | Q(case__worldwide_id=identifier)
        | names_report(identifier)
    )


def _case_identifiers(row: Submission) -> set[str]:
    number = report_number(row.message.identifier, row.message_id)
    return {row.case.safety_report_id, row.case.worldwide_id, number} - {""}


def _message_time(submission: Submission) -> str:
    created = submission.message.created_at
    certain = created.certain if created is not None else None
    return certain.hl7 if certain is not None else ""


def _by_time(sent: QuerySet[Submission], time: str) -> tuple[list[Submission], str]:
    try:
        moment = str(Moment(date=PartialDate.parse_hl7(time)))
    except ValueError:
        return [], NO_MATCH
    submissions = list(sent.filter(message__created_at=moment)[:2])
    return (submissions, "by time") if len(submissions) == 1 else ([], "no single submission has this time")
