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
    ({**LAB, "name": "Eosinophile", "unit": "parsec"}, "write one of this test, such as 10*9/L", True),
    ({**LAB, "name": "Eosinophile", "unit": "1000/cumm"}, "Is “1000/cumm” read as ×10³/µL?", True),
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


def test_a_unit_that_somebody_has_to_confirm_is_offered_and_so_are_the_units_of_the_test(client, assessor):
    client.force_login(assessor)
    shown = client.get(READING, {**LAB, "name": "Leukocytes", "unit": "109/L"}).json()
    assert (shown["chosen_in"], shown["choices"]) == ("unit", [["10*9/L", "×10⁹/L"]])
    assert shown["units"][0] == "10*9/L"
    assert client.get(READING, {**LAB, "name": "a name of its own"}).json()["units"] == []


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
    form = Page(client, "/admin/cases/case/add/").form
    select = form.get_element_by_id("id_laboratory-__prefix__-test")
    assert {option.get("value") for option in select.iter("option")} == {"", "none", *TESTS}
    assert "alt" in select.xpath('./optgroup[@label="Liver"]/option/@value')
    assert len(form.xpath('//select[@data-long-list="tests"]//option[@value="alt"]')) == 1


def test_a_stored_test_stands_alone_in_its_box_and_survives_a_save(client, assessor):
    case = open_case(assessor)
    with amend(case, by=assessor, reason="test") as amendment:
        amendment.add(Examination(name="a name of its own", test="ggt", value=5))
    client.force_login(assessor)
    page = Page(client, CHANGE.format(case.pk))
    box = page.form.get_element_by_id("id_laboratory-0-test")
    assert [option.get("value") for option in box.iter("option")] == ["", "ggt"]
    page.set(**{"laboratory-0-comment": "as before"}).accepted()
    assert case.examinations.values_list("test", "comment").get() == ("ggt", "as before")


@pytest.mark.parametrize(("test", "is_one"), [("alt", True), ("none", True), ("parsecs", False)])
def test_a_test_that_the_page_did_not_hold_can_be_chosen(client, assessor, test, is_one):
    client.force_login(assessor)
    page = Page(client, "/admin/cases/case/add/").set(number="LONG-1")
    row = page.add("laboratory", name="a name of its own", value="5", test=test)
    if is_one:
        page.accepted()
        assert Examination.objects.get().test == test
    else:
        assert "parsecs" in page.refused().errors_at(f"{row}-test")
