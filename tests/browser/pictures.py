"""Make the pictures of docs/user-guide.md anew: `python -m pytest tests/browser/pictures.py`.

It is no test by its name, so that it runs only when asked for. What it shows is entered as people do.
"""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.steps import add_row, choose_for_export, fill, hand_in, open_row, save
from tests.cases import samples
from tests.exchange.material import case_message, file_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROOM = Path(__file__).resolve().parents[2] / "docs" / "images" / "guide"
WINDOW = {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"}
PHONE = {"viewport": {"width": 390, "height": 800}, "color_scheme": "dark"}
MOST = 150_000  # bytes


@pytest.fixture
def people(assessor, reviewer):
    """The two who appear in the pictures, by names."""
    for user, first, last in ((assessor, "Anna", "Keller"), (reviewer, "Paul", "Reiter")):
        user.first_name, user.last_name, user.username = first, last, f"{first} {last}"
        user.save()
    return assessor, reviewer


def save_picture(page, name, part=None):
    """Save a picture of what is in the window, or of one part of the page, in fewer colours."""
    page.wait_for_timeout(400)  # colours and folds move
    taken = page.locator(part).first.screenshot() if part else page.screenshot()
    picture = Image.open(BytesIO(taken)).convert("RGB").quantize(160, dither=Image.Dither.NONE)
    ROOM.mkdir(parents=True, exist_ok=True)
    picture.save(ROOM / f"{name}.png", optimize=True)
    assert (ROOM / f"{name}.png").stat().st_size < MOST, name


def part_of(page, key):
    page.click(f"nav a[href='#{key}']")
    page.evaluate("window.scrollTo(0, 0)")


def to(page, place):
    """Scroll until something stands in the upper part of the window."""
    page.locator(place).first.evaluate(
        "it => window.scrollTo(0, it.getBoundingClientRect().top + scrollY - 90)"
    )


def test_a_new_case(window_of, chromium, address, people, letter_cases):
    door = chromium.new_page(**WINDOW)
    door.goto(address("login"))
    save_picture(door, "login")
    door.close()
    page = window_of(people[0], address("admin:cases_case_changelist"), **WINDOW)
    save_picture(page, "list")
    page.goto(address("admin:cases_case_add"))
    page.fill("[name=number]", "2016-0002")
    save_picture(page, "new-case")

    part_of(page, "tab-patient")
    fill(page, "patient-0", age="2", age_unit="a", sex="2")
    page.focus("[name=patient-0-birth_date]")
    page.keyboard.press("Alt+KeyW")
    page.keyboard.type("m")
    save_picture(page, "why-missing")

    part_of(page, "tab-drugs")
    drug = add_row(page, "exposures")
    fill(page, drug, role="1")
    page.focus(f".field-drug:has([name={drug}-drug]) .select2-selection")
    page.keyboard.type("anak")
    page.locator(".select2-results__option--highlighted", has_text="anakinra").wait_for()
    page.keyboard.press("Enter")
    page.locator(f"#id_{drug}-stated_half_life_low_hours_meaning:not(:empty)").wait_for()
    fill(page, drug, stated_half_life_low_hours="4", stated_half_life_high_hours="6", action_taken="1")
    save_picture(page, "drug")
    dose = add_row(page, f"{drug}-doses")
    fill(page, dose, amount="2", unit="mg/kg", interval="1", interval_unit="d", text="2 mg/kg/day")
    to(page, f"#{drug}-doses-data")
    save_picture(page, "dose")

    part_of(page, "tab-reactions")
    reaction = add_row(page, "reactions")
    fill(page, reaction, term="probable DRESS syndrome", onset="7 days after first dose of anakinra")
    page.locator(f"#id_{reaction}-onset_meaning:not(:empty)").wait_for()
    save_picture(page, "relative-date")
    fill(page, reaction, onset="2016", end="2015")
    save(page)
    to(page, ".errornote, nav[aria-label='Parts of the case']")
    save_picture(page, "refused")


def test_a_case_that_is_there(window_of, address, people, letter_cases):
    case = letter_cases[1]
    url = address("admin:cases_case_change", case.pk)
    page = window_of(people[0], url, **WINDOW)
    save_picture(page, "form")
    page.set_viewport_size({"width": 1280, "height": 1500})
    save_picture(page, "panel", ".score-panel")
    page.set_viewport_size(WINDOW["viewport"])
    for name, key, row in (
        ("findings", "tab-findings", "skin_examinations-2"),
        ("tests", "tab-tests", "laboratory-1"),
        ("reported-score", "tab-score", "reported_scores-0"),
    ):
        part_of(page, key)
        open_row(page, row)
        to(page, f"[name={row}-id] >> xpath=ancestor::*[contains(@class, 'form-group')][1]")
        save_picture(page, name)
    part_of(page, "tab-tests")
    row = add_row(page, "laboratory")
    fill(page, row, name="PCR", value="<5,5")
    page.locator(f"#id_{row}-name_reading button").first.wait_for()
    to(page, f"[name={row}-name]")
    save_picture(page, "readings")
    page.click(f".form-group:has(> .form-row [name='{row}-name']) .delete-template")
    part_of(page, "tab-narrative")
    save_picture(page, "narrative")

    part_of(page, "general")
    for row, name, colour in ((0, "day-8.jpg", "indianred"), (1, "day-15.jpg", "peachpuff")):
        add_row(page, "documents")
        fill(page, f"documents-{row}", kind="photograph", description=f"Trunk, {name[:-4].replace('-', ' ')}")
        file = {"name": name, "mimeType": "image/jpeg", "buffer": samples.picture("JPEG", colour=colour)}
        page.set_input_files(f"[name=documents-{row}-file]", file)
    page.get_by_label("Reason for this change").fill("photographs came")
    save(page)
    to(page, "#documents-group")
    save_picture(page, "documents")

    part_of(page, "tab-findings")
    open_row(page, "temperatures-2")
    fill(page, "temperatures-2", celsius="38.2", result="measured")
    other = window_of(people[1], f"{url}#tab-findings", **WINDOW)
    save_picture(other, "present")
    open_row(other, "temperatures-2")
    fill(other, "temperatures-2", celsius="39.4", result="measured")
    save(page)
    save_picture(page, "after-save")
    part_of(page, "tab-tests")
    for name, value in (("PCR", "12"), ("Zytokinpanel", "3")):
        fill(page, add_row(page, "laboratory"), name=name, value=value)
    save(page)
    page.set_viewport_size({"width": 1280, "height": 1500})
    save_picture(page, "not-counted", ".score-panel .not-counted")
    page.set_viewport_size(WINDOW["viewport"])
    save(other)
    save_picture(other, "meanwhile")

    page.goto(address("admin:cases_case_new_version", case.pk))
    page.get_by_label("Source").fill("The ward, by telephone")
    page.get_by_label("Significance").select_option("significant")
    page.get_by_label("Reason for the new version").fill("The peak of the fever is known")
    save_picture(page, "follow-up")
    with page.expect_navigation():
        page.click("#version-form button[type=submit]")
    part_of(page, "tab-findings")
    open_row(page, "temperatures-2")
    fill(page, "temperatures-2", celsius="39.4")
    page.get_by_label("Reason for this change").fill("The ward called")
    save(page)
    page.goto(f"{address('case-versions', case.number)}?before=1&after=2")
    save_picture(page, "comparison")
    page.goto(address("admin:cases_case_history", case.pk))
    save_picture(page, "history")
    phone = window_of(people[0], f"{url}#tab-findings", **PHONE)
    save_picture(phone, "phone")


def test_the_exchange(window_of, address, people, letter_cases):
    page = window_of(people[0], address("admin:exchange-upload"), **WINDOW)
    messages = case_message(1), case_message(2, C_1_1=None, C_1_8_1=None)
    hand_in(page, file_of(*messages), "reports.xml")
    save_picture(page, "import")
    page.goto(address("admin:cases_case_changelist"))
    choose_for_export(page, letter_cases[1])
    page.select_option("[name=receiver]", "FDA/postmarket test")
    with page.expect_navigation():
        page.click("#export-check")
    save_picture(page, "export")
