"""Cases by number or identifier, and what became of received messages."""

from collections.abc import Iterable

from django.db.models import Q

from accounts.models import User
from cases.models import Case
from cases.visibility import amendable_by, visible_to
from exchange.models import Batch, ImportState, Message, ReceivedMessage


class UnknownCases(LookupError):
    """Some of the numbers belong to no case that the user may see."""


def cases_by_number(numbers: Iterable[str], user: User | None = None) -> list[Case]:
    """The cases of these numbers, in their order, each once. Raises UnknownCases with a remedy."""
    wanted = list(dict.fromkeys(numbers))
    visible = visible_to(user) if user else Case.objects.all()
    cases = {case.number: case for case in visible.filter(number__in=wanted)}
    unknown = [number for number in wanted if number not in cases]
    if unknown:
        raise UnknownCases(
            f"No case is numbered {', '.join(unknown)}. `manage.py score` lists all cases by their numbers."
        )
    return [cases[number] for number in wanted]


def cases_by_identifier(identifiers: Iterable[str], user: User) -> dict[str, list[Case]]:
    """The cases that a message with one of these identifiers may be about, by identifier. One query.

    A case has its worldwide identifier (C.1.8.1), that of its sender (C.1.1), and its number.
    """
    wanted = set(filter(None, identifiers))
    if not wanted:
        return {}
    has_one = Q(worldwide_id__in=wanted) | Q(safety_report_id__in=wanted) | Q(number__in=wanted)
    cases: dict[str, list[Case]] = {}
    for case in amendable_by(user).filter(has_one):
        for identifier in {case.worldwide_id, case.safety_report_id, case.number} & wanted:
            cases.setdefault(identifier, []).append(case)
    return cases


def imported_by_digest(digests: Iterable[str], user: User) -> dict[str, ReceivedMessage]:
    """Messages of the same content that were imported into cases of a user, by their digest. One query."""
    imported = (
        ReceivedMessage.objects.filter(
            message__digest__in=list(digests), case__in=amendable_by(user).values("pk")
        )
        .exclude(state__in=[ImportState.WAITING, ImportState.SET_ASIDE])
        .select_related("message", "case")
    )
    return {received.message.digest: received for received in imported.order_by("pk")}


def finished_positions(batch: Batch) -> set[int]:
    """The positions of those messages of a batch that are imported or set aside."""
    finished = Message.objects.filter(batch=batch).exclude(received__state=ImportState.WAITING)
    return set(finished.values_list("position", flat=True))


def received_by_position(batch: Batch, positions: Iterable[int]) -> dict[int, ReceivedMessage]:
    """What became of the messages at these positions of a batch."""
    received = ReceivedMessage.objects.filter(message__batch=batch, message__position__in=list(positions))
    return {row.message.position: row for row in received.select_related("message", "case")}
