"""Why a value is missing is said at its box, and kept with the row by ICH element."""

import json

import pytest

from cases.amendment import amend
from cases.models import Case
from tests.web.entry.posting import ADD, CHANGE, Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, assessor, letter_cases):
    client.force_login(assessor)
    return Page(client, CHANGE.format(letter_cases[0].pk)).set(reason="call")


@pytest.fixture
def patient(letter_cases):
    def read():
        letter_cases[0].patient.refresh_from_db()
        return letter_cases[0].patient

    return read


def reasons(**by_element):
    return json.dumps({element.replace("_", "."): why for element, why in by_element.items()})


def test_a_reason_is_stored_and_shown_again(page, patient, client):
    page.set(**{"patient-0-null_flavors": reasons(D_1="ASKU")}).accepted()
    assert patient().null_flavors == {"D.1": "ASKU"}
    redisplayed = Page(client, page.url)
    assert (
        redisplayed.form.get_element_by_id("id_patient-0-initials_absent").text
        == "Missing: asked but unknown"
    )
    assert redisplayed.accepted() == ["Nothing was changed, so nothing was saved."]


def test_a_value_clears_its_reason(page, patient, client):
    page.set(**{"patient-0-null_flavors": reasons(D_1="ASKU", D_2_1="MSK")}).accepted()
    redisplayed = Page(client, page.url).set(reason="call")
    redisplayed.fill("patient-0", initials="A. B.")
    redisplayed.accepted()
    assert (patient().initials, patient().null_flavors) == ("A. B.", {"D.2.1": "MSK"})


REFUSED = (
    (reasons(D_2_1="UNK"), "birth_date", "D.2.1 can't be UNK; allowed: MSK."),
    (reasons(D_5="perhaps"), "sex", "D.5 can't be perhaps"),
    (reasons(E_i_4="UNK"), "initials", "E.i.4 is not asked for here"),
    ("[1]", "initials", "can't be read"),
    ("{", "initials", "can't be read"),
)


@pytest.mark.parametrize(("typed", "field", "words"), REFUSED)
def test_what_ich_does_not_allow_is_refused_at_the_box(page, patient, typed, field, words):
    page.set(**{"patient-0-null_flavors": typed, "patient-0-sex": ""})
    redisplayed = page.refused()
    assert words in redisplayed.errors_at(f"patient-0-{field}")
    assert patient().null_flavors == {}


def test_the_case_itself_has_reasons(page, letter_cases, client):
    page.set(null_flavors=reasons(C_1_7="NI")).accepted()
    case = Case.objects.get(pk=letter_cases[0].pk)
    assert case.null_flavors == {"C.1.7": "NI"}
    redisplayed = Page(client, page.url)
    assert redisplayed.form.get_element_by_id("id_is_expedited_absent").text == "Missing: no information"
    redisplayed.set(is_expedited="true", reason="call").accepted()
    case.refresh_from_db()
    assert (case.is_expedited, case.null_flavors) == (True, {})


def test_a_reason_of_the_case_that_ich_does_not_allow(page):
    redisplayed = page.set(null_flavors=reasons(C_1_7="UNK")).refused()
    assert "C.1.7 can't be UNK; allowed: NI." in " ".join(redisplayed.errors())


def test_a_new_case_with_reasons_in_new_and_nested_rows(client, assessor):
    client.force_login(assessor)
    page = Page(client, ADD).set(number="NEW-1", null_flavors=reasons(C_1_7="NI"))
    drug = page.add("exposures", name="anakinra")
    page.add(f"{drug}-doses", null_flavors=reasons(G_k_4_r_4="NASK"))
    page.accepted()
    case = Case.objects.get()
    assert case.null_flavors == {"C.1.7": "NI"}
    assert case.doses.get().null_flavors == {"G.k.4.r.4": "NASK"}


def test_what_a_received_message_left_beside_the_reasons_stays(page, patient, client, assessor, letter_cases):
    received = {"received": {"D.3": "heavy"}}
    with amend(letter_cases[0], by=assessor, reason="received") as amendment:
        amendment.change(patient(), null_flavors=received)
    Page(client, page.url).set(reason="call", **{"patient-0-null_flavors": reasons(D_1="MSK")}).accepted()
    assert patient().null_flavors == {**received, "D.1": "MSK"}


def test_who_may_only_read_reads_the_reason(page, client, reader):
    page.set(**{"patient-0-null_flavors": reasons(D_1="ASKU")}).accepted()
    client.force_login(reader)
    assert "Missing: asked but unknown" in client.get(page.url, {"tab": "all"}).content.decode()


def test_boxes_that_may_lack_a_value_name_their_element(page):
    assert page.form.get_element_by_id("id_patient-0-birth_date").get("data-why") == "D.2.1"
    assert page.form.get_element_by_id("id_patient-0-weight_kg").get("data-why") is None
    offered = json.loads(page.form.get_element_by_id("null-flavors").text)
    assert offered["allowed"]["D.2.1"] == ["MSK"]
    assert offered["words"]["MSK"] == "masked, to protect privacy"
