"""axe-core finds nothing serious where people work, and nothing scrolls sideways on a small screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from cases.admin.tabs import TABS
from cases.models import Temperature
from cases.services.amendment import amend
from cases.services.versions import open_version

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GRAVE = ("serious", "critical")
LOOKS = [(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]


@pytest.fixture
def case(letter_cases, assessor):
    """Patient 2 with something to compare: a follow-up and what it brought."""
    case = letter_cases[1]
    open_version(case, by=assessor, reason="a call from the ward")
    with amend(case, by=assessor, reason="a call from the ward") as amendment:
        amendment.add(Temperature(case=case, celsius="39.4", result="measured"))
    return case


def check(page):
    """Look at a page in each width and colour; what is wrong, in words."""
    wrong = []
    for width, scheme in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(250)  # colours fade over
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"{width} {scheme}: scrolls sideways")
        for found in Axe().run(page).response["violations"]:
            if found["impact"] in GRAVE:
                places = [node["html"][:140] for node in found["nodes"][:3]]
                wrong.append(f"{width} {scheme}: {found['id']}, {len(found['nodes'])} times: {places}")
    return wrong


OF_CASES = ("admin:cases_case_changelist", "admin:cases_case_add", "case-list")
OF_A_CASE = (
    "admin:cases_case_versions",
    "admin:cases_case_new_version",
    "admin:cases_case_nullify",
    "admin:cases_case_history",
    "case-detail",
    "case-versions",
    "case-history",
)


def test_nothing_grave_on_lists_and_pages(window_of, address, case, assessor):
    named = {name: address(name) for name in OF_CASES}
    for name in OF_A_CASE:
        named[name] = address(name, case.pk if name.startswith("admin") else case.number)
    page = window_of(assessor, named["case-list"])
    wrong = {}
    for name, url in named.items():
        page.goto(url)
        wrong[name] = check(page)
    assert {name: found for name, found in wrong.items() if found} == {}


def test_nothing_grave_in_any_part_of_the_form(window_of, address, case, assessor):
    page = window_of(assessor, address("admin:cases_case_change", case.pk))
    wrong = {}
    for part in TABS:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.click(f"nav a[href='#{part.key}']")
        for title in page.locator("h3 > button[aria-expanded=false]:visible").all():
            title.click()
        wrong[part.title] = check(page)
    assert {title: found for title, found in wrong.items() if found} == {}


@pytest.mark.parametrize("name", ["admin:login", "login"])
def test_nothing_grave_at_the_door(chromium, address, name):
    page = chromium.new_page()
    page.goto(address(name))
    assert check(page) == []
    page.close()
