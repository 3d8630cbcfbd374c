"""The lock on cases that every writer takes: on their summaries, always in the order of the case ids."""

from collections.abc import Iterable

from cases.models import CaseSummary


def lock_cases(case_ids: Iterable[int]) -> dict[int, CaseSummary]:
    """The summaries of these cases. Nobody changes their evidence or scores before this transaction ends.

    Always locked in the same order, so that no two writers deadlock.
    """
    rows = CaseSummary.objects.select_for_update().filter(case_id__in=case_ids).order_by("case_id")
    return {summary.case_id: summary for summary in rows}
