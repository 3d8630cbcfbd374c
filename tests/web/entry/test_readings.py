"""Beside a box the form says how the vocabulary reads it, while somebody types and after it is saved."""

import pytest

from cases.amendment import amend
from cases.models import Examination, Symptom
from tests.cases.rows import open_case
from tests.web.entry.posting import CHANGE, Page
from vocabulary.test_names import TESTS

pytestmark = pytest.mark.django_db
READING = "/admin/cases/case/reading/"
LAB = {"of": "name", "kind": "laboratory"}

READ = (
    ({**LAB, "name": "GPT (ALAT)", "unit": "U/l"}, "Read as: Alanine aminotransferase (ALT), U/L", False),
    ({**LAB, "name": "Eosinophile", "unit": "G/l"}, "Read as: Eosinophils, absolute, ×10⁹/L", False),
    ({**LAB, "name": "a name of its own", "test": "crp"}, "Read as: C-reactive protein", False),
    ({**LAB, "name": "Eosinophile", "unit": "mil/mcL"}, "million, thousand or milli", True),
    ({**LAB, "name": "a name of its own"}, "choose the test", True),
    ({**LAB, "name": "a name of its own", "test": "none"}, "", False),
    ({**LAB, "name": ""}, "", False),
    ({"of": "name", "kind": "genetic", "name": "a name of its own"}, "", False),
    ({"of": "site", "site": "left cervical"}, "Read as: neck (cervical), left", False),
    ({"of": "site", "site": "somewhere"}, "Not read", True),
    ({"of": "tissue", "tissue": "skin, left forearm"}, "Read as: skin", False),
    ({"of": "term", "term": "Fever"}, "fever: reported", False),
    ({"of": "term", "term": "afternoon"}, "", False),
)


@pytest.mark.parametrize(("values", "words", "is_open"), READ)
def test_what_is_typed_is_read_back(client, assessor, values, words, is_open):
    client.force_login(assessor)
    shown = client.get(READING, values).json()
    assert words in shown["text"]
    assert bool(words) == bool(shown["text"])
    assert shown["is_open"] is is_open


def test_a_name_with_several_meanings_offers_them(client, assessor):
    client.force_login(assessor)
    shown = client.get(READING, {**LAB, "name": "PCR"}).json()
    assert ["crp", "C-reactive protein"] in shown["choices"]
    assert "count yet" in shown["text"]


def test_another_box_is_refused_and_so_is_who_may_not_enter(client, assessor, make_user):
    client.force_login(assessor)
    assert client.get(READING, {"of": "narrative"}).status_code == 400
    client.force_login(make_user("researcher", "reader"))
    assert client.get(READING, {"of": "term"}).status_code in (302, 403)


def test_a_saved_row_says_how_it_is_read(client, assessor):
    case = open_case(assessor)
    with amend(case, by=assessor, reason="test") as amendment:
        amendment.add(Examination(name="GPT (ALAT)", value=5, unit="U/l"))
        amendment.add(Examination(name="PCR <b>", value=5, position=2))
        amendment.add(Symptom(term="Fever"))
    client.force_login(assessor)
    page = Page(client, CHANGE.format(case.pk))
    line = page.form.get_element_by_id("id_laboratory-0-name_reading")
    assert line.text_content() == "Read as: Alanine aminotransferase (ALT), U/L"
    assert "choose the test" in page.form.get_element_by_id("id_laboratory-1-name_reading").text_content()
    assert "fever: reported" in page.form.get_element_by_id("id_symptoms-0-term_reading").text_content()


def test_every_test_can_be_chosen_under_its_organ(client, assessor):
    client.force_login(assessor)
    select = Page(client, "/admin/cases/case/add/").form.get_element_by_id("id_laboratory-__prefix__-test")
    assert {option.get("value") for option in select.iter("option")} == {"", "none", *TESTS}
    assert "alt" in select.xpath('./optgroup[@label="Liver"]/option/@value')
