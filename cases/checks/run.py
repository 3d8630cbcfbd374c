"""What there is to look at in cases, with all it takes read from the database."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from cases.checks import Finding, findings_of
from cases.record.read_cases import read_cases


def findings(case_ids: Iterable[int], today: date | None = None) -> dict[int, list[Finding]]:
    """The findings of these cases by id. One query for the cases and one for each table, however many cases.

    The caller sees to it that only visible cases are asked for.
    """
    day = today or timezone.localdate()
    return {pk: findings_of(record, day) for pk, record in read_cases(case_ids, rows_only=True).items()}
