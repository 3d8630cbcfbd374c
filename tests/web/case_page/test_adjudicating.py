"""A reviewer answers an item on the page; what is refused comes back as it was typed."""

import pytest
from django.db import connection
from django.urls import reverse

from assessments.models import ReviewerAnswer
from cases.amendment import amend
from cases.models import CaseSummary, SkinExamination
from tests.pseudonyms import pseudonym

REASON = "The photographs show facial oedema and infiltration."


@pytest.fixture
def case(letter_cases):
    return letter_cases[0]


@pytest.fixture
def seen(client, reviewer, case):
    """What the forms of the page carry, by item, as the reviewer opened it."""
    client.force_login(reviewer)
    page = client.get(reverse("case-detail", args=[case.number]))
    return {item["key"]: item["form"].seen for item in page.context["items"]}


@pytest.fixture
def answer(client, case, seen):
    """Send the form of the item "Rash suggesting DRESS"."""

    def send(**html):
        data = {"key": "suggesting", "answer": "yes", "reason": REASON, "seen_digest": seen["suggesting"]}
        return client.post(reverse("adjudicate", args=[case.number]), data | html)

    return send


def form_of(response, key="suggesting"):
    return next(item["form"] for item in response.context["items"] if item["key"] == key)


def describe_skin(case):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_skinexamination SET scaling = false WHERE case_id = %s AND phase = 'reaction'",
            [case.pk],
        )


def test_an_answer_moves_the_score(client, answer, case):
    response = answer()
    assert response.url == "/cases/LETTER-P1/"
    page = client.get(response.url)
    assert page.context["standing"]["headline"] == "Adjudicated, open: no case to definite (4)"
    assert page.context["standing"]["says"] == "adjudicated by reviewer."
    assert "The case now stands at adjudicated, open: no case to definite (4)." in page.text
    assert '<a href="#item-suggesting">Back to the item</a>' in page.text


def test_the_item_shows_who_answered_what_and_why(client, answer):
    page = client.get(answer().url)
    item = next(item for item in page.context["items"] if item["key"] == "suggesting")
    assert (item["basis"], item["answered"]["by"], item["answered"]["reason"]) == (
        "adjudicated",
        "reviewer",
        REASON,
    )


def test_an_answer_can_be_withdrawn(client, answer, case):
    answer()
    page = client.get(answer(answer="withdraw", reason="I mixed up the photographs.").url)
    assert page.context["standing"]["headline"] == "Reported probable 5"
    assert ReviewerAnswer.objects.filter(case=case).count() == 2


def test_there_is_nothing_to_withdraw_before_an_answer(answer, case):
    assert answer(answer="withdraw").status_code == 422
    assert not ReviewerAnswer.objects.filter(case=case).exists()


def test_an_answer_to_changed_evidence_is_refused_and_kept_as_typed(answer, case):
    describe_skin(case)
    response = answer()
    form = form_of(response)
    assert response.status_code == 422
    assert "has changed since you opened the page" in str(form.non_field_errors())
    assert (form["answer"].value(), form["reason"].value()) == ("yes", REASON)
    assert REASON in response.text
    assert not ReviewerAnswer.objects.filter(case=case).exists()


def test_after_a_refusal_the_page_stands_on_the_evidence_as_it_is_now(answer, case):
    describe_skin(case)
    refused = answer()
    assert CaseSummary.objects.get(case=case).is_current
    assert answer(seen_digest=form_of(refused).seen).status_code == 302


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ({"reason": "  "}, "Give a reason"),
        ({"answer": ""}, "Choose one of the answers"),
        ({"answer": "marked"}, "Select a valid choice"),
    ],
)
def test_an_incomplete_answer_says_what_is_wrong(answer, case, html, message):
    response = answer(**html)
    assert response.status_code == 422
    assert message in response.text
    assert not ReviewerAnswer.objects.filter(case=case).exists()


def test_an_answer_cannot_be_sent_without_what_was_seen(answer, case):
    assert answer(seen_digest="").status_code == 422
    assert not ReviewerAnswer.objects.filter(case=case).exists()


def test_an_item_that_the_table_lacks_is_not_found(answer):
    assert answer(key="horoscope").status_code == 404


def test_an_answer_whose_evidence_changed_later_is_due_for_re_review(client, answer, case, reviewer):
    answer()
    with amend(case, by=reviewer, reason="Described again") as amendment:
        skin = SkinExamination.objects.get(case=case, phase="reaction")
        amendment.change(skin, infiltration=False)
    page = client.get(reverse("case-detail", args=[case.number]))
    assert [item["key"] for item in page.context["due"]] == ["suggesting"]
    assert page.context["due"][0]["due"]["reason"] == REASON
    assert page.context["standing"]["headline"] == "Reported probable 5"


@pytest.mark.parametrize("role", ["assessor", "researcher"])
def test_others_are_not_offered_the_form_and_are_refused(client, case, role, request):
    client.force_login(request.getfixturevalue(role))
    number = pseudonym(case.number) if role == "researcher" else case.number
    page = client.get(reverse("case-detail", args=[number]))
    assert "Answer this item" not in page.text
    response = client.post(
        reverse("adjudicate", args=[number]),
        {"key": "suggesting", "answer": "yes", "reason": REASON, "seen_digest": "x"},
    )
    assert response.status_code == 403
    assert not ReviewerAnswer.objects.filter(case=case).exists()


def test_coming_back_from_the_login_leads_to_the_case(client, reviewer, case):
    client.force_login(reviewer)
    assert client.get(reverse("adjudicate", args=[case.number])).url == "/cases/LETTER-P1/"


def test_answering_needs_a_login(client, case):
    response = client.post(reverse("adjudicate", args=[case.number]))
    assert response.url.startswith("/login/")
