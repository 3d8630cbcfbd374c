"""The case page in a real browser: by keyboard only, and on a small screen."""

import shutil
from pathlib import Path

import pytest
from django.urls import reverse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIETLY = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def chromium():
    """The browser of this machine, if it has one.

    While Playwright runs, Django takes every test for asynchronous code; it is not.
    """
    sync_api = pytest.importorskip("playwright.sync_api")
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("no Chromium on this machine")
    with pytest.MonkeyPatch.context() as patch, sync_api.sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=str(Path(path)), args=list(QUIETLY))
        yield browser
        browser.close()


@pytest.fixture
def address(live_server):
    return lambda name, *args: live_server.url + reverse(name, args=args)


@pytest.fixture
def open_case(chromium, address, client, reviewer, letter_cases, settings):
    """Open a page as the reviewer, in a window of some size."""
    client.force_login(reviewer)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    contexts = []

    def open_at(url, **window):
        context = chromium.new_context(**window)
        contexts.append(context)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])
        page = context.new_page()
        page.goto(url)
        return page

    yield open_at
    for context in contexts:
        context.close()


def press_until(page, selector, key="Tab"):
    """Move the focus by keyboard until it is where wanted."""
    for _ in range(150):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{selector} can't be reached by keyboard")


def test_a_reviewer_answers_by_keyboard_only_and_sees_the_score_move(open_case, address):
    page = open_case(address("case-detail", "LETTER-P1"))
    assert page.locator(".standing strong").inner_text().startswith("Probable, 5")
    press_until(page, "#item-suggesting summary")
    page.keyboard.press("Enter")
    press_until(page, "#item-suggesting input[type=radio]")
    page.keyboard.press("Space")
    for _ in range(3):
        if page.evaluate("document.activeElement.value") == "yes":
            break
        page.keyboard.press("ArrowDown")
    press_until(page, "#item-suggesting textarea")
    page.keyboard.type("The photographs show facial oedema and infiltration.")
    press_until(page, "#item-suggesting button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".standing strong").inner_text().startswith("Probable, 4")
    assert "adjudicated" in page.locator("#item-suggesting .badge").inner_text()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["case-list", "case-detail"])
def test_nothing_scrolls_sideways(open_case, address, width, name):
    url = address(name) if name == "case-list" else address(name, "LETTER-P2")
    page = open_case(url, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_stylesheet_is_our_own_and_arrives(open_case, address):
    page = open_case(address("case-list"))
    sources = page.evaluate("[...document.styleSheets].map(sheet => sheet.href)")
    assert [source.rsplit("/", 1)[1] for source in sources] == ["registry.css"]
    assert page.evaluate("getComputedStyle(document.querySelector('.panel')).borderTopWidth") == "1px"
