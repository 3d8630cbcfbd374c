"""The last passwords of a user aren't accepted again."""

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from accounts.models import User


class NotUsedBefore:
    """A validator of Django: refuses the last passwords, and remembers each new one by its hash."""

    def __init__(self, last: int) -> None:
        self.last = last

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for one of the last passwords of a stored user."""
        if user is None or user.pk is None:
            return
        if any(check_password(password, stored) for stored in self._stored(user)):
            raise ValidationError(
                f"This is one of your last {self.last} passwords. Choose one that you haven't used here.",
                code="password_used_before",
            )

    def password_changed(self, password: str, user: User | None = None) -> None:
        """Called by Django after a new password was stored, by whatever door."""
        if user is not None:
            user.remember_password()

    def get_help_text(self) -> str:
        return f"Your password can't be one of your last {self.last}."

    def _stored(self, user: User) -> list[str]:
        hashes = user.password_hashes.order_by("-id").values_list("password", flat=True)
        return list(hashes[: self.last])
