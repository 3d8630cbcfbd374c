"""Second factors: required of some roles, their secrets encrypted, wrong codes written down."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from accounts.models import User

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# What somebody without the second factor that the role requires can reach: setting one up, and leaving.
OPEN = ("login", "logout", "account_login", "account_logout", "account_reauthenticate")
REQUIRED = "Your role requires a second factor. Set one up to go on: an authenticator app or a passkey."


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are stored encrypted by the secret key of the installation, or one of its fallbacks."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(urlsafe_b64encode(sha256(b"second factors" + str(key).encode()).digest())) for key in keys]
    )


def lacks_second_factor(user: Any) -> bool:
    """Whether the role of a user requires a second factor that the user doesn't have yet."""
    is_required = isinstance(user, User) and user.role in settings.MFA_REQUIRED_ROLES
    return is_required and not is_mfa_enabled(user, FACTORS)


class SecondFactorRequired:
    """Middleware: leads who lacks a required second factor to setting one up, before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in OPEN or str(name).startswith("mfa_") or not lacks_second_factor(request.user):
            return None
        if request.path.startswith("/api/"):
            problem = {"type": "about:blank", "title": "Forbidden", "status": 403, "detail": REQUIRED}
            return JsonResponse(problem, status=403, content_type="application/problem+json")
        messages.warning(request, REQUIRED)
        return redirect("mfa_index")
