"""What there is to look at in cases, with all it takes read from the database."""

from collections.abc import Iterable
from datetime import date

from django.apps import apps
from django.utils import timezone

from cases.findings import Finding, findings_of
from cases.models import CaseRow
from cases.queries.records import records

TABLES: tuple[type[CaseRow], ...] = tuple(
    model for model in apps.get_app_config("cases").get_models() if issubclass(model, CaseRow)
)


def findings(case_ids: Iterable[int], today: date | None = None) -> dict[int, list[Finding]]:
    """The findings of these cases by id. One query for the cases and one for each table, however many cases.

    The caller sees to it that only visible cases are asked for.
    """
    day = today or timezone.localdate()
    return {pk: findings_of(record, day) for pk, record in records(case_ids, TABLES).items()}
