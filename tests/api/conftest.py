"""Machines with tokens, and what they ask."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.api_tokens import issue
from accounts.models import Scope

ROOT = "/api/v1/"
ALL = tuple(Scope.values)
JSON = "application/json"


class Machine:
    """A client that sends its token and speaks JSON."""

    def __init__(self, secret: str = "", client: Client | None = None):
        self.client = client or Client()
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def get(self, address="", **headers):
        return self.client.get(ROOT + address, headers=self.headers | _spelled(headers))

    def post(self, address, body, content_type=JSON, **headers):
        return self.client.post(
            ROOT + address, body, content_type=content_type, headers=self.headers | _spelled(headers)
        )

    def patch(self, address, body, **headers):
        return self.client.patch(
            ROOT + address, body, content_type=JSON, headers=self.headers | _spelled(headers)
        )


def _spelled(headers):
    return {name.replace("_", "-"): value for name, value in headers.items()}


@pytest.fixture
def make_machine(make_user, administrator):
    """A machine of a role with scopes."""

    def make(role="reviewer", *scopes, username=""):
        from accounts.models import User

        name = username or f"{role}-machine"
        user = User.objects.filter(username=name).first() or make_user(role, name)
        expires = timezone.now() + timedelta(days=1)
        _, secret = issue(user, "test", scopes or ALL, expires, by=administrator)
        return Machine(secret)

    return make


@pytest.fixture
def machine(make_machine):
    """One that may do everything a reviewer may."""
    return make_machine()
