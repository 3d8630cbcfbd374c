"""Writing messages into the record: new cases, follow-ups as new versions, nullifications."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models

from accounts.models import User
from cases.amendment import add_to_all, amend, door
from cases.database_errors import as_validation_errors
from cases.documents.storage import insert_files
from cases.locks import lock_cases
from cases.models import Case, CaseEvent, Drug, VersionKind
from cases.models.case_number import LIKENESS, likeness, number_for
from cases.opening import insert_cases
from cases.record.read_cases import read_cases
from cases.versions import AMENDMENT, nullify, open_version
from e2b import Value, text_of
from e2b.diff import short_text
from e2b.elements import ELEMENTS
from exchange.classify_message import ClassifiedMessage
from exchange.file_chunks import read_message
from exchange.icsr import (
    CaseRecord,
    IncomingCase,
    OwnValue,
    Reconciliation,
    UnreadableValue,
    reconcile,
    rows_of,
)
from exchange.icsr.own_messages import as_recorded
from exchange.models import TO_DECIDE, Batch, ImportState, ReceivedMessage, Submission, SubmissionState
from values.calendar_text import format_date
from values.dates import PartialDate, Precision
from values.moment_text import format_moment
from values.moments import Moment

# What the import itself does to a case, by the words of the event log.
_BY_IMPORT = ("imported", "follow-up imported", "follow-up opened", "amendment opened")


class UnreadableValues(ValidationError):
    """A follow-up has values that can't be read in place of stored ones; a person decides which hold."""


def import_message(
    item: ClassifiedMessage, batch: Batch, *, by: User, reason: str, drugs: Mapping[str, Drug]
) -> None:
    """Write one message of a batch into the record as what it was classified as."""
    if item.state == ImportState.NEW:
        open_cases([item], by=by, reason=reason)
    elif item.state == ImportState.FOLLOW_UP:
        _follow_up(item, batch, by, reason, drugs)
    elif item.state == ImportState.NULLIFIED and item.case is not None:
        because = text_of(item.message.C["C.1.11.2"]) or reason
        nullify(item.case, by=by, reason=because, action="nullification imported")


def open_cases(items: list[ClassifiedMessage], *, by: User, reason: str) -> None:
    """Open a new case for each of these messages, in one set."""
    cases = [_new_case(item, number, by) for item, number in zip(items, _numbers_for(items), strict=True)]
    insert_cases(cases, by=by, reason=reason)
    insert_files(file for item in items if item.incoming for file in item.incoming.files)
    with door(cases, by=by, reason=reason, action="imported") as amendments:
        by_case = {amendment.case.pk: amendment for amendment in amendments}
        add_to_all(
            (by_case[case.pk], item.incoming.rows if item.incoming else [])
            for case, item in zip(cases, items, strict=True)
        )
        _check_constraints()
    for case, item in zip(cases, items, strict=True):
        item.case = case


def _numbers_for(items: list[ClassifiedMessage]) -> list[str]:
    """A number for the case of each message; like that of no other case. One query."""
    numbers = {likeness(item.number): item.number for item in reversed(items)}
    similar = Case.objects.annotate(likeness=LIKENESS).filter(likeness__in=list(numbers))
    numbers |= dict(similar.values_list("likeness", "number"))
    return [
        number_for(item.identifiers[-1], is_taken=numbers[likeness(item.number)] != item.number)
        for item in items
    ]


def _new_case(item: ClassifiedMessage, number: str, by: User) -> Case:
    values = item.incoming.case_values if item.incoming else {}
    case = Case(number=number, organisation=by.organisation, **values)
    case.full_clean(exclude={"organisation"}, validate_constraints=False, validate_unique=False)
    return case


def _follow_up(
    item: ClassifiedMessage, batch: Batch, by: User, reason: str, drugs: Mapping[str, Drug]
) -> None:
    """A new version of a case with what the message changes; nothing where it changes nothing."""
    assert item.case is not None and item.incoming is not None  # noqa: S101, PT018 - decided before
    lock_cases([item.case.pk])
    record = read_cases([item.case.pk])[item.case.pk]
    incoming = _as_recorded(item, item.incoming, record, drugs)
    changes = reconcile(
        incoming,
        record,
        keeps_stored=bool(item.keeps_stored),
        before=lambda: _message_before(record.case, drugs),
    )
    sentences = [_side_by_side(value) for value in changes.unreadable]
    if sentences and item.keeps_stored is None:
        raise UnreadableValues([*sentences, TO_DECIDE])
    item.notes += [*sentences, *map(_both_values, (value for value in changes.own if value.is_news))]
    if not changes:
        item.state = ImportState.UNCHANGED
        item.notes.append("It says nothing that the case doesn't say.")
        return
    item.notes = _change_sentences(changes, record.case) + item.notes
    _open_version(item, record.case, batch, by, reason)
    insert_files(incoming.files)
    with amend(record.case, by=by, reason=reason, action="follow-up imported") as amendment:
        for row in changes.removed:
            amendment.remove(row)
        for row, values in changes.changed:
            amendment.change(row, **values)
        if changes.case_values:
            amendment.change_case(**changes.case_values)
        amendment.add_all(changes.added)
        _check_constraints()


def _as_recorded(
    item: ClassifiedMessage, incoming: IncomingCase, record: CaseRecord, drugs: Mapping[str, Drug]
) -> IncomingCase:
    """The rows of a follow-up, in which what left of the case in another form is as it is recorded."""
    sent = Submission.objects.filter(case=record.case).exclude(state=SubmissionState.DRAFT)
    if not sent.exists():
        return incoming
    message = as_recorded(item.message, record)
    return incoming if message == item.message else rows_of(message, drugs=drugs)


def _message_before(case: Case, drugs: Mapping[str, Drug]) -> IncomingCase | None:
    """The message that a follow-up follows upon, as rows; None if nobody has changed the case since."""
    if not CaseEvent.objects.filter(case_id=case.pk).exclude(action__in=_BY_IMPORT).exists():
        return None
    brought = ReceivedMessage.objects.filter(case=case, state__in=(ImportState.NEW, ImportState.FOLLOW_UP))
    latest = brought.select_related("message__batch").order_by("at", "pk").last()
    if latest is None:
        return None
    return rows_of(read_message(latest.message.batch, latest.message.position), drugs=drugs)


def _open_version(item: ClassifiedMessage, case: Case, batch: Batch, by: User, reason: str) -> None:
    C = item.message.C  # noqa: N806
    is_amendment = text_of(C["C.1.11.1"]) == AMENDMENT
    open_version(
        case,
        by=by,
        reason=text_of(C["C.1.11.2"]) or reason,
        kind=VersionKind.AMENDMENT if is_amendment else VersionKind.FOLLOW_UP,
        received=_day(C["C.1.5"]),
        source=f"ICSR {item.message.N['N.2.r.1'] or batch}"[:250],
    )


def _check_constraints() -> None:
    """Links between rows are otherwise checked at the end, when nobody knows whose they are."""
    with as_validation_errors(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def _side_by_side(value: UnreadableValue) -> str:
    """An unreadable value of a message beside the stored one."""
    row, label = value.row, value.row._meta.get_field(value.column).verbose_name  # type: ignore[union-attr]
    return (
        f"{row._meta.verbose_name} “{row}”: {label} ({value.element}) in the message is "
        f"“{short_text(value.received)}”, which can't be read; stored is {_text(value.stored)}."
    )


def _both_values(value: OwnValue) -> str:
    """A value of ours that stays, beside the one that the sender now has."""
    row = value.row
    return (
        f"{row._meta.verbose_name} “{row}”: {ELEMENTS[value.element].name} ({value.element}) stays as it was "
        f"changed here: “{short_text(value.ours)}”. The sender now says: {_whole(value.received)}."
    )


def _whole(value: Value | None) -> str:
    return "nothing" if value is None else f"“{text_of(value) or value}”"


def _change_sentences(changes: Reconciliation, case: Case) -> list[str]:
    """What a follow-up changes, one sentence for each row or field."""
    sentences = [f"case: {change}" for change in _field_changes(case, changes.case_values)]
    sentences += [f"removed {row._meta.verbose_name} “{row}”" for row in changes.removed]
    for row, values in changes.changed:
        name = row._meta.verbose_name
        sentences += [f"{name} “{row}”: {change}" for change in _field_changes(row, values)]
    return sentences + [f"added {row._meta.verbose_name} “{row}”" for row in changes.added]


def _field_changes(row: models.Model, values: Mapping[str, Any]) -> Iterator[str]:
    for name, value in values.items():
        if name != "null_flavors":
            label = row._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            yield f"{label}: {_text(getattr(row, name))} -> {_text(value)}"


def _text(value: Any) -> str:
    if isinstance(value, Moment) and not value.is_relative:
        return format_moment(value, {})
    if isinstance(value, date):
        return format_date(PartialDate.of(value))
    return "nothing" if value in (None, "") else str(value)


def _day(value: Value | None) -> Any:
    if isinstance(value, PartialDate) and value.precision >= Precision.DAY:
        return value.earliest.date()
    return None
