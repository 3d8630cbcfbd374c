"""What of the exchange a user may see.

Files belong to the organisation that received or sent them. One that names a case which a user may not read
is not shown to that user at all: its bytes can't be parted.
"""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import Combinable, NegatedExpression

from accounts.models import User
from cases.visibility import visible_to
from exchange.models import Acknowledgement, Answer, Batch, ReceivedMessage, Submission
from exchange.receipt_models import Receipt, ReceiptFile


def batches_of(user: User) -> QuerySet[Batch]:
    """Files that were received or sent."""
    batches = Batch.objects.all()
    if user.reaches_all:
        return batches
    return batches.filter(
        _names_no_hidden_case(user, Submission.objects.filter(message__batch=OuterRef("pk")), "case"),
        _names_no_hidden_case(user, ReceivedMessage.objects.filter(message__batch=OuterRef("pk")), "case"),
        organisation=user.organisation_id,
    )


def acknowledgements_of(user: User) -> QuerySet[Acknowledgement]:
    """Files in which receivers answered."""
    acknowledgements = Acknowledgement.objects.all()
    if user.reaches_all:
        return acknowledgements
    answers = Answer.objects.filter(acknowledgement=OuterRef("pk"))
    return acknowledgements.filter(
        _names_no_hidden_case(user, answers, "submission__case"), organisation=user.organisation_id
    )


def received_messages_of(user: User) -> QuerySet[ReceivedMessage]:
    """What became of received messages."""
    return ReceivedMessage.objects.filter(message__batch__in=batches_of(user))


def receipts_of(user: User) -> QuerySet[Receipt]:
    """What machines and people of the organisation sent in."""
    receipts = Receipt.objects.select_related("job__by")
    if user.reaches_all:
        return receipts
    hidden = ReceiptFile.objects.filter(receipt=OuterRef("pk"), batch__isnull=False)
    hidden = hidden.exclude(batch__in=batches_of(user))
    return receipts.filter(~Exists(hidden), job__organisation=user.organisation_id)


def submissions_of(user: User) -> QuerySet[Submission]:
    """What was sent of the cases that a user may read."""
    return Submission.objects.filter(case__in=visible_to(user).values("pk"))


def answers_of(user: User) -> QuerySet[Answer]:
    """Receivers' answers to single messages."""
    return Answer.objects.filter(acknowledgement__in=acknowledgements_of(user))


def _names_no_hidden_case(user: User, rows: QuerySet[Any], case: str) -> "NegatedExpression[Combinable]":
    naming = rows.filter(**{f"{case}__isnull": False})
    return ~Exists(naming.exclude(**{f"{case}__in": visible_to(user).values("pk")}))
