"""A report is entered in one go: rows of a page know each other before any of them is saved."""

import pytest

from cases.models import Case, DrugReaction
from tests.web.entry.posting import ADD, CHANGE, Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, assessor):
    client.force_login(assessor)
    return Page(client, ADD).set(number="NEW-1")


@pytest.fixture
def drug(page):
    """Anakinra with its dose, typed and not saved."""
    row = page.add("exposures", name="anakinra", role="1")
    page.add(f"{row}-doses", amount="2", unit="mg/kg", interval="1", interval_unit="d")
    return row


def test_an_onset_counted_from_a_dose_on_the_same_page(page, drug):
    page.add("reactions", term="DRESS", onset="7 days after first dose of anakinra", is_assessed="on")
    page.accepted()
    case = Case.objects.get()
    assert str(case.reactions.get().onset) == f"{case.doses.get().anchor}+7d"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("within 7 days of treatment with topical corticosteroids", "{treatment}+0..7d"),
        ("after onset", "{reaction}+0..d"),
        ("1 month after end of macrophage activation syndrome", "{history}.end+1mo"),
        ("3 days after last dose of anakinra", "{dose}.end+3d"),
        ("day -3", "{reaction}-3d"),
        ("28 days after start of anakinra", "{dose}+28d"),
        ("age 16 months", "birth+16..17mo"),
    ],
)
def test_every_kind_of_event_on_the_page_can_be_counted_from(page, drug, typed, stored):
    page.add("treatments", name="topical corticosteroids", response_at=typed)
    page.add("reactions", term="DRESS")
    page.add("medical_history", term="Macrophage activation syndrome")
    page.accepted()
    case = Case.objects.get()
    anchors = {
        "treatment": case.treatments.get().anchor,
        "reaction": case.reactions.get().anchor,
        "history": case.medical_history.get().anchor,
        "dose": case.doses.get().anchor,
    }
    assert str(case.treatments.get().response_at) == stored.format(**anchors)


def test_an_event_that_nobody_entered_is_refused_with_the_remedy(page, drug):
    row = page.add("reactions", term="DRESS", onset="7 days after first dose of phenytoin")
    redisplayed = page.refused()
    messages = redisplayed.errors_at(f"{row}-onset")
    assert "“first dose of phenytoin” is no event of this case" in messages
    assert "first dose of anakinra" in messages
    assert "Enter the drug with a dose under “What was taken”" in messages
    assert "put its words under “As reported”" in messages
    assert redisplayed.data[f"{row}-onset"] == "7 days after first dose of phenytoin"
    assert not Case.objects.exists()


def test_a_row_without_content_is_no_event(page):
    row = page.add("exposures", name="anakinra", role="1")
    page.add(f"{row}-doses")
    page.add("reactions", term="DRESS", onset="7 days after first dose of anakinra")
    assert "is no event" in " ".join(page.refused().errors())


def test_a_pair_of_two_rows_that_are_being_added(page, drug):
    reaction = page.add("reactions", term="DRESS")
    pair = page.add("drug_reactions", exposure=drug, reaction=reaction, first_dose_interval="7")
    page.add(f"{pair}-assessments", source="reporter", result="probable")
    page.accepted()
    stored = DrugReaction.objects.get()
    assert (stored.exposure.name, stored.reaction.term) == ("anakinra", "DRESS")
    assert stored.assessments.get().result == "probable"


def test_a_published_score_rests_on_a_reference_that_is_being_added(page):
    reference = page.add("literature", citation="A letter. 2017.")
    page.add("reported_scores", total="5", category="probable", source="the letter", literature=reference)
    page.accepted()
    assert Case.objects.get().reported_scores.get().literature.citation == "A letter. 2017."


def test_pairs_and_moments_survive_a_refusal(page, drug):
    """The form is made twice then, and the rows of the first time are gone."""
    reaction = page.add("reactions", term="DRESS", onset="7 days after first dose of anakinra")
    pair = page.add("drug_reactions", exposure=drug, reaction=reaction)
    redisplayed = page.set(number="two words").refused()
    assert (redisplayed.data[f"{pair}-exposure"], redisplayed.data[f"{pair}-reaction"]) == (drug, reaction)
    redisplayed.set(number="NEW-1").accepted()
    case = Case.objects.get()
    assert case.drug_reactions.get().reaction.onset.anchor == case.doses.get().anchor


def test_one_pair_typed_twice_is_refused(page, drug):
    reaction = page.add("reactions", term="DRESS")
    for _ in range(2):
        page.add("drug_reactions", exposure=drug, reaction=reaction)
    assert "paired already" in " ".join(page.refused().errors())
    assert not Case.objects.exists()


@pytest.mark.parametrize("chosen", ["exposures-9", "exposures-0", "7", "nonsense"])
def test_a_pair_with_what_is_not_there_is_refused(page, chosen):
    page.add("exposures", name="")
    reaction = page.add("reactions", term="DRESS")
    pair = page.add("drug_reactions", exposure=chosen, reaction=reaction)
    assert "Choose an entry of this case" in page.refused().errors_at(f"{pair}-exposure")


@pytest.fixture
def stored(client, assessor, letter_cases):
    client.force_login(assessor)
    return Page(client, CHANGE.format(letter_cases[0].pk)).set(reason="call")


def test_the_last_dose_is_the_one_that_is_being_added_and_old_words_keep_their_meaning(stored, letter_cases):
    """Patient 1 fell ill 10 days after the third dose, which was the last until now."""
    case, onset = letter_cases[0], str(letter_cases[0].reactions.get().onset)
    stored.add("exposures-0-doses", amount="4", unit="mg/kg")
    stored.fill(stored.row_of("reactions", "term", "probable DRESS syndrome"), outcome="1")
    stored.add("temperatures", celsius="39", result="measured", when="2 days after last dose of canakinumab")
    stored.accepted()
    fourth = case.doses.get(position=4)
    assert str(case.temperatures.get(celsius="39").when) == f"{fourth.anchor}+2d"
    assert str(case.reactions.get().onset) == onset


def test_a_drug_is_renamed_while_others_are_dated_by_it(stored, letter_cases):
    stored.fill("exposures-0", name="Ilaris")
    stored.add("temperatures", celsius="39", result="measured", when="2 days after third dose of Ilaris")
    stored.accepted()
    case = letter_cases[0]
    third = case.doses.get(position=3)
    assert str(case.temperatures.get(celsius="39").when) == f"{third.anchor}+2d"
    assert case.reactions.get().onset.anchor == third.anchor


def test_moments_of_nested_rows_are_in_words_too(client, assessor, letter_cases):
    client.force_login(assessor)
    page = Page(client, CHANGE.format(letter_cases[1].pk))
    assert page.data["exposures-1-doses-0-start"] == "the day of first dose of anakinra"
