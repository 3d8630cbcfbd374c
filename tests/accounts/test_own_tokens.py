"""Tokens that people make for themselves on a page, and in the shell."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.models import AccessEvent, ApiToken
from tests.accounts.door import PASSWORD, log_in
from tests.api.conftest import Machine

pytestmark = pytest.mark.django_db
PAGE = "/tokens/"


def logged_in(user) -> Client:
    """With the password entered once more, which making a token asks for."""
    client = Client()
    log_in(client, user.username)
    client.post("/login/again/", {"password": PASSWORD})
    return client


def make(client, **values):
    return client.post(PAGE, {"name": "script", "scopes": ["read"], "days": 30, **values})


@pytest.mark.parametrize("role", ["researcher", pytest.param("administrator", marks=pytest.mark.slow)])
def test_who_has_the_right_makes_uses_and_revokes_own_tokens(make_user, role):
    client = logged_in(make_user(role))
    page = make(client).content.decode()
    secret = re.search(r"registry_[\w-]+", page)[0]
    assert Machine(secret).get("cases/").status_code == 200
    assert Machine(secret).get("bulk/cases/").status_code == 403  # it has the scope "read" only
    assert "registry_" not in client.get(PAGE).content.decode()
    token = ApiToken.objects.get()
    assert (token.name, token.scopes, token.created_by) == ("script", ["read"], token.user)
    assert client.post(f"{PAGE}{token.pk}/revoke/").status_code == 302
    assert Machine(secret).get("cases/").status_code == 401
    assert AccessEvent.objects.filter(detail__startswith="API token script: ").count() == 2


def test_a_role_without_the_right_is_refused(reader):
    client = Client()
    client.force_login(reader)
    assert {client.get(PAGE).status_code, make(client).status_code} <= {403, 302}
    assert not ApiToken.objects.exists()


def test_nobody_sees_or_revokes_the_tokens_of_others(make_user):
    make(logged_in(make_user("assessor")))
    token = ApiToken.objects.get()
    other = logged_in(make_user("administrator"))
    assert ">script<" not in other.get(PAGE).content.decode()
    assert other.post(f"{PAGE}{token.pk}/revoke/").status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None


def test_a_session_alone_makes_no_token(researcher):
    """One that was taken over, without the password, gets nothing that outlives it."""
    client = Client()
    client.force_login(researcher)
    asked = make(client)["Location"]
    assert asked.startswith("/login/again/")
    assert not ApiToken.objects.exists()
    page = client.post(asked, {"password": PASSWORD}).content.decode()
    assert "registry_" in page


WRONG = [
    ({"name": ""}, "required"),
    ({"scopes": []}, "required"),
    ({"days": 0}, "greater"),
    ({"days": 9999}, "less"),
]


def test_what_is_wrong_is_named_and_nothing_is_made(researcher):
    client = logged_in(researcher)
    for values, sentence in WRONG:
        assert sentence in make(client, **values).content.decode()
    assert not ApiToken.objects.exists()


def issued(*arguments) -> str:
    out = StringIO()
    call_command("issue_token", *arguments, stdout=out)
    return out.getvalue()


def test_the_shell_issues_a_token_with_scopes_and_an_end(researcher):
    secret = issued("researcher", "--scope", "read", "export", "--days", "3", "--plain").strip()
    assert Machine(secret).get("cases/").status_code == 200
    token = ApiToken.objects.get()
    assert token.scopes == ["export", "read"]
    assert timedelta(days=2) < token.expires_at - timezone.now() < timedelta(days=4)
    assert "Bearer" in issued("researcher", "--scope", "read", "--scope", "full")


REFUSED = [
    ("nobody", "--scope", "read"),
    ("researcher", "--scope", "sudo"),
    ("researcher", "--scope", "read", "--days", "0"),
    ("researcher",),
]


@pytest.mark.parametrize("arguments", REFUSED, ids=" ".join)
def test_what_the_shell_cannot_issue_is_refused(researcher, arguments):
    with pytest.raises(CommandError):
        issued(*arguments)
    assert not ApiToken.objects.exists()
