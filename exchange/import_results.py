"""What became of each message of a file, for reports: its state, case, score, reasons and remarks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assessments.models import Standing
from e2b import text_of
from exchange.classify_message import ClassifiedMessage
from exchange.models import ImportState, ReceivedMessage
from scoring.instruments import PRIMARY


@dataclass(frozen=True)
class ImportResult:
    """What became of one message. `state` is one of ImportState, or "refused" for a file."""

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


# Called with each result as soon as it is certain.
ReportImport = Callable[[ImportResult], None]


def imported_now(file: str, item: ClassifiedMessage, score: str) -> ImportResult:
    """The result of a message that was just imported, or that waits."""
    return ImportResult(
        file,
        item.position,
        text_of(item.message.N["N.2.r.1"]),
        str(item.state),
        item.case.number if item.case else "",
        score if item.case else "",
        tuple(item.reasons),
        tuple(item.notes),
    )


def imported_before(file: str, received: ReceivedMessage) -> ImportResult:
    """The result of a message that an earlier import has finished."""
    is_aside = received.state == ImportState.SET_ASIDE
    return ImportResult(
        file,
        received.message.position,
        received.message.identifier,
        str(ImportState.SET_ASIDE if is_aside else ImportState.UNCHANGED),
        received.case.number if received.case else "",
        reasons=tuple(received.reasons),
        notes=(f"Before: {received.get_state_display().lower()}.",),
    )


def score_texts(case_ids: list[int]) -> dict[int, str]:
    """Class, total and attainable range of each case's current score, by case."""
    standings = Standing.objects.filter(
        case_id__in=case_ids, instrument=PRIMARY, exposure=None, is_current=True
    )
    return {row.case_id: f"{row.badge} [{row.low}, {row.high}]" for row in standings}
