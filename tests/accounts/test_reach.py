"""Organisations as walls between those who manage users."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from accounts.api_tokens import issue
from accounts.models import Reach, User
from accounts.reach import may_manage, organisations_in_reach, reaches_to_give, users_in_reach

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger(make_stranger):
    return make_stranger("assessor")


def widen(user: User) -> User:
    user.reach = Reach.ALL
    user.save()
    return user


def test_a_new_user_reaches_the_own_organisation(make_user):
    assert make_user("assessor").reach == Reach.OWN


def test_an_unknown_reach_is_refused(assessor):
    with pytest.raises(IntegrityError, match="user_reach_is_known"):
        User.objects.filter(pk=assessor.pk).update(reach="far")


def test_who_works_with_whom(administrator, assessor, stranger):
    assert set(users_in_reach(administrator)) == {administrator, assessor}
    assert list(organisations_in_reach(administrator)) == [administrator.organisation]
    widen(administrator)
    assert set(users_in_reach(administrator)) == {administrator, assessor, stranger}
    assert organisations_in_reach(administrator).count() == 2


@pytest.mark.parametrize(
    ("reach_of_manager", "managed", "allowed"),
    [
        (Reach.OWN, "colleague", True),
        (Reach.OWN, "colleague of all", False),
        (Reach.OWN, "stranger", False),
        (Reach.ALL, "stranger", True),
        (Reach.ALL, "colleague of all", True),
        (Reach.ALL, "superuser", False),
    ],
)
def test_nobody_manages_beyond_the_own_reach(
    administrator, assessor, stranger, reach_of_manager, managed, allowed
):
    administrator.reach = reach_of_manager
    if managed == "colleague of all":
        widen(assessor)
    user = stranger if managed == "stranger" else assessor
    user.is_superuser = managed == "superuser"
    assert may_manage(user, by=administrator) == allowed


def test_nobody_gives_a_wider_reach_than_the_own(administrator):
    assert [key for key, _ in reaches_to_give(administrator)] == ["own"]
    assert [key for key, _ in reaches_to_give(widen(administrator))] == ["own", "all"]


def test_no_token_for_a_user_of_another_organisation(administrator, stranger):
    with pytest.raises(PermissionDenied, match="other assessor"):
        issue(stranger, "theirs", ["read"], timezone.now() + timedelta(days=1), by=administrator)


def test_the_admin_shows_and_offers_the_own_organisation(client, administrator, assessor, stranger):
    client.force_login(administrator)
    lists = ["admin:accounts_user_changelist", "admin:accounts_organisation_changelist"]
    pages = [client.get(reverse(name)).content.decode() for name in [*lists, "admin:accounts_apitoken_add"]]
    assert not any("other assessor" in page or "Other centre" in page for page in pages)
    for name, pk in (("user", stranger.pk), ("organisation", stranger.organisation_id)):
        assert client.get(reverse(f"admin:accounts_{name}_change", args=[pk])).status_code == 302
    assert client.get(reverse("admin:accounts_organisation_add")).status_code == 403
    form = client.get(reverse("admin:accounts_user_change", args=[assessor.pk])).content.decode()
    assert "Other centre" not in form
    assert 'value="all"' not in form
