"""Who else has a case open."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from cases.models import Presence

# A page says every half minute that it is still open.
STALE = timedelta(minutes=2)


@dataclass(frozen=True)
class Other:
    name: str
    since: datetime

    def __str__(self) -> str:
        return f"{self.name} has this case open since {timezone.localtime(self.since):%H:%M}."


def others_at(case_id: int, but: User) -> list[Other]:
    """Everybody else who has the case open, the first to come first. One query."""
    found = Presence.objects.filter(case_id=case_id, last_seen__gte=timezone.now() - STALE)
    return [
        Other(one.user.get_full_name() or one.user.get_username(), one.since)
        for one in found.exclude(user=but).select_related("user")
    ]
