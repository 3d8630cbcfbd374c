"""Cases leave as E2B(R3): checked for their receiver, frozen in the database, then written as files.

A case that its receiver would reject doesn't leave, and its reasons are told. Batch numbers and message
identifiers come from the database's sequences, which never give a number twice, rejected or rolled back.
A file appears under its name only after what it holds is stored: what has left can always be proved.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from django.core.exceptions import PermissionDenied

from accounts.roles import Permission
from assessments.assessing import make_current
from cases.amendment import amend_set
from cases.models import CaseVersion
from cases.record.read_cases import read_cases
from cases.visibility import visible_to
from e2b import Block, E2BError, Null, Severity, Value, Violation, text_of, validate
from e2b import Message as Icsr
from e2b.elements import ELEMENTS, ICH
from exchange.declarations import declare
from exchange.freeze_message import CHUNK, LONGEST_ID, keys, write_file
from exchange.icsr import CaseRecord, message_of
from exchange.models import Message, SubmissionState
from exchange.receivers import REFUSED, Export, Outcome, Ready, Receiver, Tell

ISSUED = "Case identifier issued because the case is sent"
# What no draft can hold either.
UNWRITABLE = {"ICH-CHARACTER"}
PROVISIONAL = Violation(
    "PROVISIONAL",
    "",
    "score",
    "The reaction is still running and day 15 has not come, so the score is provisional.",
    "Wait for the outcome, or write a draft.",
)


def export_cases(case_ids: Iterable[int], export: Export, tell: Tell) -> list[Path]:
    """Write cases to files and tell of each what became of it; the files that were written.

    One file for all, or one for each case. Memory doesn't grow with their number. Raises PermissionDenied,
    and OSError where the folder can't be written to; then nothing was sent.
    """
    if not (export.by.may(Permission.EXPORT) and export.by.may(Permission.VIEW_IDENTITIES)):
        raise PermissionDenied(f"{export.by} may not export cases.")
    export.out.mkdir(parents=True, exist_ok=True)
    if not export.one_file_each:
        return write_file(_ready(case_ids, export, tell), export, tell)
    return [
        path for ready in _ready(case_ids, export, tell) for path in write_file(iter([ready]), export, tell)
    ]


def preview(case_ids: Iterable[int], export: Export) -> Iterator[Outcome]:
    """What would become of cases; nothing is written."""
    for ids in _chunks(case_ids):
        for whole, version in _read(ids, export):
            yield _prepare(whole, version, export).outcome


def _ready(case_ids: Iterable[int], export: Export, tell: Tell) -> Iterator[Ready]:
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
        for prepared, key in zip(ready, keys(Message, len(ready)), strict=True):
            prepared.key = key
            yield prepared


def _chunks(case_ids: Iterable[int]) -> Iterator[tuple[int, ...]]:
    left = iter(case_ids)
    while ids := tuple(islice(left, CHUNK)):
        yield ids


def _read(ids: tuple[int, ...], export: Export) -> Iterator[tuple[CaseRecord, int | None]]:
    seen = set(visible_to(export.by).filter(pk__in=ids).values_list("pk", flat=True))
    if hidden := set(ids) - seen:
        raise PermissionDenied(f"{export.by} may not see {len(hidden)} of these cases: nothing was written.")
    allowed = list(ids)
    # The last one of each case, because later ones overwrite earlier ones.
    versions = CaseVersion.objects.filter(case_id__in=allowed).order_by("number").values_list("case_id", "pk")
    latest = dict(versions)
    for pk, whole in read_cases(allowed).items():
        yield whole, latest.get(pk)


def _prepare(whole: CaseRecord, version: int | None, export: Export) -> Ready:
    try:
        return _checked(whole, version, export)
    except E2BError as error:
        finding = Violation("MESSAGE", "", "case", str(error), "Correct the case.")
        outcome = Outcome(whole.case.number, REFUSED, findings=(finding,), case_id=whole.case.pk)
        return Ready(whole.case, version, Icsr(), outcome)


def _checked(whole: CaseRecord, version: int | None, export: Export) -> Ready:
    profile = export.receiver.profile
    told = message_of(whole)
    message, declared = declare(told.message, export.declaration)
    message, issued = _with_identity(message, whole, export)
    prepared = profile.prepare(message)
    gone = set() if prepared is message else _told(message) - _told(prepared)
    message = prepared
    masked = (f"{name}: not for {profile.name}" for name in ELEMENTS if name in gone)
    declared = [name for name in declared if name in ICH or name in profile.elements]
    left_out = (*map(str, told.losses), *masked)
    findings = validate(message, profile, header=export.header("0"), today=export.now.date())
    if whole.score is not None and whole.score.provisional:
        findings.append(PROVISIONAL)
    state = _state(findings, export)
    outcome = Outcome(
        whole.case.number,
        state,
        findings=tuple(findings),
        left_out=left_out,
        declared=tuple(declared),
        case_id=whole.case.pk,
    )
    return Ready(whole.case, version, message, outcome, issued=issued)


def _told(message: Icsr) -> set[str]:
    """The elements that hold a value, not a reason of its absence."""
    values = (pair for block in message.walk() for pair in block.values.items())
    return {name for name, value in values if not isinstance(value, Null)}


def _state(findings: list[Violation], export: Export) -> str:
    errors = [one for one in findings if one.severity == Severity.ERROR]
    if any(one.rule in UNWRITABLE for one in errors) or (errors and not export.is_draft):
        return REFUSED
    return str(SubmissionState.DRAFT if export.is_draft else SubmissionState.SENT)


def _with_identity(message: Icsr, whole: CaseRecord, export: Export) -> tuple[Icsr, bool]:
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
    return message.with_sections(N=envelope, C=message.C.with_values(values)), issued


def _country(message: Icsr) -> str:
    """Where the primary source is, else where it happened, else where the sender is."""
    reporters = sorted(message.C["C.2.r"], key=lambda one: one["C.2.r.5"] != "1")
    told = [
        *(one["C.2.r.3"] for one in reporters),
        *(one["E.i.9"] for one in message.E),
        message.C["C.3.4.5"],
    ]
    return next((text_of(one) for one in told if one and not isinstance(one, Null)), "")


def _issue(ready: list[Ready], export: Export) -> None:
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


__all__ = ["REFUSED", "Export", "Outcome", "Receiver", "export_cases", "preview"]
