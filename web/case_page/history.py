"""What was computed, answered and changed, each as one line."""

from collections.abc import Callable
from typing import Any

from assessments.display.badge import assessment_words
from assessments.display.words import answer_words, interval
from assessments.models import Assessment, ReviewerAnswer
from cases.models import CaseEvent
from scoring.instruments import INSTRUMENTS, PRIMARY
from web.case_page.items import reviewer_name


def answer_line(answer: ReviewerAnswer, label: Callable[[str], str]) -> dict[str, Any]:
    return {
        "label": label(answer.key),
        "answer": answer_words(answer.answer) if answer.answer else "Answer withdrawn",
        "by": reviewer_name(answer),
        "at": answer.at,
        "reason": answer.reason,
    }


def assessment_line(row: Assessment) -> dict[str, Any]:
    return {
        "kind": row.get_kind_display(),
        "score": _score_words(row),
        "reach": interval(row.low, row.high),
        "rule_version": row.rule_version,
        "evidence_version": row.evidence_version,
        "as_of": row.as_of,
        "at": row.created_at,
        "provisional": row.provisional,
    }


def _score_words(row: Assessment) -> str:
    """Class and total; with the instrument, where it isn't the primary one."""
    instrument = INSTRUMENTS.get(row.instrument)
    if instrument is None:
        return f"{row.instrument}: {assessment_words(row)}"
    words = assessment_words(row)
    return words if row.instrument == PRIMARY else f"{instrument.title}: {words}"


def event_line(event: CaseEvent) -> dict[str, Any]:
    return {
        "action": event.action,
        "by": event.by_name,
        "at": event.at,
        "reason": event.reason,
        "changes": event.changes,
    }
