"""Cases leave as E2B(R3): checked for their receiver, frozen in the database, then written as files.

A case that its receiver would reject doesn't leave, and its reasons are told. Batch numbers and message
identifiers come from the database's sequences, which never give a number twice, rejected or rolled back.
A file appears under its name only after what it holds is stored: what has left can always be proved.
"""

import hashlib
import os
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from accounts.models import User
from accounts.roles import Permission
from cases.icsr import WholeCase, message_of
from cases.models import (
    Batch,
    Case,
    CaseVersion,
    Direction,
    FilePiece,
    Message,
    Submission,
    SubmissionState,
)
from cases.queries.visibility import visible_to
from cases.queries.whole_cases import whole_cases
from cases.services.amendment import amend_set
from cases.services.assessing import make_current
from cases.services.declaring import Declaration, declare
from cases.services.pieces import keep_all
from e2b import Block, E2BError, Finding, Null, Profile, Severity, Value, text_of, validate, write_stream
from e2b import Message as Icsr
from e2b.elements import ELEMENTS, ICH
from values.dates import PartialDate
from values.moments import Moment

CHUNK = 100
DRAFT = "DRAFT-"
LONGEST_ID = 100
ISSUED = "Case identifier issued because the case is sent"
# What no draft can hold either.
UNWRITABLE = {"ICH-CHARACTER"}
PROVISIONAL = Finding(
    "PROVISIONAL",
    "",
    "score",
    "The reaction is still running and day 15 has not come, so the score is provisional.",
    "Wait for the outcome, or write a draft.",
)


@dataclass(frozen=True)
class Receiver:
    """To whom: the form of E2B, and the ids of batch (N.1.4) and message (N.2.r.3)."""

    profile: Profile
    batch: str
    message: str

    @classmethod
    def of(cls, profile: Profile, route: str = "", to: str = "") -> "Receiver":
        """By a route that the profile knows (its first by default), or by any id. Raises ValidationError."""
        if to:
            return cls(profile, to, to)
        if not profile.receivers:
            return cls(profile, profile.name, profile.name)
        chosen = route or next(iter(profile.receivers))
        if chosen not in profile.receivers:
            known = ", ".join(profile.receivers)
            raise ValidationError(f"{profile.name} has no route {chosen!r}. Choose one of: {known}.")
        batch, messages = profile.receivers[chosen]
        return cls(profile, batch, messages[0])


@dataclass(frozen=True)
class Outcome:
    """What became of one case: written as final or draft, or refused with its reasons."""

    case: str
    state: str
    identifier: str = ""
    file: str = ""
    findings: tuple[Finding, ...] = ()
    left_out: tuple[str, ...] = ()
    declared: tuple[str, ...] = ()

    @property
    def is_refused(self) -> bool:
        return self.state == REFUSED

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == Severity.ERROR]

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        told = {name: getattr(self, name) for name in ("case", "state", "identifier", "file")}
        return {
            **told,
            "findings": [finding.as_dict() for finding in self.findings],
            "left_out": list(self.left_out),
            "declared": list(self.declared),
        }


REFUSED = "refused"
Tell = Callable[[Outcome], None]


@dataclass
class Export:
    """What to do, and for whom."""

    by: User
    receiver: Receiver
    out: Path
    is_draft: bool = False
    one_file_each: bool = False
    declaration: Declaration = field(default_factory=Declaration)
    now: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))

    @property
    def sender(self) -> str:
        """N.1.3 and N.2.r.2, as declared, or the identifier of the organisation."""
        return text_of(self.declaration.of("N.1").get("N.1.3")) or self.by.organisation.identifier

    @property
    def time(self) -> PartialDate:
        return PartialDate.of(self.now)


@dataclass
class _Ready:
    """A case whose message may leave."""

    case: Case
    version: int | None
    message: Icsr
    outcome: Outcome
    key: int = 0
    issued: bool = False


def export_cases(case_ids: Iterable[int], export: Export, tell: Tell) -> list[Path]:
    """Write cases to files and tell of each what became of it; the files that were written.

    One file for all, or one for each case. Memory doesn't grow with their number. Raises PermissionDenied,
    and OSError where the folder can't be written to; then nothing was sent.
    """
    if not export.by.may(Permission.EXPORT):
        raise PermissionDenied(f"{export.by} may not export cases.")
    export.out.mkdir(parents=True, exist_ok=True)
    if not export.one_file_each:
        return _one_file(_ready(case_ids, export, tell), export, tell)
    return [
        path for ready in _ready(case_ids, export, tell) for path in _one_file(iter([ready]), export, tell)
    ]


def preview(case_ids: Iterable[int], export: Export) -> Iterator[Outcome]:
    """What would become of cases; nothing is written."""
    for ids in _chunks(case_ids):
        for whole, version in _read(ids, export):
            yield _prepare(whole, version, export).outcome


def _ready(case_ids: Iterable[int], export: Export, tell: Tell) -> Iterator[_Ready]:
    """The cases that may leave, those that may not being told of."""
    for ids in _chunks(case_ids):
        make_current(ids)
        ready = []
        for whole, version in _read(ids, export):
            prepared = _prepare(whole, version, export)
            if prepared.outcome.is_refused:
                tell(prepared.outcome)
            else:
                ready.append(prepared)
        _issue(ready, export)
        for prepared, key in zip(ready, _keys(Message, len(ready)), strict=True):
            prepared.key = key
            yield prepared


def _chunks(case_ids: Iterable[int]) -> Iterator[tuple[int, ...]]:
    left = iter(case_ids)
    while ids := tuple(islice(left, CHUNK)):
        yield ids


def _read(ids: tuple[int, ...], export: Export) -> Iterator[tuple[WholeCase, int | None]]:
    seen = set(visible_to(export.by).filter(pk__in=ids).values_list("pk", flat=True))
    if hidden := set(ids) - seen:
        raise PermissionDenied(f"{export.by} may not see {len(hidden)} of these cases: nothing was written.")
    allowed = list(ids)
    # The last one of each case, because later ones overwrite earlier ones.
    versions = CaseVersion.objects.filter(case_id__in=allowed).order_by("number").values_list("case_id", "pk")
    latest = dict(versions)
    for pk, whole in whole_cases(allowed).items():
        yield whole, latest.get(pk)


def _prepare(whole: WholeCase, version: int | None, export: Export) -> _Ready:
    try:
        return _checked(whole, version, export)
    except E2BError as error:
        finding = Finding("MESSAGE", "", "case", str(error), "Correct the case.")
        return _Ready(whole.case, version, Icsr(), Outcome(whole.case.number, REFUSED, findings=(finding,)))


def _checked(whole: WholeCase, version: int | None, export: Export) -> _Ready:
    profile = export.receiver.profile
    told = message_of(whole)
    message, declared = declare(told.message, export.declaration)
    message, issued = _with_identity(message, whole, export)
    before = _told(message)
    message = profile.prepare(message)
    masked = (f"{name}: not for {profile.name}" for name in ELEMENTS if name in before - _told(message))
    declared = [name for name in declared if name in ICH or name in profile.elements]
    left_out = (*map(str, told.losses), *masked)
    findings = validate(message, profile, header=_header(export, "0"), today=export.now.date())
    if whole.score is not None and whole.score.provisional:
        findings.append(PROVISIONAL)
    state = _state(findings, export)
    outcome = Outcome(whole.case.number, state, "", "", tuple(findings), left_out, tuple(declared))
    return _Ready(whole.case, version, message, outcome, issued=issued)


def _told(message: Icsr) -> set[str]:
    """The elements that hold a value, not a reason of its absence."""
    values = (pair for block in message.walk() for pair in block.values.items())
    return {name for name, value in values if not isinstance(value, Null)}


def _state(findings: list[Finding], export: Export) -> str:
    errors = [one for one in findings if one.severity == Severity.ERROR]
    if any(one.rule in UNWRITABLE for one in errors) or (errors and not export.is_draft):
        return REFUSED
    return str(SubmissionState.DRAFT if export.is_draft else SubmissionState.SENT)


def _with_identity(message: Icsr, whole: WholeCase, export: Export) -> tuple[Icsr, bool]:
    """The envelope, the time of creation, and C.1.1 and C.1.8.1 where the case has none yet."""
    values: dict[str, Value] = {"C.1.2": export.time}
    number, country = text_of(message.C["C.1.1"]), _country(message)
    may_issue = export.is_draft or export.by.may(Permission.AMEND_CASES)
    issued = not number and bool(country) and may_issue
    if issued:
        number = "-".join((country, export.by.organisation.identifier, whole.case.number))
        values["C.1.1"] = number
    if number and not text_of(message.C["C.1.8.1"]):
        values["C.1.8.1"] = number
    envelope = Block(
        "N.2.r",
        {
            "N.2.r.1": (number or whole.case.number)[:LONGEST_ID],
            "N.2.r.2": export.sender,
            "N.2.r.3": export.receiver.message,
            "N.2.r.4": export.time,
        },
    )
    return replace(message, N=envelope, C=message.C.with_values(values)), issued


def _country(message: Icsr) -> str:
    """Where the primary source is, else where it happened, else where the sender is."""
    reporters = sorted(message.C["C.2.r"], key=lambda one: one["C.2.r.5"] != "1")
    told = [
        *(one["C.2.r.3"] for one in reporters),
        *(one["E.i.9"] for one in message.E),
        message.C["C.3.4.5"],
    ]
    return next((text_of(one) for one in told if one and not isinstance(one, Null)), "")


def _issue(ready: list[_Ready], export: Export) -> None:
    """Keep the identifiers under which cases leave for the first time: they never change again."""
    new = {one.case.pk: one for one in ready if one.issued}
    if not new or export.is_draft:
        return
    with amend_set([one.case for one in new.values()], by=export.by, reason=ISSUED) as amendments:
        for amendment in amendments:
            told = new[amendment.case.pk].message.C
            amendment.change_case(
                safety_report_id=text_of(told["C.1.1"]), worldwide_id=text_of(told["C.1.8.1"])
            )


def _one_file(ready: Iterator[_Ready], export: Export, tell: Tell) -> list[Path]:
    """Write a batch: into a file beside the place, into the database, and at last under its name."""
    with transaction.atomic():
        (key,) = _keys(Batch, 1)
        number = f"{_mark(export)}{export.sender}-{export.now:%Y%m%d}-{key}"
        path = export.out / f"{re.sub(r'[^A-Za-z0-9._-]+', '_', number)}.xml"
        with _unnamed(path) as stream:
            out = _Frozen(key, export, stream, path.name, tell)
            header = _header(export, number)
            mode = export.receiver.profile.mode
            # Of a stream, nothing but write() is asked.
            if not write_stream(header, out.messages(ready), cast("IO[bytes]", out), mode=mode):
                stream.seek(0)
                stream.truncate()
                return []
            out.finish(number)
    # Whoever waits for the file finds it whole, and only if the database kept what it holds.
    os.replace(stream.name, path)
    return [path]


@contextmanager
def _unnamed(path: Path) -> Iterator[IO[bytes]]:
    """A file that isn't complete yet. Removed, unless everything goes well."""
    unfinished = path.with_suffix(".part")
    kept = False
    try:
        with unfinished.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            kept = stream.tell() > 0
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    if not kept:
        unfinished.unlink(missing_ok=True)


class _Frozen:
    """Where `write_stream` writes: what it writes goes into the file and, message by message, is stored."""

    def __init__(self, key: int, export: Export, stream: IO[bytes], name: str, tell: Tell) -> None:
        self.key, self.export, self.stream, self.name, self.tell = key, export, stream, name, tell
        self.digest = hashlib.sha256()
        self.size = self.pieces = self.count = 0
        self.begun: deque[_Ready] = deque()
        self.pending: list[tuple[bytes, _Ready | None]] = []

    def messages(self, ready: Iterator[_Ready]) -> Iterator[Icsr]:
        for one in ready:
            self.begun.append(one)
            mark, number = _mark(self.export), text_of(one.message.N["N.2.r.1"])
            identifier = f"{number[: LONGEST_ID - len(mark) - 21]}-{one.key}"
            named = {"N.2.r.1": f"{mark}{identifier}"}
            one.message = replace(one.message, N=one.message.N.with_values(named))
            yield one.message

    def write(self, content: bytes) -> int:
        self.stream.write(content)
        self.digest.update(content)
        self.size += len(content)
        self.pending.append((content, self.begun.popleft() if self.begun else None))
        if len(self.pending) >= CHUNK:
            self._store()
        return len(content)

    def _store(self) -> None:
        digests = keep_all(content for content, _ in self.pending)
        kept = [(digest, one) for digest, (_, one) in zip(digests, self.pending, strict=True)]
        FilePiece.objects.bulk_create(
            FilePiece(batch_id=self.key, position=self.pieces + number, file_id=digest)
            for number, (digest, _) in enumerate(kept, 1)
        )
        self.pieces += len(kept)
        sent = [(digest, one) for digest, one in kept if one is not None]
        Message.objects.bulk_create(
            self._message(digest, one, self.count + number) for number, (digest, one) in enumerate(sent, 1)
        )
        Submission.objects.bulk_create(self._submission(one) for _, one in sent)
        self.count += len(sent)
        self.pending.clear()
        for _, one in sent:
            self.tell(replace(one.outcome, identifier=text_of(one.message.N["N.2.r.1"]), file=self.name))

    def _message(self, digest: str, one: _Ready, position: int) -> Message:
        named = one.message.N
        return Message(
            pk=one.key,
            batch_id=self.key,
            direction=Direction.SENT,
            position=position,
            identifier=text_of(named["N.2.r.1"]),
            sender=text_of(named["N.2.r.2"]),
            receiver=text_of(named["N.2.r.3"]),
            created_at=Moment(date=self.export.time),
            digest=digest,
            file_id=digest,
        )

    def _submission(self, one: _Ready) -> Submission:
        return Submission(
            case=one.case,
            version_id=one.version,
            message_id=one.key,
            profile=self.export.receiver.profile.name,
            state=one.outcome.state,
            left_out=list(one.outcome.left_out),
            declared=list(one.outcome.declared),
            by=self.export.by,
        )

    def finish(self, number: str) -> None:
        """Store what is left, and the batch itself; its rows were allowed to wait for it until now."""
        self._store()
        Batch.objects.create(
            pk=self.key,
            direction=Direction.SENT,
            number=number,
            sender=self.export.sender,
            receiver=self.export.receiver.batch,
            transmitted_at=Moment(date=self.export.time),
            file_name=self.name,
            size=self.size,
            digest=self.digest.hexdigest(),
            message_count=self.count,
            by=self.export.by,
        )


def _header(export: Export, number: str) -> Block:
    return Block(
        "N.1",
        {
            "N.1.1": "1",
            "N.1.2": number,
            "N.1.3": export.sender,
            "N.1.4": export.receiver.batch,
            "N.1.5": export.time,
        },
    )


def _mark(export: Export) -> str:
    return DRAFT if export.is_draft else ""


def _keys(model: type[Batch] | type[Message], count: int) -> list[int]:
    """Numbers from the sequence of a table; none of them is ever given again."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [key for (key,) in cursor.fetchall()]
