"""Import of received messages as cases, follow-ups and nullifications; each one whole, or not at all.

New cases are opened in sets, because that is several times quicker; a set in which one message is refused is
done once more, one by one, and only the refused one waits. What became of a message is stored in the
transaction that made it so: an interrupted import that is run once more goes on where it stopped.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from accounts.models import User
from accounts.roles import Permission
from cases.models import Drug
from e2b import Attachment, read_stream
from e2b import Message as Icsr
from exchange.case_import import import_message, open_cases
from exchange.classify_message import (
    REFUSALS,
    ClassifiedMessage,
    classify,
    drugs_by_name,
    sentence,
    with_rows,
)
from exchange.file_chunks import open_file, read_message
from exchange.import_results import ReportImport, imported_before, imported_now, score_texts
from exchange.import_states import ImportedMeanwhile, lock_positions, store_states
from exchange.models import Batch, ImportState, ReceivedMessage
from exchange.queries import finished_positions, received_by_position

SET_SIZE = 100
# A set is closed earlier when its messages are large.
SET_BYTES = 8 * 1024 * 1024
LONGEST_REASON = 500

# A message and its position; without the message where it is finished already.
_Item = tuple[int, Icsr | None]


def import_batch(
    batch: Batch, *, by: User, report: ReportImport, most: int | None = None, name: str = ""
) -> None:
    """Import the messages of a received file that aren't imported yet; `report` is called for each.

    Messages that wait are tried once more. `most` bounds how many are imported in this call. `name` is what
    the file is called now, where it came before under another name. Raises PermissionDenied; everything that
    is wrong with a message is reported, and makes it wait.
    """
    if not by.may(Permission.AMEND_CASES):
        raise PermissionDenied(f"{by} may not import cases.")
    importer = _BatchImporter(batch, by, report, name or batch.file_name)
    for items in _sets(batch, most):
        importer.import_set(items)


def import_decided(
    received: ReceivedMessage, *, keeps_stored: bool, by: User, reason: str
) -> ReceivedMessage:
    """Import a waiting follow-up with values that can't be read, as a person decided.

    `keeps_stored`: the stored values stay; else they become empty, with what was received preserved. Raises
    PermissionDenied and ValidationError.
    """
    if not by.may(Permission.AMEND_CASES):
        raise PermissionDenied(f"{by} may not import cases.")
    if not reason.strip():
        raise ValidationError("Say why these values hold: it is kept in the history.")
    position, batch = received.message.position, received.message.batch
    if received.state != ImportState.WAITING:
        raise ValidationError(f"It is not waiting any more: {received.get_state_display().lower()}.")
    decision = {position: keeps_stored}
    importer = _BatchImporter(
        batch, by, lambda _: None, batch.file_name, keeps_stored=decision, decided_because=reason
    )
    importer.import_set([(position, read_message(batch, position))])
    received.refresh_from_db()
    return received


def _sets(batch: Batch, most: int | None) -> Iterator[list[_Item]]:
    """The messages, as many at once as are good for memory; of those finished only their positions."""
    if batch.refusal:
        return
    finished = finished_positions(batch)
    items: list[_Item] = []
    size = count = 0
    with read_stream(open_file(batch)) as messages:
        for position, message in enumerate(messages, 1):
            if position in finished:
                items.append((position, None))
            elif most is not None and count >= most:
                break
            else:
                items.append((position, message))
                size, count = size + _size(message), count + 1
            if len(items) >= SET_SIZE or size >= SET_BYTES:
                yield items
                items, size = [], 0
    if items:
        yield items


def _size(message: Icsr) -> int:
    """About how many bytes a message holds in long texts and attachments."""
    size = 0
    for block in message.walk():
        for value in block.values.values():
            if isinstance(value, str):
                size += len(value)
            elif isinstance(value, Attachment):
                size += len(value.content)
    return size


@dataclass
class _BatchImporter:
    batch: Batch
    by: User
    report: ReportImport
    name: str
    drugs: Mapping[str, Drug] = field(default_factory=drugs_by_name)
    keeps_stored: Mapping[int, bool] = field(default_factory=dict)  # decisions, by position
    decided_because: str = ""

    @property
    def reason(self) -> str:
        return self.decided_because or f"Imported from {self.batch.file_name or self.batch}"[:LONGEST_REASON]

    def import_set(self, items: list[_Item]) -> None:
        """Import new cases together, everything else one by one; report in the order of the file."""
        earlier = received_by_position(
            self.batch, [position for position, message in items if message is None]
        )
        new = self._classified_new(
            [(position, message) for position, message in items if message is not None]
        )
        self._open_together(new)
        opened = {item.position: item for item in new if item.case}
        scores = score_texts([item.case.pk for item in opened.values() if item.case])
        for position, message in items:
            if message is None:
                self.report(imported_before(self.name, earlier[position]))
            elif position in opened:
                self._report(opened[position], scores)
            else:
                self._import_single(position, message)

    def _classified_new(self, messages: list[tuple[int, Icsr]]) -> list[ClassifiedMessage]:
        """The messages that open a new case, each case once."""
        if not messages:
            return []
        return _first_of_each_case(with_rows(item, self.drugs) for item in classify(messages, self.by))

    def _open_together(self, items: list[ClassifiedMessage]) -> None:
        """Open new cases as a set; if anything is refused, none of them, and each gets its own turn."""
        if not items:
            return
        try:
            with transaction.atomic():
                lock_positions(self.batch, [item.position for item in items])
                open_cases(items, by=self.by, reason=self.reason)
                self._store(items)
        except (DatabaseError, *REFUSALS):
            for item in items:
                item.case = None

    def _import_single(self, position: int, message: Icsr) -> None:
        """One message in its own transaction; what is refused waits with the reason."""
        (item,) = classify([(position, message)], self.by)
        item.keeps_stored = self.keeps_stored.get(position)
        with_rows(item, self.drugs)
        try:
            with transaction.atomic():
                lock_positions(self.batch, [position])
                import_message(item, self.batch, by=self.by, reason=self.reason, drugs=self.drugs)
                self._store([item])
        except ImportedMeanwhile:
            # What they made of it stands.
            self.report(imported_before(self.name, received_by_position(self.batch, [position])[position]))
            return
        except (DatabaseError, PermissionDenied, *REFUSALS) as error:
            # A case that was opened just now is gone.
            item.case = None if item.state == ImportState.NEW else item.case
            item.wait(*(error.messages if isinstance(error, ValidationError) else [_refusal(error)]))
            with transaction.atomic():
                self._store([item])
        self._report(item, score_texts([item.case.pk]) if item.case else {})

    def _store(self, items: list[ClassifiedMessage]) -> None:
        store_states(self.batch, items, by=self.by, reason=self.reason)

    def _report(self, item: ClassifiedMessage, scores: Mapping[int, str]) -> None:
        score = scores.get(item.case.pk, "") if item.case else ""
        self.report(imported_now(self.name, item, score))


def _first_of_each_case(items: Iterable[ClassifiedMessage]) -> list[ClassifiedMessage]:
    """New cases, each once: messages about one case are imported in their order, one after the other."""
    first: list[ClassifiedMessage] = []
    names: set[str] = set()
    for item in items:
        if item.state == ImportState.NEW and names.isdisjoint(item.identifiers):
            names.update(item.identifiers)
            first.append(item)
    return first


def _refusal(error: Exception) -> str:
    if isinstance(error, DatabaseError):
        return f"The database refused it: {error}".splitlines()[0]
    return str(error) if isinstance(error, PermissionDenied) else sentence(error)
