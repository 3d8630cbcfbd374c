"""The case page in a real browser: by keyboard only, and on a small screen."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def open_case(window_of, reviewer, letter_cases):
    """Open a page as the reviewer, in a window of some size."""
    return lambda url, **window: window_of(reviewer, url, **window)


def press_until(page, selector, key="Tab"):
    """Move the focus by keyboard until it is where wanted."""
    for _ in range(150):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{selector} can't be reached by keyboard")


def test_a_reviewer_answers_by_keyboard_only_and_sees_the_score_move(open_case, address):
    page = open_case(address("case-detail", "LETTER-P1"))
    assert page.locator(".standing strong").inner_text().startswith("Reported probable 5")
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
    assert (
        page.locator(".standing strong").inner_text().startswith("Adjudicated, open: no case to definite (4)")
    )
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
    assert [source.rsplit("/", 1)[1] for source in sources] == ["frame.css", "registry.css"]
    assert page.evaluate("getComputedStyle(document.querySelector('.panel')).borderTopWidth") == "1px"
