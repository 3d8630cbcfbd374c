"""Who has a case open: an aid for people, no part of the record, and so written without `amend`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from cases.models import Case, Presence

# A page reports every half minute that it is still open.
STALE = timedelta(minutes=2)


@dataclass(frozen=True)
class Other:
    """Somebody else who has the case open, since when."""

    name: str
    since: datetime

    def __str__(self) -> str:
        return f"{self.name} has this case open since {timezone.localtime(self.since):%H:%M}."


def be_present(case: Case, by: User) -> None:
    """Record that somebody has the form of a case open, and forget who hasn't reported for too long."""
    now = timezone.now()
    Presence.objects.filter(last_seen__lt=now - STALE).delete()
    Presence.objects.bulk_create(
        [Presence(case=case, user=by, last_seen=now)],
        update_conflicts=True,
        unique_fields=["case", "user"],
        update_fields=["last_seen"],
    )


def leave(case: Case, by: User) -> None:
    """Record that somebody has closed the form of a case."""
    Presence.objects.filter(case=case, user=by).delete()


def others_at(case_id: int, but: User) -> list[Other]:
    """Everybody else who has the case open, the first to come first. One query."""
    present = Presence.objects.filter(case_id=case_id, last_seen__gte=timezone.now() - STALE)
    return [
        Other(presence.user.get_full_name() or presence.user.get_username(), presence.since)
        for presence in present.exclude(user=but).select_related("user")
    ]
