"""Export of cases as E2B(R3): checked for their receiver, frozen in the database, then written as files.

A case that its receiver would reject isn't sent, and its reasons are reported. Batch numbers and message
identifiers come from the database's sequences, which never give a number twice, rejected or rolled back.
A file appears under its name only after what it holds is stored: what was sent can always be proved.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from django.core.exceptions import PermissionDenied

from accounts.roles import Permission
from assessments.assessing import make_current
from cases.amendment import amend_set
from cases.models import Case, CaseVersion
from cases.record.read_cases import read_cases
from cases.unreadable import UNREADABLE, read_each, unreadable
from cases.versions import NULLIFICATION
from cases.visibility import can_amend, visible_to
from e2b import Block, E2BError, Null, Severity, Value, Violation, text_of, validate
from e2b import Message as Icsr
from e2b.elements import ELEMENTS, ICH
from exchange.case_defaults import is_serious, with_case_defaults
from exchange.declarations import declare
from exchange.export_job import REFUSED, Export, ExportResult, PreparedCase, ReportExport
from exchange.icsr import CaseRecord, message_of
from exchange.icsr.scores import has_sign_of_dress
from exchange.linked_cases import identifier, linked_identifiers
from exchange.models import Message, SubmissionState
from exchange.nullification import nullifies_others
from exchange.retransmission import Reception, passed_on, receptions_of
from exchange.write_batch import CHUNK, LONGEST_ID, next_keys, write_file

ISSUED = "Case identifier issued because the case is sent"
# What no draft can hold either.
UNWRITABLE = {"ICH-CHARACTER"}
# Elements without which nobody knows which report is meant, and why it is taken back.
_OF_THE_REPORT = ("N.", "C.1.1", "C.1.8.1", "C.1.11")
NOT_SERIOUS = Violation(
    "NOT-SERIOUS",
    "E.i.3.2f",
    "case",
    "No reaction meets a criterion of seriousness, and so the case is no serious one.",
    "Check the six criteria of each reaction; DRESS is medically important.",
    Severity.WARNING,
)
RUNNING = {"2", "3"}  # recovering, not recovered


@dataclass(frozen=True, slots=True)
class _Case:
    """A whole case, the id of its latest version, and how it came to us if somebody else sent it first.

    `links`: the identifiers of linked cases by their keys.
    """

    record: CaseRecord
    version: int | None
    reception: Reception | None
    links: Mapping[int, str]


def export_cases(case_ids: Iterable[int], export: Export, report: ReportExport) -> list[Path]:
    """Write cases to files; `report` is called for each case. Returns the files that were written.

    One file for all, or one for each case. Memory doesn't grow with their number. Raises PermissionDenied,
    and OSError where the folder can't be written to; then nothing was sent.
    """
    if not (export.by.may(Permission.EXPORT) and export.by.may(Permission.VIEW_IDENTITIES)):
        raise PermissionDenied(f"{export.by} may not export cases.")
    export.out.mkdir(parents=True, exist_ok=True)
    accepted = _accepted(case_ids, export, report)
    if not export.one_file_each:
        return write_file(accepted, export, report)
    return [path for prepared in accepted for path in write_file(iter([prepared]), export, report)]


def preview(case_ids: Iterable[int], export: Export) -> Iterator[ExportResult]:
    """What would become of cases; nothing is written."""
    for ids in _chunks(case_ids):
        cases, refused = _read(ids, export)
        yield from refused
        for case in cases:
            yield _prepare(case, export).result


def prepare_case(case: Case, export: Export) -> PreparedCase:
    """The message of a case for its receiver, and what would become of it; nothing is written.

    Raises PermissionDenied.
    """
    cases, refused = _read((case.pk,), export)
    if refused:
        return PreparedCase(case, None, Icsr(), refused[0])
    return _prepare(cases[0], export)


def _accepted(case_ids: Iterable[int], export: Export, report: ReportExport) -> Iterator[PreparedCase]:
    """The cases that may be sent, each with the key of its message; the others are reported."""
    for ids in _chunks(case_ids):
        read_each(ids, _make_current)
        accepted = []
        cases, refused = _read(ids, export)
        for result in refused:
            report(result)
        for case in cases:
            prepared = _prepare(case, export)
            if prepared.result.is_refused:
                report(prepared.result)
            else:
                accepted.append(prepared)
        _issue_identifiers(accepted, export)
        for prepared, key in zip(accepted, next_keys(Message, len(accepted)), strict=True):
            prepared.key = key
            yield prepared


def _chunks(case_ids: Iterable[int]) -> Iterator[tuple[int, ...]]:
    remaining = iter(case_ids)
    while ids := tuple(islice(remaining, CHUNK)):
        yield ids


def _make_current(ids: list[int]) -> dict[int, None]:
    make_current(ids)
    return {}


def _read(ids: tuple[int, ...], export: Export) -> tuple[list[_Case], list[ExportResult]]:
    """Whole cases, and the refusals of those that can't be read.

    Raises PermissionDenied.
    """
    visible = set(visible_to(export.by).filter(pk__in=ids).values_list("pk", flat=True))
    if hidden := set(ids) - visible:
        raise PermissionDenied(f"{export.by} may not see {len(hidden)} of these cases: nothing was written.")
    allowed = list(ids)
    # The last one of each case, because later ones overwrite earlier ones.
    versions = CaseVersion.objects.filter(case_id__in=allowed).order_by("number").values_list("case_id", "pk")
    latest = dict(versions)
    records, problems = read_each(allowed, read_cases)
    numbers = Case.objects.filter(pk__in=problems).values_list("pk", "number") if problems else ()
    refused = [_refusal(number, pk, problems[pk]) for pk, number in numbers]
    receptions = receptions_of(records, ours=(export.sender, export.by.organisation.identifier))
    links = linked_identifiers(records.values(), export.by.organisation)
    cases = [_Case(record, latest.get(pk), receptions.get(pk), links) for pk, record in records.items()]
    return cases, refused


def _refusal(number: str, case_id: int, reason: str) -> ExportResult:
    violation = Violation("MESSAGE", "", "case", reason, "Correct the case.")
    return ExportResult(number, REFUSED, violations=(violation,), case_id=case_id)


def _prepare(case: _Case, export: Export) -> PreparedCase:
    record = case.record
    try:
        return _checked(case, export)
    except E2BError as error:
        reason = str(error)
    except UNREADABLE as error:
        reason = unreadable(record.case.pk, error)
    result = _refusal(record.case.number, record.case.pk, reason)
    return PreparedCase(record.case, case.version, Icsr(), result)


def _checked(case: _Case, export: Export) -> PreparedCase:
    """The message of a case for its receiver, with the rules of the receiver that it violates."""
    profile, record = export.profile, case.record
    outgoing = message_of(
        record,
        is_received=case.reception is not None,
        with_score=_wants_score(case, export),
        links=case.links,
    )
    message, declared = _declared(outgoing.message, case, export)
    message, issued = _with_identity(message, case, export)
    complete, message = message, profile.prepare(message)
    violations = validate(message, profile, header=export.header("0"), today=export.now.date())
    if is_nullification(message):
        violations = [_of_nullification(violation) for violation in violations]
        violations += filter(None, [nullifies_others(case.reception)])
    if not is_serious(message) and not is_nullification(message):
        violations.append(NOT_SERIOUS)
    if record.standing is not None and record.standing.provisional:
        violations.append(provisional_note(message))
    result = ExportResult(
        record.case.number,
        _state(violations, export),
        violations=tuple(violations),
        left_out=(*map(str, outgoing.losses), *_masked(complete, message, profile.name)),
        declared=tuple(name for name in declared if name in ICH or name in profile.elements),
        case_id=record.case.pk,
    )
    return PreparedCase(record.case, case.version, message, result, issued=issued)


def _declared(message: Icsr, case: _Case, export: Export) -> tuple[Icsr, list[str]]:
    """The message with what the sender says of every case, and the ids of the elements filled in."""
    if case.reception is not None:
        own = {**export.declaration.of("C"), **_sender(export)}
        message = passed_on(message, case.record, case.reception, own)
    message, declared = declare(message, export.declared)
    message, derived = with_case_defaults(message, case.record.case)
    return message, [*declared, *derived]


def _wants_score(case: _Case, export: Export) -> bool:
    """Whether the receiver wants our score of this case."""
    settings = export.settings
    return (
        settings.wants_score
        and (case.reception is None or settings.wants_score_of_others)
        and (settings.wants_score_without_sign or has_sign_of_dress(case.record))
    )


def _sender(export: Export) -> dict[str, Value]:
    values = export.declared.of("C")
    return {name: value for name, value in values.items() if name.startswith("C.3.")}


def is_nullification(message: Icsr) -> bool:
    """Whether the message takes a case back."""
    return text_of(message.C["C.1.11.1"]) == NULLIFICATION


def _of_nullification(violation: Violation) -> Violation:
    """What is wrong with a case doesn't keep it from being taken back: which case it is has to be right."""
    is_needed = violation.element.startswith(_OF_THE_REPORT) or violation.rule in UNWRITABLE
    if is_needed or violation.severity != Severity.ERROR:
        return violation
    return replace(violation, severity=Severity.WARNING)


def provisional_note(message: Icsr) -> Violation:
    """A note: the four minimum criteria decide whether a report leaves (IG 3.3.1), the score does not."""
    is_running = any(text_of(row["E.i.7"]) in RUNNING and row["E.i.5"] is None for row in message.E)
    course = "the reaction is still running" if is_running else "its course until day 15 is not known"
    return Violation(
        "PROVISIONAL",
        "",
        "score",
        f"The score is provisional: {course}. The report leaves without waiting for it.",
        "Send a follow-up when the score has changed.",
        Severity.NOTE,
    )


def _masked(complete: Icsr, prepared: Icsr, profile: str) -> list[str]:
    """The elements that this receiver doesn't get, as sentences."""
    if prepared is complete:
        return []
    masked = _elements_with_value(complete) - _elements_with_value(prepared)
    return [f"{name}: not for {profile}" for name in ELEMENTS if name in masked]


def _elements_with_value(message: Icsr) -> set[str]:
    """The elements that hold a value, not a reason of its absence."""
    values = (pair for block in message.walk() for pair in block.values.items())
    return {name for name, value in values if not isinstance(value, Null)}


def _state(violations: list[Violation], export: Export) -> str:
    errors = [violation for violation in violations if violation.severity == Severity.ERROR]
    if any(error.rule in UNWRITABLE for error in errors) or (errors and not export.is_draft):
        return REFUSED
    return str(SubmissionState.DRAFT if export.is_draft else SubmissionState.SENT)


def _with_identity(message: Icsr, case: _Case, export: Export) -> tuple[Icsr, bool]:
    """The envelope, the time of creation, and C.1.1 and C.1.8.1 where the case has none yet.

    Also: whether the case gets them by this export. A case that we pass on keeps its first sender's.
    """
    record, reception = case.record, case.reception
    values: dict[str, Value] = {"C.1.2": export.time}
    number = reception.number if reception else text_of(message.C["C.1.1"])
    country = _country(message)
    may_issue = export.is_draft or (can_amend(export.by, record.case) and not is_nullification(message))
    issued = not number and bool(country) and may_issue
    if issued:
        number = identifier(country, export.by.organisation, record.case.number)
    if number:
        values["C.1.1"] = number
    if number and not text_of(message.C["C.1.8.1"]):
        values["C.1.8.1"] = number
    envelope = Block(
        "N.2.r",
        {
            "N.2.r.1": (number or record.case.number)[:LONGEST_ID],
            "N.2.r.2": export.sender,
            "N.2.r.3": export.receiver.message,
            "N.2.r.4": export.time,
        },
    )
    return message.with_sections(N=envelope, C=message.C.with_values(values)), issued and reception is None


def _country(message: Icsr) -> str:
    """Where the primary source is, else where the reaction happened, else where the sender is."""
    reporters = sorted(message.C["C.2.r"], key=lambda reporter: reporter["C.2.r.5"] != "1")
    countries = [
        *(reporter["C.2.r.3"] for reporter in reporters),
        *(reaction["E.i.9"] for reaction in message.E),
        message.C["C.3.4.5"],
    ]
    return next((text_of(country) for country in countries if country and not isinstance(country, Null)), "")


def _issue_identifiers(accepted: list[PreparedCase], export: Export) -> None:
    """Store the identifiers of cases that are sent for the first time: they never change afterwards."""
    new = {prepared.case.pk: prepared for prepared in accepted if prepared.issued}
    if not new or export.is_draft:
        return
    cases = [prepared.case for prepared in new.values()]
    with amend_set(cases, by=export.by, reason=ISSUED) as amendments:
        for amendment in amendments:
            C = new[amendment.case.pk].message.C  # noqa: N806
            amendment.change_case(safety_report_id=text_of(C["C.1.1"]), worldwide_id=text_of(C["C.1.8.1"]))
