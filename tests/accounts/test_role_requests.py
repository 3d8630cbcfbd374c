"""Rights: nobody gives them to oneself, the grave ones take two, and their history stays."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, transaction

from accounts.models import AccessEvent, AccessKind, ApiToken, Organisation, RoleRequest, User
from accounts.role_requests import confirm_role, request_role
from tests.accounts.door import log_in

pytestmark = pytest.mark.django_db
USERS = "/admin/accounts/user/"
NEW = "entirely new words"


@pytest.fixture
def second(make_user):
    return make_user("administrator", "second")


def act(client, action, *rows, model="user"):
    form = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(f"/admin/accounts/{model}/", form, follow=True).text


def test_one_asks_and_another_confirms(client, administrator, second, assessor):
    client.force_login(administrator)
    assert "asked for" in act(client, "request_reviewer", assessor)
    asked = RoleRequest.objects.get()
    assert "asks for it, another one confirms" in act(client, "confirm", asked, model="rolerequest")
    assessor.refresh_from_db()
    assert assessor.role == "assessor"
    client.force_login(second)
    assert "given" in act(client, "confirm", asked, model="rolerequest")
    assessor.refresh_from_db()
    assert assessor.role == "reviewer"
    kinds = AccessEvent.objects.filter(kind__startswith="role").order_by("id").values_list("kind", "name")
    assert list(kinds) == [
        (AccessKind.ROLE_REQUESTED, "administrator"),
        (AccessKind.ROLE_CHANGED, "second"),
    ]


def test_what_is_refused(administrator, second, assessor, make_user):
    with pytest.raises(PermissionDenied):
        request_role(assessor, "reviewer", by=assessor)
    with pytest.raises(PermissionDenied, match="their own role"):
        request_role(administrator, "reviewer", by=administrator)
    with pytest.raises(ValidationError, match="not a valid choice"):
        request_role(assessor, "researcher", by=administrator)
    asked = request_role(assessor, "reviewer", by=administrator)
    with pytest.raises(ValidationError, match="asked for already"):
        request_role(assessor, "reviewer", by=second)
    User.objects.filter(pk=administrator.pk).update(is_active=False)
    with pytest.raises(PermissionDenied, match="no more"):
        confirm_role(asked, by=second)


@pytest.mark.parametrize("by", ["administrator", "assessor"])
def test_the_database_refuses_it_too(administrator, assessor, by):
    confirmed_by = {"administrator": administrator, "assessor": assessor}[by]
    with pytest.raises(IntegrityError, match="role_request_by_two_others"), transaction.atomic():
        RoleRequest.objects.create(
            user=assessor, role="reviewer", requested_by=administrator, confirmed_by=confirmed_by
        )
    with pytest.raises(IntegrityError, match="role_request_role_takes_two"):
        RoleRequest.objects.create(user=assessor, role="researcher", requested_by=administrator)


def posted(user, **changed):
    fields = {"username": user.username, "email": "", "first_name": "", "last_name": "", "role": user.role}
    on = {"organisation": user.organisation_id, "reach": user.reach, "is_active": "on", "is_staff": "on"}
    return {**fields, **on, **changed}


@pytest.mark.parametrize("role", ["reviewer", "administrator"])
def test_the_form_gives_no_role_of_two(client, administrator, assessor, role):
    client.force_login(administrator)
    page = client.post(f"{USERS}{assessor.pk}/change/", posted(assessor, role=role))
    assert "not one of the available choices" in page.text
    client.post(f"{USERS}add/", {**posted(assessor, role=role), "username": "new"})
    assert not User.objects.filter(username="new").exists()
    assert (
        client.post(f"{USERS}{assessor.pk}/change/", posted(assessor, role="researcher")).status_code == 302
    )
    assessor.refresh_from_db()
    assert assessor.role == "researcher"


def test_nobody_changes_own_rights(client, administrator):
    client.force_login(administrator)
    own = f"{USERS}{administrator.pk}/change/"
    form = posted(administrator, role="assessor", reach="all", is_superuser="on", first_name="Ada")
    assert client.post(own, form).status_code == 302
    stored = User.objects.get(pk=administrator.pk)
    assert (stored.role, stored.reach, stored.is_superuser) == ("administrator", "own", False)
    assert stored.first_name == "Ada"


def test_a_password_is_set_by_a_link_alone(client, administrator, assessor):
    client.force_login(administrator)
    assert client.get(f"{USERS}{assessor.pk}/password/").status_code == 403
    client.post(f"{USERS}add/", {**posted(assessor), "username": "new"})
    new = User.objects.get(username="new")
    assert not new.has_usable_password()
    link = re.search(
        r"http://testserver(/password/reset/[^ ]+/) opens once", act(client, "hand_over_link", new)
    )[1]
    client.post("/logout/")
    form = client.get(link).url
    assert client.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
    assert log_in(client, "new", NEW).status_code == 302
    assert AccessEvent.objects.filter(kind=AccessKind.LINK_GIVEN, name="administrator").exists()


def test_the_first_two_are_made_in_the_shell(client, capsys):
    for name in ("ada", "grace"):
        call_command(
            "create_administrator", name, organisation="CENTRE", address="https://registry.example.org/"
        )
    output = capsys.readouterr().out
    link = re.findall(r"https://registry.example.org(/\S+)", output)[0]
    form = client.get(link).url
    assert client.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
    assert log_in(client, "ada", NEW).status_code == 302
    assert Organisation.objects.get().identifier == "CENTRE"
    assert AccessEvent.objects.filter(kind=AccessKind.ROLE_CHANGED).count() == 2
    with pytest.raises(CommandError, match="There are 2 administrators"):
        call_command("create_administrator", "mallory", organisation="CENTRE")
    assert not User.objects.filter(username="mallory").exists()


def test_the_shell_refuses_what_cannot_be_stored():
    with pytest.raises(CommandError, match="no hyphen"):
        call_command("create_administrator", "ada", organisation="A-B")
    assert not User.objects.exists()


def test_rights_have_a_history_that_stays(administrator, assessor):
    User.objects.filter(pk=assessor.pk).update(role="reviewer")
    User.objects.filter(pk=assessor.pk).update(password="x", last_login=None)
    assert list(assessor.history.order_by("pgh_id").values_list("pgh_label", "role")) == [
        ("insert", "assessor"),
        ("update", "reviewer"),
    ]
    columns = {
        field.name for model in (User, ApiToken) for field in model.history.rel.related_model._meta.fields
    }
    assert columns & {"password", "digest", "last_login"} == set()
    for change in (lambda rows: rows.delete(), lambda rows: rows.update(role="researcher")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(assessor.history.all())


@pytest.mark.parametrize("model", ["userhistory", "organisationhistory", "apitokenhistory", "rolerequest"])
def test_history_is_read_by_those_who_manage_users(client, administrator, assessor, model):
    client.force_login(administrator)
    assert client.get(f"/admin/accounts/{model}/").status_code == 200
    assert client.get(f"/admin/accounts/{model}/add/").status_code == 403
    client.force_login(assessor)
    assert client.get(f"/admin/accounts/{model}/").status_code == 403


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"reach": "all"}, "reach is all"),
        ({"is_active": ""}, "is_active is False"),
        ({"is_staff": ""}, "is_staff is False"),
        ({"organisation": "elsewhere"}, "organisation is Elsewhere"),
    ],
)
def test_what_somebody_may_reach_is_in_the_access_log(client, administrator, assessor, changed, words):
    User.objects.filter(pk=administrator.pk).update(reach="all")
    if "organisation" in changed:
        elsewhere = Organisation.objects.create(name="Elsewhere", identifier="ELSEWHERE")
        changed = {"organisation": elsewhere.pk}
    client.force_login(administrator)
    form = {name: value for name, value in posted(assessor, **changed).items() if value != ""}
    assert client.post(f"{USERS}{assessor.pk}/change/", form).status_code == 302
    event = AccessEvent.objects.get(kind=AccessKind.ACCOUNT_CHANGED)
    assert (event.user, event.detail) == (administrator, f"assessor: {words}")
