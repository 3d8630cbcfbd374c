"""Beside the box of a name stands how it is read, and one click chooses what an ambiguous one means."""

import pytest

from tests.browser.steps import add_row, fill, save

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_name_is_read_while_it_is_typed_and_chosen_with_one_click(window_of, assessor, address):
    page = window_of(assessor, address("admin:cases_case_add"))
    page.fill("[name=number]", "READ-1")
    page.click("nav a[href='#tab-tests']")
    row = add_row(page, "laboratory")
    fill(page, row, name="GPT (ALAT)", unit="U/l", value="<5,5")
    line = page.locator(f"#id_{row}-name_reading")
    line.filter(has_text="Read as: Alanine aminotransferase (ALT), U/L").wait_for()
    fill(page, row, name="PCR", unit="")
    page.click(f"#id_{row}-name_reading button:has-text('C-reactive protein')")
    assert page.input_value(f"[name={row}-test]") == "crp"
    line.filter(has_text="Read as: C-reactive protein").wait_for()
    save(page)
    assert page.input_value(f"[name={row}-qualifier]") == "<"
    assert page.input_value(f"[name={row}-value]") == "5.5"
