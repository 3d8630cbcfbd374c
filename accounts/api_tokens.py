"""API tokens: issued, shown once, stored as a digest, valid until they expire or are revoked."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from accounts.models import ApiToken, Scope, User
from accounts.reach import may_manage
from accounts.roles import Permission

PREFIX = "registry_"
LASTS_DAYS, MAX_DAYS = 180, 3650


def issue(
    user: User, name: str, scopes: Iterable[str], expires_at: datetime, *, by: User
) -> tuple[ApiToken, str]:
    """A new token and its secret, which is never shown later. Raises PermissionDenied, ValidationError."""
    if not _may_issue(user, by):
        raise PermissionDenied(f"{by} may not issue API tokens for {user}.")
    return store_token(user, name, scopes, expires_at, by=by)


def _may_issue(user: User, by: User) -> bool:
    """Whether `by` manages the user, or may make tokens of their own."""
    return may_manage(user, by=by) or (user.pk == by.pk and by.may(Permission.OWN_TOKENS))


def store_token(
    user: User, name: str, scopes: Iterable[str], expires_at: datetime, *, by: User
) -> tuple[ApiToken, str]:
    """As `issue`, whoever it is: for the shell, where everybody may do everything."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        user=user,
        name=name,
        scopes=sorted(scopes),
        expires_at=expires_at,
        created_by=by,
        digest=digest_of(secret),
    )
    token.full_clean()
    token.save()
    return token, secret


def revoke(token: ApiToken, *, by: User) -> None:
    """End a token now. Raises PermissionDenied."""
    if not _may_issue(token.user, by):
        raise PermissionDenied(f"{by} may not revoke API tokens of {token.user}.")
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])


def digest_of(secret: str) -> str:
    """SHA-256: a secret of 256 random bits needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def token_of(secret: str) -> ApiToken | None:
    """The token that opens, with its user; None if unknown, expired, revoked or its user inactive."""
    open_now = ApiToken.objects.filter(
        revoked_at__isnull=True, expires_at__gt=timezone.now(), user__is_active=True
    )
    return open_now.select_related("user__organisation").filter(digest=digest_of(secret)).first()


def count_use(token: ApiToken) -> int:
    """Count a use of a token; returns its uses in this minute, over all processes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_apitoken SET last_used = date_trunc('minute', now()), "
            "used = CASE WHEN last_used = date_trunc('minute', now()) THEN used + 1 ELSE 1 END "
            "WHERE id = %s RETURNING used",
            [token.pk],
        )
        used: int = cursor.fetchone()[0]
    return used


def can(token: ApiToken | None, scope: Scope) -> bool:
    """Whether a scope is open: all are to people who are logged in, to a machine those of its token."""
    return token is None or scope in token.scopes
