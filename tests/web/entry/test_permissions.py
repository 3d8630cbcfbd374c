"""Roles decide, and nobody deletes a case."""

import pytest
from django.contrib import admin

from accounts.models import User
from cases.models import Case, CaseEvent
from exchange.models import ReceiverSettings, SenderDetails
from research.models import DownloadRequest
from tests.web.entry.posting import ADD, CHANGE, Page

pytestmark = pytest.mark.django_db
LIST = "/admin/cases/case/"


def test_a_researcher_does_not_get_into_the_admin(client, researcher, letter_cases):
    client.force_login(researcher)
    assert client.get(LIST).status_code == 302


def test_a_researcher_let_in_sees_no_case_with_its_names(client, researcher, letter_cases):
    researcher.is_staff = True
    researcher.save()
    client.force_login(researcher)
    for url in (LIST, CHANGE.format(letter_cases[0].pk), f"{LIST}{letter_cases[0].pk}/cioms/"):
        assert client.get(url).status_code == 403
    assert client.get("/admin/cases/drug/").status_code == 200


def test_who_only_reads_changes_nothing(client, reader, letter_cases):
    client.force_login(reader)
    case = letter_cases[0]
    assert client.get(LIST).status_code == 200
    text = client.get(CHANGE.format(case.pk), {"tab": "all"}).content.decode()
    assert "canakinumab" in text
    assert 'name="_save"' not in text
    assert 'name="reason"' not in text
    assert 'class="add-row' not in text
    before = CaseEvent.objects.count()
    assert client.post(CHANGE.format(case.pk), {"reason": "no"}).status_code == 403
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, {"number": "X"}).status_code == 403
    assert CaseEvent.objects.count() == before


def test_who_only_reads_does_not_rescore(client, reader, letter_cases):
    client.force_login(reader)
    chosen = {"action": "rescore_selected", "_selected_action": [letter_cases[0].pk]}
    client.post(LIST, chosen)
    assert "rescore_selected" not in client.get(LIST).content.decode()


@pytest.mark.parametrize("role", ["assessor", "reviewer", "administrator"])
def test_nobody_deletes(client, make_user, letter_cases, role):
    user = User.objects.filter(username=role).first() or make_user(role)
    client.force_login(user)
    case = letter_cases[0]
    assert "delete_selected" not in client.get(LIST).content.decode()
    assert client.post(f"/admin/cases/case/{case.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Case.objects.filter(pk=case.pk).exists()


def test_not_even_a_superuser_deletes(client, administrator, letter_cases):
    administrator.is_superuser = True
    administrator.save()
    client.force_login(administrator)
    assert client.get(f"/admin/cases/case/{letter_cases[0].pk}/delete/").status_code == 403


def test_users_are_for_those_who_manage_them(client, assessor, administrator):
    for url in ("/admin/accounts/user/", "/admin/accounts/organisation/", "/admin/accounts/user/add/"):
        client.force_login(assessor)
        assert client.get(url).status_code == 403
        client.force_login(administrator)
        assert client.get(url).status_code == 200


def test_an_administrator_makes_a_user(client, administrator, organisation):
    client.force_login(administrator)
    page = Page(client, "/admin/accounts/user/add/", form="user_form")
    page.set(
        username="new",
        role="assessor",
        organisation=organisation.pk,
    )
    assert page.post().status_code == 302
    made = User.objects.get(username="new")
    assert (made.role, made.organisation, made.is_superuser) == ("assessor", organisation, False)
    assert not made.has_usable_password()


def test_an_administrator_does_not_become_a_superuser(client, administrator):
    client.force_login(administrator)
    url = f"/admin/accounts/user/{administrator.pk}/change/"
    page = Page(client, url, form="user_form")
    page.set(is_superuser="on").post()
    administrator.refresh_from_db()
    assert not administrator.is_superuser


def test_an_administrator_does_not_take_over_a_superuser(client, administrator, organisation):
    chief = User.objects.create_superuser("chief", password="a long pass phrase", organisation=organisation)
    client.force_login(administrator)
    url = f"/admin/accounts/user/{chief.pk}/"
    assert client.post(f"{url}password/", {"password1": "x", "password2": "x"}).status_code == 403
    assert client.post(f"{url}change/", {"username": "chief"}).status_code == 403


# What administrators alone see and decide, besides users and their roles.
BY_ADMINISTRATORS = (DownloadRequest, SenderDetails, ReceiverSettings)


def test_every_admin_asks_the_roles(reader, rf):
    request = rf.get("/")
    request.user = reader
    for model, model_admin in admin.site._registry.items():
        managed = model._meta.app_label == "accounts" or model in BY_ADMINISTRATORS
        assert model_admin.has_view_permission(request) is not managed
        assert not model_admin.has_add_permission(request)
        assert not model_admin.has_change_permission(request)
        assert not model_admin.has_delete_permission(request)
