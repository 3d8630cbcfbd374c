"""The score beside the form, in a real browser: where it stands, and whether its links lead to the field."""

import pytest

from tests.web.entry.posting import CHANGE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WIDE = {"viewport": {"width": 1280, "height": 900}}
NARROW = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def open_form(window_of, live_server, assessor, letter_cases):
    """The form of patient 1, in a window of some size, at an address within it."""
    form = live_server.url + CHANGE.format(letter_cases[0].pk)
    return lambda address="", **window: window_of(assessor, form + address, **window)


def focused(page):
    page.wait_for_function("document.activeElement !== document.body")
    return page.evaluate("document.activeElement.id")


def test_wide_it_stands_beside_the_form_and_stays_there(open_form):
    page = open_form(**WIDE)
    panel, tabs = page.locator(".score-panel"), page.get_by_label("Parts of the case")
    assert panel.bounding_box()["x"] >= tabs.bounding_box()["x"] + tabs.bounding_box()["width"]
    assert page.get_by_role("heading", name="Minimum criteria").is_visible()
    before = panel.bounding_box()["y"]
    page.get_by_label("Reason for this change").scroll_into_view_if_needed()
    assert panel.bounding_box()["y"] <= before
    assert panel.is_visible()


def test_narrow_it_is_folded_above_the_form(open_form):
    page = open_form(**NARROW)
    panel, tabs = page.locator(".score-panel"), page.get_by_label("Parts of the case")
    assert panel.bounding_box()["y"] < tabs.bounding_box()["y"]
    heading = page.get_by_role("heading", name="Minimum criteria")
    assert heading.is_hidden()
    panel.locator("summary").click()
    assert heading.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_finding_leads_by_keyboard_to_its_field_in_another_tab(open_form):
    page = open_form(**WIDE)
    link = page.get_by_role("link", name="Nobody has said whether the reaction was serious")
    target = link.get_attribute("href").removeprefix("#field-")
    assert page.locator(f"#{target}").is_hidden()
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("id => document.activeElement.id === id", arg=target)
    assert page.locator(f"#{target}").is_visible()
    assert page.get_by_role("note").filter(has_text="Nobody has said").is_visible()


def test_an_address_leads_to_a_nested_field(open_form):
    page = open_form("#field-id_exposures-0-doses-1-start", **WIDE)
    assert focused(page) == "id_exposures-0-doses-1-start"


def test_what_has_yet_to_be_entered_leads_to_its_button(open_form):
    page = open_form(**WIDE)
    page.get_by_role("link", name="An identifiable reporter").first.click()
    page.wait_for_function("document.activeElement.classList.contains('add-row')")
    page.keyboard.press("Enter")
    assert page.locator("#id_reporters-0-given_name").is_visible()
