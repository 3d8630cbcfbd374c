"""A photograph goes into the case form, and comes out on the case page, in a real browser."""

import pytest

from tests.cases import samples

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def form(window_of, address, assessor, letter_cases):
    return window_of(assessor, address("admin:cases_case_change", letter_cases[0].pk))


def choose(page, row, name, content):
    file = {"name": name, "mimeType": "image/jpeg", "buffer": content}
    page.set_input_files(f"[name=documents-{row}-file]", file)


def add_row(page, row, description):
    page.locator("#documents-group .add-row:visible").last.click()
    page.select_option(f"[name=documents-{row}-kind]", "photograph")
    page.fill(f"[name=documents-{row}-description]", description)


def save(page):
    with page.expect_navigation():
        page.click("[name=_continue]")


def test_a_wrong_file_is_refused_and_the_right_ones_stay_chosen(form, address):
    for row, (name, description, content) in enumerate(
        (
            ("gone.jpg", "Taken away again", samples.picture(colour="navy")),
            ("back.jpg", "Back", samples.picture()),
            ("scan.jpg", "Chest", samples.PDF),
        )
    ):
        add_row(form, row, description)
        choose(form, row, name, content)
    # The rows after it are numbered anew, and keep what was chosen in them.
    form.locator("#documents-group .delete-template:visible").first.click()
    form.fill("[name=reason]", "photographs came")
    save(form)
    text = form.locator("#documents-group").inner_text()
    assert "scan.jpg is a PDF document by its content, not a JPEG picture." in text
    assert "back.jpg" in text
    assert form.input_value("[name=documents-1-when]") == "", "nothing but the file box has its name"
    choose(form, 1, "chest.jpg", samples.picture("JPEG", (300, 600)))
    save(form)
    assert form.locator("ul[aria-label='Pictures of this case'] li").count() == 2
    form.goto(address("case-detail", "LETTER-P1"))
    small = form.locator("#documents img")
    assert [image.get_attribute("alt") for image in small.all()] == ["Back", "Chest"]
    form.locator("#documents").scroll_into_view_if_needed()
    # Not `wait_for_function`: pages let no text be run as a script.
    for picture in small.all():
        picture.evaluate("it => it.decode()")
    form.locator("#documents .pictures a").first.click()
    assert form.evaluate("document.images[0].naturalWidth") == 640, "the original"
