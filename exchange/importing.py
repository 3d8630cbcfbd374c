"""Received messages become cases, follow-ups and nullifications; each one whole, or not at all.

New cases are opened in sets, because that is several times quicker; a set in which one message is refused is
done again one by one, and only the refused one waits. What became of a message is written in the transaction
that made it so: whoever is interrupted runs the import again, and it goes on where it stopped.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, models, transaction

from accounts.models import User
from accounts.roles import Permission
from cases.amendment import add_to_all, amend, door
from cases.database_errors import in_words as database_in_words
from cases.locks import lock_cases
from cases.models import Case, CaseScore, Drug, StoredFile, VersionKind
from cases.record.read_cases import read_cases
from cases.versions import first_versions, nullify, open_version
from e2b import Attachment, read_stream, text_of
from e2b import Message as Icsr
from exchange.classify_message import (
    AMENDMENT,
    REFUSALS,
    Understood,
    dictionary,
    in_words,
    understand,
    with_rows,
)
from exchange.icsr import Reconciliation, reconcile
from exchange.models import Batch, Direction, ImportState, Message, ReceivedMessage
from exchange.queries import places_settled, received_at, stream_of
from exchange.receiving import fitting
from values.dates import PartialDate, Precision
from values.moments import Moment

AT_ONCE = 100
# A set is closed earlier when its messages are large.
BYTES_AT_ONCE = 8 * 1024 * 1024
LONGEST_REASON = 500


@dataclass(frozen=True)
class Result:
    """What became of one message."""

    file: str
    position: int
    message: str
    state: str
    case: str = ""
    score: str = ""
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "file": self.file,
            "position": self.position,
            "message": self.message,
            "fate": self.state,
            "case": self.case,
            "score": self.score,
            "reasons": list(self.reasons),
            "notes": list(self.notes),
        }


Tell = Callable[[Result], None]
# A message and its place; without the message where nothing is left to be done.
_Item = tuple[int, Icsr | None]


def import_batch(batch: Batch, *, by: User, tell: Tell, most: int | None = None, name: str = "") -> None:
    """Import the messages of a received file that aren't imported yet, and tell of each what became of it.

    Messages that wait are tried again. `most` bounds how many are imported in this call. `name` is what the
    file is called now, where it came before under another name. Raises PermissionDenied; everything that is
    wrong with a message is told, and makes it wait.
    """
    if not by.may(Permission.AMEND_CASES):
        raise PermissionDenied(f"{by} may not import cases.")
    _Import(batch, by, tell, name or batch.file_name).run(most)


@dataclass
class _Import:
    batch: Batch
    by: User
    tell: Tell
    name: str
    drugs: Mapping[str, Drug] = field(default_factory=dictionary)

    @property
    def reason(self) -> str:
        return f"Imported from {self.batch.file_name or self.batch}"[:LONGEST_REASON]

    def run(self, most: int | None) -> None:
        for items in self._sets(places_settled(self.batch), most):
            self._import(items)

    def _sets(self, settled: set[int], most: int | None) -> Iterator[list[_Item]]:
        """The messages, as many at once as are good for memory; of those settled only their places."""
        if self.batch.refusal:
            return
        items: list[_Item] = []
        size = done = 0
        with read_stream(stream_of(self.batch)) as messages:
            for position, message in enumerate(messages, 1):
                if position in settled:
                    items.append((position, None))
                elif most is not None and done >= most:
                    break
                else:
                    items.append((position, message))
                    size, done = size + _weight(message), done + 1
                if len(items) >= AT_ONCE or size >= BYTES_AT_ONCE:
                    yield items
                    items, size = [], 0
        if items:
            yield items

    def _import(self, items: list[_Item]) -> None:
        messages = [(position, message) for position, message in items if message is not None]
        before = received_at(self.batch, [position for position, message in items if message is None])
        told = {
            one.position: with_rows(one, self.drugs)
            for one in (understand(messages, self.by) if messages else ())
        }
        fresh = _first_of_each_case(told.values())
        self._open_together(fresh)
        scores = _scores([one.case.pk for one in fresh if one.case])
        opened = {one.position for one in fresh if one.case}
        for position, message in items:
            if message is None:
                self.tell(self._earlier(before[position]))
            elif position in opened:
                self._tell(told[position], scores)
            else:
                self._one(position, message)

    def _open_together(self, fresh: list[Understood]) -> None:
        """Open new cases as a set; if anything is refused, none of them, and each gets its own turn."""
        if not fresh:
            return
        try:
            with transaction.atomic():
                self._claim([one.position for one in fresh])
                self._open(fresh)
        except (DatabaseError, *REFUSALS):
            for one in fresh:
                one.case = None

    def _open(self, fresh: list[Understood]) -> None:
        cases = [self._case(one) for one in fresh]
        context = {"user": self.by.pk, "username": self.by.get_username(), "reason": self.reason}
        with pghistory.context(**context), database_in_words():
            Case.objects.bulk_create(cases)
            first_versions(cases, self.by, self.reason)
        files = {file.digest: file for one in fresh if one.incoming for file in one.incoming.files}
        StoredFile.objects.bulk_create(files.values(), ignore_conflicts=True)
        with door(cases, by=self.by, reason=self.reason, action="imported") as amendments:
            by_case = {amendment.case.pk: amendment for amendment in amendments}
            add_to_all(
                (by_case[case.pk], one.incoming.rows if one.incoming else [])
                for case, one in zip(cases, fresh, strict=True)
            )
            self._check()
        for case, one in zip(cases, fresh, strict=True):
            one.case = case
        self._settle(fresh)

    def _case(self, one: Understood) -> Case:
        values = one.incoming.case_values if one.incoming else {}
        case = Case(number=one.number, organisation=self.by.organisation, **values)
        case.full_clean(exclude={"organisation"}, validate_constraints=False, validate_unique=False)
        return case

    def _one(self, position: int, message: Icsr) -> None:
        """One message in its own transaction; what is refused waits with the reason."""
        (one,) = understand([(position, message)], self.by)
        with_rows(one, self.drugs)
        try:
            with transaction.atomic():
                self._claim([position])
                self._do(one)
                self._settle([one])
        except (DatabaseError, PermissionDenied, *REFUSALS) as error:
            # A case that was opened just now is gone again.
            one.case = None if one.state == ImportState.NEW else one.case
            one.waits(_refused(error))
            with transaction.atomic():
                self._settle([one])
        self._tell(one, _scores([one.case.pk]) if one.case else {})

    def _do(self, one: Understood) -> None:
        if one.state == ImportState.NEW:
            self._open([one])
        elif one.state == ImportState.FOLLOW_UP:
            self._follow_up(one)
        elif one.state == ImportState.NULLIFIED and one.case is not None:
            nullify(one.case, by=self.by, reason=text_of(one.message.C["C.1.11.2"]) or self.reason)

    def _follow_up(self, one: Understood) -> None:
        """News of a case that is here: a version, with what is different."""
        assert one.case is not None and one.incoming is not None  # noqa: S101, PT018 - decided before
        lock_cases([one.case.pk])
        whole = read_cases([one.case.pk])[one.case.pk]
        found = reconcile(one.incoming, whole)
        if not found:
            one.state = ImportState.UNCHANGED
            one.notes.append("It says nothing that the case doesn't say.")
            return
        one.notes = _differences(found, whole.case) + one.notes
        amends = text_of(one.message.C["C.1.11.1"]) == AMENDMENT
        open_version(
            whole.case,
            by=self.by,
            reason=text_of(one.message.C["C.1.11.2"]) or self.reason,
            kind=VersionKind.AMENDMENT if amends else VersionKind.FOLLOW_UP,
            received=_day(one.message.C["C.1.5"]),
            source=f"ICSR {one.message.N['N.2.r.1'] or self.batch}"[:250],
        )
        StoredFile.objects.bulk_create(one.incoming.files, ignore_conflicts=True)
        with amend(whole.case, by=self.by, reason=self.reason, action="follow-up imported") as amendment:
            for row in found.removed:
                amendment.remove(row)
            for row, values in found.changed:
                amendment.change(row, **values)
            if found.case_values:
                amendment.change_case(**found.case_values)
            amendment.add_all(found.added)
            self._check()

    def _check(self) -> None:
        """Links between rows are otherwise checked at the end, when nobody knows whose they are."""
        with database_in_words(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")

    def _claim(self, positions: list[int]) -> None:
        """Keep others out of this batch until the transaction ends, and refuse what they have done."""
        Batch.objects.select_for_update().get(pk=self.batch.pk)
        done = Message.objects.filter(batch=self.batch, position__in=positions)
        if done.exclude(received__state=ImportState.WAITING).exists():
            raise ValidationError("Somebody else is importing this file at the same time. Run it again.")

    def _settle(self, told: list[Understood]) -> None:
        """Write down what became of messages."""
        places = [one.position for one in told]
        known = {one.position: one for one in Message.objects.filter(batch=self.batch, position__in=places)}
        new = [self._message(one) for one in told if one.position not in known]
        with database_in_words():
            known |= {one.position: one for one in Message.objects.bulk_create(new)}
        earlier = {one.message_id: one for one in ReceivedMessage.objects.filter(message__in=known.values())}
        fresh = []
        with pghistory.context(user=self.by.pk, username=self.by.get_username(), reason=self.reason):
            for one in told:
                message = known[one.position]
                row = earlier.get(message.pk) or ReceivedMessage(message=message)
                changed = (row.state, row.reasons, row.case_id) != (one.state, one.reasons, _key(one.case))
                row.state, row.case, row.by = one.state, one.case, self.by
                row.reasons, row.notes = one.reasons, one.notes
                if message.pk not in earlier:
                    fresh.append(row)
                elif changed:
                    row.save()
            ReceivedMessage.objects.bulk_create(fresh)

    def _message(self, one: Understood) -> Message:
        named = one.message.N
        created = named["N.2.r.4"]
        return Message(
            batch=self.batch,
            direction=Direction.RECEIVED,
            position=one.position,
            identifier=fitting(named["N.2.r.1"], 100),
            sender=fitting(named["N.2.r.2"], 60),
            receiver=fitting(named["N.2.r.3"], 60),
            created_at=Moment(date=created) if isinstance(created, PartialDate) else None,
            digest=one.digest,
        )

    def _tell(self, one: Understood, scores: Mapping[int, str]) -> None:
        self.tell(
            Result(
                self.name,
                one.position,
                text_of(one.message.N["N.2.r.1"]),
                str(one.state),
                one.case.number if one.case else "",
                scores.get(one.case.pk, "") if one.case else "",
                tuple(one.reasons),
                tuple(one.notes),
            )
        )

    def _earlier(self, received: ReceivedMessage) -> Result:
        before = f"Before: {received.get_state_display().lower()}."
        is_aside = received.state == ImportState.SET_ASIDE
        return Result(
            self.name,
            received.message.position,
            received.message.identifier,
            str(ImportState.SET_ASIDE if is_aside else ImportState.UNCHANGED),
            received.case.number if received.case else "",
            reasons=tuple(received.reasons),
            notes=(before,),
        )


def set_aside(received: ReceivedMessage, *, by: User, reason: str) -> None:
    """Settle a waiting message without importing it. Raises PermissionDenied and ValidationError."""
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


def _first_of_each_case(told: Iterable[Understood]) -> list[Understood]:
    """New cases, each once: messages about one case are taken in their order, one after the other."""
    fresh: list[Understood] = []
    names: set[str] = set()
    for one in told:
        if one.state == ImportState.NEW and names.isdisjoint(one.identifiers):
            names.update(one.identifiers)
            fresh.append(one)
    return fresh


def _refused(error: Exception) -> str:
    if isinstance(error, DatabaseError):
        return f"The database refused it: {error}".splitlines()[0]
    return str(error) if isinstance(error, PermissionDenied) else in_words(error)


def _weight(message: Icsr) -> int:
    """About how many bytes a message holds in long texts and attachments."""
    weight = 0
    for block in message.walk():
        for value in block.values.values():
            if isinstance(value, str):
                weight += len(value)
            elif isinstance(value, Attachment):
                weight += len(value.content)
    return weight


def _scores(case_ids: list[int]) -> dict[int, str]:
    """Where new evidence puts cases, in a few signs."""
    found = CaseScore.objects.filter(case_id__in=case_ids, is_current=True)
    return {
        one.case_id: f"{one.get_standing_category_display()}, {one.standing_total} [{one.low}, {one.high}]"
        for one in found
    }


def _differences(found: Reconciliation, case: Case) -> list[str]:
    """What a follow-up changes, one sentence for each row or field."""
    said = [f"case: {change}" for change in _changed(case, found.case_values)]
    said += [f"removed {row._meta.verbose_name} “{row}”" for row in found.removed]
    for row, values in found.changed:
        said += [f"{row._meta.verbose_name} “{row}”: {change}" for change in _changed(row, values)]
    return said + [f"added {row._meta.verbose_name} “{row}”" for row in found.added]


def _changed(row: models.Model, values: Mapping[str, Any]) -> Iterator[str]:
    for name, value in values.items():
        if name != "null_flavors":
            label = row._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            yield f"{label}: {_shown(getattr(row, name))} -> {_shown(value)}"


def _shown(value: Any) -> str:
    return "nothing" if value in (None, "") else str(value)


def _day(told: Any) -> Any:
    known = isinstance(told, PartialDate) and told.precision >= Precision.DAY
    return told.earliest.date() if known else None


def _key(case: Case | None) -> int | None:
    return case.pk if case else None
