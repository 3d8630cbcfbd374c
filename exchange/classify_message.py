"""What a received message is: a new case, news of a known one, nothing new, or something that must wait.

Nothing is written here; the preview and the import ask the same questions.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from django.core.exceptions import ValidationError
from django.db.models.functions import Lower

from accounts.models import User
from cases.models import Case, CaseState, Drug
from e2b import Block, E2BError, text_of
from e2b import Message as Icsr
from exchange.icsr import Incoming, rows_of
from exchange.models import ImportState, ReceivedMessage
from exchange.queries import cases_meant, settled_digests

NULLIFICATION, AMENDMENT = "1", "2"  # C.1.11.1
NOTHING = Block("N.2.r")
# What a message can do to the bridge and the rules of the record; anything else is a defect of ours.
REFUSALS = (E2BError, ValidationError, ValueError, ArithmeticError, LookupError)


@dataclass
class Understood:
    """One message, what it would become, and what a person should know of it."""

    position: int
    message: Icsr
    digest: str = ""
    state: ImportState = ImportState.WAITING
    case: Case | None = None
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    incoming: Incoming | None = None

    @property
    def identifiers(self) -> tuple[str, ...]:
        """C.1.8.1 and C.1.1, those that it has."""
        told = (text_of(self.message.C["C.1.8.1"]).strip(), text_of(self.message.C["C.1.1"]).strip())
        return tuple(filter(None, told))

    @property
    def number(self) -> str:
        """Under which the registry keeps its case: the sender's identifier as one word."""
        return "_".join(self.identifiers[-1].split())

    def waits(self, *reasons: str) -> None:
        self.state, self.reasons = (
            ImportState.WAITING,
            [reason for reason in reasons if reason] or ["No reason known."],
        )


def understand(messages: Iterable[tuple[int, Icsr]], by: User) -> list[Understood]:
    """What each of these messages is, in their order. Two queries for all of them."""
    told = [
        Understood(position, message, digest_of(message), notes=[str(one) for one in message.violations])
        for position, message in messages
    ]
    known = settled_digests(one.digest for one in told)
    meant = cases_meant((name for one in told for name in one.identifiers), by)
    for one in told:
        _decide(one, known.get(one.digest), meant)
    return told


def with_rows(one: Understood, drugs: Mapping[str, Drug]) -> Understood:
    """The message as rows of the record, with what was recognised in it; or waiting, with the reason."""
    if one.state not in (ImportState.NEW, ImportState.FOLLOW_UP):
        return one
    try:
        one.incoming = rows_of(one.message, drugs=drugs)
        one.notes += map(str, one.incoming.notes)
    except REFUSALS as error:
        one.waits(in_words(error))
    return one


def dictionary() -> dict[str, Drug]:
    """The drugs by name in lower case, with their half-lives."""
    drugs = Drug.objects.annotate(lower=Lower("name")).prefetch_related("half_lives")
    return {drug.lower: drug for drug in drugs}


def digest_of(message: Icsr) -> str:
    """SHA-256 of what a message says: C to H without the time of creation; equal messages, equal digests."""
    digest = hashlib.sha256()
    for block in message.with_sections(N=NOTHING, C=message.C.with_values({"C.1.2": None})).walk():
        told = sorted(block.values.items(), key=itemgetter(0))
        digest.update(repr((block.kind, block.ref, told)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _decide(one: Understood, before: ReceivedMessage | None, meant: Mapping[str, list[Case]]) -> None:
    kind = text_of(one.message.C["C.1.11.1"])
    found = {case.pk: case for name in one.identifiers for case in meant.get(name, ())}
    if before is not None:
        one.state, one.case = ImportState.UNCHANGED, before.case
        one.notes.append(f"The same message was received before: {before.get_state_display().lower()}.")
    elif not one.identifiers:
        one.waits("It has neither C.1.1 nor C.1.8.1, so its case couldn't be found again. Ask the sender.")
    elif len(found) > 1:
        numbers = ", ".join(sorted(case.number for case in found.values()))
        one.waits(f"Its identifiers belong to several cases: {numbers}. Correct the identifiers of one.")
    elif not found:
        _about_no_case(one, kind)
    else:
        _about(one, next(iter(found.values())), kind)


def _about_no_case(one: Understood, kind: str) -> None:
    if kind == NULLIFICATION:
        one.waits("It nullifies a case that isn't here. Set it aside, or import the case first.")
    else:
        one.state = ImportState.NEW


def _about(one: Understood, case: Case, kind: str) -> None:
    one.case = case
    if kind == NULLIFICATION:
        one.state = ImportState.UNCHANGED if case.state == CaseState.NULLIFIED else ImportState.NULLIFIED
        return
    told = one.message.C["C.1.5"]
    latest = case.latest_information
    if latest is not None and text_of(told) and text_of(told)[:8] < f"{latest:%Y%m%d}":
        one.waits(
            f"Its latest information (C.1.5) is of {told}, that of case {case} of {latest}: it is older. "
            "Set it aside, or enter by hand what is missing."
        )
    else:
        one.state = ImportState.FOLLOW_UP


def in_words(error: Exception) -> str:
    """What was refused, as one sentence."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, E2BError):
        return str(error)
    return f"It couldn't be understood ({type(error).__name__}: {error})."
