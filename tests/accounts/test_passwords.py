"""Passwords: changed by their owner, reset by a link, strong, and not one of the last five."""

import logging
import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError

from accounts.models import AccessKind, PasswordHash
from tests.accounts.door import PASSWORD, log_in, log_of

pytestmark = pytest.mark.django_db
NEW = "entirely new words"


@pytest.fixture
def reachable(assessor):
    assessor.email = "assessor@example.org"
    assessor.save()
    return assessor


def change(client, new, old=PASSWORD):
    return client.post("/password/", {"oldpassword": old, "password1": new, "password2": new})


def link_for(client, user) -> str:
    client.post("/password/reset/", {"email": user.email})
    return re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]


def test_it_is_changed_by_its_owner(client, assessor):
    client.force_login(assessor)
    assert change(client, NEW).status_code == 302
    assert log_of(assessor) == [AccessKind.LOGIN, AccessKind.PASSWORD_CHANGED]
    assert client.get("/").status_code == 200
    assert client.get("/admin/password_change/").url == "/password/"


@pytest.mark.parametrize(
    ("password", "remedy"),
    [
        ("short", "at least 12 characters"),
        ("assessor-1234", "too similar"),
        ("1q2w3e4r5t6y", "too common"),
        (PASSWORD, "one of your last 5 passwords"),
    ],
)
def test_a_weak_or_used_one_is_refused(client, assessor, password, remedy):
    client.force_login(assessor)
    assert remedy in change(client, password).text


def test_the_last_five_are_remembered_by_whatever_door(assessor):
    used = [f"{NEW} number {number}" for number in range(6)]
    for password in used:
        assessor.set_password(password)
        assessor.save()
    for password in used[1:]:
        with pytest.raises(ValidationError, match="one of your last 5"):
            validate_password(password, assessor)
    validate_password(used[0], assessor)
    assert not PasswordHash.objects.filter(password__contains=NEW).exists()


def test_a_link_sets_a_new_one_once(client, reachable):
    link = link_for(client, reachable)
    form = client.get(link).url
    assert client.post(form, {"password1": NEW, "password2": NEW}).url == "/password/reset/done/"
    assert "doesn't work any more" in client.get(link, follow=True).text
    assert log_in(client, "assessor", NEW).status_code == 302
    kinds = [AccessKind.RESET_REQUESTED, AccessKind.PASSWORD_RESET, AccessKind.LOGIN]
    assert log_of(reachable) == kinds


def test_a_link_ends_with_a_day_and_with_another_address(client, reachable, monkeypatch, settings):
    assert settings.PASSWORD_RESET_TIMEOUT == 24 * 3600
    link = link_for(client, reachable)
    reachable.email = "other@example.org"
    reachable.save()
    assert "doesn't work any more" in client.get(link, follow=True).text


@pytest.mark.parametrize("address", ["nobody@example.org", "assessor@example.org"])
def test_who_asks_does_not_learn_whether_there_is_an_account(client, reachable, address):
    page = client.post("/password/reset/", {"email": address}, follow=True)
    assert "If an account has this address" in page.text
    assert len(mail.outbox) == (address == reachable.email)


def test_a_mail_server_that_fails_is_reported_to_who_runs_the_registry(
    client, reachable, monkeypatch, caplog
):
    def fail(*_, **__):
        raise ConnectionRefusedError("no server")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    with caplog.at_level(logging.ERROR):
        page = client.post("/password/reset/", {"email": reachable.email}, follow=True)
    assert "Look into your mail" in page.text
    assert "EMAIL_URL" in caplog.text


def test_two_users_cannot_have_one_address(assessor, reviewer):
    assessor.email = "shared@example.org"
    assessor.save()
    reviewer.email = "Shared@example.org".lower()
    with pytest.raises(ValidationError, match="Another user has this e-mail address"):
        reviewer.full_clean()
