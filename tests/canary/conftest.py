"""The canary, and those who go and look for it."""

import pytest
from django.test import Client

from accounts.models import Organisation
from tests.api.conftest import make_machine  # noqa: F401 - a fixture
from tests.canary.case import enter


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    # Nobody is like the canary: with a floor no file would leave, and none be looked into.
    settings.K_ANONYMITY_FLOOR = 1


@pytest.fixture
def canary(assessor, reviewer):
    return enter(assessor, reviewer)


@pytest.fixture
def visitor(make_user, make_machine):  # noqa: F811
    """The client and headers of somebody: a role, staff or not, or a machine with scopes."""

    def make(name: str):
        if name == "anonymous":
            return Client(), {}
        kind, _, scopes = name.partition(":")
        if scopes:
            machine = make_machine(kind, *scopes.split("+"))
            return machine.client, machine.headers
        role, *more = name.split()
        user = make_user(role, f"{role}-visitor")
        user.is_staff = user.is_staff or "staff" in more
        if "elsewhere" in more:
            user.organisation = Organisation.objects.create(name="Another centre", identifier="ELSEWHERE")
        user.save()
        client = Client()
        client.force_login(user)
        return client, {}

    return make
