"""Cases in the order in which they were opened, and those that changed since a moment: nothing is missed.

A case changes with its events and when it is scored anew. What was begun before a page was read and is
committed after it bears an earlier time than the reader's clock: `as_of` is early enough for that, so that
whoever asks next for what changed since `as_of` may get a case twice, but never misses one.
"""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import Case, CaseEvent, CaseScore

# The clocks of the servers may differ by so much.
MARGIN = timedelta(seconds=10)


def as_of() -> datetime:
    """Before the beginning of everything that is being written now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT least(now(), min(xact_start)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        begun: datetime = cursor.fetchone()[0]
    return begun - MARGIN


def changed_since(cases: QuerySet[Case], moment: datetime) -> QuerySet[Case]:
    """Those of the cases that changed at this moment or later."""
    told = CaseEvent.objects.filter(case_id=OuterRef("pk"), at__gte=moment)
    scored = CaseScore.objects.filter(case_id=OuterRef("pk"), scored_at__gte=moment)
    return cases.filter(Q(Exists(told)) | Q(Exists(scored)))


def ids_after(cases: QuerySet[Case], after: int, limit: int) -> tuple[list[int], bool]:
    """The ids of the next cases in order, and whether there are more."""
    found = list(cases.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[: limit + 1])
    return found[:limit], len(found) > limit


def outdated(cases: QuerySet[Case]) -> int:
    """How many cases a filter by class leaves out: their evidence has changed since they were scored."""
    return CaseScore.objects.filter(is_current=False, case__in=cases).count()
