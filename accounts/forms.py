"""Logging in to the pages."""

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError

from accounts.models import User


class PeopleLoginForm(AuthenticationForm):
    """Machines have tokens; the pages are for people."""

    def confirm_login_allowed(self, user: User) -> None:
        super().confirm_login_allowed(user)
        if user.role == "api_client":
            raise ValidationError(
                "This account belongs to a machine, which doesn't log in to pages.", code="machine"
            )
