"""axe-core finds nothing serious where people work, and nothing scrolls sideways on a small screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from cases.amendment import amend
from cases.models import Temperature
from cases.versions import open_version
from tests.browser.steps import choose_for_export, hand_in, show_tab
from tests.exchange.material import case_message, complete, file_of
from web.entry.form_tabs import TABS

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
GRAVE = ("serious", "critical")
QUICK = {"resultTypes": ["violations"]}  # no list of all that is well
WIDTHS = (1280, 390)
in_light_and_dark = pytest.mark.parametrize("scheme", ["light", "dark"])


@pytest.fixture
def case(letter_cases, assessor):
    """Patient 2 with something to compare: a follow-up and what it brought."""
    case = letter_cases[1]
    open_version(case, by=assessor, reason="a call from the ward")
    with amend(case, by=assessor, reason="a call from the ward") as amendment:
        amendment.add(Temperature(case=case, celsius="39.4", result="measured"))
    return case


def check(page) -> list[str]:
    """What is wrong with a page, wide and narrow, in words."""
    wrong = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"{width}: scrolls sideways")
        for violations in Axe().run(page, options=QUICK).response["violations"]:
            if violations["impact"] in GRAVE:
                places = [node["html"][:140] for node in violations["nodes"][:3]]
                wrong.append(f"{width}: {violations['id']}, {len(violations['nodes'])} times: {places}")
    return wrong


OF_CASES = (
    "start",
    "admin:cases_case_changelist",
    "admin:cases_case_add",
    "case-list",
    "compare",
    "own-tokens",
)
OF_THE_EXCHANGE = (
    "admin:exchange_batch_changelist",
    "admin:exchange_receivedmessage_changelist",
    "admin:exchange_submission_changelist",
    "admin:exchange_acknowledgement_changelist",
    "admin:exchange_answer_changelist",
    "admin:exchange_receipt_changelist",
    "admin:exchange-upload",
    "admin:exchange-acknowledgement",
)
OF_A_CASE = (
    "admin:cases_case_versions",
    "admin:cases_case_new_version",
    "admin:cases_case_nullify",
    "admin:cases_case_duplicate",
    "admin:cases_case_history",
    "case-detail",
    "case-versions",
    "case-history",
)


@in_light_and_dark
def test_nothing_grave_on_lists_and_pages(window_of, scheme, address, case, assessor):
    named = {name: address(name) for name in OF_CASES}
    for name in OF_A_CASE:
        named[name] = address(name, case.pk if name.startswith("admin") else case.number)
    page = window_of(assessor, named["case-list"], color_scheme=scheme)
    wrong = {}
    for name, url in named.items():
        page.goto(url)
        wrong[name] = check(page)
    assert {name: violations for name, violations in wrong.items() if violations} == {}


@in_light_and_dark
def test_nothing_grave_where_cases_come_in_and_go_out(window_of, scheme, address, letter_cases, assessor):
    page = window_of(assessor, address("admin:exchange-upload"), color_scheme=scheme)
    wrong = {}
    hand_in(page, file_of(case_message(1), case_message(2, C_1_1=None, C_1_8_1=None)), "reports.xml")
    wrong["preview"] = check(page)
    with page.expect_navigation():
        page.click("#import-button")
    wrong["report"] = check(page)
    page.goto(address("admin:cases_case_changelist"))
    choose_for_export(page, letter_cases[1])
    with page.expect_navigation():
        page.click("#export-check")
    wrong["refusals"] = check(page)
    complete(letter_cases, assessor)
    with page.expect_navigation():
        page.click("#export-check")
    with page.expect_navigation():
        page.click("#export-send")
    wrong["sent"] = check(page)
    for name in OF_THE_EXCHANGE:
        page.goto(address(name))
        wrong[name] = check(page)
    assert {name: violations for name, violations in wrong.items() if violations} == {}


@in_light_and_dark
def test_nothing_grave_in_any_part_of_the_form(window_of, scheme, address, case, assessor):
    page = window_of(assessor, address("admin:cases_case_change", case.pk), color_scheme=scheme)
    wrong = {}
    for part in TABS:
        page.set_viewport_size({"width": 1280, "height": 900})
        show_tab(page, part.key)
        folded = page.locator("h3 > button[aria-expanded=false]:visible")
        while folded.count():
            folded.first.click()
        wrong[part.title] = check(page)
    assert {title: violations for title, violations in wrong.items() if violations} == {}


@in_light_and_dark
def test_nothing_grave_at_the_door(chromium, address, scheme):
    page = chromium.new_page(color_scheme=scheme)
    for name in ("login", "account_reset_password"):
        page.goto(address(name))
        assert check(page) == []
    page.close()
