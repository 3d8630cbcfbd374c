"""What a received message is: a new case, a follow-up, a nullification, nothing new, or one that must wait.

Nothing is written here; the preview and the import ask the same questions.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from django.core.exceptions import ValidationError
from django.db.models.functions import Lower

from accounts.models import User
from cases.joining import joining_of
from cases.models import Case, CaseState, Drug
from cases.models.case_number import number_for
from cases.versions import NULLIFICATION
from e2b import Block, E2BError, text_of
from e2b import Message as Icsr
from exchange.icsr import IncomingCase, rows_of
from exchange.models import ImportState, ReceivedMessage
from exchange.queries import cases_by_identifier, imported_by_digest

NO_ENVELOPE = Block("N.2.r")
# What a message can do to the bridge and the rules of the record; anything else is a defect of ours.
REFUSALS = (E2BError, ValidationError, ValueError, ArithmeticError, LookupError)


@dataclass
class ClassifiedMessage:
    """One message, what it would become, and what a person should know of it."""

    position: int
    message: Icsr
    digest: str = ""
    state: ImportState = ImportState.WAITING
    case: Case | None = None
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    incoming: IncomingCase | None = None
    keeps_stored: bool | None = None  # decided by a person, where a follow-up has values that can't be read

    @property
    def identifiers(self) -> tuple[str, ...]:
        """C.1.8.1 and C.1.1, those that it has."""
        C = self.message.C  # noqa: N806
        return tuple(filter(None, (text_of(C["C.1.8.1"]).strip(), text_of(C["C.1.1"]).strip())))

    @property
    def number(self) -> str:
        """The number of its case in the registry, made from the sender's identifier."""
        return number_for(self.identifiers[-1])

    def wait(self, *reasons: str) -> None:
        """Let it wait for a person, with the reasons as sentences."""
        self.state = ImportState.WAITING
        self.reasons = [reason for reason in reasons if reason] or ["No reason known."]


def classify(messages: Iterable[tuple[int, Icsr]], by: User) -> list[ClassifiedMessage]:
    """What each of these messages is, in their order. Two queries for all of them."""
    classified = [
        ClassifiedMessage(position, message, digest_of(message), notes=list(map(str, message.violations)))
        for position, message in messages
    ]
    earlier = imported_by_digest((item.digest for item in classified), by)
    cases = cases_by_identifier((name for item in classified for name in item.identifiers), by)
    for item in classified:
        _classify(item, earlier.get(item.digest), cases)
    return classified


def with_rows(item: ClassifiedMessage, drugs: Mapping[str, Drug]) -> ClassifiedMessage:
    """The message as rows of the record, with what was recognised in it; or waiting, with the reason."""
    if item.state not in (ImportState.NEW, ImportState.FOLLOW_UP):
        return item
    try:
        item.incoming = rows_of(item.message, drugs=drugs)
        item.notes += map(str, item.incoming.notes)
    except REFUSALS as error:
        item.wait(sentence(error))
    return item


def drugs_by_name() -> dict[str, Drug]:
    """The drugs by name in lower case, with their half-lives."""
    drugs = Drug.objects.annotate(lower=Lower("name")).prefetch_related("half_lives")
    return {drug.lower: drug for drug in drugs}


def digest_of(message: Icsr) -> str:
    """SHA-256 of a message's content: C to H without the time of creation. Equal messages, equal digests."""
    digest = hashlib.sha256()
    content = message.with_sections(N=NO_ENVELOPE, C=message.C.with_values({"C.1.2": None}))
    for block in content.walk():
        values = sorted(block.values.items(), key=itemgetter(0))
        digest.update(repr((block.kind, block.ref, values)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _classify(
    item: ClassifiedMessage, earlier: ReceivedMessage | None, cases_by_name: Mapping[str, list[Case]]
) -> None:
    kind = text_of(item.message.C["C.1.11.1"])
    cases = {case.pk: case for name in item.identifiers for case in cases_by_name.get(name, ())}
    if earlier is not None:
        item.state, item.case = ImportState.UNCHANGED, earlier.case
        item.notes.append(f"The same message was received before: {earlier.get_state_display().lower()}.")
    elif not item.identifiers:
        item.wait("It has neither C.1.1 nor C.1.8.1, so its case couldn't be found again. Ask the sender.")
    elif len(cases) > 1:
        numbers = ", ".join(sorted(case.number for case in cases.values()))
        item.wait(f"Its identifiers belong to several cases: {numbers}. Correct the identifiers of one.")
    elif not cases:
        _classify_new(item, kind)
    else:
        _classify_follow_up(item, next(iter(cases.values())), kind)


def _classify_new(item: ClassifiedMessage, kind: str) -> None:
    if kind == NULLIFICATION:
        item.wait("It nullifies a case that isn't here. Set it aside, or import the case first.")
    else:
        item.state = ImportState.NEW


def _classify_follow_up(item: ClassifiedMessage, case: Case, kind: str) -> None:
    item.case = case
    if kind == NULLIFICATION:
        is_nullified = case.state == CaseState.NULLIFIED
        item.state = ImportState.UNCHANGED if is_nullified else ImportState.NULLIFIED
        return
    if case.state == CaseState.NULLIFIED and (joined := joining_of(case)):
        item.wait(
            f"Its case {case} is joined to the master case {joined.master}. Enter there what is new, and set "
            "the message aside; or part the two cases, and import it again."
        )
        return
    received, latest = item.message.C["C.1.5"], case.latest_information
    if latest is not None and text_of(received) and text_of(received)[:8] < f"{latest:%Y%m%d}":
        item.wait(
            f"Its latest information (C.1.5) is of {received}, that of case {case} of {latest}: it is older. "
            "Set it aside, or enter by hand what is missing."
        )
    else:
        item.state = ImportState.FOLLOW_UP


def sentence(error: Exception) -> str:
    """What was refused, as one sentence."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, E2BError):
        return str(error)
    return f"It couldn't be understood ({type(error).__name__}: {error})."
