"""A two-item instrument that is only registered appears, scored, wherever RegiSCAR does."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.api_tokens import issue
from accounts.models import Scope
from assessments.assessing import adjudicate, make_current, replay
from assessments.models import Assessment, Standing
from assessments.outdated import outdated
from cases.data_dictionary import text
from cases.models import Case, Exposure
from research.filters import CaseFilter, all_chapters
from scoring.instrument import Subject
from scoring.instruments import INSTRUMENTS, registered
from tests.scoring.pair import KEY, RULE_VERSION, TABLE, pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def scored(letter_cases):
    """The two cases of the letter, scored by RegiSCAR and by the pair."""
    with registered(pair()):
        assert set(outdated().values_list("case_id", flat=True)) == {case.pk for case in letter_cases}
        make_current(case.pk for case in letter_cases)
        yield letter_cases


def test_every_case_has_a_standing_and_is_outdated_without_one(scored):
    standings = Standing.objects.filter(instrument=KEY)
    assert [(row.is_current, row.rule_version) for row in standings] == [(True, RULE_VERSION)] * 2
    assert not outdated().exists()


def test_it_is_replayed_bit_for_bit(scored):
    stored = Assessment.objects.filter(instrument=KEY)
    assert stored.count() == 2
    assert all(one.is_identical for one in replay(stored))


def test_a_change_of_evidence_makes_it_outdated_until_it_is_scored_anew(scored, assessor):
    case = scored[0]
    before = Standing.objects.get(case=case, instrument=KEY)
    Case.objects.filter(pk=case.pk).update(state="in_review")
    assert not Standing.objects.get(case=case, instrument=KEY).is_current
    make_current([case.pk])
    after = Standing.objects.get(case=case, instrument=KEY)
    assert after.is_current
    assert after.evidence_version > before.evidence_version


def test_a_reviewer_answers_its_items(scored, reviewer):
    case = scored[0]
    adjudicate(case, "fever", "no", by=reviewer, reason="never above 37", instrument=KEY)
    standing = Standing.objects.get(case=case, instrument=KEY)
    assert standing.origin == "adjudicated"
    assert Standing.objects.get(case=case, instrument="regiscar").origin == "reported"


def test_the_case_page_shows_its_card(client, assessor, scored):
    client.force_login(assessor)
    page = " ".join(client.get(f"/cases/{scored[0].number}/").content.decode().split())
    assert "Pair: Two signs" in page
    for row in TABLE:
        assert row.label in page
    assert "<strong>Likely 2</strong>" in page
    assert "Certainly" in page


def test_the_search_page_filters_by_it(client, assessor, scored):
    client.force_login(assessor)
    assert "Pair: Two signs" in client.get("/cases/").content.decode()
    found = client.get("/cases/", {"pair_category": "likely"}).content.decode()
    assert all(case.number in found for case in scored)
    found = client.get("/cases/", {"pair_category": "unlikely"}).content.decode()
    assert not any(case.number in found for case in scored)


def test_every_filter_of_it_agrees_with_the_standing(scored):
    def numbers(**values):
        filters = CaseFilter(
            {f"pair_{name}": value for name, value in values.items()},
            queryset=Case.objects.all(),
            identities=True,
        )
        assert filters.is_valid(), filters.errors
        return set(filters.qs.values_list("pk", flat=True))

    for standing in Standing.objects.filter(instrument=KEY):
        items = {item.key: item for item in standing.computed.items.all()}
        assert standing.case_id in numbers(total_min=str(standing.computed_total))
        assert standing.case_id not in numbers(total_max=str(standing.computed_total - 1))
        assert standing.case_id in numbers(touches=standing.highest_category)
        assert standing.case_id in numbers(item_fever=items["fever"].answer)
        assert standing.case_id in numbers(basis_eosinophilia=items["eosinophilia"].basis)


def test_the_api_filters_by_it_and_gives_it_with_the_case(client, scored, reviewer, administrator):
    _, secret = issue(reviewer, "test", Scope.values, timezone.now() + timedelta(days=1), by=administrator)
    headers = {"Authorization": f"Bearer {secret}"}
    listed = client.get("/api/v1/cases/", {"pair_category": "likely"}, headers=headers).json()
    assert {case["number"] for case in listed["cases"]} == {case.number for case in scored}
    case = client.get(f"/api/v1/cases/{scored[0].number}/", headers=headers).json()
    (card,) = case["scores"]["by_instrument"]["pair"]
    assert card["standing"]["category"] == "likely"
    assert [item["key"] for item in card["items"]] == [row.key for row in TABLE]


def test_the_score_command_prints_it(scored):
    out = io.StringIO()
    call_command("score", scored[0].number, json=True, stdout=out)
    (data,) = json.loads(out.getvalue())
    (card,) = data["by_instrument"]["pair"]
    assert card["standing"]["rule_version"] == RULE_VERSION
    assert [item["label"] for item in card["items"]] == [row.label for row in TABLE]


def test_the_data_dictionary_has_its_chapter():
    with registered(pair()):
        page = text()
    assert "### Pair" in page
    assert (
        "| Fever of the pair `fever` | By no means `no` 0; Certainly `yes` +1; Nobody knows `unknown` 0 |"
        in page
    )
    assert "| Likely `likely` | 1 to 2 |" in page


def test_without_it_nothing_is_left_of_it(letter_cases):
    assert set(INSTRUMENTS) == {"regiscar"}
    assert not [name for _, names in all_chapters() for name in names if name.startswith("pair_")]


def test_one_that_assesses_drugs_has_a_standing_for_each_suspect(client, assessor, letter_cases):
    suspects = {row.pk for row in Exposure.objects.filter(case__in=letter_cases) if row.is_suspect}
    with registered(pair(Subject.EXPOSURE)):
        make_current(case.pk for case in letter_cases)
        standings = Standing.objects.filter(instrument=KEY)
        assert {row.exposure_id for row in standings} == suspects
        assert all(row.is_current for row in standings)
        assert not outdated().exists()
        client.force_login(assessor)
        page = " ".join(client.get(f"/cases/{letter_cases[0].number}/").content.decode().split())
        for exposure in Exposure.objects.filter(case=letter_cases[0], pk__in=suspects):
            assert f"Pair: Two signs, {exposure.name}" in page
