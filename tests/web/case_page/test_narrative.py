"""The page on which the narrative of a case is drafted, compared and stored."""

import pytest
from django.urls import reverse
from lxml import html

from cases.models import CaseEvent, Exposure, Narrative, Patient
from tests.cases.rows import add, open_case
from web.case_page.narrative import changes

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(assessor):
    case = open_case(assessor, "TALE-1")
    add(case, assessor, Patient(sex="1"))
    return case


def url(case):
    return reverse("case-narrative", args=[case.number])


def box(response):
    return html.fromstring(response.content).get_element_by_id("id_narrative").value.strip()


def posted(case, **values):
    latest = CaseEvent.objects.filter(case_id=case.pk).latest("id").pk
    return {"narrative": "A tale.", "reason": "written", "seen": latest, **values}


def test_without_a_narrative_the_box_has_the_draft(client, assessor, case):
    client.force_login(assessor)
    assert box(client.get(url(case))) == "This report concerns a male patient."
    assert not Narrative.objects.filter(case=case).exists()


def test_what_is_stored_is_kept_until_another_one_is(client, assessor, case):
    client.force_login(assessor)
    assert client.post(url(case), posted(case)).status_code == 302
    assert box(client.get(url(case))) == "A tale."
    assert box(client.get(f"{url(case)}?draft")) == "This report concerns a male patient."
    assert Narrative.objects.get(case=case).case_narrative == "A tale."
    client.post(url(case), posted(case, narrative="Another tale.", reason="shorter"))
    assert Narrative.objects.get(case=case).case_narrative == "Another tale."
    assert CaseEvent.objects.filter(case_id=case.pk).latest("id").reason == "shorter"


def test_what_differs_is_named_on_both_sides(client, assessor, case):
    add(case, assessor, Exposure(name="allopurinol"))
    client.force_login(assessor)
    client.post(url(case), posted(case, narrative="He had 39.5 °C."))
    text = html.fromstring(client.get(url(case)).content).get_element_by_id("check").text_content()
    assert "39.5 in “He had 39.5 °C.”" in " ".join(text.split())
    assert "In the rows, not in the narrative: 2" in text


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"reason": ""}, "Give a reason"),
        ({"narrative": "x" * 100_001}, "at most 100000 characters"),
        ({"seen": 0}, "changed while you had it open"),
    ],
)
def test_what_is_refused_comes_back_as_it_was_typed(client, assessor, case, values, error):
    client.force_login(assessor)
    response = client.post(url(case), posted(case, **values))
    assert response.status_code == 422
    assert error in html.fromstring(response.content).text_content()
    assert box(response) == posted(case, **values)["narrative"]


CHANGES = (
    ("a b c", "a b c", [("same", "a b c")]),
    ("a b c", "a x c", [("same", "a "), ("del", "b"), ("ins", "x"), ("same", " c")]),
    ("a", "a b", [("same", "a"), ("ins", " b")]),
    ("a b", "a", [("same", "a"), ("del", " b")]),
)


@pytest.mark.parametrize(("stored", "drafted", "expected"), CHANGES)
def test_the_difference_is_by_words(stored, drafted, expected):
    assert list(changes(stored, drafted)) == expected


def test_queries_do_not_grow_with_rows(client, assessor, case, django_assert_max_num_queries):
    for number in range(30):
        add(case, assessor, Exposure(name=f"drug {number}"))
    client.force_login(assessor)
    with django_assert_max_num_queries(75):
        client.get(url(case))
