"""Users, organisations, roles and tokens, as an app of Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
