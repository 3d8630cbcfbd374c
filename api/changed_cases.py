"""Which cases changed since a point in time, for clients that synchronise; no change is ever missed.

A case changes with its events and when it is scored. A transaction that began before a page was read and is
committed after it carries an earlier time than the reader's clock. `as_of` is early enough for that: a client
that asks next for changes since `as_of` may get a case twice, but never misses one.
"""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import Case, CaseEvent, CaseSummary

# The clocks of the servers may differ by so much.
MARGIN = timedelta(seconds=10)


def as_of() -> datetime:
    """A time before the beginning of every transaction that is still open."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT least(now(), min(xact_start)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        begun: datetime = cursor.fetchone()[0]
    return begun - MARGIN


def changed_since(cases: QuerySet[Case], moment: datetime) -> QuerySet[Case]:
    """The cases that changed at this time or later."""
    amended = CaseEvent.objects.filter(case_id=OuterRef("pk"), at__gte=moment)
    scored = CaseSummary.objects.filter(case_id=OuterRef("pk"), updated_at__gte=moment)
    return cases.filter(Q(Exists(amended)) | Q(Exists(scored)))


def outdated(cases: QuerySet[Case]) -> int:
    """How many cases a filter by class leaves out, as their evidence has changed since they were scored."""
    return CaseSummary.objects.filter(is_current=False, case__in=cases).count()
