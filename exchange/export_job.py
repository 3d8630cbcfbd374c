"""An export: what is asked for, the cases prepared for it, and what became of each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from accounts.models import User
from cases.models import Case
from e2b import Block, Message, Profile, Severity, Violation, text_of
from exchange.declarations import Declaration
from exchange.receivers import Receiver
from exchange.sender_defaults import settings_of, with_defaults
from exchange.sending_models import ReceiverSettings
from values.dates import PartialDate

DRAFT = "DRAFT-"
REFUSED = "refused"


@dataclass(frozen=True)
class ExportResult:
    """What became of one case: its message is written as final or draft, or it is refused with reasons.

    `state` is a SubmissionState, or REFUSED. `left_out` are sentences, `declared` are element ids.
    """

    case: str
    state: str
    identifier: str = ""
    file: str = ""
    violations: tuple[Violation, ...] = ()
    left_out: tuple[str, ...] = ()
    declared: tuple[str, ...] = ()
    case_id: int | None = None

    @property
    def is_refused(self) -> bool:
        return self.state == REFUSED

    @property
    def errors(self) -> list[Violation]:
        return [violation for violation in self.violations if violation.severity == Severity.ERROR]

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "case": self.case,
            "state": self.state,
            "identifier": self.identifier,
            "file": self.file,
            "findings": [violation.as_dict() for violation in self.violations],
            "left_out": list(self.left_out),
            "declared": list(self.declared),
        }


# Called with the result of each case as soon as it is certain.
ReportExport = Callable[[ExportResult], None]


@dataclass
class Export:
    """Who exports, to whom, into which folder, and how."""

    by: User
    receiver: Receiver
    out: Path
    is_draft: bool = False
    one_file_each: bool = False
    declaration: Declaration = field(default_factory=Declaration)
    now: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))

    @property
    def profile(self) -> Profile:
        return self.receiver.profile

    @cached_property
    def declared(self) -> Declaration:
        """What the sender declares for this export, with what the organisation says in every report."""
        return with_defaults(self.declaration, self.by.organisation, self.profile.name)

    @cached_property
    def settings(self) -> ReceiverSettings:
        """What the receiver wants beside the report."""
        return settings_of(self.by.organisation, self.profile.name)

    @property
    def sender(self) -> str:
        """N.1.3 and N.2.r.2, as declared, or the identifier of the organisation."""
        return text_of(self.declaration.of("N.1").get("N.1.3")) or self.by.organisation.identifier

    @property
    def time(self) -> PartialDate:
        return PartialDate.of(self.now)

    @property
    def mark(self) -> str:
        """What stands before the numbers of a draft."""
        return DRAFT if self.is_draft else ""

    def header(self, number: str) -> Block:
        """N.1 of a batch of this number."""
        return Block(
            "N.1",
            {
                "N.1.1": "1",
                "N.1.2": number,
                "N.1.3": self.sender,
                "N.1.4": self.receiver.batch,
                "N.1.5": self.time,
            },
        )


@dataclass
class PreparedCase:
    """A case with its message for a receiver. `issued`: it gets its identifiers by this export."""

    case: Case
    version: int | None
    message: Message
    result: ExportResult
    key: int = 0
    issued: bool = False
