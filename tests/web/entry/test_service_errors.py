"""What is impossible comes back with its reason, and with everything that was typed."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cases.models import CaseEvent, Dose, Temperature
from tests.web.entry.posting import CHANGE, Page
from web.entry import saving

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, assessor, letter_cases):
    client.force_login(assessor)
    page = Page(client, CHANGE.format(letter_cases[0].pk))
    return page.set(reason="typed in a hurry")


def nothing_saved():
    return not CaseEvent.objects.filter(reason="typed in a hurry").exists()


def test_a_negative_dose_in_a_nested_row(page):
    row = page.add("exposures-0-doses", amount="-4", unit="mg/kg", text="fourth", start="2016-03")
    redisplayed = page.refused()
    assert "A dose can't be negative." in redisplayed.errors_at(f"{row}-amount")
    stored = {name: redisplayed.data[f"{row}-{name}"] for name in ("amount", "unit", "text", "start")}
    assert stored == {"amount": "-4", "unit": "mg/kg", "text": "fourth", "start": "2016-03"}
    assert redisplayed.data["reason"] == "typed in a hurry"
    assert "Please correct" in redisplayed.text
    assert nothing_saved()
    assert Dose.objects.count() == Dose.objects.exclude(text="fourth").count()


def test_a_nested_row_below_a_drug_that_is_not_saved_yet(page):
    drug = page.add("exposures", name="phenytoin", role="1")
    dose = page.add(f"{drug}-doses", amount="-300", unit="mg")
    redisplayed = page.refused()
    assert "A dose can't be negative." in redisplayed.errors_at(f"{dose}-amount")
    assert redisplayed.data[f"{drug}-name"] == "phenytoin"
    redisplayed.fill(dose, amount="300")
    redisplayed.accepted()
    assert Dose.objects.get(amount=300).exposure.name == "phenytoin"


@pytest.mark.parametrize(
    ("table", "boxes", "at"),
    [
        ("exposures-0-doses", {"start": "20 Mar 2016", "end": "15 Mar 2016"}, "start"),
        ("medical_history", {"term": "asthma", "start": "2016", "end": "2015"}, "start"),
        ("reactions", {"term": "rash", "onset": "3 Mar 2016", "end": "2 Mar 2016"}, "onset"),
    ],
)
def test_what_ends_before_it_begins(page, table, boxes, at):
    row = page.add(table, **boxes)
    redisplayed = page.refused()
    assert "before" in redisplayed.errors_at(f"{row}-{at}")
    assert nothing_saved()


def test_a_dose_without_its_drug(page):
    drug = page.add("exposures")
    page.add(f"{drug}-doses", amount="300", unit="mg")
    assert "without parent" in " ".join(page.refused().errors())
    assert nothing_saved()


def test_a_temperature_of_fifty_degrees(page):
    row = page.add("temperatures", celsius="50", result="measured", verbatim="50 degrees")
    redisplayed = page.refused()
    assert "between 30 and 45" in redisplayed.errors_at(f"{row}-celsius")
    assert (redisplayed.data[f"{row}-celsius"], redisplayed.data[f"{row}-verbatim"]) == ("50", "50 degrees")
    assert nothing_saved()


def test_a_moment_nobody_can_read(page):
    row = page.add("temperatures", celsius="39", result="measured", when="last Tuesday")
    redisplayed = page.refused()
    assert "Write a date" in redisplayed.errors_at(f"{row}-when")
    assert redisplayed.data[f"{row}-when"] == "last Tuesday"


def test_a_moment_relative_to_nothing_is_refused_by_the_service_and_shown(page):
    nowhere = "dose:00000000-0000-4000-8000-000000000000+10d"
    row = page.add("temperatures", celsius="39", result="measured", when=nowhere)
    redisplayed = page.refused()
    assert "which is not in case LETTER-P1" in " ".join(redisplayed.errors())
    assert redisplayed.data[f"{row}-when"] == nowhere
    assert nothing_saved()


def test_a_row_that_others_are_dated_from_is_not_removed(page):
    third = page.row_of("exposures-0-doses", "position", 3)
    page.remove(third)
    redisplayed = page.refused()
    assert "dated relative to" in " ".join(redisplayed.errors())
    assert redisplayed.data[f"{third}-DELETE"] == "on"
    assert nothing_saved()


@pytest.mark.parametrize("error", [ValidationError("No."), PermissionDenied("No.")])
def test_whatever_leaves_the_service_comes_back_on_the_form(page, monkeypatch, error):
    def refuse(*args, **kwargs):
        raise error

    row = page.add("temperatures", celsius="39.2", result="measured")
    monkeypatch.setattr(saving, "amend", refuse)
    redisplayed = page.refused()
    assert "No." in " ".join(redisplayed.errors())
    assert redisplayed.data[f"{row}-celsius"] == "39.2"
    assert not Temperature.objects.filter(celsius="39.2").exists()


def test_a_refusal_of_one_row_is_shown_at_its_field(page, monkeypatch):
    from cases.amendment import Amendment

    def refuse(self, row):
        raise ValidationError({"celsius": "Too warm for us."})

    row = page.add("temperatures", celsius="39.2", result="measured")
    monkeypatch.setattr(Amendment, "add", refuse)
    redisplayed = page.refused()
    assert "Too warm for us." in redisplayed.errors_at(f"{row}-celsius")
    assert "Nothing was saved." in " ".join(redisplayed.errors())


def test_a_row_that_somebody_else_removed_meanwhile(page, letter_cases, reviewer):
    from cases.amendment import amend

    row = page.row_of("symptoms", "term", "arthralgia")
    page.fill(row, verbatim="joint pain")
    case = letter_cases[0]
    with amend(case, by=reviewer, reason="removed by somebody else") as amendment:
        amendment.remove(case.symptoms.get(term="arthralgia"))
    assert "was changed while you had it open" in " ".join(page.refused().errors())
    assert nothing_saved()


def test_the_tab_with_the_error_is_marked_and_opened(page):
    page.add("temperatures", celsius="50", result="measured")
    redisplayed = page.refused()
    assert "activeTab = 'tab-findings'" in redisplayed.text
    assert redisplayed.form.xpath('.//nav//a[@href="#tab-findings"]/span[text()="1"]')


def test_everything_typed_anywhere_survives_a_refusal_of_one_box(page, letter_cases):
    """New rows below new rows, ticks to remove, choices among many, changed boxes: all at once."""
    drug_choice = str(letter_cases[0].exposures.get().drug_id)
    gone = page.row_of("symptoms", "term", "arthralgia")
    page.remove(gone)
    drug = page.add("exposures", name="phenytoin", role="1", drug=drug_choice)
    page.add(f"{drug}-doses", amount="300", unit="mg")
    page.add("drug_reactions", exposure=drug, reaction=page.data["reactions-0-id"])
    old = page.row_of("exposures-0-doses", "position", 2)
    page.fill(old, text="second, as read")
    wrong = page.add("temperatures", celsius="50", result="measured")
    redisplayed = page.refused()
    assert "between 30 and 45" in redisplayed.errors_at(f"{wrong}-celsius")
    typed = {name: value for name, value in page.data.items() if "__prefix__" not in name and value}
    lost = {name: value for name, value in typed.items() if redisplayed.data.get(name) != value}
    assert set(lost) <= {"csrfmiddlewaretoken"}
    assert redisplayed.data[f"{gone}-DELETE"] == "on"
    redisplayed.fill(wrong, celsius="40")
    redisplayed.accepted()
    case = letter_cases[0]
    new = case.exposures.get(name="phenytoin")
    assert (str(new.drug_id), new.doses.get().amount, new.reactions.count()) == (drug_choice, 300, 1)
    assert not case.symptoms.filter(term="arthralgia").exists()
    assert case.doses.filter(text="second, as read").exists()
