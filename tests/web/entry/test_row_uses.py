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


def test_rows_that_do_not_count_stand_first_with_reason_and_remedy(page):
    (part,) = page.form.xpath('.//aside//details[@class="not-counted"]')
    lines = {words(line.xpath("./a")[0]): words(line) for line in part.xpath(".//li")}
    rows = part.xpath(".//li/a")
    assert words(part.xpath("./summary")[0]) == f"{len(rows)} recorded and not counted"
    assert len(lines) < len(rows)  # those set aside by their phase share a line, the last
    assert "Entered as “Before this reaction”" in list(lines.values())[-1]
    assert "does not name one test" in lines["PCR: 12"]
    assert "Choose the test under Laboratory" in lines["PCR: 12"]
    assert lines["Chills"] == "Chills “Chills” answers no item. It is no temperature."


def test_each_links_to_the_box_that_mends_it(page):
    (link,) = page.form.xpath('.//aside//details[@class="not-counted"]//a[starts-with(., "PCR")]/@href')
    box = page.form.get_element_by_id(link.removeprefix("#field-"))
    assert box.get("name").endswith("-test")


def test_rows_that_count_are_listed_with_their_items(page):
    (part,) = page.form.xpath('.//aside//section[h2[contains(., "counted")]]')
    lines = {words(line.xpath("./a")[0]): words(line.xpath("./span")[0]) for line in part.xpath(".//li")}
    assert lines["Lipase: 20 U/L"] == "Organ involvement"
