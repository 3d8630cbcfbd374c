"""Users, organisations, roles and tokens, as an app of Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        """Have what Django and allauth announce written down."""
        import accounts.access_log  # noqa: F401
