"""The lock on cases that every writer takes: on their score rows, always in the order of the case ids."""

from collections.abc import Iterable

from cases.models import CaseScore


def lock_cases(case_ids: Iterable[int]) -> dict[int, CaseScore]:
    """The score rows of these cases. Nobody changes their evidence before this transaction ends.

    Always locked in the same order, so that no two writers deadlock.
    """
    rows = CaseScore.objects.select_for_update().filter(case_id__in=case_ids).order_by("case_id")
    return {score.case_id: score for score in rows}
