"""The one login door: which accounts may come in, how wrong passwords are counted, and what is refused."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode

from accounts.access_log import address_of, log_event
from accounts.lockout import one_at_a_time, refusal, user_named, wait_for
from accounts.models import AccessKind, User

logger = logging.getLogger(__name__)

MACHINE = (
    "This account belongs to a machine, which doesn't log in: it uses the API with a token. "
    "Log in with an account of your own."
)
CLOSED = "This account is closed. Somebody who manages users can open it again."


class PeopleBackend(AuthenticationBackend):
    """Passwords and sessions open the registry to people whose account is open; machines have tokens."""

    def user_can_authenticate(self, user: Any) -> bool:
        return not reason_to_refuse(user)


def reason_to_refuse(user: User) -> str:
    """Why an account can't log in, though its password was right; empty if it can."""
    if user.role == "api_client":
        return MACHINE
    return "" if user.is_active else CLOSED


class AccountAdapter(DefaultAccountAdapter):
    """What allauth asks of this installation."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "This name and password don't belong together. Check both; "
        "capital letters count in the password.",
        "email_password_mismatch": "This name and password don't belong together. Check both; "
        "capital letters count in the password.",
        "too_many_login_attempts": "Too many wrong codes were entered. Try again in five minutes.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by those who manage users."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The user of name and password, or None. Raises ValidationError where none is accepted."""
        name = credentials.get("username") or credentials.get("email") or ""
        user, address = user_named(name), address_of(request)
        with one_at_a_time(f"account {user.pk if user else name.lower()}", f"address {address}"):
            wait = wait_for(user, name, address)
            accepted = None if wait else super().authenticate(request, **credentials)
            reason = refusal(wait) if wait else reason_to_refuse(accepted) if accepted else ""
            if wait or reason or not accepted:
                kind = AccessKind.LOGIN_LOCKED if wait else AccessKind.LOGIN_FAILED
                kind = AccessKind.LOGIN_REFUSED if accepted else kind
                log_event(request, kind, user, name=name)
        if reason:
            raise ValidationError(reason)
        return accepted

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong passwords are counted in the access log instead of allauth's cache."""

    def _rollback_login_failed_rl_usage(self) -> None:
        """Nothing was counted there."""

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Also who comes with a passkey instead of a password is refused where the account doesn't log in."""
        if reason := reason_to_refuse(user):
            log_event(request, AccessKind.LOGIN_REFUSED, user)
            messages.error(request, reason)
            return redirect("login")
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that fails is reported to who runs the registry, not to who is at the door."""
        if user := context.get("user"):
            _log_reset_mail(self.request, template_prefix, user)
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError):
            logger.exception("A message could not be sent; see EMAIL_URL in dotenv-sample.")


def _log_reset_mail(request: HttpRequest | None, template_prefix: str, user: User) -> None:
    if template_prefix == "account/email/password_reset_key":
        log_event(request, AccessKind.RESET_REQUESTED, user)


def to_the_door(request: HttpRequest) -> HttpResponse:
    """The admin's login: the one of the pages, which leads back. Raises PermissionDenied for who is in."""
    if request.user.is_authenticated:
        raise PermissionDenied("This account doesn't enter data.")
    target = request.GET.get("next") or resolve_url("admin:index")
    return redirect(f"{resolve_url('login')}?{urlencode({'next': target})}")
