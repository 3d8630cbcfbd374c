"""The list of cases: what it shows, how it is filtered and paged, and that it never shows a stale class."""

import pytest
from django.db import connection
from django.urls import reverse

from assessments.assessing import adjudicate, make_current
from cases.models import CaseSummary
from cases.opening import opening
from research import case_list
from research.sealed import seal
from tests.pseudonyms import pseudonym

# Session, user, cases, viruses, scores, reported scores, exposures, count, four of facets.
# One of them counts the nullified cases that are left out, and one what waits.
QUERIES = 14


@pytest.fixture
def see(client, assessor, letter_cases):
    """Read the list as an assessor."""
    client.force_login(assessor)

    def read(**query):
        return client.get(reverse("case-list"), query)

    return read


def numbers(response):
    return [row["number"] for row in response.context["rows"]]


def change_eosinophils(case):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_examination SET value = 100 WHERE case_id = %s AND test = 'eosinophils'", [case.pk]
        )


def test_both_cases_stand_as_probable_by_the_letter(see):
    response = see()
    assert numbers(response) == ["LETTER-P2", "LETTER-P1"]
    assert [
        (row["headline"], row["attainable"], row["evidence"], row["reach"])
        for row in response.context["rows"]
    ] == [
        ("Reported probable 5", True, "evidence open: no case to definite (3)", "−1 to 9"),
        ("Reported probable 5", True, "evidence open: no case to definite (3)", "−1 to 7"),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["LETTER-P2", "LETTER-P1"]),
        ({"category": "probable"}, ["LETTER-P2", "LETTER-P1"]),
        ({"category": "definite"}, []),
        ({"origin": "reported", "drug": "ANAKINRA"}, ["LETTER-P2"]),
        ({"drug": "canakinumab"}, ["LETTER-P1"]),
        ({"words": "letter-p1"}, ["LETTER-P1"]),
        ({"words": "dress"}, ["LETTER-P2", "LETTER-P1"]),
        ({"attention": "outdated"}, []),
        ({"attention": "answers_due"}, []),
        ({"older_than": "nonsense"}, ["LETTER-P2", "LETTER-P1"]),
    ],
)
def test_filters_are_addressable(see, query, found):
    assert numbers(see(**query)) == found


def test_a_filter_that_does_not_exist_shows_no_case_rather_than_all(see):
    response = see(category="sure")
    assert numbers(response) == []
    assert "There is no “sure” here." in response.text


def test_an_outdated_case_shows_no_class(see, letter_cases):
    change_eosinophils(letter_cases[0])
    response = see(words="LETTER-P1")
    assert "Outdated" in response.text
    assert "probable 5" not in response.text


def test_an_outdated_case_belongs_to_no_class_and_the_list_says_so(see, letter_cases):
    change_eosinophils(letter_cases[0])
    response = see(category="probable")
    assert numbers(response) == ["LETTER-P2"]
    assert "belong to no class until they are scored again" in response.text


def test_outdated_cases_can_be_found(see, letter_cases):
    change_eosinophils(letter_cases[0])
    assert numbers(see(attention="outdated")) == ["LETTER-P1"]


def test_cases_with_answers_due_can_be_found(see, letter_cases, reviewer):
    adjudicate(letter_cases[0], "eosinophilia", "marked", by=reviewer, reason="seen")
    change_eosinophils(letter_cases[0])
    make_current([letter_cases[0].pk])
    response = see(attention="answers_due")
    assert numbers(response) == ["LETTER-P1"]
    assert "re-review due: 1 answer" in response.text


def test_an_empty_registry_says_how_cases_come_in(client, assessor):
    client.force_login(assessor)
    assert "No cases yet" in client.get(reverse("case-list")).text


def test_the_number_of_queries_does_not_depend_on_the_number_of_cases(
    see, assessor, django_assert_num_queries
):
    with django_assert_num_queries(QUERIES):
        see()
    for number in range(10):
        with opening(f"MORE-{number}", by=assessor, reason="new"):
            pass
    with django_assert_num_queries(QUERIES):
        assert len(numbers(see())) == 12


@pytest.fixture
def seven_cases(db, assessor, monkeypatch):
    monkeypatch.setattr(case_list, "PAGE_SIZE", 3)
    for number in range(1, 8):
        with opening(f"C{number}", by=assessor, reason="new"):
            pass


def test_pages_go_down_to_the_oldest_and_back(client, assessor, seven_cases):
    client.force_login(assessor)
    first = client.get(reverse("case-list"))
    second = client.get(reverse("case-list"), {"older_than": first.context["page"].older_than})
    third = client.get(reverse("case-list"), {"older_than": second.context["page"].older_than})
    back = client.get(reverse("case-list"), {"newer_than": third.context["page"].newer_than})
    assert [numbers(page) for page in (first, second, third, back)] == [
        ["C7", "C6", "C5"],
        ["C4", "C3", "C2"],
        ["C1"],
        ["C4", "C3", "C2"],
    ]
    assert first.context["page"].newer_than is None
    assert third.context["page"].older_than is None


def test_a_page_beyond_the_end_does_not_claim_that_there_are_no_cases(client, assessor, seven_cases):
    client.force_login(assessor)
    assert "No further cases" in client.get(reverse("case-list"), {"older_than": seal("~0~")}).text


def test_links_to_other_pages_keep_the_filters(client, assessor, seven_cases):
    client.force_login(assessor)
    page = client.get(reverse("case-list"), {"words": "C"})
    assert f"?words=C&amp;older_than={page.context['page'].older_than}" in page.text


def test_rescoring_from_the_list_leads_back_to_it(client, assessor, letter_cases):
    change_eosinophils(letter_cases[0])
    client.force_login(assessor)
    response = client.post(reverse("rescore", args=["LETTER-P1"]), {"next": "/?attention=outdated"})
    assert response.url == "/?attention=outdated"
    assert CaseSummary.objects.get(case=letter_cases[0]).is_current


def test_rescoring_never_leads_to_another_site(client, assessor, letter_cases):
    client.force_login(assessor)
    response = client.post(reverse("rescore", args=["LETTER-P1"]), {"next": "https://example.org/"})
    assert response.url == "/cases/LETTER-P1/"


def test_a_researcher_may_not_rescore(client, researcher, letter_cases):
    change_eosinophils(letter_cases[0])
    client.force_login(researcher)
    assert client.post(reverse("rescore", args=[pseudonym("LETTER-P1")])).status_code == 403
    assert not CaseSummary.objects.get(case=letter_cases[0]).is_current
    assert "Rescore" not in client.get(reverse("case-list")).text


def test_the_list_needs_a_login(client, db):
    response = client.get(reverse("case-list"))
    assert response.url == "/login/?next=/cases/"


def test_only_visible_cases_are_listed(see, limit_reach):
    limit_reach()
    assert numbers(see()) == []
