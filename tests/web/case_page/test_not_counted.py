"""The case page says which rows don't count; without identities, it doesn't quote them."""

import pytest
from lxml import html

from cases.models import Examination, Symptom
from tests.cases.rows import add
from tests.pseudonyms import pseudonym

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(client, assessor, letter_cases):
    case = letter_cases[0]
    add(case, assessor, Examination(name="Panel of Dr Miller", result="positive"))
    add(case, assessor, Symptom(term="Chills"))

    def read(user, number=case.number):
        client.force_login(user)
        page = html.fromstring(client.get(f"/cases/{number}/").content)
        return " ".join(" ".join(page.get_element_by_id("not-counted").itertext()).split())

    return read


def test_rows_that_do_not_count_are_listed_with_reason_and_remedy(section, assessor):
    text = section(assessor)
    assert "“Panel of Dr Miller” is not among the names of tests that are recognised." in text
    assert "Choose the test under Laboratory, Test" in text
    assert "“Chills” answers no item." in text


def test_a_reader_without_identities_learns_that_rows_do_not_count_and_not_what_they_say(section, researcher):
    text = section(researcher, pseudonym("LETTER-P1"))
    assert "Miller" not in text
    assert "Chills" not in text
    assert "Examination" in text
    assert text.count("Why it doesn’t count is shown to those who see its words.") == 1
