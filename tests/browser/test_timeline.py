"""The picture of a case in a real browser: any width, light and dark, keyboard, touch, print, no script."""

import pytest

from tests.web.case_page.rich_case import open_rich_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KINDS = ("suspect", "concomitant", "reaction", "other-reaction", "steroid", "treatment", "series", "history")
# WCAG 2.2, 1.4.11: what is needed to understand a picture.
CONTRAST = 3
MEASURE = """kinds => {
  const context = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const luminance = colour => {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3)
      .map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const panel = document.querySelector(".timeline");
  const probe = panel.appendChild(document.createElement("span"));
  const ground = luminance(getComputedStyle(panel).backgroundColor);
  return Object.fromEntries(kinds.map(kind => {
    // A property may hold light-dark(): what a colour becomes shows on an element.
    probe.style.color = `var(--tl-${kind})`;
    const own = luminance(getComputedStyle(probe).color);
    return [kind, (Math.max(own, ground) + 0.05) / (Math.min(own, ground) + 0.05)];
  }));
}"""
# Words that run beyond the picture, or into a heading's line.
OUTSIDE = """() => {
  const picture = document.querySelector("figure:not([style]) .course").getBoundingClientRect();
  return [...document.querySelectorAll(".course text")].filter(text => {
    const box = text.getBoundingClientRect();
    return box.width && (box.left < picture.left - 14 || box.right > picture.right + 14);
  }).map(text => text.textContent);
}"""


@pytest.fixture
def page_of(window_of, address, reviewer):
    """Open the page of a case with much to draw."""
    open_rich_case(reviewer)
    return lambda **window: window_of(reviewer, address("case-detail", "RICH-1"), **window)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_picture_fits_its_window(page_of, width):
    page = page_of(viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_stands_out_from_the_panel(page_of, scheme):
    contrasts = page_of(color_scheme=scheme).evaluate(MEASURE, KINDS)
    assert {kind: ratio for kind, ratio in contrasts.items() if ratio < CONTRAST} == {}


def test_the_arrow_keys_go_from_mark_to_mark(page_of):
    page = page_of()
    page.locator(".timeline figure.even").focus()
    descriptions = []
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        descriptions.append(page.locator(".timeline .description").inner_text())
    assert all("allopurinol" in sentence for sentence in descriptions)
    assert len(set(descriptions)) == len(descriptions)
    page.keyboard.press("End")
    assert "gout" in page.locator(".timeline .description").inner_text()
    page.keyboard.press("Escape")
    assert page.locator(".timeline .description").inner_text() == ""


def test_a_touch_shows_the_value(page_of):
    page = page_of(viewport={"width": 390, "height": 900}, has_touch=True)
    peak = page.locator("figure.even .lane.series .mark", has_text="4.8").first
    peak.locator(".shape").tap()
    assert page.locator(".timeline .description").inner_text() == (
        "Eosinophils: 4.8 ×10⁹/L: 7 days after onset (22 Mar 2021)"
    )


def test_without_script_the_picture_its_tips_and_its_scales_are_there(page_of):
    page = page_of(java_script_enabled=False)
    folded, even = page.locator("figure.folded"), page.locator("figure.even")
    assert (folded.is_visible(), even.is_visible()) == (False, True)
    page.get_by_label("Reaction enlarged", exact=True).check()
    assert (folded.is_visible(), even.is_visible()) == (True, False)
    assert even.locator(".mark").count() == even.locator(".mark > title").count() > 0
    assert not page.locator(".timeline .description").is_visible()


def test_print_shows_the_picture_and_no_controls(page_of):
    page = page_of()
    page.emulate_media(media="print")
    assert page.locator("figure.even svg.course").is_visible()
    assert not page.get_by_label("Even scale", exact=True).is_visible()
