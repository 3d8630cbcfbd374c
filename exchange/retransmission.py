"""Cases that another sender gave us, passed on to a third party: whose they are from then on (IG 3.3.4).

What the first sender reported stays. Who sends it, when, under which number, with which documents
and by which local criteria is ours; the numbers of earlier senders are kept as other identifiers (C.1.9.1.r).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from cases.models import Case, Narrative, Sender
from cases.record.case_record import CaseRecord
from e2b import Block, Null, Value, text_of
from e2b import Message as Icsr
from exchange.case_defaults import is_serious
from exchange.icsr.preserved_elements import is_as_received, preserved_values
from exchange.models import ImportState, ReceivedMessage, Submission, SubmissionState
from values.dates import PartialDate

# Elements of C that are the sender's own, and are never passed on from an earlier sender.
_C_OF_A_SENDER = ("C.1.1", "C.1.2", "C.1.4", "C.1.5", "C.1.6.1", "C.1.7")
LONGEST_SOURCE = 100  # characters of C.1.9.1.r.1


@dataclass(frozen=True, slots=True)
class Reception:
    """How a case came to us: from whom (N.2.r.2), and on which days first and last.

    `number` is the C.1.1 under which we have passed it on before; empty if we never have.
    """

    sender: str
    first: date
    latest: date
    number: str = ""


def receptions_of(case_ids: Iterable[int], *, ours: Iterable[str]) -> dict[int, Reception]:
    """The receptions of those cases that somebody else sent first. Two queries.

    `ours`: the identifiers by which we call ourselves; what came from them is our own.
    """
    wanted = list(case_ids)
    brought = (
        ReceivedMessage.objects.filter(case__in=wanted, state__in=[ImportState.NEW, ImportState.FOLLOW_UP])
        .order_by("pk")
        .values_list("case_id", "state", "message__sender", "message__batch__at", "case__safety_report_id")
    )
    names = set(ours)
    receptions: dict[int, Reception] = {}
    for case_id, state, sender, at, number in brought:
        day = timezone.localtime(at).date()
        earlier = receptions.get(case_id)
        if earlier is not None:
            receptions[case_id] = Reception(earlier.sender, earlier.first, max(earlier.latest, day))
        elif state == ImportState.NEW and number and not _is_ours(sender, number, names):
            receptions[case_id] = Reception(sender, day, day)
    numbers = _numbers_before(receptions)
    return {
        pk: Reception(reception.sender, reception.first, reception.latest, numbers.get(pk, ""))
        for pk, reception in receptions.items()
    }


def _is_ours(sender: str, number: str, ours: set[str]) -> bool:
    organisation = number.split("-")[1:2]
    return sender in ours or bool(ours.intersection(organisation))


def _numbers_before(case_ids: Iterable[int]) -> dict[int, str]:
    """By case: the C.1.1 under which it was sent first; it never changes."""
    wanted = list(case_ids)
    if not wanted:
        return {}
    sent = Submission.objects.filter(case__in=wanted).exclude(state=SubmissionState.DRAFT)
    numbers = sent.order_by("-pk").values_list("case_id", "message_id", "message__identifier")
    return {case_id: report_number(identifier, key) for case_id, key, identifier in numbers}


def report_number(identifier: str, key: int) -> str:
    """The C.1.1 in a message identifier of ours (N.2.r.1), which ends in the key of the message."""
    return identifier.removesuffix(f"-{key}")


def names_report(identifier: str) -> Q:
    """The submissions of messages whose C.1.1 is this identifier."""
    return Q(message__identifier__startswith=f"{identifier}-")


def passed_on(message: Icsr, record: CaseRecord, reception: Reception, own: Mapping[str, Value]) -> Icsr:
    """The message with what is ours in it, without identifiers and envelope. `own`: our C.1.7 and C.3."""
    C = message.C  # noqa: N806
    documents = tuple(block for block in C["C.1.6.1.r"] if _is_held(block["C.1.6.1.r.2"]))
    others = _other_identifiers(C, name_of(record.single(Sender), reception))
    kept = {
        name: value
        for name, value in C.values.items()
        if name not in _C_OF_A_SENDER and not name.startswith("C.3.")
    }
    latest = max(filter(None, (reception.latest, record.case.latest_information)))
    values: dict[str, Value] = {
        **kept,
        "C.1.4": PartialDate.of(reception.first),
        "C.1.5": PartialDate.of(max(latest, reception.first)),
        "C.1.6.1": "true" if documents else "false",
        "C.1.7": own.get("C.1.7") or _is_expedited(message, record.case),
        "C.1.9.1": "true",
        **{name: value for name, value in own.items() if name.startswith("C.3.")},
    }
    if not text_of(values.get("C.1.8.1")):
        values["C.1.8.1"] = text_of(C["C.1.1"])
    blocks = {**C.blocks, "C.1.6.1.r": documents, "C.1.9.1.r": others}
    return message.with_sections(C=Block("C", values, blocks), H=_own_comments(message.H, record))


def _is_held(document: Value | None) -> bool:
    return document is not None and not isinstance(document, Null)


def name_of(sender: Sender | None, reception: Reception) -> str:
    """The name of whoever sent the case to us."""
    name = "" if sender is None else sender.organisation_name or sender.family_name
    return (name or reception.sender)[:LONGEST_SOURCE]


def _other_identifiers(C: Block, sender: str) -> tuple[Block, ...]:  # noqa: N803
    """All numbers of earlier transmissions, that of the sender before us among them."""
    received: tuple[Block, ...] = C["C.1.9.1.r"]
    number = text_of(C["C.1.1"])
    if number in {text_of(block["C.1.9.1.r.2"]) for block in received}:
        return received
    return (*received, Block("C.1.9.1.r", {"C.1.9.1.r.1": sender, "C.1.9.1.r.2": number}))


def _is_expedited(message: Icsr, case: Case) -> str:
    """C.1.7 as a person here has answered it; else whether the case is serious."""
    if case.is_expedited is not None and not is_as_received(case, "C.1.7", case.is_expedited):
        return "true" if case.is_expedited else "false"
    return "true" if is_serious(message) else "false"


def _own_comments(narrative: Block, record: CaseRecord) -> Block:
    """Section H without the comments of the sender before us (H.4); what a person here wrote stays."""
    row = record.single(Narrative)
    received = preserved_values(row.null_flavors).get("H.4") if row else None
    if received is None:
        return narrative
    comments = without_passage(text_of(narrative["H.4"]), text_of(received[0]))
    return narrative.with_values({"H.4": comments or None})


def without_passage(text: str, passage: str) -> str:
    """A text without a passage that it begins or ends with, and that is whole lines or whole sentences."""
    for rest in (text.removeprefix(passage), text.removesuffix(passage)):
        is_whole = passage.endswith((".", "!", "?")) or not rest or "\n" in (rest[0], rest[-1])
        if rest != text and is_whole:
            return rest.strip()
    return text
