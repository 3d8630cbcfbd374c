"""Organisations are walls between cases; a share is a door in them, to look through only."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from accounts.models import Reach
from cases.amendment import amend
from cases.history import history
from cases.models import Case, CaseEvent, CaseShare
from cases.sharing import share_case, withdraw_share
from cases.visibility import adjudicable_by, amendable_by, can_adjudicate, can_amend, can_view, visible_to
from tests.cases.rows import open_case, sql

pytestmark = pytest.mark.django_db
WHY = "They treated the patient first"
HALVES = [(visible_to, can_view), (amendable_by, can_amend), (adjudicable_by, can_adjudicate)]


@pytest.fixture
def case(reviewer):
    return open_case(reviewer)


@pytest.fixture
def stranger(make_stranger):
    return make_stranger("reviewer")


@pytest.fixture
def share(case, reviewer, other_organisation):
    return share_case(case, other_organisation, by=reviewer, reason=WHY)


def rights(user, case) -> list[bool]:
    """Read, change, adjudicate: as the queries and the predicates agree."""
    queries = [case in query(user) for query, _ in HALVES]
    assert queries == [predicate(user, case) for _, predicate in HALVES]
    return queries


def test_whose_cases_a_user_reads_and_changes(case, reviewer, stranger):
    assert rights(reviewer, case) == [True, True, True]
    assert rights(stranger, case) == [False, False, False]
    stranger.reach = Reach.ALL
    assert rights(stranger, case) == [True, True, True]


def test_a_shared_case_is_read_and_not_changed(case, share, stranger):
    assert rights(stranger, case) == [True, False, False]
    with pytest.raises(PermissionDenied), amend(case, by=stranger, reason="mine now"):
        pass


def test_a_withdrawn_share_opens_nothing_and_may_be_given_again(case, share, reviewer, stranger):
    withdraw_share(share, by=reviewer, reason="Their part is done")
    assert rights(stranger, case) == [False, False, False]
    share_case(case, stranger.organisation, by=reviewer, reason="Asked again")
    assert rights(stranger, case) == [True, False, False]


def test_sharing_is_in_the_log_and_in_the_history(case, share, reviewer):
    withdraw_share(share, by=reviewer, reason="Their part is done")
    events = CaseEvent.objects.filter(case_id=case.pk).order_by("-id")[:2]
    assert [(event.action, event.reason, event.changes) for event in events] == [
        ("share withdrawn", "Their part is done", ["no longer shared with Other centre"]),
        ("shared", WHY, ["shared with Other centre"]),
    ]
    assert [save.reason for save in history(case).saves][:2] == ["Their part is done", WHY]
    assert "Other centre" in str(history(case).saves[1].changes)


def test_what_is_refused(case, share, reviewer, researcher, stranger, other_organisation):
    for user in (researcher, stranger):
        with pytest.raises(PermissionDenied):
            share_case(case, other_organisation, by=user, reason=WHY)
        with pytest.raises(PermissionDenied):
            withdraw_share(share, by=user, reason=WHY)
    for organisation, reason, words in (
        (other_organisation, WHY, "shared with this organisation already"),
        (reviewer.organisation, WHY, "belongs to Test centre already"),
        (other_organisation, " ", "reason"),
    ):
        with pytest.raises(ValidationError, match=words):
            share_case(case, organisation, by=reviewer, reason=reason)
    withdraw_share(share, by=reviewer, reason=WHY)
    with pytest.raises(ValidationError, match="already"):
        withdraw_share(share, by=reviewer, reason=WHY)


def test_no_share_without_a_reason_by_any_door(case, share):
    with pytest.raises(IntegrityError, match="case_share_has_reason"):
        sql("UPDATE cases_caseshare SET reason = ' '")


def test_nobody_opens_or_moves_cases_for_others(case, reviewer, other_organisation):
    with pytest.raises(ValidationError, match="for Test centre only, not for Other centre") as refusal:
        open_case(reviewer, "CASE-2", organisation=other_organisation)
    assert list(refusal.value.message_dict) == ["organisation"]
    with pytest.raises(ValidationError, match="only"), amend(case, by=reviewer, reason="x") as amendment:
        amendment.change_case(organisation=other_organisation)
    assert not CaseShare.objects.exists()
    assert Case.objects.get().organisation == reviewer.organisation


def test_who_reaches_all_opens_and_moves_cases_for_others(case, reviewer, other_organisation):
    reviewer.reach = Reach.ALL
    assert open_case(reviewer, "CASE-2", organisation=other_organisation).organisation == other_organisation
    with amend(case, by=reviewer, reason="x") as amendment:
        amendment.change_case(organisation=other_organisation)
    assert Case.objects.get(pk=case.pk).organisation == other_organisation
