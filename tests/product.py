"""The apps of the product, for tests that sweep over all of them."""

from django.apps import apps

PACKAGES = (
    "values", "vocabulary", "scoring", "e2b", "embedded_postgres", "accounts", "jobs", "cases",
    "assessments", "exchange", "research", "synthetic", "api", "web", "registry",
)  # fmt: skip
APPS = ("accounts", "jobs", "cases", "assessments", "exchange", "research", "synthetic", "api", "web")


def product_models(*labels: str) -> list:
    """The models of these apps, or of all, histories included."""
    return [model for label in labels or APPS for model in apps.get_app_config(label).get_models()]
