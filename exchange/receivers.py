"""To whom cases leave, in which form, and what became of each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.core.exceptions import ValidationError

from accounts.models import User
from cases.models import Case
from e2b import Block, Profile, Severity, Violation, text_of
from e2b import Message as Icsr
from exchange.declarations import Declaration
from values.dates import PartialDate

DRAFT = "DRAFT-"
REFUSED = "refused"


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
    findings: tuple[Violation, ...] = ()
    left_out: tuple[str, ...] = ()
    declared: tuple[str, ...] = ()
    case_id: int | None = None

    @property
    def is_refused(self) -> bool:
        return self.state == REFUSED

    @property
    def errors(self) -> list[Violation]:
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
class Ready:
    """A case whose message may leave."""

    case: Case
    version: int | None
    message: Icsr
    outcome: Outcome
    key: int = 0
    issued: bool = False
