"""The page of one case: what it shows, to whom, and that it is never stale."""

import pytest
from django.db import connection
from django.urls import reverse

from cases.amendment import amend
from cases.joining import join
from cases.models import CaseSummary, DrugReaction, Exposure, Reaction, Symptom
from cases.opening import opening
from cases.versions import nullify

# Session and user 2, the case, whether it is outdated, the card 3, the record 19, answers, symptoms, viruses,
# diagnoses, literature, documents, links and which of them may be opened 2, assessments, events, access log,
# and what waits, for the side bar.
QUERIES = 39


@pytest.fixture
def page(client, reviewer, letter_cases):
    """Read the page of a case as a reviewer."""
    client.force_login(reviewer)

    def read(number="LETTER-P1"):
        return client.get(reverse("case-detail", args=[number]))

    return read


def change_eosinophils(case, value):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_examination SET value = %s WHERE case_id = %s AND test = 'eosinophils'",
            [value, case.pk],
        )


@pytest.mark.parametrize(("number", "reach"), [("LETTER-P1", "from −1 to 7"), ("LETTER-P2", "from −1 to 9")])
def test_the_standing_class_comes_with_origin_total_and_interval(page, number, reach):
    standing = page(number).context["standing"]
    assert standing["headline"] == "Reported probable 5"
    assert "attainable from the evidence" in standing["says"]
    assert standing["evidence"] == (
        "The evidence alone leaves it open: no case to definite (3), "
        f"and anything {reach} remains attainable."
    )


def test_the_page_never_says_which_drug_did_it(page):
    assert "RegiSCAR says whether this is DRESS, never which drug did it." in page().text


def test_raw_sql_between_score_and_view_is_scored_before_it_is_shown(page, letter_cases):
    change_eosinophils(letter_cases[0], 100)
    shown = page()
    eosinophilia = next(item for item in shown.context["items"] if item["key"] == "eosinophilia")
    assert (eosinophilia["answer"], eosinophilia["points"]) == ("No", "0")
    assert shown.context["total"] == "1"
    assert CaseSummary.objects.get(case=letter_cases[0]).is_current


def test_while_evidence_keeps_changing_no_class_is_shown(page, letter_cases, monkeypatch):
    change_eosinophils(letter_cases[0], 100)
    monkeypatch.setattr("web.case_page.views.make_current", lambda ids: None)
    shown = page()
    assert shown.context["standing"] is None
    assert "no class can be shown" in shown.text
    assert "Probable, 5" not in shown.text
    assert "Item by item" not in shown.text


def test_evidence_that_cannot_be_scored_is_shown_without_a_class(page, letter_cases, monkeypatch):
    def refuse(ids):
        raise ValueError("a count without a unit")

    change_eosinophils(letter_cases[0], 100)
    monkeypatch.setattr("web.case_page.views.make_current", refuse)
    shown = page()
    assert "could not be scored" in shown.text
    assert "a count without a unit" in shown.text
    assert shown.context["standing"] is None


def test_a_case_without_any_evidence_has_a_page(client, assessor):
    with opening("BARE", by=assessor, reason="new"):
        pass
    client.force_login(assessor)
    response = client.get(reverse("case-detail", args=["BARE"]))
    assert response.status_code == 200
    assert response.context["standing"]["headline"] == "Open: no case to definite (−2)"


def test_every_piece_of_evidence_beside_an_item_is_on_the_page(page):
    for number in ("LETTER-P1", "LETTER-P2"):
        shown = page(number)
        for item in shown.context["items"]:
            for row in item["evidence"]:
                assert f'id="e-{row["uuid"]}"' in shown.text


def test_background_is_shown_apart_from_the_evidence(page):
    phases = {phase["key"]: phase for phase in page("LETTER-P2").context["phases"]}
    history = {row["title"] for section in phases["background"]["sections"] for row in section["rows"]}
    evidence = {row["title"] for section in phases["reaction"]["sections"] for row in section["rows"]}
    assert "Macrophage activation syndrome" in history
    assert "eosinophils: 5000 /mm³" in evidence
    assert not history & {"eosinophils: 5000 /mm³"}


def test_the_biopsy_is_shown_under_its_examination(page):
    phases = page().context["phases"]
    tests = next(s for s in phases[0]["sections"] if s["title"] == "Tests")
    biopsy = next(row for row in tests["rows"] if row["title"].startswith("skin biopsy"))
    assert [part["title"] for part in biopsy["parts"]] == ["Biopsy of skin"]


def test_the_audit_lists_all_ways(page):
    assert [page(n).context["audit"]["fitting"] for n in ("LETTER-P1", "LETTER-P2")] == [22, 113]


def test_linked_cases_can_be_opened(page):
    assert 'href="/cases/LETTER-P2/"' in page().text


def test_a_linked_case_that_may_not_be_seen_is_named_without_a_link(page, limit_reach):
    limit_reach("LETTER-P1")
    shown = page().text
    assert "LETTER-P2" in shown
    assert 'href="/cases/LETTER-P2/"' not in shown


def test_words_of_the_report_are_never_markup(page, letter_cases, assessor):
    with amend(letter_cases[0], by=assessor, reason="<b>follow-up</b>") as amendment:
        amendment.add(Symptom(term="<script>alert(1)</script>", verbatim="<script>alert(2)</script>"))
    shown = page().text
    assert "<script>" not in shown
    assert "<b>follow-up" not in shown
    assert "&lt;script&gt;alert(2)&lt;/script&gt;" in shown


@pytest.mark.parametrize("number", ["NOBODY", "LETTER-P1%00", "x/y"])
def test_an_unknown_case_is_not_found(client, reviewer, letter_cases, number):
    client.force_login(reviewer)
    response = client.get(f"/cases/{number}/")
    assert response.status_code == 404
    assert "Not found" in response.text


def test_a_case_that_may_not_be_seen_is_not_found(page, limit_reach):
    limit_reach("LETTER-P2")
    assert page().status_code == 404


def test_the_page_needs_a_login(client, letter_cases):
    assert client.get("/cases/LETTER-P1/").url == "/login/?next=/cases/LETTER-P1/"


def test_a_nullified_case_is_shown_with_its_reason_and_the_case_in_its_place(client, letter_cases, reviewer):
    case, other = letter_cases
    join(case, other, identifiers=[], by=reviewer, reason="entered twice")
    client.force_login(reviewer)
    page = client.get(f"/cases/{case.number}/").text
    assert "is nullified</strong>" in page
    assert "entered twice" in page
    assert f'It goes on as <a href="/cases/{other.number}/">' in page
    assert "answer-form" not in page


def test_why_a_case_is_nullified_is_not_shown_without_identities(client, letter_cases, reviewer, researcher):
    case = letter_cases[0]
    nullify(case, by=reviewer, reason="entered twice")
    client.force_login(researcher)
    page = client.get(f"/cases/{case.summary.pseudonym}/").text
    assert "is nullified</strong>" in page
    assert "entered twice" not in page


def test_the_page_is_only_read(client, reviewer, letter_cases):
    client.force_login(reviewer)
    assert client.post("/cases/LETTER-P1/").status_code == 405


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(
    page, letter_cases, assessor, django_assert_num_queries
):
    with django_assert_num_queries(QUERIES):
        page()
    with amend(letter_cases[0], by=assessor, reason="more") as amendment:
        drug = amendment.add(Exposure(name="ibuprofen", role="2"))
        for at in range(5):
            amendment.add(Symptom(term=f"sign {at}"))
            reaction = amendment.add(Reaction(term=f"rash {at}"))
            amendment.add(DrugReaction(exposure=drug, reaction=reaction))
    with django_assert_num_queries(QUERIES):
        page()


def test_a_case_without_rows_takes_as_many_queries(client, assessor, django_assert_num_queries):
    with opening("BARE", by=assessor, reason="new"):
        pass
    client.force_login(assessor)
    with django_assert_num_queries(QUERIES):
        client.get(reverse("case-detail", args=["BARE"]))
