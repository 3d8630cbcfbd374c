"""Logging in: one door for pages and admin, for people with an open account."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import AccessEvent, AccessKind
from tests.accounts.door import PASSWORD, log_in, log_of

pytestmark = pytest.mark.django_db
BOTH_DOORS = pytest.mark.parametrize("door", ["/login/", "/admin/login/"])


@pytest.mark.parametrize("role", ["assessor", "reviewer", "researcher", "administrator"])
@pytest.mark.parametrize("typed", ["{}", "{}@example.org", "{}@EXAMPLE.org"])
def test_people_come_in_by_name_and_by_address(client, make_user, role, typed):
    user = make_user(role)
    user.email = f"{role}@Example.org"
    user.save()
    answer = log_in(client, typed.format(role))
    assert (answer.status_code, answer["Location"]) == (302, reverse("start"))
    assert log_of(user) == [AccessKind.LOGIN]


@BOTH_DOORS
def test_a_machine_does_not(client, api_client_user, door):
    page = log_in(client, "api_client", door=door)
    assert "belongs to a machine" in page.text
    assert "_auth_user_id" not in client.session
    assert log_of(api_client_user) == [AccessKind.LOGIN_REFUSED]


@BOTH_DOORS
def test_a_closed_account_does_not(client, assessor, door):
    assessor.is_active = False
    assessor.save()
    assert "This account is closed" in log_in(client, "assessor", door=door).text
    assert "_auth_user_id" not in client.session


@BOTH_DOORS
@pytest.mark.parametrize("state", [{"is_active": False}, {"role": "api_client"}])
def test_what_is_wrong_with_an_account_is_not_told_without_its_password(client, assessor, door, state):
    nobody = log_in(client, "nobody", "a wrong password", door=door).text
    type(assessor).objects.filter(pk=assessor.pk).update(**state)
    page = log_in(client, "assessor", "a wrong password", door=door).text
    for text in (page, nobody):
        assert "don’t belong together" in text.replace("&#x27;", "’")


def test_a_session_ends_when_the_account_becomes_a_machine(client, assessor):
    client.force_login(assessor)
    assert client.get(reverse("case-list")).status_code == 200
    type(assessor).objects.filter(pk=assessor.pk).update(role="api_client")
    assert client.get(reverse("case-list")).status_code == 302


def test_without_login_every_page_leads_to_the_one_door(client):
    assert client.get(reverse("case-list"))["Location"] == "/login/?next=/cases/"
    answer = client.get("/admin/cases/case/?q=a", follow=True)
    assert answer.redirect_chain[-1] == ("/login/?next=%2Fadmin%2Fcases%2Fcase%2F%3Fq%3Da", 302)
    assert 'name="next" value="/admin/cases/case/?q=a"' in answer.text


def test_the_admin_tells_who_is_in_but_may_not_enter(client, researcher):
    client.force_login(researcher)
    assert client.get("/admin/cases/case/", follow=True).status_code == 403


def test_nobody_signs_up(client):
    for path in ("/signup/", "/accounts/signup/", "/email/"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_login_leads_nowhere_else(client, assessor, target):
    answer = client.post("/login/", {"login": "assessor", "password": PASSWORD, "next": target})
    assert answer["Location"] == reverse("start")


@pytest.mark.parametrize("name", ["", "a\x00b", "é" * 500, "' OR 1=1 --"])
def test_whatever_is_typed_is_answered(client, name):
    assert log_in(client, name, "a wrong password").status_code == 200


def test_logging_out_is_logged(client, assessor):
    client.force_login(assessor)
    assert client.get("/logout/").status_code == 200
    assert client.post("/logout/")["Location"] == reverse("login")
    assert log_of(assessor)[-1] == AccessKind.LOGOUT


def test_allauth_stores_no_address_of_its_own(client, assessor):
    """A second list of addresses would open accounts whose address has been changed since."""
    from allauth.account.models import EmailAddress

    assessor.email = "assessor@example.org"
    assessor.save()
    log_in(client, "assessor")
    client.post("/password/reset/", {"email": "assessor@example.org"})
    assert not EmailAddress.objects.exists()


def test_the_settings_have_nothing_to_criticise():
    call_command("check")
    assert not AccessEvent.objects.exists()
