"""The exchange in a real browser: a file comes in, a case leaves for FDA, and FDA's answer is read."""

import pytest

from cases.models import Case
from e2b import Receipt, acknowledge, read, write_acknowledgement
from exchange.models import Submission
from tests.browser.steps import choose_for_export, hand_in
from tests.exchange.material import case_message, complete, file_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_file_is_previewed_imported_and_its_case_opened(window_of, address, assessor, drugs):
    page = window_of(assessor, address("admin:exchange_batch_changelist"))
    page.click("#receive-link")
    hand_in(page, file_of(case_message(1), case_message(2, C_1_1=None, C_1_8_1=None)), "reports.xml")
    preview = page.locator("#import-preview").inner_text()
    assert "Imported as a new case" in preview
    assert "neither C.1.1 nor C.1.8.1" in preview
    assert not Case.objects.exists()
    with page.expect_navigation():
        page.click("#import-button")
    assert "RegiSCAR" in page.locator("#import-report").inner_text()
    assert "1 to be imported" in page.locator("body").inner_text(), "the other one waits"
    case = Case.objects.get()
    page.goto(address("admin:cases_case_changelist"))
    page.get_by_role("link", name=case.number).first.click()
    assert page.locator("[name=number]").input_value() == case.number


def test_a_case_leaves_for_fda_and_its_answer_is_read(window_of, address, assessor, letter_cases):
    case = letter_cases[1]
    page = window_of(assessor, address("admin:cases_case_changelist"))
    choose_for_export(page, case)
    page.select_option("[name=receiver]", "FDA/postmarket test")
    with page.expect_navigation():
        page.click("#export-check")
    assert "0 of 1 cases can leave" in page.locator("#export-summary").inner_text()
    complete([case], assessor)
    with page.expect_navigation():
        page.click("#export-check")
    assert "1 of 1 cases can leave" in page.locator("#export-summary").inner_text()
    with page.expect_navigation():
        page.click("#export-send")
    with page.expect_download() as download:
        page.get_by_text("Download", exact=False).first.click()
    sent = read(download.value.path().read_bytes())

    answer = write_acknowledgement(acknowledge(sent, [Receipt(True)], number="A", time="20261201101500"))
    page.goto(address("admin:exchange-acknowledgement"))
    hand_in(page, answer, "ack.xml")
    assert "1 messages answered" in page.locator("body").inner_text()
    assert Submission.objects.get().state == "accepted"
