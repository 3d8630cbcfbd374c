"""The user behind a request, on pages that only signed-in users reach."""

from typing import cast

from django.http import HttpRequest

from accounts.models import User


def user_of(request: HttpRequest) -> User:
    """The user who asks. Only for views behind a login: elsewhere it may be nobody."""
    return cast(User, request.user)
