"""Beside the form: which of the rows just saved count for the score, and which don't and why."""

import pytest

from cases.models import Examination, Symptom
from tests.cases.rows import add
from tests.web.entry.posting import CHANGE, Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, assessor, letter_cases):
    case = letter_cases[0]
    add(case, assessor, Examination(name="PCR", value=12))
    add(case, assessor, Examination(name="Lipase", value=20, unit="U/L", upper_limit=60))
    add(case, assessor, Symptom(term="Chills"))
    client.force_login(assessor)
    return Page(client, CHANGE.format(case.pk))


def words(element):
    return " ".join(element.text_content().split())


def lines(part):
    """The lines of one part of the panel, by the first row that each is about."""
    return {words(line.xpath("./a")[0]): words(line) for line in part.xpath(".//li")}


def test_rows_that_do_not_count_stand_first_with_reason_and_remedy(page):
    (part,) = page.form.xpath('.//aside//details[@class="not-counted"]')
    shown = lines(part)
    assert set(shown) == {"PCR: 12", "Chills"}
    assert words(part.xpath("./summary")[0]) == "Recorded and not counted: 2"
    assert "does not name one test" in shown["PCR: 12"]
    assert "Choose the test under Laboratory" in shown["PCR: 12"]
    assert shown["Chills"] == "Chills “Chills” answers no item. It is no temperature."


def test_what_somebody_set_aside_is_listed_below(page):
    (part,) = page.form.xpath('.//aside//section[@class="set-aside"]')
    shown = lines(part)
    assert len(shown) < len(part.xpath(".//li/a"))  # rows of one reason share a line
    assert any("Entered as “Before this reaction”" in line for line in shown.values())


def test_each_links_to_the_box_that_mends_it(page):
    (link,) = page.form.xpath('.//aside//details[@class="not-counted"]//a[starts-with(., "PCR")]/@href')
    box = page.form.get_element_by_id(link.removeprefix("#field-"))
    assert box.get("name").endswith("-test")


def test_rows_that_count_are_listed_with_their_items(page):
    (part,) = page.form.xpath('.//aside//section[h2[contains(., "rows counted")]]')
    lines = {words(line.xpath("./a")[0]): words(line.xpath("./span")[0]) for line in part.xpath(".//li")}
    assert lines["Lipase: 20 U/L"] == "Organ involvement"
