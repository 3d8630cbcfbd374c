"""Storing what became of received messages, in the transaction that made it so."""

from collections.abc import Iterable

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.models import User
from accounts.roles import Permission
from cases.database_errors import as_validation_errors
from exchange.classify_message import ClassifiedMessage
from exchange.models import Batch, Direction, ImportState, Message, ReceivedMessage
from exchange.receiving import text_within, time_within


class ImportedMeanwhile(ValidationError):
    """Somebody else has imported a message of this file at the same time."""


def lock_positions(batch: Batch, positions: list[int]) -> None:
    """Lock a batch until the transaction ends; ImportedMeanwhile if one of these is imported already."""
    Batch.objects.select_for_update().get(pk=batch.pk)
    messages = Message.objects.filter(batch=batch, position__in=positions)
    if messages.exclude(received__state=ImportState.WAITING).exists():
        raise ImportedMeanwhile("Somebody else is importing this file at the same time. Run it again.")


def store_states(batch: Batch, items: list[ClassifiedMessage], *, by: User, reason: str) -> None:
    """Store what became of messages, and the messages themselves where they are new."""
    messages = _stored_messages(batch, items)
    earlier = {row.message_id: row for row in ReceivedMessage.objects.filter(message__in=messages.values())}
    new = []
    with pghistory.context(user=by.pk, username=by.get_username(), reason=reason):
        for item in items:
            message = messages[item.position]
            row = earlier.get(message.pk) or ReceivedMessage(message=message)
            changed = _copy_state(item, row, by)
            if message.pk not in earlier:
                new.append(row)
            elif changed:
                row.save()
        ReceivedMessage.objects.bulk_create(new)


def set_aside(received: ReceivedMessage, *, by: User, reason: str) -> None:
    """Set a waiting message aside without importing it. Raises PermissionDenied and ValidationError."""
    if not by.may(Permission.AMEND_CASES):
        raise PermissionDenied(f"{by} may not settle received messages.")
    if not reason.strip():
        raise ValidationError("Say why the message is set aside: it is kept in the history.")
    with transaction.atomic(), pghistory.context(user=by.pk, username=by.get_username(), reason=reason):
        locked = ReceivedMessage.objects.select_for_update().get(pk=received.pk)
        if locked.state != ImportState.WAITING:
            raise ValidationError(f"It is not waiting any more: {locked.get_state_display().lower()}.")
        locked.state, locked.by = ImportState.SET_ASIDE, by
        locked.reasons = [*locked.reasons, f"Set aside by {by.get_username()}: {reason}"]
        locked.save()


def _stored_messages(batch: Batch, items: Iterable[ClassifiedMessage]) -> dict[int, Message]:
    """The messages by position; those that are not stored yet are stored now."""
    positions = [item.position for item in items]
    stored = Message.objects.filter(batch=batch, position__in=positions)
    messages = {message.position: message for message in stored}
    new = [_message(batch, item) for item in items if item.position not in messages]
    with as_validation_errors():
        return messages | {message.position: message for message in Message.objects.bulk_create(new)}


def _message(batch: Batch, item: ClassifiedMessage) -> Message:
    envelope = item.message.N
    created = envelope["N.2.r.4"]
    return Message(
        batch=batch,
        direction=Direction.RECEIVED,
        position=item.position,
        identifier=text_within(envelope["N.2.r.1"], 100),
        sender=text_within(envelope["N.2.r.2"], 60),
        receiver=text_within(envelope["N.2.r.3"], 60),
        created_at=time_within(created),
        digest=item.digest,
    )


def _copy_state(item: ClassifiedMessage, row: ReceivedMessage, by: User) -> bool:
    """Whether the row's state, reasons or case have changed by it; notes alone are no change."""
    case_id = item.case.pk if item.case else None
    changed = (row.state, row.reasons, row.case_id) != (item.state, item.reasons, case_id)
    row.state, row.case, row.by = item.state, item.case, by
    row.reasons, row.notes = item.reasons, item.notes
    return changed
