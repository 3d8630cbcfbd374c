"""Findings on the form of a case: at their fields, counted per tab, and linked from the panel."""

import pytest

from cases.models import CaseSummary, Reporter
from scoring.instruments import primary
from scoring.vigigrade import FULL_PENALTY
from tests.cases.rows import add, open_case, sql
from tests.web.entry.posting import CHANGE, Page
from web.entry.score_panel import OF_DIMENSION

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(letter_cases):
    return letter_cases[0]


@pytest.fixture
def form(client, assessor):
    """The form of a case, as it is shown now."""
    client.force_login(assessor)
    return lambda case: Page(client, CHANGE.format(case.pk))


def notes(page) -> dict[str, str]:
    """What is noted at which box."""
    shown = page.form.xpath('.//*[@role="note"]')
    return {note.get("id").removesuffix("_note"): " ".join(note.text_content().split()) for note in shown}


def tab(page, title: str) -> str:
    (link,) = page.form.xpath(f'.//nav[@aria-label="Parts of the case"]/a[text()[1]="{title}"]')
    return " ".join(link.xpath('string(.//span[@class="unseen"])').split()).removeprefix(": ")


def links(page, section: str) -> dict[str, str]:
    """The links of one part of the panel, by their words."""
    addresses = page.form.xpath(f'.//aside//section[h2="{section}"]//a')
    return {" ".join(link.text_content().split()): link.get("href") for link in addresses}


def test_findings_of_the_case_and_of_its_rows_stand_at_their_fields(form, case):
    shown = notes(form(case))
    assert "first received" in shown["id_first_received"]
    assert "serious" in shown["id_reactions-0-reporter_death"]
    box = form(case).form.get_element_by_id("id_first_received")
    assert "id_first_received_note" in box.get("aria-describedby").split()


def test_a_finding_of_a_nested_row_lands_at_its_field_and_marks_the_rows_above(form, case):
    doses = list(case.doses.order_by("position"))
    sql("UPDATE cases_dose SET batch = 'A1' WHERE case_id = %s", case.pk)
    sql("UPDATE cases_dose SET unit = '' WHERE id = %s", doses[1].pk)
    page = form(case)
    row = page.row_of("exposures-0-doses", "id", doses[1].pk)
    assert {box: message for box, message in notes(page).items() if "doses" in box} == {
        f"id_{row}-unit": "A number without its unit. Enter the unit; 1 for a pure number."
    }
    marks = page.form.xpath('.//div[@id="exposures-data"]//*[contains(@class, "waits")]/@title')
    assert marks == ["1 to look at", "1 to look at"]  # the drug and, in it, the dose
    assert tab(page, "What was taken") == "1 to look at"
    assert f"#field-id_{row}-unit" in links(page, "To look at").values()


def test_a_detail_row_of_an_examination_is_found_in_its_own_section(form, case, assessor):
    from cases.models import Examination, ViralTest

    test = add(case, assessor, Examination(kind="viral", name="CMV PCR", result="not_stated"))
    add(case, assessor, ViralTest(examination=test, virus="cmv"))
    page = form(case)
    row = page.row_of("viral", "id", test.pk)
    assert "A virus test without a result" in notes(page)[f"id_{row}-result"]


def test_tabs_count_what_to_look_at_and_what_to_correct(form, case):
    page = form(case)
    page.set(first_received="soon")
    redisplayed = page.set(reason="call").refused()
    assert tab(redisplayed, "Report").endswith(" to look at, 1 to correct")
    assert "id_first_received" not in notes(redisplayed)  # there, only what has to be corrected is said
    assert tab(redisplayed, "Narrative") == ""


def test_a_refused_form_is_judged_by_what_was_typed(form, case):
    page = form(case)
    row = page.row_of("reactions", "term", "probable DRESS syndrome")
    page.fill(row, onset="2150", end="nonsense")
    redisplayed = page.set(reason="call").refused()
    assert "lies in the future" in notes(redisplayed)[f"id_{row}-onset"]


def test_what_is_missing_altogether_leads_to_where_it_is_entered(form, assessor):
    page = form(open_case(assessor))
    addresses = links(page, "Minimum criteria")
    assert addresses == {
        "An identifiable reporter": "#field-reporters-data",
        "An identifiable patient": "#field-id_patient-0-initials",
        "A suspect drug": "#field-exposures-data",
        "A suspected reaction": "#field-reactions-data",
    }
    assert "Known once there is a suspect drug" in page.text
    assert notes(page)["id_patient-0-initials"].startswith("An identifiable patient is missing.")


def test_completeness_and_the_one_field_that_would_raise_it_most(form, case, assessor):
    page = form(case)
    stored = CaseSummary.objects.get(pk=case.pk)
    assert f"{int(stored.completeness * 100)} %, well documented above 80 %" in page.text_of("aside")
    assert links(page, "Completeness") == {"Country of origin": "#field-reporters-data"}
    add(case, assessor, Reporter(country="FR"))
    after = form(case)
    assert "81 %, well documented" in after.text_of("aside")
    assert links(after, "Completeness") == {
        "Qualification of the reporter": "#field-id_reporters-0-qualification"
    }


def test_every_item_shows_answer_points_interval_and_basis(form, case):
    rows = form(case).form.xpath('.//aside//section[h2="Score, item by item"]//tbody/tr')
    table = [[" ".join(cell.itertext()) for cell in row] for row in rows]
    assert len(table) == len(primary().items)
    assert table[0] == ["Fever ≥ 38.5 °C Yes", "0 −1 to 0", "reported"]
    assert table[2] == ["Eosinophilia Marked", "+2", "measured"]


def test_the_facts_that_could_change_the_class_lead_to_their_fields(form, case):
    page = form(case)
    addresses = links(page, "Could still change the class")
    assert len(addresses) == 3
    assert addresses["Rash suggesting DRESS"].endswith("-facial_oedema")
    for address in addresses.values():
        target = address.removeprefix("#field-")
        assert page.form.xpath(f'.//*[@id="{target}"]'), target


def test_an_outdated_score_shows_no_items_but_still_what_to_look_at(form, case):
    sql("UPDATE cases_symptom SET term = 'changed' WHERE case_id = %s", case.pk)
    page = form(case)
    assert links(page, "Could still change the class") == links(page, "Score, item by item") == {}
    assert links(page, "To look at")


def test_there_is_a_way_from_every_item_and_dimension_to_a_field(form, case, assessor):
    """On the form of a case with rows, and on that of one without any."""
    assert set(primary().settled_by) == {row.key for row in primary().items}
    assert set(OF_DIMENSION) == set(FULL_PENALTY)
    for opened in (case, open_case(assessor)):
        page = form(opened)
        locations = page.response.context["locations"]
        for table, field in (*primary().settled_by.values(), *OF_DIMENSION.values()):
            target = locations.first_gap(table, field).removeprefix("#field-")
            assert page.form.xpath(f'.//*[@id="{target}"]'), f"{table}.{field}: {target}"
