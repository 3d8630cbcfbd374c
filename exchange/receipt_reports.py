"""What became of what was sent in: the state of its job, its files, and each message."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q

from exchange.import_results import score_texts
from exchange.models import ImportState, ReceivedMessage
from exchange.receipt_models import Receipt


@dataclass(frozen=True)
class Place:
    """A message by the place of its file and its place in the file."""

    file: int = 0
    message: int = 0


def head_of(receipt: Receipt) -> dict[str, Any]:
    """The receipt and the state of its job, for JSON."""
    job = receipt.job
    return {
        "receipt": str(job.uuid),
        "state": job.state,
        "file": receipt.file_name,
        "size": receipt.size,
        "sha256": receipt.digest,
        "by": job.by.get_username(),
        "received_at": job.made_at.isoformat(),
        "finished_at": job.finished_at and job.finished_at.isoformat(),
        "progress": {"done": job.done, "total": job.total},
        "problem": job.problem,
    }


def files_of(receipt: Receipt) -> list[dict[str, Any]]:
    """Its files, each with its batch number and messages, or why it was refused."""
    return [
        {
            "position": file.position,
            "name": file.name,
            "batch": file.batch.number if file.batch else "",
            "messages": file.batch.message_count if file.batch else 0,
            "refusal": file.refusal,
        }
        for file in receipt.files.select_related("batch")
    ]


def counts_of(receipt: Receipt) -> dict[str, int]:
    """How many messages are in which state."""
    counted = _messages(receipt).order_by().values("state").annotate(count=Count("pk"))
    by_state = {row["state"]: row["count"] for row in counted}
    return {state: by_state[state] for state in ImportState.values if state in by_state}


def messages_of(receipt: Receipt, after: Place, limit: int) -> tuple[list[dict[str, Any]], Place | None]:
    """Messages after a place, in the order of the files, and the place after which more follow."""
    beyond = Q(file__gt=after.file) | Q(file=after.file, message__position__gt=after.message)
    ordered = _messages(receipt).filter(beyond).order_by("file", "message__position")
    rows = list(ordered.select_related("message", "case")[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    scores = score_texts([row.case_id for row in rows if row.case_id])
    last = Place(rows[-1].file, rows[-1].message.position) if more else None
    return list(_as_dicts(rows, scores)), last


def _messages(receipt: Receipt) -> Any:
    """What became of its messages so far, each with the place and the name of its file."""
    place = "message__batch__receipt_files"
    messages = ReceivedMessage.objects.filter(**{f"{place}__receipt": receipt})
    return messages.annotate(file=F(f"{place}__position"), file_name=F(f"{place}__name"))


def _as_dicts(rows: Iterable[Any], scores: dict[int, str]) -> Iterable[dict[str, Any]]:
    for row in rows:
        yield {
            "file": row.file_name,
            "position": row.message.position,
            "message": row.message.identifier,
            "state": row.state,
            "case": row.case.number if row.case else "",
            "score": scores.get(row.case_id, ""),
            "reasons": row.reasons,
            "notes": row.notes,
        }
