"""A table of results is pasted into the laboratory grid, looked at, taken into the form, and saved."""

import pytest

from cases.models import Examination, ViralTest
from tests.browser.steps import save
from tests.vocabulary.layouts import EMAIL, LAYOUTS

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# Results that can be taken, and cells and lines that wait. Days of two readings hold their columns back.
PASTED = {
    "e-mail": (8, 2),
    "bars, units and limits in columns": (3, 1),
    "spreadsheet, units in names": (8, 0),
    "days down, limits below": (2, 1),
    "one row per result": (0, 1),
    "a result a line": (2, 2),
    "German print, earlier results, flags between": (6, 3),
}


@pytest.fixture
def page(window_of, assessor, address):
    page = window_of(assessor, address("admin:cases_case_add"), viewport={"width": 1280, "height": 900})
    page.fill("[name=number]", "LAB-1")
    page.fill("[name=first_received]", "10 Nov 2026")
    page.click("nav a[href='#tab-tests']")
    return page


def paste(page, text):
    page.click("[data-lab=paste]")
    page.fill("#lab-text", text)
    page.click("[data-lab=read]")
    page.locator(".lab-message", has_text="Nothing is stored yet").wait_for()


@pytest.mark.parametrize("layout", PASTED)
def test_a_pasted_table_is_shown_as_it_is_read(page, layout):
    ready, waiting = PASTED[layout]
    paste(page, LAYOUTS[layout][0])
    assert page.inner_text("[data-lab=take]") == f"Take these {ready} into the form"
    assert page.locator(".lab-cell.lab-wrong, .lab-left li").count() == waiting
    assert all(page.locator(".lab-wrong .wrong").all_inner_texts())


def test_what_waits_is_corrected_taken_and_saved(page):
    paste(page, EMAIL)
    page.click(".lab-cell button:has-text('1064')")
    page.fill(".lab-cell.lab-wrong input", "not done")
    page.locator("[data-lab=take]", has_text="Take these 10").wait_for()
    page.click("[data-lab=take]")
    assert page.locator("#laboratory-data .lab-taken").count() == 10
    page.click("#laboratory-data .lab-taken >> nth=0 >> .delete-template")
    assert page.input_value("[name=laboratory-TOTAL_FORMS]") == "9"
    paste(page, "HHV-6 PCR\t20.10.2026\nHHV-6 PCR\tpositive, 2300 copies/mL")
    page.click("[data-lab=take]")
    save(page)
    rows = Examination.objects.filter(kind="laboratory")
    assert rows.count() == 9
    crp = rows.get(value=1064)
    assert (crp.name, crp.unit, crp.upper_limit, str(crp.when)) == ("CRP", "mg/l", 5, "2026-10-01")
    assert rows.get(result="not_done").name == "Troponin T hs"
    assert ViralTest.objects.get().virus == "hhv6"
    page.click("nav a[href='#tab-tests']")
    paste(page, EMAIL)
    assert page.locator(".lab-cell .meaning", has_text="already in the case").count() == 7


def test_the_grid_is_typed_by_keyboard(page):
    page.focus(".lab-name input")
    for text in ("ALT", "U/L", "50", "31"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("<5")
    page.fill(".lab-day input", "1.10.2026")
    page.locator(".lab-day .meaning", has_text="1 Oct 2026").wait_for()
    page.locator(".lab-limits .wrong", has_text="name of the test").wait_for()
    page.fill(".lab-name input >> nth=1", "Lipase")
    page.locator("[data-lab=take]", has_text="Take these 2").wait_for()
    page.click("[data-lab=day]")
    page.keyboard.type("some day")
    page.locator(".lab-day .wrong", has_text="not read as a day").wait_for()
