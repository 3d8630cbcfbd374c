"""Roles as a table, and the two halves of every rule: the queryset and the predicate."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.roles import ROLES, Permission
from cases import visibility
from cases.models import Case
from tests.cases.rows import open_case

TABLE = {
    #                 view   amend  adjudicate rescore export identities users tokens
    "assessor": (True, True, False, True, True, True, False, True),
    "reviewer": (True, True, True, True, True, True, False, True),
    "researcher": (True, False, False, False, True, False, False, True),
    "administrator": (True, True, False, True, True, True, True, True),
    "api_client": (True, False, False, False, True, True, False, False),
}


@pytest.mark.parametrize("role", TABLE)
def test_each_role_holds_what_the_table_says(role):
    held = tuple(permission in ROLES[role].permissions for permission in Permission)
    assert held == TABLE[role]


def test_every_role_is_in_the_table():
    assert set(ROLES) == set(TABLE)
    assert all(role.description.endswith(".") for role in ROLES.values())


RULES = [
    (visibility.visible_to, visibility.can_view),
    (visibility.amendable_by, visibility.can_amend),
    (visibility.adjudicable_by, visibility.can_adjudicate),
]


@pytest.mark.django_db
@pytest.mark.parametrize("rule", RULES, ids=["view", "amend", "adjudicate"])
@pytest.mark.parametrize("role", [*TABLE, "inactive", "anonymous", "superuser"])
def test_queryset_and_predicate_agree(make_user, assessor, rule, role):
    cases = [open_case(assessor, number) for number in ("A-1", "A-2")]
    if role == "anonymous":
        user = AnonymousUser()
    else:
        user = make_user(role if role in TABLE else "assessor", "somebody")
        user.is_active, user.is_superuser = role != "inactive", role == "superuser"
    queryset, predicate = rule
    assert set(queryset(user)) == {case for case in Case.objects.all() if predicate(user, case)}
    assert bool(queryset(user)) == predicate(user, cases[0])


@pytest.mark.django_db
@pytest.mark.parametrize("rule", RULES, ids=["view", "amend", "adjudicate"])
def test_nobody_may_do_anything_with_a_case_out_of_reach(reviewer, limit_reach, rule):
    near, far = (open_case(reviewer, number) for number in ("A-1", "A-2"))
    limit_reach("A-1")
    queryset, predicate = rule
    assert list(queryset(reviewer)) == [near]
    assert (predicate(reviewer, near), predicate(reviewer, far)) == (True, False)
