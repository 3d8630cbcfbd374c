"""The remarks on cases, with all that the rules look at read from the database."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from cases.checks import Remark, remarks_on
from cases.record.read_cases import read_cases


def read_remarks(case_ids: Iterable[int], today: date | None = None) -> dict[int, list[Remark]]:
    """The remarks on these cases by id. One query for the cases, one for each table and one for drugs.

    The caller sees to it that only visible cases are asked for.
    """
    day = today or timezone.localdate()
    records = read_cases(case_ids, rows_only=True, drugs=True)
    return {pk: remarks_on(record, day) for pk, record in records.items()}
