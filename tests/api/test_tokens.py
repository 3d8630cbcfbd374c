"""Tokens: shown once, kept as a digest, used up by time, revocation and rate."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from accounts.api_tokens import digest_of, issue, revoke
from accounts.models import ApiToken, User
from tests.api.conftest import Machine

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1)


def issued(user, by, *scopes):
    return issue(user, "test", scopes or ["read"], timezone.now() + TOMORROW, by=by)


def test_only_the_digest_is_kept(researcher, administrator):
    token, secret = issued(researcher, administrator)
    assert token.digest == digest_of(secret)
    assert secret not in str(ApiToken.objects.values().get())


@pytest.mark.parametrize("spoil", ["expired", "revoked", "inactive", "changed"])
def test_a_token_that_is_no_longer_good_opens_nothing(researcher, administrator, spoil):
    token, secret = issued(researcher, administrator)
    assert Machine(secret).get("cases/").status_code == 200
    later = timezone.now() + (2 * TOMORROW if spoil == "expired" else timedelta())
    if spoil == "revoked":
        revoke(token, by=administrator)
    if spoil == "inactive":
        User.objects.filter(pk=researcher.pk).update(is_active=False)
    with time_machine.travel(later):
        assert Machine(secret + ("x" if spoil == "changed" else "")).get("cases/").status_code == 401


def test_use_is_noted_to_the_minute_and_limited(researcher, administrator, settings):
    settings.API_REQUESTS_PER_MINUTE = 2
    token, secret = issued(researcher, administrator)
    answers = [Machine(secret).get("cases/") for _ in range(3)]
    token.refresh_from_db()
    if token.used == 3:  # unless a minute ended meanwhile
        assert [one.status_code for one in answers] == [200, 200, 429]
        assert (
            1 <= int(answers[-1]["Retry-After"]) <= 61
        )  # to the end of the minute, in which uses are counted
        assert answers[-1].json()["title"] == "Too Many Requests"
    assert token.last_used.second == 0


def test_answers_tell_how_many_requests_are_left(researcher, administrator, client, settings):
    settings.API_REQUESTS_PER_MINUTE = 2
    _, secret = issued(researcher, administrator)
    client.force_login(researcher)
    for who in (Machine(secret), Machine(client=client)):
        answers = [who.get("cases/") for _ in range(3)]
        assert {answer["RateLimit-Limit"] for answer in answers} == {"2"}
        if answers[-1].status_code == 429:  # unless a minute ended meanwhile
            assert [answer["RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
        assert all(0 <= int(answer["RateLimit-Reset"]) <= 60 for answer in answers)


def test_a_person_who_is_logged_in_is_limited_as_a_machine_is(client, researcher, settings):
    settings.API_REQUESTS_PER_MINUTE = 2
    client.force_login(researcher)
    answers = [client.get("/api/v1/cases/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].json()["title"] == "Too Many Requests"


@pytest.mark.parametrize("scopes", [[], ["all"], ["read", "sudo"]])
def test_a_token_has_known_scopes(researcher, administrator, scopes):
    with pytest.raises(ValidationError):
        issue(researcher, "test", scopes, timezone.now() + TOMORROW, by=administrator)


def test_who_manages_users_issues_tokens_but_none_of_a_superuser(
    reviewer, researcher, api_client_user, administrator, make_user
):
    """Others issue tokens for themselves only, where their role may."""
    assert issued(reviewer, reviewer)
    for user, by in ((researcher, reviewer), (api_client_user, api_client_user)):
        with pytest.raises(PermissionDenied):
            issued(user, by)
    superuser = make_user("administrator", "root")
    User.objects.filter(pk=superuser.pk).update(is_superuser=True)
    with pytest.raises(PermissionDenied):
        issued(User.objects.get(pk=superuser.pk), administrator)


ADD, LIST = "/admin/accounts/apitoken/add/", "/admin/accounts/apitoken/"


def test_the_admin_shows_a_new_token_once_and_revokes_it(administrator, researcher):
    client = Client()
    client.force_login(administrator)
    assert client.get(ADD).status_code == 200
    form = {"user": researcher.pk, "name": "Agency", "scopes": ["read", "export"]}
    expires = {"expires_at_0": "2099-01-01", "expires_at_1": "00:00:00"}
    page = client.post(ADD, {**form, **expires}, follow=True).content.decode()
    secret = re.search(r"registry_[\w-]+", page)[0]
    assert Machine(secret).get("bulk/cases/").status_code == 200
    assert "registry_" not in client.get(LIST).content.decode()
    token = ApiToken.objects.get()
    assert client.get(f"{LIST}{token.pk}/change/").status_code == 200
    client.post(LIST, {"action": "revoke_tokens", "_selected_action": [token.pk]})
    assert Machine(secret).get("bulk/cases/").status_code == 401


@pytest.mark.parametrize("role", ["assessor", "reviewer"])
def test_the_admin_shows_tokens_to_nobody_else(make_user, role):
    client = Client()
    client.force_login(make_user(role))
    assert {client.get(address).status_code for address in (ADD, LIST)} == {403}
