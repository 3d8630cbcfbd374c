"""The access log: who came in or failed to, what happened to accounts, who read what identifies a person.

Login and logout are announced by Django, passwords and codes by allauth, in signals and nowhere else; they
are written down here, and nothing is decided by them.
"""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.signals import password_changed, password_reset
from allauth.mfa import signals as mfa
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.dispatch import Signal, receiver
from django.http import HttpRequest

from accounts.models import AccessEvent, AccessKind, User
from accounts.requests import user_of

NAME_LENGTH, DETAIL_LENGTH = 150, 300


def log_event(
    request: HttpRequest | None, kind: AccessKind, user: User | None, *, name: str = "", detail: str = ""
) -> AccessEvent:
    """Write a line: of a user, or of a name that nobody has. What is too long is cut."""
    return AccessEvent.objects.create(
        kind=kind,
        user=user,
        name=_storable(user.get_username() if user else name)[:NAME_LENGTH],
        address=address_of(request),
        detail=_storable(detail)[:DETAIL_LENGTH],
    )


# A read of the same page by the same user needs no second line within this time.
SAME_READ = timedelta(minutes=10)
_LOG_READ = """
    INSERT INTO accounts_accessevent (at, kind, user_id, name, address, case_number, detail)
    SELECT now(), %(kind)s, %(user)s, %(name)s, %(address)s, %(case)s, %(detail)s
    WHERE NOT EXISTS (
        SELECT FROM accounts_accessevent
        WHERE user_id = %(user)s AND kind = %(kind)s AND at > now() - %(within)s
        AND case_number = %(case)s AND detail = %(detail)s AND address IS NOT DISTINCT FROM %(address)s::inet
    )"""


def log_access(request: HttpRequest, kind: AccessKind, *, case: str = "", detail: str = "") -> None:
    """Write down that the user of a request reads what identifies a person, of a case by its number.

    Once for the same user, address, page and ten minutes. One query.
    """
    user = user_of(request)
    read: dict[str, Any] = {
        "kind": kind,
        "user": user.pk,
        "name": user.get_username(),
        "address": address_of(request),
    }
    what: dict[str, Any] = {"case": case, "detail": detail[:DETAIL_LENGTH], "within": SAME_READ}
    with connection.cursor() as cursor:
        cursor.execute(_LOG_READ, {**read, **what})


def address_of(request: HttpRequest | None) -> str | None:
    """Where a request comes from, behind as many proxies as the settings say; None if that can't be known."""
    if request is None:
        return None
    try:
        address: str = get_adapter().get_client_ip(request)
    except PermissionDenied:
        return None
    return address


def _storable(text: str) -> str:
    """PostgreSQL stores no text with this character."""
    return text.replace("\x00", "")


@receiver(user_logged_in)
def _log_login(request: HttpRequest, user: User, **_: Any) -> None:
    log_event(request, AccessKind.LOGIN, user)


@receiver(user_logged_out)
def _log_logout(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None:
        log_event(request, AccessKind.LOGOUT, user)


@receiver(password_changed)
def _log_password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    log_event(request, AccessKind.PASSWORD_CHANGED, user)


@receiver(password_reset)
def _log_password_reset(request: HttpRequest, user: User, **_: Any) -> None:
    log_event(request, AccessKind.PASSWORD_RESET, user)


SECOND_FACTOR_EVENTS = (
    (mfa.authenticator_added, AccessKind.MFA_ADDED),
    (mfa.authenticator_removed, AccessKind.MFA_REMOVED),
    (mfa.authenticator_used, AccessKind.MFA_USED),
    (mfa.authenticator_reset, AccessKind.CODES_MADE),
    (mfa.authentication_failed, AccessKind.MFA_FAILED),
)


@receiver([signal for signal, _ in SECOND_FACTOR_EVENTS])
def _log_second_factor(
    signal: Signal, request: HttpRequest, user: User, authenticator: Any, **_: Any
) -> None:
    log_event(request, dict(SECOND_FACTOR_EVENTS)[signal], user, detail=str(authenticator))
