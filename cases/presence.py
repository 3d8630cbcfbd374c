"""Say that somebody has a case open, or no more. No part of the record, and so without its door."""

from django.utils import timezone

from accounts.models import User
from cases.models import Case, Presence
from cases.presences import STALE


def be_present(case: Case, by: User) -> None:
    """Somebody has the form of a case open, still or newly. Who has gone without a word is forgotten."""
    now = timezone.now()
    Presence.objects.filter(last_seen__lt=now - STALE).delete()
    Presence.objects.bulk_create(
        [Presence(case=case, user=by, last_seen=now)],
        update_conflicts=True,
        unique_fields=["case", "user"],
        update_fields=["last_seen"],
    )


def leave(case: Case, by: User) -> None:
    """Somebody has closed the form of a case."""
    Presence.objects.filter(case=case, user=by).delete()
