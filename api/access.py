"""Authentication and permissions: people by their session, machines by their token.

The user's role and the token's scopes must both allow a request. A session has every scope.
"""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.throttling import BaseThrottle, UserRateThrottle
from rest_framework.views import APIView

from accounts.api_tokens import can, count_use, token_of
from accounts.models import ApiToken, Scope, User
from accounts.roles import Permission
from api.parsing import StrictJson
from api.representations import Json

REALM = 'Bearer realm="case registry"'


@dataclass(frozen=True)
class Need:
    """What a request needs: a permission of the role, a scope of the token, perhaps to see identities."""

    permission: Permission
    scope: Scope
    identities: bool = False


READ = Need(Permission.VIEW_CASES, Scope.READ)
WRITE = Need(Permission.AMEND_CASES, Scope.WRITE)
ADJUDICATE = Need(Permission.ADJUDICATE, Scope.WRITE)
EXPORT = Need(Permission.EXPORT, Scope.EXPORT)
EXPORT_IDENTIFIED = Need(Permission.EXPORT, Scope.EXPORT, identities=True)
READ_IDENTIFIED = Need(Permission.VIEW_CASES, Scope.READ, identities=True)


class Bearer(BaseAuthentication):
    """`Authorization: Bearer <token>`."""

    def authenticate(self, request: Any) -> tuple[User, ApiToken] | None:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if not scheme:
            return None
        token = token_of(secret.strip()) if scheme.lower() == "bearer" and secret.isascii() else None
        if token is None:
            raise AuthenticationFailed(
                "This token is unknown, expired or revoked. Write “Authorization: Bearer <token>”, "
                "or ask an administrator of the registry for a new one."
            )
        return token.user, token

    def authenticate_header(self, request: Any) -> str:
        return REALM


class RoleAndScope(BasePermission):
    """Whether role and scope meet the need that the view lists for the method."""

    def has_permission(self, request: Any, view: Any) -> bool:
        need = view.needs.get("GET" if request.method == "HEAD" else request.method)
        if need is None:  # the view answers whoever asks, or 405
            return True
        if not request.user.is_authenticated:
            return False
        self.message = refusal(request, need)
        return not self.message


def refusal(request: Any, need: Need) -> str:
    """Why a request is not allowed; empty if it is."""
    if not request.user.may(need.permission):
        return f"The role of {request.user} doesn't allow this: it takes {need.permission.value}."
    if not can(request.auth, need.scope):
        return f"This token lacks the scope {need.scope.value!r}."
    if need.identities and not sees_identities(request):
        return "This shows who it was: it takes a role that may see identities, and the scope 'full'."
    return ""


def sees_identities(request: Any) -> bool:
    """Whether cases are shown as they are recorded; else de-identified."""
    return bool(request.user.may(Permission.VIEW_IDENTITIES) and can(request.auth, Scope.FULL))


@dataclass(frozen=True)
class Rate:
    """How many requests a client may send, how many it has sent, and in how many seconds it begins anew."""

    limit: int
    used: int
    reset: float

    def headers(self) -> dict[str, str]:
        """RateLimit-Limit, -Remaining and -Reset (in whole seconds)."""
        remaining = max(self.limit - self.used, 0)
        values = {"Limit": self.limit, "Remaining": remaining, "Reset": max(math.ceil(self.reset), 0)}
        return {f"RateLimit-{name}": str(value) for name, value in values.items()}


class PerClient(BaseThrottle):
    """At most API_REQUESTS_PER_MINUTE for each token, over all processes. Counting notes the last use too."""

    def allow_request(self, request: Any, view: Any) -> bool:
        token, limit = request.auth, settings.API_REQUESTS_PER_MINUTE
        if not isinstance(token, ApiToken):
            return True
        used = count_use(token)
        request.rate = Rate(limit, used, self.wait())
        return bool(used <= limit)

    def wait(self) -> float:
        """Seconds to the end of this minute: uses are counted by the minute of the clock."""
        return 60 - time.time() % 60


class PerPerson(UserRateThrottle):
    """As many requests for each person who is logged in, over all processes and sessions."""

    scope = "session"

    def get_rate(self) -> str:
        return f"{settings.API_REQUESTS_PER_MINUTE}/min"

    def allow_request(self, request: Any, view: Any) -> bool:
        if isinstance(request.auth, ApiToken):
            return True
        allowed = bool(super().allow_request(request, view))
        oldest = self.history[-1] if self.history else self.now
        used = len(self.history) + (not allowed)
        request.rate = Rate(self.num_requests, used, self.duration - (self.now - oldest))
        return allowed


class ApiView(APIView):
    """What all views share. `needs`: the need of each method."""

    # None: whoever asks.
    needs: ClassVar[Mapping[str, Need | None]] = {}
    authentication_classes = [Bearer, SessionAuthentication]
    permission_classes = [RoleAndScope]
    throttle_classes = [PerClient, PerPerson]
    parser_classes = [StrictJson]
    renderer_classes = [Json]
    http_method_names = ["get", "head", "post", "patch"]

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Tell the client how many requests it has left."""
        final = super().finalize_response(request, response, *args, **kwargs)
        rate = getattr(request, "rate", None)
        for name, value in rate.headers().items() if rate else ():
            final[name] = value
        return final

    @property
    def by(self) -> User:
        user: User = self.request.user
        return user
