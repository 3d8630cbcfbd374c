"""Reviewers' answers and reported scores, for many cases at once."""

from collections.abc import Iterable

from assessments.models import ReviewerAnswer
from cases.models import ReportedScore
from scoring.answer import Answer


def latest_answers(case_ids: Iterable[int]) -> dict[tuple[int, str], tuple[Answer, ...]]:
    """The latest answer to each item, by case and instrument; withdrawn ones left out."""
    rows = (
        ReviewerAnswer.objects.filter(case_id__in=list(case_ids))
        .order_by("case_id", "instrument", "key", "-id")
        .distinct("case_id", "instrument", "key")
        .select_related("by")
    )
    answers: dict[tuple[int, str], tuple[Answer, ...]] = {}
    for row in rows:
        if row.answer != ReviewerAnswer.WITHDRAWN:
            answer = Answer(row.key, row.answer, row.reason, row.by.get_username(), row.evidence_digest)
            of_case = (row.case_id, row.instrument)
            answers[of_case] = (*answers.get(of_case, ()), answer)
    return answers


def reported_scores(case_ids: Iterable[int]) -> dict[tuple[int, str], ReportedScore]:
    """The reported scores of cases, by case and instrument."""
    rows = ReportedScore.objects.filter(case_id__in=list(case_ids))
    return {(row.case_id, row.instrument): row for row in rows}
