"""What was sent and received, and which case or submission a message means."""

import io
from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.db.models import Q, QuerySet

from accounts.models import User
from cases.models import Case, StoredFile
from cases.visibility import amendable_by, visible_to
from exchange.models import Answer, Batch, ImportState, Message, ReceivedMessage, Submission
from values.dates import PartialDate
from values.moments import Moment


class UnknownCases(LookupError):
    """Some of the numbers belong to no case that the user may see."""


def cases_numbered(numbers: Iterable[str], user: User | None = None) -> list[Case]:
    """The cases of these numbers, in their order, each once. Raises UnknownCases with a remedy."""
    wanted = list(dict.fromkeys(numbers))
    cases = visible_to(user) if user else Case.objects.all()
    found = {case.number: case for case in cases.filter(number__in=wanted)}
    unknown = [number for number in wanted if number not in found]
    if unknown:
        raise UnknownCases(
            f"No case is numbered {', '.join(unknown)}. `manage.py score` lists all cases by their numbers."
        )
    return [found[number] for number in wanted]


def file_of(batch: Batch) -> Iterator[bytes]:
    """The bytes of a batch's file as it came or left, piece by piece."""
    digests = batch.chunks.order_by("position").values_list("file_id", flat=True)
    for digest in digests.iterator(chunk_size=1000):
        yield bytes(StoredFile.objects.values_list("content", flat=True).get(pk=digest))


class FileOf(io.RawIOBase):
    """The file of a batch as a stream that is read from the database piece by piece."""

    def __init__(self, batch: Batch) -> None:
        self._pieces = file_of(batch)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._left:
            self._left = memoryview(next(self._pieces, b""))
        taken = min(len(buffer), len(self._left))
        buffer[:taken] = self._left[:taken]
        self._left = self._left[taken:]
        return taken


def stream_of(batch: Batch) -> IO[bytes]:
    return io.BufferedReader(FileOf(batch))


def cases_meant(identifiers: Iterable[str], user: User) -> dict[str, list[Case]]:
    """The cases that a message with one of these identifiers may be about, by identifier. One query.

    A case is known by its worldwide identifier (C.1.8.1), by that of its sender (C.1.1), or by its number.
    """
    wanted = {one for one in identifiers if one}
    known = Q(worldwide_id__in=wanted) | Q(safety_report_id__in=wanted) | Q(number__in=wanted)
    found: dict[str, list[Case]] = {}
    for case in amendable_by(user).filter(known) if wanted else ():
        for name in {case.worldwide_id, case.safety_report_id, case.number} & wanted:
            found.setdefault(name, []).append(case)
    return found


def settled_digests(digests: Iterable[str]) -> dict[str, ReceivedMessage]:
    """Messages of the same words that were imported before, by their digest. One query."""
    settled = ReceivedMessage.objects.filter(message__digest__in=list(digests), case__isnull=False)
    settled = settled.exclude(state__in=[ImportState.WAITING, ImportState.SET_ASIDE])
    return {one.message.digest: one for one in settled.select_related("message", "case").order_by("pk")}


def places_settled(batch: Batch) -> set[int]:
    """The places of those messages of a batch that nothing is left to be done with."""
    settled = Message.objects.filter(batch=batch).exclude(received__state=ImportState.WAITING)
    return set(settled.values_list("position", flat=True))


def received_at(batch: Batch, places: Iterable[int]) -> dict[int, ReceivedMessage]:
    """What became of the messages at these places of a batch."""
    received = ReceivedMessage.objects.filter(message__batch=batch, message__position__in=list(places))
    return {one.message.position: one for one in received.select_related("message", "case")}


def submissions_answered(
    batch: str, identifier: str, time: str, *, whole: bool = False
) -> tuple[list[Submission], str]:
    """The submission that an acknowledgement means, and how it was found; none, and why, if that is unsure.

    By batch number (N.1.2) and, inside the batch, by message (N.2.r.1, or C.1.1 as FDA sends it); without a
    known batch by message alone; at last by the time of the message (N.2.r.4). `whole`: all of the batch.
    """
    sent = Submission.objects.select_related("case", "message__batch")
    of_batch = list(sent.filter(message__batch__number=batch)) if batch else []
    if whole:
        return of_batch, "by the batch" if of_batch else f"no batch {batch or 'without number'} was sent"
    among = of_batch or list(sent.filter(_named(identifier))) if identifier or of_batch else []
    where = "by batch and " if of_batch else "by "
    ways = (
        ("message", [one for one in among if identifier and one.message.identifier == identifier]),
        ("case identifier", [one for one in among if identifier and identifier in _of_case(one.case)]),
        ("time", [one for one in of_batch if not identifier and time and _time(one) == time]),
        ("its only message", of_batch if len(of_batch) == 1 and not identifier else []),
    )
    for way, found in ways:
        if len(found) == 1:
            return found, where + way
        if found:
            return [], f"{len(found)} submissions have this {way}: choose one"
    if not of_batch and time and not identifier:
        return _by_time(sent, time)
    return [], "no submission has this batch, message or time"


def _named(identifier: str) -> Q:
    return (
        Q(message__identifier=identifier)
        | Q(case__safety_report_id=identifier)
        | Q(case__worldwide_id=identifier)
    )


def _of_case(case: Case) -> set[str]:
    return {case.safety_report_id, case.worldwide_id} - {""}


def _time(submission: Submission) -> str:
    created = submission.message.created_at
    return created.date.hl7 if created is not None and created.date is not None else ""


def _by_time(sent: QuerySet[Submission], time: str) -> tuple[list[Submission], str]:
    try:
        moment = str(Moment(date=PartialDate.parse_hl7(time)))
    except ValueError:
        return [], "no submission has this batch, message or time"
    found = list(sent.filter(message__created_at=moment)[:2])
    return (found, "by time") if len(found) == 1 else ([], "no single submission has this time")


def waiting_messages() -> QuerySet[ReceivedMessage]:
    """Received messages that nobody has settled yet, the oldest first."""
    return ReceivedMessage.objects.filter(state=ImportState.WAITING).order_by("pk")


def unmatched_answers() -> QuerySet[Answer]:
    """Answers of receivers of which nobody knows yet what they mean, the oldest first."""
    return Answer.objects.filter(submission__isnull=True).order_by("pk")
