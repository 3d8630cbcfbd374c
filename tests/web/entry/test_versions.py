"""Versions through the admin: the next one, what is said of it, nullification; reasons, states, history."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.amendment import amend
from cases.models import Case, CaseEvent, Temperature
from cases.versions import nullify, open_version
from tests.cases.rows import open_case
from tests.web.entry.posting import CHANGE, Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(assessor):
    return open_case(assessor, first_received="2020-01-02")


@pytest.fixture
def at(client, assessor, case):
    """A page about the case, by the end of its address."""
    client.force_login(assessor)

    def page(end="versions/", form="describe-form"):
        return Page(client, f"/admin/cases/case/{case.pk}/{end}", form=form)

    return page


def test_a_follow_up_is_opened_and_the_form_says_so(at, client, case):
    page = at("versions/new/", "version-form")
    page.set(received="2020-03-04", source="clinic", significance="significant", reason="letter")
    assert page.post().status_code == 302
    version = case.versions.get(number=2)
    assert (version.kind, str(version.received), version.source) == ("follow_up", "2020-03-04", "clinic")
    assert "Version 2 (follow-up)" in client.get(CHANGE.format(case.pk)).content.decode()


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"reason": ""}, "reason", "Say why"),
        ({"day_zero": "2020-03-05"}, "", "Say who held"),
        ({"received": "2019-01-01"}, "", "check both receipt dates"),
        ({"received": "the day before"}, "received", "Write a date, such as 29 Sep 2026."),
    ],
)
def test_a_refused_version_comes_back_as_it_was_typed(at, case, wrong, field, words):
    page = at("versions/new/", "version-form").set(**{"reason": "letter", "source": "clinic", **wrong})
    response = page.post()
    redisplayed = Page(page.client, page.url, response, form="version-form")
    assert response.status_code == 200
    assert words in (redisplayed.errors_at(field) if field else " ".join(redisplayed.errors()))
    assert redisplayed.data["source"] == "clinic"
    assert case.versions.count() == 1


def test_day_zero_is_entered_with_who_held_it(at, case):
    page = at().set(day_zero="2020-01-03", held_by="affiliate in Vienna")
    assert page.post().status_code == 302
    version = case.versions.get()
    assert (str(version.day_zero), version.held_by) == ("2020-01-03", "affiliate in Vienna")
    assert CaseEvent.objects.first().reason == "day zero, held by of the version"


def test_a_case_is_nullified_with_a_reason_and_its_form_refuses_to_save(at, client, case):
    form = Page(client, CHANGE.format(case.pk)).set(reason="afterthought")
    assert at("versions/nullify/", "version-form").set(reason="entered twice").post().status_code == 302
    case.refresh_from_db()
    assert (case.state, case.nullification_reason) == ("nullified", "entered twice")
    page = client.get(CHANGE.format(case.pk)).text
    assert "This case is nullified</strong>: entered twice." in page
    assert 'name="_save"' not in page, "it is read only"
    form.add("temperatures", celsius="39", result="measured")
    assert "was changed while you had it open" in " ".join(form.refused().errors())


def test_who_may_only_read_opens_nothing(client, case, researcher, administrator):
    for end in ("versions/new/", "versions/nullify/"):
        client.force_login(researcher)
        assert client.get(f"/admin/cases/case/{case.pk}/{end}").status_code in (302, 403)


# ---- reasons and states


def test_a_draft_is_changed_without_giving_a_reason(client, assessor, case):
    client.force_login(assessor)
    page = Page(client, CHANGE.format(case.pk))
    page.add("temperatures", celsius="39", result="measured")
    page.accepted()
    assert CaseEvent.objects.first().reason == "data entry"


def test_from_review_on_a_reason_is_asked_for(client, assessor, case):
    with amend(case, by=assessor, reason="complete") as amendment:
        amendment.change_case(state="in_review")
    client.force_login(assessor)
    page = Page(client, CHANGE.format(case.pk))
    row = page.add("temperatures", celsius="39", result="measured")
    redisplayed = page.refused()
    assert "from review on" in redisplayed.errors_at("reason")
    assert redisplayed.data[f"{row}-celsius"] == "39"
    redisplayed.set(reason="read again").accepted()
    assert Temperature.objects.filter(case=case).exists()


def test_the_select_offers_the_states_that_can_follow(client, assessor, case):
    client.force_login(assessor)

    def offered():
        page = Page(client, CHANGE.format(case.pk))
        return page.form.xpath('.//select[@name="state"]/option/@value')

    assert offered() == ["draft", "in_review"]
    for state in ("in_review", "closed"):
        with amend(Case.objects.get(pk=case.pk), by=assessor, reason="on") as amendment:
            amendment.change_case(state=state)
    assert offered() == ["closed"]


# ---- history


def test_the_history_shows_differences_and_reasons(client, assessor, case):
    with amend(case, by=assessor, reason="misread the letter") as amendment:
        amendment.change_case(report_type="2")
    client.force_login(assessor)
    text = " ".join(client.get(f"/admin/cases/case/{case.pk}/history/").content.decode().split())
    assert "misread the letter" in text
    assert "Report from study" in text


def test_the_number_of_queries_is_fixed(client, assessor, case):
    client.force_login(assessor)
    urls = [f"/admin/cases/case/{case.pk}/{end}" for end in ("versions/", "versions/new/", "history/")]

    def queries(url):
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    before = [queries(url) for url in urls]
    for _ in range(3):
        open_version(case, by=assessor, reason="more")
    assert [queries(url) for url in urls] == before


def test_a_nullified_case_still_opens_all_its_pages(client, assessor, case):
    nullify(case, by=assessor, reason="entered twice")
    client.force_login(assessor)
    for end in ("change/", "versions/", "versions/new/", "history/"):
        assert client.get(f"/admin/cases/case/{case.pk}/{end}").status_code == 200
