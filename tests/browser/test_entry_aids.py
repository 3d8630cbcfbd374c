"""What the form says while a report is entered: dates as understood, reasons of absence, what to look at."""

import pytest

from tests.browser.steps import add_row, fill, open_row, save

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def form(window_of, address, assessor, letter_cases):
    return window_of(assessor, f"{address('admin:cases_case_change', letter_cases[1].pk)}#tab-findings")


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("2016", "= 2016"),
        ("03/2016", "= Mar 2016"),
        ("15 mar 2016", "= 15 Mar 2016"),
        ("9 days after first dose of anakinra", "= 9 days after first dose of anakinra"),
        ("day -3", "= 3 days before onset"),
        ("two days after the thaw", "is no event of this case"),
    ],
)
def test_the_meaning_of_a_date_is_shown_as_it_was_understood(form, typed, understood):
    fill(form, add_row(form, "temperatures"), when=typed)
    line = form.locator("#id_temperatures-3-when_meaning:not(:empty)")
    line.wait_for()
    assert understood in line.inner_text()


def test_of_two_readings_one_is_chosen_by_keyboard(form):
    fill(form, add_row(form, "temperatures"), when="10/11/2016")
    readings = form.locator("#id_temperatures-3-when_readings button")
    readings.first.wait_for()
    assert readings.all_inner_texts() == ["10 Nov 2016", "11 Oct 2016"]
    form.focus("[name=temperatures-3-when]")
    form.keyboard.press("Tab")
    form.keyboard.press("Tab")
    form.keyboard.press("Enter")
    assert form.input_value("[name=temperatures-3-when]") == "11 Oct 2016"
    form.locator("#id_temperatures-3-when_meaning", has_text="= 11 Oct 2016").wait_for()
    assert readings.count() == 0


def test_a_refused_date_keeps_its_readings_to_choose_from(form):
    fill(form, add_row(form, "temperatures"), celsius="39", result="measured", when="10/11/2016")
    save(form)
    form.locator("#id_temperatures-3-when_readings button", has_text="10 Nov 2016").click()
    assert form.input_value("[name=temperatures-3-when]") == "10 Nov 2016"


def test_a_partial_and_a_relative_date_are_kept_as_typed(form, letter_cases):
    for celsius, when in (("38.5", "03/2016"), ("39.5", "9 days after first dose of anakinra")):
        fill(form, add_row(form, "temperatures"), celsius=celsius, result="measured", when=when)
    save(form)
    assert [form.input_value(f"[name=temperatures-{n}-when]") for n in (3, 4)] == [
        "Mar 2016",
        "9 days after first dose of anakinra",
    ]


def test_a_reason_of_absence_is_chosen_at_its_box_by_keyboard(form, letter_cases):
    form.click("nav a[href='#tab-patient']")
    form.focus("[name=patient-0-birth_date]")
    form.keyboard.press("Alt+KeyW")
    form.keyboard.type("masked")
    form.keyboard.press("Enter")
    assert form.evaluate("document.activeElement.name") == "patient-0-birth_date"
    save(form)
    assert "Missing: masked, to protect privacy" in form.locator(".field-birth_date").first.inner_text()
    patient = letter_cases[1].patient
    patient.refresh_from_db()
    assert patient.null_flavors == {"D.2.1": "MSK"}


def test_what_is_to_be_looked_at_leads_to_its_field(form):
    form.locator(".score-panel .findings a", has_text="first received").click()
    form.wait_for_function("document.activeElement.name === 'first_received'")
    form.locator(".score-panel a", has_text="Atypical lymphocytes").first.click()
    form.wait_for_function("document.activeElement.closest('#laboratory-group') !== null")
    assert form.locator("nav a[aria-current=true]").inner_text().startswith("Tests")


def test_after_a_save_the_form_shows_what_the_score_did(form):
    open_row(form, "temperatures-2")
    fill(form, "temperatures-2", celsius="38.2", result="measured")
    save(form)
    line = form.get_by_text("because:").all_inner_texts()
    assert len(line) == 1
    assert line[0].startswith("Fever")


def test_a_word_typed_into_a_closed_list_arrives_with_its_first_letter(form, drugs):
    form.click("nav a[href='#tab-drugs']")
    row = add_row(form, "exposures")
    form.context.new_cdp_session(form).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    form.focus(f"#id_{row}-drug + .select2 .select2-selection")
    form.keyboard.type("etoposide")
    assert form.input_value(".select2-search__field") == "etoposide"
