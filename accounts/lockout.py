"""Wrong passwords: after some within five minutes, account and address have to wait for a while.

They are counted in the access log, which all processes share and nobody can shorten.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import AccessEvent, AccessKind, User

WITHIN = timedelta(minutes=5)


def user_named(name: str) -> User | None:
    """The user whom a user name or an e-mail address belongs to; None if nobody."""
    if not name or "\x00" in name:
        return None
    by_name = User.objects.filter(username__iexact=name).first()
    return by_name or User.objects.filter(email=name.lower()).first()


@contextmanager
def one_at_a_time(*keys: str | None) -> Iterator[None]:
    """Attempts at one account or from one address wait for each other: none goes uncounted."""
    with transaction.atomic(), connection.cursor() as cursor:
        for key in sorted(filter(None, keys)):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 13))", [key])
        yield


def wait_for(user: User | None, name: str, address: str | None) -> timedelta:
    """How long account and address still have to wait; zero if they may try.

    A name that nobody has is treated as an account, so that waiting doesn't betray which exist.
    """
    of_account = Q(user=user) if user else Q(user=None, name__iexact=name)
    waits = [_wait(of_account, settings.WRONG_PASSWORDS_PER_ACCOUNT)]
    if address:
        waits.append(_wait(Q(address=address), settings.WRONG_PASSWORDS_PER_ADDRESS))
    return max(waits)


def _wait(whose: Q, limit: int) -> timedelta:
    """Until the oldest of as many failures as are allowed is no longer recent."""
    now = timezone.now()
    failures = AccessEvent.objects.filter(whose, kind=AccessKind.LOGIN_FAILED, at__gt=now - WITHIN)
    times: list[datetime] = list(failures.order_by("-at").values_list("at", flat=True)[:limit])
    return times[-1] + WITHIN - now if len(times) == limit else timedelta(0)


def refusal(wait: timedelta) -> str:
    """What who has to wait is told, whether the account exists or not."""
    minutes = max(1, -(-int(wait.total_seconds()) // 60))
    unit = "minute" if minutes == 1 else "minutes"
    return (
        "Too many wrong passwords were entered for this name or from this address. "
        f"Try again in {minutes} {unit}, with the right one; until then no password is accepted."
    )
