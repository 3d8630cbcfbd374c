"""Entering a new case through the form."""

import pytest

from cases.models import Case, CaseEvent
from tests.web.entry.posting import ADD, Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, assessor):
    client.force_login(assessor)
    return Page(client, ADD)


def test_the_form_begins_with_what_fits(page, assessor):
    assert page.data["reason"] == "first entry"
    assert page.data["organisation"] == str(assessor.organisation_id)


def test_a_case_with_its_parts(page, assessor):
    page.set(number="NEW-1")
    drug = page.add("exposures", name="carbamazepine", role="1")
    page.add(f"{drug}-doses", amount="200", unit="mg", start="2016-03-01")
    page.add("reactions", term="rash", onset="2016-03-20", is_assessed="on")
    page.add("temperatures", celsius="39.2", result="measured")
    page.fill("patient-0", age="40", age_unit="a", sex="2")
    messages = page.accepted()

    case = Case.objects.get(number="NEW-1")
    assert case.doses.get().exposure.name == "carbamazepine"
    assert (case.reactions.get().term, case.patient.sex) == ("rash", "2")
    assert str(case.temperatures.get().celsius) == "39.20"
    assert case.organisation == assessor.organisation
    event = CaseEvent.objects.get(case_id=case.pk)
    assert (event.action, event.reason, len(event.changes)) == ("opened", "first entry", 5)
    assert messages[0].startswith("RegiSCAR: computed ")
    assert case.summary.is_current


def test_the_smallest_case(page):
    page.set(number="NEW-2").accepted()
    assert CaseEvent.objects.get(case_number="NEW-2").changes == []


def test_a_refused_case_keeps_what_was_typed(page):
    page.set(number="two words")
    drug = page.add("exposures", name="carbamazepine", role="1")
    dose = page.add(f"{drug}-doses", amount="200", unit="mg")
    redisplayed = page.refused()
    assert "one word of the letters A to Z" in " ".join(redisplayed.errors())
    assert (redisplayed.data[f"{drug}-name"], redisplayed.data[f"{dose}-amount"]) == ("carbamazepine", "200")
    assert not Case.objects.exists()
    redisplayed.set(number="NEW-3").accepted()
    assert Case.objects.get().doses.count() == 1


def test_a_number_that_is_taken(page, letter_cases):
    assert "already exists" in " ".join(page.set(number="LETTER-P1").refused().errors())


def test_a_new_case_needs_a_reason_too(page):
    assert "Give a reason" in " ".join(page.set(number="NEW-4", reason=" ").refused().errors())


def test_a_refusal_by_the_service_opens_nothing(page):
    nowhere = "dose:00000000-0000-4000-8000-000000000000+10d"
    page.add("temperatures", celsius="39", result="measured", when=nowhere)
    redisplayed = page.set(number="NEW-5").refused()
    assert "not in case NEW-5" in " ".join(redisplayed.errors())
    assert not Case.objects.exists()
