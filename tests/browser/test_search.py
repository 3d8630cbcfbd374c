"""The search page in a browser: three clicks to an answer, a download with its bar, narrow and wide."""

import zipfile

import pytest

from assessments.assessing import make_current
from cases.amendment import amend
from cases.models import Examination, ExportLog, ViralTest
from tests.browser.test_accessibility import check
from tests.pseudonyms import pseudonym

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def search(window_of, researcher, letter_cases, assessor, address):
    """The page as a researcher sees it, when HHV-6 was found in the blood of patient 2."""
    with amend(letter_cases[1], by=assessor, reason="test") as amendment:
        test = amendment.add(Examination(name="PCR", kind="viral", result="positive"))
        amendment.add(ViralTest(examination=test, virus="hhv6", specimen="Whole blood"))
    make_current([letter_cases[1].pk])
    return lambda query="", **window: window_of(researcher, f"{address('case-list')}{query}", **window)


def test_the_researchers_question_takes_three_clicks(search):
    page = search()
    for words in ("Probable or definite", "Under an interleukin-1 inhibitor", "HHV-6 in the blood"):
        with page.expect_navigation():
            page.get_by_role("link", name=words, exact=True).click()
    assert page.locator("tbody th").all_inner_texts() == [pseudonym("LETTER-P2")]
    assert "0 to 6 half-lives after the last dose" in page.locator("tbody tr").inner_text()


def test_a_question_is_asked_by_keyboard_and_stands_in_the_address(search):
    page = search()
    page.get_by_label("ATC code").fill("L04AC03")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "atc=L04AC03" in page.url
    assert page.locator("tbody th").all_inner_texts() == [pseudonym("LETTER-P2")]


def test_a_download_shows_how_far_it_is_and_arrives(search, settings, tmp_path):
    settings.VAR_DIR, settings.K_ANONYMITY_FLOOR = tmp_path, 1
    page = search("?drug=anakinra")
    page.get_by_label("Download all 1 case").select_option("csv")
    with page.expect_download() as arriving:
        page.get_by_role("button", name="Prepare download").click()
    page.get_by_text("rows of 1 cases are ready").wait_for()
    archive = zipfile.ZipFile(arriving.value.path())
    assert pseudonym("LETTER-P2") in archive.read("casesummary.csv").decode()
    assert ExportLog.objects.get().cases == 1


@pytest.mark.parametrize("query", ["", "?category=sure", "?drug=nothing", "?drug=anakinra&sort=score"])
def test_the_page_has_nothing_grave_in_any_width_and_colour(search, query):
    assert check(search(query)) == []


def test_nothing_stands_over_the_edge(search):
    page = search("?virus=hhv6", viewport={"width": 1280, "height": 800})
    right = "e => e.getBoundingClientRect().right <= innerWidth"
    assert page.evaluate(f"[...document.querySelectorAll('.found *')].every({right})")


def test_a_refused_download_leads_to_where_one_asks(search, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    page = search("?drug=anakinra")
    page.get_by_role("button", name="Prepare download").click()
    with page.expect_navigation():
        page.get_by_role("link", name="Ask two administrators").click()
    page.get_by_label("What you need the cases for").fill("A thesis")
    assert check(page) == []
    with page.expect_navigation():
        page.get_by_role("button", name="Ask two administrators").click()
    page.get_by_text("It takes two administrators").wait_for()
