"""The start page and the search box: what waits for whom, counted in as many queries whatever there is."""

import pytest
from django.urls import reverse

from accounts.models import User
from cases.models import Case
from exchange.models import TO_DECIDE, Batch, Message, ReceivedMessage
from web.start.waiting import ADMINISTRATION, WAITING, count, kinds_for, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def wait(organisation, assessor):
    """Messages that wait, each for its reasons, in a file that an organisation received."""

    def receive(*reasons: list[str], of=organisation):
        batch = Batch.objects.create(direction="received", organisation=of, by=assessor, size=1, digest=of.pk)
        for position, why in enumerate(reasons, start=1):
            message = Message.objects.create(
                batch=batch, direction="received", position=position, identifier=f"M-{position}"
            )
            ReceivedMessage.objects.create(message=message, state="waiting", reasons=why, by=assessor)

    return receive


def counted(user: User) -> dict[str, int]:
    return {key: number for key, number in count_all(user).items() if number}


def count_all(user: User) -> dict[str, int]:
    return count({key: kind.rows(user) for key, kind in kinds_for(user).items()})


def test_what_waits_is_counted_by_kind(wait, assessor, letter_cases):
    wait(["No reporter."], ["What stands there can't be read.", TO_DECIDE])
    assert counted(assessor) == {"drafts": 2, "messages": 1, "decisions": 1}


def test_what_waits_elsewhere_is_nobody_elses(wait, assessor, other_organisation):
    wait(["No reporter."], of=other_organisation)
    Case.objects.create(number="THEIRS", organisation=other_organisation)
    assert counted(assessor) == {}


def test_one_query_counts_all(wait, administrator, letter_cases, django_assert_num_queries):
    wait(["No reporter."])
    with django_assert_num_queries(1):
        assert set(count_all(administrator)) == {*WAITING, *ADMINISTRATION}
    users = User.objects.count()
    with django_assert_num_queries(1):
        assert people(administrator) == {"users": users, "running": 0, "failed": 0}


def test_the_start_page_takes_as_many_queries_whatever_waits(
    client, wait, administrator, letter_cases, django_assert_num_queries
):
    client.force_login(administrator)
    client.get("/")
    # Session, user; what waits; who may log in; and the side bar's own.
    with django_assert_num_queries(5):
        client.get("/")
    wait(*([f"Reason {number}."] for number in range(12)))
    with django_assert_num_queries(6):  # and the messages that are due first
        page = client.get("/")
    assert len(page.context["due"]) == 10


def test_each_count_leads_to_the_rows_it_counts(client, wait, administrator, letter_cases):
    wait(["No reporter."], ["Unreadable.", TO_DECIDE])
    client.force_login(administrator)
    page = client.get("/")
    for line in (*page.context["waiting"], *page.context["in_hand"]):
        listed = client.get(line["address"])
        assert listed.status_code == 200
        assert listed.context["cl"].result_count == line["count"], line


def test_who_doesnt_enter_cases_begins_with_the_search(client, researcher):
    client.force_login(researcher)
    assert client.get("/").url == reverse("case-list")


@pytest.mark.parametrize(
    ("role", "words", "target"),
    [
        ("assessor", "LETTER-P1", "/cases/LETTER-P1/"),
        ("assessor", "allopurinol", "/admin/cases/case/?q=allopurinol"),
        ("assessor", " ", "/admin/cases/case/"),
        ("researcher", "LETTER-P1", "/cases/?drug=LETTER-P1"),
        ("researcher", "anakinra", "/cases/?drug=anakinra"),
    ],
)
def test_the_search_box_opens_a_case_or_a_list(client, make_user, letter_cases, role, words, target):
    client.force_login(make_user(role, f"{role}-who-searches"))
    assert client.get(reverse("find"), {"q": words}).url == target


def test_the_search_box_knows_a_pseudonym(client, researcher, letter_cases):
    client.force_login(researcher)
    pseudonym = letter_cases[0].summary.pseudonym
    assert client.get(reverse("find"), {"q": pseudonym}).url == f"/cases/{pseudonym}/"
