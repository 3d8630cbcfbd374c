"""The feed of changes: follow-ups and nullifications too, in their order, of the cases that one may read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.amendment import amend
from cases.models import Case
from cases.versions import nullify, open_version
from tests.cases.rows import open_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(reviewer):
    """One that was opened, changed, followed up and nullified."""
    case = open_case(reviewer, "N-1")
    with amend(case, by=reviewer, reason="laboratory sheet") as amendment:
        amendment.change_case(report_type="1")
    open_version(case, by=reviewer, reason="letter", kind="follow_up")
    nullify(Case.objects.get(pk=case.pk), by=reviewer, reason="duplicate")
    return case


def kinds(page):
    return [(change["kind"], change["version"], change["reason"]) for change in page["changes"]]


STORY = [
    ("changed", 1, "laboratory sheet"),
    ("follow_up", 2, "letter"),
    ("nullification", 3, "duplicate"),
]


def test_every_event_comes_in_its_order(machine, case):
    page = machine.get("changes/").json()
    assert page["changes"][0]["kind"] == "opened"
    assert kinds(page)[1:] == STORY
    assert {(change["case"], change["by"]) for change in page["changes"]} == {("N-1", "reviewer")}
    assert page["next"] is None


def test_pages_follow_each_other_and_hold_every_event_once(machine, case):
    whole = machine.get("changes/").json()["changes"]
    address, found = "changes/?limit=3", []
    while address:
        page = machine.get(address).json()
        found += page["changes"]
        address = (page["next"] or "").partition("/api/v1/")[2]
    assert found == whole


def test_kinds_and_times_are_chosen(machine, case):
    assert kinds(machine.get("changes/?kind=follow_up,nullification").json()) == STORY[1:]
    assert kinds(machine.get("changes/?kind=changed").json()) == STORY[:1]
    tomorrow = (timezone.now() + timedelta(days=1)).date()
    assert machine.get(f"changes/?since={tomorrow}").json()["changes"] == []


def test_what_is_asked_next_time_misses_nothing(machine, case):
    page = machine.get("changes/").json()
    assert page["as_of"] <= timezone.now().isoformat()
    tag = machine.get("changes/")["ETag"]
    assert machine.get("changes/", If_None_Match=tag).status_code == 304
    open_version(case, by=case.versions.first().opened_by, reason="revived", kind="amendment")
    assert machine.get("changes/", If_None_Match=tag).status_code == 200


@pytest.mark.parametrize("query", ["kind=deleted", "since=yesterday", "limit=0", "cursor=x", "colour=red"])
def test_what_cannot_be_asked_is_refused_by_name(machine, query):
    answer = machine.get(f"changes/?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["path"] == query.split("=")[0]


def test_cases_of_others_are_not_in_it(machine, case, make_stranger):
    other = open_case(make_stranger("reviewer"), "O-1")
    assert other.number not in {change["case"] for change in machine.get("changes/").json()["changes"]}
