"""Reviewers' answers and reported scores, for many cases at once."""

from collections.abc import Iterable

from cases.models import ReportedScore, ReviewerAnswer
from scoring.answer import Answer


def latest_answers(case_ids: Iterable[int], instrument: str) -> dict[int, tuple[Answer, ...]]:
    """The latest answer to each item, by case; withdrawn ones left out."""
    rows = (
        ReviewerAnswer.objects.filter(case_id__in=list(case_ids), instrument=instrument)
        .order_by("case_id", "key", "-id")
        .distinct("case_id", "key")
        .select_related("by")
    )
    found: dict[int, tuple[Answer, ...]] = {}
    for row in rows:
        if row.answer != ReviewerAnswer.WITHDRAWN:
            answer = Answer(row.key, row.answer, row.reason, row.by.get_username(), row.evidence_digest)
            found[row.case_id] = (*found.get(row.case_id, ()), answer)
    return found


def reported_scores(case_ids: Iterable[int], instrument: str) -> dict[int, ReportedScore]:
    """The reported score of each case that has one."""
    rows = ReportedScore.objects.filter(case_id__in=list(case_ids), instrument=instrument)
    return {row.case_id: row for row in rows}
