"""Logging in: people may, machines may not, and nobody is told which of name and password was wrong."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
PASSWORD = "a long pass phrase"


@pytest.mark.parametrize("role", ["assessor", "reviewer", "researcher", "administrator"])
def test_people_reach_the_list(client, make_user, role):
    make_user(role)
    answer = client.post(reverse("login"), {"username": role, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, reverse("case-list"))


def test_a_machine_does_not(client, api_client_user):
    answer = client.post(reverse("login"), {"username": "api_client", "password": PASSWORD})
    assert answer.status_code == 200
    assert "belongs to a machine" in answer.content.decode()


def test_without_login_every_page_leads_to_it(client, db):
    for name in ("case-list", "admin:index"):
        assert client.get(reverse(name)).status_code == 302
