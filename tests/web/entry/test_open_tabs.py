"""Tabs of the case form that come when they are opened: saved together, the others left as they are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.amendment import amend
from cases.models import Case, CaseEvent, Reaction
from tests.web.entry.posting import ADD, CHANGE, Page
from web.entry.form_tabs import TABS
from web.entry.open_tabs import MARK

pytestmark = pytest.mark.django_db
FIRST = "general"


@pytest.fixture
def case(letter_cases):
    return letter_cases[0]


@pytest.fixture
def page(client, assessor, case):
    """The form as a browser opens it: with one tab."""
    client.force_login(assessor)
    return Page(client, CHANGE.format(case.pk), tab=FIRST).set(reason="call")


def tables(page):
    """The tables in a page, nested ones aside."""
    return {name.removesuffix("-TOTAL_FORMS") for name in page.data if name.endswith("-TOTAL_FORMS")}


def titles(page):
    """The tabs with what waits in each."""
    return [" ".join(link.text_content().split()) for link in page.form.xpath(".//nav[1]/a")]


def test_one_tab_is_sent_and_the_marks_of_all(page, client):
    assert {"reporters", "documents"} <= tables(page)
    assert not {"exposures", "reactions", "laboratory", "narrative"} & tables(page)
    assert [name for name in page.data if name.startswith(MARK)] == ["loaded-general"]
    whole = Page(client, page.url)
    assert titles(page) == titles(whole)
    assert page.text_of("aside") == whole.text_of("aside")


def test_a_tab_brings_the_boxes_that_the_whole_page_has(page, client):
    whole = Page(client, page.url)
    for tab in TABS:
        part = client.get(page.url, {"part": tab.key})
        assert part.templates[0].name == "web/entry/part.html"
        assert "<html" not in part.content.decode()
        if tab.key != FIRST:
            page.open(tab.key)
    assert page.data.keys() == whole.data.keys()


def test_links_into_closed_tabs_lead_to_the_boxes_that_will_be_there(page, client):
    whole = Page(client, page.url)
    links = page.form.xpath(".//aside//a/@href")
    assert links == whole.form.xpath(".//aside//a/@href")
    ids = {f"#field-{shown}" for shown in whole.form.xpath(".//@id")}
    assert {link for link in links if link.startswith("#")} <= ids


def test_every_row_has_its_place_before_its_tab_is_open(page, client, letter_cases):
    for case in letter_cases:
        url = CHANGE.format(case.pk)
        closed, whole = (client.get(url, {"tab": tab}).context["locations"] for tab in (FIRST, "all"))
        prefixes = {row: location.prefix for row, location in whole._of_row.items()}
        assert {row: location.prefix for row, location in closed._of_row.items()} == prefixes


def test_tabs_are_saved_together_and_closed_ones_stay_as_they_are(page, case):
    before = {row.pk: row.is_assessed for row in case.reactions.all()}
    assert any(before.values())
    page.open("tab-findings").open("tab-patient")
    page.add("temperatures", celsius="39.2", result="measured")
    page.fill("patient-0", history_text="as told by telephone")
    page.set(report_type="1").accepted()
    case.refresh_from_db()
    assert (case.report_type, case.patient.history_text) == ("1", "as told by telephone")
    assert case.temperatures.filter(celsius="39.2").exists()
    assert {row.pk: row.is_assessed for row in case.reactions.all()} == before
    assert CaseEvent.objects.filter(reason="call").count() == 1


def test_what_opening_a_tab_and_saving_it_cost(page, client, case):
    with CaptureQueriesContext(connection) as opening:
        page.open("tab-patient")
    page.fill("patient-0", history_text="typed")
    with CaptureQueriesContext(connection) as saving:
        assert page.post().status_code == 302
    assert (len(opening), len(saving)) == (51, 102)


def test_an_opened_tab_whose_tick_was_taken_away_is_unticked(page, case):
    page.open("tab-reactions")
    row = page.row_of("reactions", "term", "probable DRESS syndrome")
    del page.data[f"{row}-is_assessed"]
    page.accepted()
    assert not case.reactions.get(term="probable DRESS syndrome").is_assessed


def test_boxes_of_a_tab_that_was_not_loaded_are_no_part_of_the_form(page, case):
    page.open("tab-patient").fill("patient-0", history_text="typed")
    del page.data["loaded-tab-patient"]
    assert page.accepted() == ["Nothing was changed, so nothing was saved."]


def test_a_form_that_says_nothing_of_tabs_holds_all(client, page, case):
    """As pages do that were opened before the registry was updated."""
    whole = Page(client, page.url).set(reason="call")
    whole.data = {name: value for name, value in whole.data.items() if not name.startswith(MARK)}
    whole.fill("patient-0", history_text="typed")
    whole.accepted()
    assert Case.objects.get(pk=case.pk).patient.history_text == "typed"


def test_a_refused_form_comes_back_with_its_tabs_and_the_one_at_fault_in_view(page):
    page.open("tab-findings").open("tab-drugs")
    wrong = page.add("temperatures", celsius="50", result="measured")
    drug = page.add("exposures", name="phenytoin", role="1")
    refused = page.refused()
    assert "between 30 and 45" in refused.errors_at(f"{wrong}-celsius")
    assert "activeTab = 'tab-findings'" in refused.text
    assert refused.data[f"{drug}-name"] == "phenytoin"
    assert "reactions" not in tables(refused)
    refused.fill(wrong, celsius="40")
    refused.accepted()


def test_a_refused_form_loses_nothing_in_a_tab_that_is_opened_then(page, case):
    page.open("tab-findings").add("temperatures", celsius="50", result="measured")
    refused = page.refused().open("tab-patient")
    refused.fill("patient-0", history_text="typed afterwards")
    refused.fill(refused.row_of("temperatures", "celsius", "50"), celsius="39.9")
    refused.accepted()
    assert Case.objects.get(pk=case.pk).patient.history_text == "typed afterwards"
    assert case.temperatures.filter(celsius="39.9").exists()


def test_the_record_is_judged_as_a_whole(page, case):
    """The reaction, on a closed tab, is dated by the dose that is to be removed."""
    page.open("tab-drugs").remove(page.row_of("exposures-0-doses", "position", 3))
    assert "is dated relative to dose" in " ".join(page.refused().errors())
    assert case.doses.count() == 3


def test_a_pair_of_a_new_drug_and_a_stored_reaction(page, case):
    page.open("tab-drugs")
    drug = page.add("exposures", name="phenytoin", role="1")
    page.open("tab-reactions")
    page.add("drug_reactions", exposure=drug, reaction=page.data["reactions-0-id"])
    page.accepted()
    assert case.exposures.get(name="phenytoin").reactions.count() == 1


def test_a_moment_counts_from_a_row_of_a_closed_tab(page, case):
    page.open("tab-findings")
    page.add("temperatures", celsius="39.2", result="measured", when="2 days after last dose of canakinumab")
    page.accepted()
    assert case.temperatures.get(celsius="39.2").when.anchor == case.doses.get(position=3).anchor


def test_a_new_case_begins_with_one_tab(client, assessor):
    client.force_login(assessor)
    page = Page(client, ADD, tab=FIRST).set(number="NEW-1")
    assert "exposures" not in tables(page)
    page.open("tab-reactions").add("reactions", term="rash", is_assessed="on")
    page.accepted()
    assert Case.objects.get().reactions.get().term == "rash"


def test_who_saves_and_stays_stays_in_the_tab(page):
    page.open("tab-patient").fill("patient-0", history_text="typed")
    answer = page.set(tab="tab-patient", _continue="1").post()
    assert answer.url.endswith("/change/?tab=tab-patient")
    again = Page(page.client, answer.url.partition("?")[0], tab="tab-patient")
    assert "patient" in tables(again)
    assert "reporters" not in tables(again)


# ---- two editors


@pytest.fixture
def theirs(case, reviewer):
    """What the reviewer saves meanwhile."""
    return lambda: amend(Case.objects.get(pk=case.pk), by=reviewer, reason="theirs")


def conflicts(page):
    rows = page.form.xpath('.//table[@id="conflicts"]//tbody/tr')
    return [tuple(" ".join(cell.text_content().split()) for cell in row) for row in rows]


def test_what_others_changed_in_a_closed_tab_is_shown_and_stays(page, case, theirs):
    page.open("tab-patient").fill("patient-0", history_text="mine")
    with theirs() as amendment:
        amendment.change(case.symptoms.get(term="arthralgia"), verbatim="theirs")
    refused = page.refused()
    assert "theirs" in refused.text
    assert conflicts(refused) == []
    refused.set(on_top="on").accepted()
    assert case.symptoms.get(term="arthralgia").verbatim == "theirs"
    assert Case.objects.get(pk=case.pk).patient.history_text == "mine"


def test_a_tab_opened_after_their_save_shows_it_and_no_conflict(page, case, theirs):
    """The box was changed before it was shown: what is typed over it is no conflict."""
    with theirs() as amendment:
        amendment.change(case.symptoms.get(term="arthralgia"), verbatim="theirs")
    page.open("tab-findings")
    row = page.row_of("symptoms", "term", "arthralgia")
    assert page.data[f"{row}-verbatim"] == "theirs"
    page.fill(row, verbatim="mine, knowing theirs")
    refused = page.refused()
    assert conflicts(refused) == []
    refused.set(on_top="on").accepted()
    assert case.symptoms.get(term="arthralgia").verbatim == "mine, knowing theirs"


def test_a_change_after_a_tab_was_opened_is_a_conflict(page, case, theirs):
    with theirs() as amendment:
        amendment.change(case.symptoms.get(term="arthralgia"), verbatim="first")
    page.open("tab-findings")
    with theirs() as amendment:
        amendment.change(case.symptoms.get(term="arthralgia"), verbatim="second")
        amendment.add(Reaction(term="cough"))
    page.fill(page.row_of("symptoms", "term", "arthralgia"), verbatim="mine")
    refused = page.refused()
    assert conflicts(refused) == [("arthralgia: As reported", "second", "mine")]
    refused.set(on_top="on").accepted()
    assert case.symptoms.get(term="arthralgia").verbatim == "mine"
    assert case.reactions.filter(term="cough").exists()
