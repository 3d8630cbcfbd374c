"""How few cases a download sets apart, for whoever has an earlier one by other filters and subtracts.

Each download hides small counts by itself. Beside another one, the cases that only one of them has are those
that the difference of the filters leaves. New and changed cases differ for another reason and aren't counted.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from accounts.models import Organisation, User
from cases.models import Case, CaseSummary
from research.anonymity import REMEDY, DownloadRefused
from research.filters import CaseFilter
from research.models import DownloadedCases


@dataclass(frozen=True)
class Apart:
    """The fewest cases that a download sets apart beside an earlier one, and when that one was taken."""

    cases: int
    at: datetime

    @property
    def statement(self) -> str:
        """As a sentence for anybody; how few it are would be one of the small counts."""
        return (
            f"Beside what your organisation took on {self.at:%-d %B %Y} by other filters, it would set fewer "
            f"than {settings.SMALL_CELLS_BELOW} cases apart."
        )


class TooFewApart(DownloadRefused):
    """A download that sets too few cases apart from an earlier one."""

    def __init__(self, apart: Apart) -> None:
        super().__init__(f"This download is refused. {apart.statement} {REMEDY}")


def fewest_apart(cases: QuerySet[Case], digest: str, organisation: Organisation) -> Apart | None:
    """The earlier download of the organisation beside which these cases set the fewest apart; None where
    none are too few. `digest`: of the filters; what was taken by the same ones differs by nothing else.

    One query.
    """
    try:
        chosen, parameters = cases.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return None
    most = settings.SMALL_CELLS_BELOW - 1
    with connection.cursor() as cursor:
        cursor.execute(_statement(chosen), [*parameters, most, most, organisation.pk, digest, most, most])
        row = cursor.fetchone()
    return Apart(*row) if row else None


def remember(filters: CaseFilter, digest: str, by: User, at: datetime) -> None:
    """Store which cases somebody takes, in place of what was taken last by these filters."""
    taken = DownloadedCases(
        organisation=by.organisation,
        digest=digest,
        filters=filters.address,
        by=by,
        at=at,
        cases=list(filters.qs.order_by("pk").values_list("pk", flat=True)),
    )
    DownloadedCases.objects.bulk_create(
        [taken],
        update_conflicts=True,
        unique_fields=["organisation", "digest"],
        update_fields=["by", "at", "cases"],
    )


def lock_downloads(organisation: Organisation) -> None:
    """Let nobody else of the organisation take anything until the transaction ends: each download is
    compared with every other one.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)


@cache
def _tables() -> tuple[str, str]:
    return DownloadedCases._meta.db_table, CaseSummary._meta.db_table


def _statement(chosen: str) -> str:
    """Takes the parameters of `chosen`, the most that are few twice, organisation, digest, that most twice.

    Only downloads that share a case are compared: of others nothing can be subtracted.
    """
    downloads, summaries = _tables()
    few = "BETWEEN 1 AND %s"
    return f"""
        WITH chosen (id) AS MATERIALIZED ({chosen})
        SELECT LEAST(
            CASE WHEN only_then {few} THEN only_then END, CASE WHEN only_now {few} THEN only_now END
        ) AS apart, at
        FROM {downloads} earlier CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE before.id IS NOT NULL AND chosen.id IS NOT NULL) AS shared,
                count(*) FILTER (WHERE chosen.id IS NULL AND same.case_id IS NOT NULL) AS only_then,
                count(*) FILTER (WHERE before.id IS NULL AND same.case_id IS NOT NULL) AS only_now
            FROM unnest(earlier.cases) before (id) FULL JOIN chosen ON chosen.id = before.id
            LEFT JOIN {summaries} same ON same.case_id = COALESCE(before.id, chosen.id)
                AND (before.id IS NULL OR chosen.id IS NULL) AND same.updated_at <= earlier.at
        ) compared
        WHERE organisation_id = %s AND digest <> %s AND shared > 0
            AND (only_then {few} OR only_now {few})
        ORDER BY apart LIMIT 1
    """  # noqa: S608 - names of models, and statements of Django
