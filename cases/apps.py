"""The record of cases, as an app of Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
