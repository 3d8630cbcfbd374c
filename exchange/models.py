"""Files received and sent, their messages (ICH section N), submissions and acknowledgements.

What proves what was sent or received is append-only: files, batches, messages, acknowledgements.
What became of it (imported, waiting, accepted) is tracked beside it.
"""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Q

from cases.models import ich
from cases.models.base import known_choices, tracked
from cases.models.triggers import append_only
from exchange.receipt_models import Receipt, ReceiptChunk, ReceiptFile
from exchange.sending_models import ReceiverSettings, SenderDetails

# The last reason of a message that waits for a decision about values that can't be read.
TO_DECIDE = "Decide on the page of this message which of them hold."
# Within how many days a serious case is reported, from the day on which it was received (ICH E2D, 5.1).
DAYS_TO_REPORT = 15


class Direction(models.TextChoices):
    RECEIVED = "received", "Received"
    SENT = "sent", "Sent"


def _holder() -> "models.ForeignKey[Any, Any]":
    """The organisation that received or sent a file: it is shown to nobody else."""
    return models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")


@append_only
class Batch(models.Model):
    """N.1: one file with one or more cases. Its bytes are those of its chunks, one after the other."""

    direction = models.CharField(max_length=8, choices=Direction.choices)
    message_type = ich.code("N.1.1", default="1")
    number = ich.text("N.1.2")
    sender = ich.text("N.1.3")
    receiver = ich.text("N.1.4")
    transmitted_at = ich.moment("N.1.5")
    file_name = models.CharField(max_length=250, blank=True, help_text="Under which it came or left.")
    size = models.BigIntegerField(help_text="Bytes.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the whole file, hexadecimal.")
    message_count = models.PositiveIntegerField(default=0, help_text="Messages in it.")
    refusal = models.TextField(blank=True, help_text="Why a received file could not be read at all.")
    organisation = _holder()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True, help_text="When it was received or sent.")

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "batches"
        constraints = [
            models.UniqueConstraint(
                name="batch_sent_number_once",
                fields=["number"],
                condition=Q(direction=Direction.SENT),
                violation_error_message="A batch of this number was sent already: a number is never used "
                "again, also after a rejection. Export anew.",
            ),
            models.UniqueConstraint(
                name="batch_received_once",
                fields=["organisation", "digest"],
                condition=Q(direction=Direction.RECEIVED),
                violation_error_message="This very file was received already.",
            ),
            known_choices(
                "batch_direction_is_known", "direction", Direction.choices, "A batch is received or sent."
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.file_name or f"Batch {self.pk}"


@append_only
class FileChunk(models.Model):
    """A part of a batch's file, so that memory stays small. A message that was sent is a chunk of its own."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="chunks")
    position = models.PositiveIntegerField()
    file = models.ForeignKey("cases.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["batch", "position"]
        constraints = [
            models.UniqueConstraint(
                name="file_chunk_position_once",
                fields=["batch", "position"],
                violation_error_message="This part of the file is there already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch}, chunk {self.position}"


@append_only
class Message(models.Model):
    """N.2.r: one case in a batch."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="messages")
    direction = models.CharField(max_length=8, choices=Direction.choices, help_text="That of its batch.")
    position = models.PositiveIntegerField(help_text="Its place in the batch, from 1.")
    identifier = ich.text("N.2.r.1")
    sender = ich.text("N.2.r.2")
    receiver = ich.text("N.2.r.3")
    created_at = ich.moment("N.2.r.4")
    digest = models.CharField(
        max_length=64,
        db_index=True,
        help_text="SHA-256: of the bytes that were sent, or of what a received message says (C to H).",
    )
    file = models.ForeignKey(
        "cases.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="The bytes of a message that was sent; those of a received one are in its batch's file.",
    )

    class Meta:
        ordering = ["batch", "position"]
        constraints = [
            models.UniqueConstraint(
                name="message_sent_identifier_once",
                fields=["identifier"],
                condition=Q(direction=Direction.SENT),
                violation_error_message="A message of this identifier was sent already: an identifier is "
                "never used again, also after a rejection. Export anew.",
            ),
            models.UniqueConstraint(
                name="message_place_in_batch_once",
                fields=["batch", "position"],
                violation_error_message="The batch has a message at this place already.",
            ),
            models.CheckConstraint(
                name="message_sent_has_its_bytes",
                condition=Q(direction=Direction.RECEIVED) | Q(file__isnull=False),
                violation_error_message="A message that was sent keeps its bytes.",
            ),
        ]

    def __str__(self) -> str:
        return self.identifier or f"message {self.position} of {self.batch}"


class ImportState(models.TextChoices):
    """What became of a received message: imported, waiting for a person, or set aside by one."""

    NEW = "new", "Imported as a new case"
    FOLLOW_UP = "follow_up", "Imported as a follow-up"
    NULLIFIED = "nullified", "Nullified its case"
    UNCHANGED = "unchanged", "Nothing new"
    WAITING = "waiting", "Waiting"
    SET_ASIDE = "set_aside", "Set aside"


@tracked
class ReceivedMessage(models.Model):
    """What became of a received message. One that can't be imported waits, whole, with its reasons."""

    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="received")
    state = models.CharField(max_length=10, choices=ImportState.choices)
    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="received_messages"
    )
    reasons = models.JSONField(
        default=list, blank=True, help_text="Why it waits or was set aside: sentences."
    )
    notes = models.JSONField(
        default=list,
        blank=True,
        help_text="What the import changed, recognised or had to leave out: sentences.",
    )
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True, help_text="Since when it is so.")

    class Meta:
        ordering = ["-id"]
        constraints = [
            known_choices(
                "received_has_known_state",
                "state",
                ImportState.choices,
                "A received message is imported, waiting or set aside.",
            ),
            models.CheckConstraint(
                name="received_waiting_has_reasons",
                condition=~Q(state__in=[ImportState.WAITING, ImportState.SET_ASIDE]) | ~Q(reasons=[]),
                violation_error_message="Say why the message waits or is set aside.",
            ),
            models.CheckConstraint(
                name="received_imported_has_case",
                condition=Q(state__in=[ImportState.WAITING, ImportState.SET_ASIDE]) | Q(case__isnull=False),
                violation_error_message="A message that was imported names its case.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message}: {self.get_state_display().lower()}"

    @property
    def waits_for_decision(self) -> bool:
        return self.state == ImportState.WAITING and TO_DECIDE in self.reasons

    @property
    def day_zero(self) -> date:
        """The day on which it was received: time limits count from it, however long the message waits."""
        return self.message.batch.at.date()

    @property
    def due(self) -> date | None:
        """The last day on which a serious case is passed on in time; None once it doesn't wait."""
        return self.day_zero + timedelta(DAYS_TO_REPORT) if self.state == ImportState.WAITING else None


class SubmissionState(models.TextChoices):
    """Where a submission stands. `exchange.acknowledgements` lists which state may follow which."""

    DRAFT = "draft", "Draft"
    SENT = "sent", "Sent, not yet answered"
    ACCEPTED = "accepted", "Accepted"
    WARNED = "warned", "Accepted with warnings"
    REJECTED = "rejected", "Rejected"
    UNKNOWN = "unknown", "Outcome unknown: to be acted on"


@tracked
class Submission(models.Model):
    """One case as it was sent to one receiver: what, to whom, by whom, when, and where it stands."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="submissions")
    version = models.ForeignKey(
        "cases.CaseVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="submission")
    profile = models.CharField(max_length=10, help_text="The receiver's form of E2B: ICH, FDA, EMA.")
    state = models.CharField(max_length=10, choices=SubmissionState.choices, default=SubmissionState.SENT)
    left_out = models.JSONField(
        default=list, blank=True, help_text="What this receiver's form could not carry: sentences."
    )
    declared = models.JSONField(
        default=list,
        blank=True,
        help_text="Elements that came from the declaration of the sender, not from the case.",
    )
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            known_choices(
                "submission_state_is_known",
                "state",
                SubmissionState.choices,
                "A submission is a draft, sent, of unknown outcome, accepted, accepted with warnings or "
                "rejected.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message} to {self.profile}"


@append_only
class Acknowledgement(models.Model):
    """One file in which a receiver answered a batch: ACK.M and ACK.A of ICH's acknowledgement."""

    file = models.ForeignKey("cases.StoredFile", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=250, blank=True)
    number = models.CharField(max_length=250, blank=True, help_text="Of the acknowledgement (ACK.M.1).")
    sender = models.CharField(max_length=250, blank=True, help_text="Who answers (ACK.M.2).")
    receiver = models.CharField(max_length=250, blank=True, help_text="To whom (ACK.M.3).")
    sent_at = models.CharField(max_length=40, blank=True, help_text="When it was sent (ACK.M.4).")
    batch_number = models.CharField(max_length=250, blank=True, help_text="Batch number answered (ACK.A.1).")
    outcome = models.CharField(
        max_length=10,
        blank=True,
        help_text="AA all loaded, AE some have errors, AR none loaded or not read (ACK.A.4).",
    )
    text = models.TextField(blank=True, help_text="What the receiver says of the batch (ACK.A.5).")
    organisation = _holder()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="acknowledgement_received_once",
                fields=["organisation", "file"],
                violation_error_message="This very file was received already.",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.file_name or f"Acknowledgement {self.pk}"


@tracked
class Answer(models.Model):
    """ACK.B.r: a receiver's answer to one message. Without a submission it waits to be matched."""

    acknowledgement = models.ForeignKey(Acknowledgement, on_delete=models.PROTECT, related_name="answers")
    position = models.PositiveIntegerField(help_text="Its place in the acknowledgement; 0: the whole batch.")
    identifier = models.CharField(max_length=250, blank=True, help_text="Message answered (ACK.B.r.1).")
    message_time = models.CharField(max_length=40, blank=True, help_text="Its date (ACK.B.r.5).")
    code = models.CharField(max_length=10, blank=True, help_text="CA loaded, CR rejected (ACK.B.r.6).")
    text = models.TextField(blank=True, help_text="All that the receiver said (ACK.B.r.7).")
    their_number = models.CharField(
        max_length=250, blank=True, help_text="The receiver's own number of the case (ACK.B.r.2)."
    )
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )
    matched_by = models.CharField(
        max_length=250, blank=True, help_text="How it was found which submission is meant; or why it was not."
    )

    class Meta:
        ordering = ["acknowledgement", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                name="answer_place_once",
                fields=["acknowledgement", "position", "submission"],
                violation_error_message="This answer is there already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.identifier or self.acknowledgement}: {self.code or 'no code'}"


# Models of this app that stand in modules of their own.
OTHER_MODELS = (Receipt, ReceiptChunk, ReceiptFile, ReceiverSettings, SenderDetails)
