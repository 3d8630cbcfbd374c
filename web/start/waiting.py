"""What waits for somebody: each kind of work, whose rows it is, and the list that shows them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.urls import reverse

from accounts.models import RoleRequest, User
from accounts.reach import users_in_reach
from accounts.roles import Permission
from assessments.models import Standing
from cases.models import Case, CaseState
from cases.visibility import amendable_by
from exchange.models import TO_DECIDE, ImportState, ReceivedMessage, SubmissionState
from exchange.sending_again import to_be_acted_on
from exchange.visibility import answers_of, received_messages_of, submissions_of
from jobs.models import Job, JobState
from research.models import DownloadRequest
from scoring.instruments import PRIMARY


@dataclass(frozen=True)
class Waiting:
    """One kind of work. `view` and `query`: the list of its rows. `is_urgent`: counted in the side bar."""

    title: str
    rows: Callable[[User], QuerySet[Any]]
    view: str
    query: str = ""
    is_urgent: bool = True

    @property
    def address(self) -> str:
        return reverse(self.view) + (f"?{self.query}" if self.query else "")


def _waiting_messages(user: User) -> QuerySet[ReceivedMessage]:
    return received_messages_of(user).filter(state=ImportState.WAITING)


def _decisions(user: User) -> QuerySet[ReceivedMessage]:
    return _waiting_messages(user).filter(reasons__contains=[TO_DECIDE])


def _other_messages(user: User) -> QuerySet[ReceivedMessage]:
    return _waiting_messages(user).exclude(reasons__contains=[TO_DECIDE])


def _re_reviews(user: User) -> QuerySet[Standing]:
    return Standing.objects.filter(
        instrument=PRIMARY, is_current=True, answers_due__gt=0, case__in=amendable_by(user).values("pk")
    )


def _cases(state: CaseState) -> Callable[[User], QuerySet[Case]]:
    return lambda user: amendable_by(user).filter(state=state)


def _downloads(user: User) -> QuerySet[DownloadRequest]:
    return DownloadRequest.objects.filter(valid_until__isnull=True, requested_by__in=users_in_reach(user))


def _roles(user: User) -> QuerySet[RoleRequest]:
    return RoleRequest.objects.filter(confirmed_at__isnull=True, user__in=users_in_reach(user))


CASES, MESSAGES = "admin:cases_case_changelist", "admin:exchange_receivedmessage_changelist"
SUBMISSIONS, ANSWERS = "admin:exchange_submission_changelist", "admin:exchange_answer_changelist"
WAITING = {
    "decisions": Waiting("Decisions on received values", _decisions, MESSAGES, "decide=yes"),
    "messages": Waiting("Received messages that wait", _other_messages, MESSAGES, "decide=no"),
    "rejected": Waiting(
        "Submissions to be acted on",
        lambda user: to_be_acted_on(submissions_of(user)),
        SUBMISSIONS,
        "act=yes",
    ),
    "unmatched": Waiting(
        "Acknowledgements to be matched",
        lambda user: answers_of(user).filter(submission__isnull=True),
        ANSWERS,
        "matched=no",
    ),
    "re_review": Waiting("Re-review due", _re_reviews, CASES, "attention=answers_due"),
    "unanswered": Waiting(
        "Submissions not yet answered",
        lambda user: submissions_of(user).filter(state=SubmissionState.SENT),
        SUBMISSIONS,
        "state__exact=sent",
        is_urgent=False,
    ),
    "drafts": Waiting("Drafts", _cases(CaseState.DRAFT), CASES, "state__exact=draft", is_urgent=False),
    "in_review": Waiting(
        "In review", _cases(CaseState.IN_REVIEW), CASES, "state__exact=in_review", is_urgent=False
    ),
}
# Of administrators.
ADMINISTRATION = {
    "roles": Waiting("Roles to be confirmed", _roles, "admin:accounts_rolerequest_changelist"),
    "downloads": Waiting("Downloads to be allowed", _downloads, "admin:research_downloadrequest_changelist"),
}
URGENT = tuple(key for key, kind in {**WAITING, **ADMINISTRATION}.items() if kind.is_urgent)


def kinds_for(user: User) -> dict[str, Waiting]:
    """The kinds of work that a user does, by key."""
    if not user.is_staff:
        return {}
    entering = WAITING if user.may(Permission.AMEND_CASES) else {}
    return {**entering, **(ADMINISTRATION if user.may(Permission.MANAGE_USERS) else {})}


def count(rows: dict[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each query finds, by key. One query for all."""
    parts = [_counted(key, found) for key, found in rows.items()]
    if not parts:
        return {}
    counted: Iterable[tuple[str, int]] = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
    return {**dict.fromkeys(rows, 0), **dict(counted)}


def _counted(key: str, rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    named = rows.order_by().values(counted_as=Value(key)).annotate(counted=Count("pk"))
    counted: QuerySet[Any, Any] = named.values_list("counted_as", "counted")
    return counted


def urgent(user: User) -> dict[str, int]:
    """What the side bar counts. One query for those who enter cases or manage users, none for others."""
    return count({key: kind.rows(user) for key, kind in kinds_for(user).items() if kind.is_urgent})


def people(user: User) -> dict[str, int]:
    """For administrators: who may log in, and how the work in the background stands. One query."""
    jobs = Job.objects.all() if user.reaches_all else Job.objects.filter(organisation=user.organisation_id)
    return count(
        {
            "users": users_in_reach(user).filter(is_active=True),
            "running": jobs.filter(state__in=[JobState.QUEUED, JobState.RUNNING]),
            "failed": jobs.filter(state=JobState.FAILED),
        }
    )
