"""Follow-up, comparison and nullification in a real browser."""

import pytest

from tests.browser.steps import add_row, fill, save

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def case(letter_cases):
    return letter_cases[1]


def send(page):
    with page.expect_navigation():
        page.click("#version-form button[type=submit]")


def test_a_follow_up_brings_a_fact_and_the_versions_are_compared(window_of, address, case, assessor):
    page = window_of(assessor, address("admin:cases_case_change", case.pk))
    page.click("#versions-link")
    page.click("#new-version")
    page.get_by_label("Source").fill("The ward, by telephone")
    page.get_by_label("Significance").select_option("significant")
    page.get_by_label("Reason for the new version").fill("The peak of the fever is known")
    send(page)
    assert "Version 2 (follow-up)" in page.locator("#versions-link").inner_text()
    page.click("nav a[href='#tab-findings']")
    row = add_row(page, "temperatures")
    fill(page, row, celsius="39.4", result="measured")
    page.get_by_label("Reason for this change").fill("The ward called")
    save(page)

    page.click("#versions-link")
    page.get_by_role("link", name="Compare with the next").click()
    text = page.locator("body").inner_text()
    assert "39.4" in text
    assert "asthenia" not in text, "what stayed is not listed"


def test_a_case_is_nullified_and_refuses_changes(window_of, address, case, assessor):
    change = address("admin:cases_case_change", case.pk)
    opened_before = window_of(assessor, change)
    opened_before.click("nav a[href='#tab-findings']")
    fill(opened_before, add_row(opened_before, "temperatures"), celsius="39.4", result="measured")
    opened_before.get_by_label("Reason for this change").fill("afterthought")

    page = window_of(assessor, address("admin:cases_case_nullify", case.pk))
    send(page)
    assert "Say why" in page.locator("#version-form .errors").inner_text()
    page.get_by_label("Reason for the nullification").fill("Entered twice")
    send(page)
    assert "Entered twice" in page.locator("#versions").inner_text()
    page.goto(change)
    text = page.locator("body").inner_text()
    assert "This case is nullified: Entered twice" in text
    assert not page.get_by_label("Reason for this change").count(), "it can be read and not changed"

    save(opened_before)
    assert "nullified" in opened_before.locator("body").inner_text()
    assert not case.temperatures.filter(celsius="39.4").exists()
