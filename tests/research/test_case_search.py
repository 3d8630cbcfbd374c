"""Cases are found by whatever people have at hand, each once."""

import pytest

from cases.models import (
    Case,
    Drug,
    Exposure,
    LinkedCase,
    Narrative,
    OtherIdentifier,
    Reaction,
    Substance,
)
from research.case_search import narrative_matches, search
from tests.cases.rows import add, open_case, sql
from tests.pseudonyms import pseudonym

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(assessor):
    """One case with everything that is searched, and one with next to nothing."""
    case = open_case(assessor, "FR-2020-17", safety_report_id="FR-CENTRE-99", worldwide_id="DE-OTHER-3")
    drug = Drug.objects.create(name="carbamazepine", substance="carbamazepinum", atc="N03AF01", release="t")
    exposure = add(case, assessor, Exposure(name="Tegretol retard", drug=drug))
    add(case, assessor, Exposure(name="Tegretol sirup", drug=drug))
    add(case, assessor, Substance(exposure=exposure, name="oxcarbazepine"))
    add(case, assessor, Reaction(term="Hautausschlag", translation="skin rash", meddra_code="10037844"))
    add(case, assessor, OtherIdentifier(source="authority", identifier="EU-EC-1"))
    add(case, assessor, LinkedCase(number="TWIN-4"))
    add(case, assessor, Narrative(case_narrative="She had rashes.", sender_comments="No rechallenge done."))
    open_case(assessor, "OTHER-1")
    return Case.objects.order_by("pk")


FOUND = [
    "fr-2020-17",
    "CENTRE-99",
    "de-other",
    "EU-EC-1",
    "TWIN",
    "tegretol",
    "carbamazepinum",
    "N03AF",
    "oxcarb",
    "hautaus",
    '"skin rash"',
    "10037844",
    "rash",
    "rechallenge",
    '"rechallenge done"',
    "tegretol rechallenge FR-2020",
]
NOT_FOUND = ["nothing", '"done rechallenge"', "tegretol nothing", "100%", "_", "'", "\\", "\x00missing"]


def test_a_researcher_names_the_case_by_its_pseudonym(cases):
    name = pseudonym("FR-2020-17")
    assert [case.number for case in search(cases, f"tegretol {name.lower()}")] == ["FR-2020-17"]
    assert not search(cases, name[:-1]).exists()


@pytest.mark.parametrize("text", FOUND)
def test_found_once(cases, text):
    assert [case.number for case in search(cases, text)] == ["FR-2020-17"]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(cases, text):
    assert list(search(cases, text)) == []


@pytest.mark.parametrize("text", ["", "  ", '""', '" "'])
def test_no_words_leave_all_cases(cases, text):
    assert search(cases, text).count() == 2


def test_stems_of_the_story_are_found(cases):
    assert search(cases, "rashes").count() == 1


def test_the_story_is_searched_by_its_index(cases):
    sql("SET LOCAL enable_seqscan = off")
    sql("SET LOCAL enable_indexscan = off")
    assert "narrative_words" in Case.objects.filter(narrative_matches("word", "phraseto")).explain()


def test_a_very_long_search_stays_a_search(cases):
    assert list(search(cases, "word " * 500)) == []
