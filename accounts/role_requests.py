"""Roles that take two administrators: one asks, another confirms. Passwords are set by links alone."""

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.access_log import log_event
from accounts.models import AccessKind, RoleRequest, User
from accounts.reach import may_manage


def password_link(user: User) -> str:
    """The path of a link by which a user sets a password, once and within `PASSWORD_RESET_TIMEOUT`."""
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), token])


def request_role(user: User, role: str, *, by: User, request: HttpRequest | None = None) -> RoleRequest:
    """Ask that a user gets a role. Raises PermissionDenied, ValidationError (asked already, by oneself)."""
    _check(user, by)
    asked = RoleRequest(user=user, role=role, requested_by=by)
    asked.full_clean()
    asked.save()
    log_event(request, AccessKind.ROLE_REQUESTED, by, detail=str(asked))
    return asked


def confirm_role(asked: RoleRequest, *, by: User, request: HttpRequest | None = None) -> None:
    """Give a role that another administrator asked for. Raises PermissionDenied, ValidationError."""
    with transaction.atomic():
        asked = RoleRequest.objects.select_for_update().get(pk=asked.pk)
        if asked.confirmed_at is not None:
            raise PermissionDenied("This is confirmed already.")
        _check(asked.user, by)
        if not may_manage(asked.user, by=asked.requested_by):
            raise PermissionDenied(f"{asked.requested_by}, who asked for it, manages this user no more.")
        asked.confirmed_by, asked.confirmed_at = by, timezone.now()
        asked.full_clean()
        asked.save()
        asked.user.role, asked.user.is_staff = asked.role, True
        asked.user.save(update_fields=["role", "is_staff"])
        log_event(request, AccessKind.ROLE_CHANGED, by, detail=str(asked))


def _check(user: User, by: User) -> None:
    if not may_manage(user, by=by):
        raise PermissionDenied(f"{user} isn't yours to manage.")
    if user.pk == by.pk:
        raise PermissionDenied("Nobody changes their own role: another administrator does.")
