"""FDA's own elements are questions of the form where a case is meant for FDA, and leave for FDA."""

import pytest

from cases.record.read_cases import read_cases
from e2b import ICH_PROFILE, Null
from e2b.codelists import CODE_LISTS
from exchange.icsr import message_of
from exchange.sending_models import ReceiverSettings
from tests.web.entry.posting import CHANGE, Page
from web.entry.regional_questions import EMA_QUESTIONS, OF_A_COMBINATION, QUESTIONS, device_questions

pytestmark = pytest.mark.django_db
TABLES = (*QUESTIONS.values(), *EMA_QUESTIONS.values(), OF_A_COMBINATION, device_questions(0))


@pytest.fixture
def opened(client, assessor, letter_cases):
    client.force_login(assessor)

    def page():
        return Page(client, CHANGE.format(letter_cases[0].pk)).set(reason="for FDA")

    return page


@pytest.fixture
def message(letter_cases):
    def made():
        return message_of(read_cases([letter_cases[0].pk])[letter_cases[0].pk]).message

    return made


def test_questions_open_with_the_first_answer_and_their_answers_leave(opened, message):
    assert "patient-0-fda_race" not in opened().data
    opened().set(fda_combination_product="false").accepted()
    page = opened()
    page.set(fda_report_type="1", **{
        "patient-0-fda_race": "C41260",
        "patient-0-fda_second_race": "C41261",
        "patient-0-fda_ethnicity": "absent:UNK",
        "reactions-0-fda_required_intervention": "true",
        "exposures-0-fda_drug_information": "1",
    }).accepted()  # fmt: skip
    sent = message()
    assert (sent.C["FDA.C.1.12"], sent.C["FDA.C.1.7.1"]) == ("false", "1")
    assert [race["FDA.D.11.r.1"] for race in sent.D["FDA.D.11.r"]] == ["C41260", "C41261"]
    assert sent.D["FDA.D.12"] == Null("UNK")
    assert (sent.E[0]["FDA.E.i.3.2h"], sent.G[0]["FDA.G.k.10a"]) == ("true", "1")
    assert not any(
        name.startswith("FDA.") for block in ICH_PROFILE.prepare(sent).walk() for name in block.values
    )


@pytest.mark.slow
def test_answers_are_shown_again_changed_and_taken_back(opened, message):
    opened().set(fda_combination_product="true").accepted()
    opened().set(**{"patient-0-fda_race": "C41260", "patient-0-fda_second_race": "C41261"}).accepted()
    page = opened()
    assert (page.data["patient-0-fda_race"], page.data["fda_combination_product"]) == ("C41260", "true")
    page.set(**{"patient-0-fda_race": "", "patient-0-fda_second_race": "absent:OTH"}).accepted()
    assert [race["FDA.D.11.r.1"] for race in message().D["FDA.D.11.r"]] == [Null("OTH")]
    opened().set(fda_combination_product="").accepted()
    assert "FDA.C.1.12" not in message().C.values
    assert "patient-0-fda_race" not in opened().data


def test_an_email_that_is_none_and_an_unknown_code_are_refused_at_their_boxes(opened):
    opened().set(fda_combination_product="false").accepted()
    page = opened()
    row = page.add("reporters", fda_email="nobody")
    page.set(**{"patient-0-fda_race": "green"})
    refused = page.refused()
    assert "valid email" in refused.errors_at(f"{row}-fda_email")
    assert "green" in refused.errors_at("patient-0-fda_race")


def test_why_there_is_no_email_is_said_beside_it_and_given_way_to_an_address(opened, message):
    opened().set(fda_combination_product="false").accepted()
    page = opened()
    page.add("reporters", family_name="Author", fda_email_why="absent:MSK")
    page.accepted()
    assert message().C["C.2.r"][0]["FDA.C.2.r.2.8"] == Null("MSK")
    opened().set(**{"reporters-0-fda_email": "a@example.org"}).accepted()
    assert message().C["C.2.r"][0]["FDA.C.2.r.2.8"] == "a@example.org"


DEVICE = "exposures-0-fda_device_"


def test_devices_are_asked_for_in_a_combination_product_and_leave(opened, message):
    opened().set(fda_combination_product="true").accepted()
    first = opened()
    assert f"{DEVICE}1_brand" not in first.data
    first.set(**{
        f"{DEVICE}0_brand": "Pen",
        f"{DEVICE}0_malfunction": "true",
        f"{DEVICE}0_problems": "2993, 1069",
        f"{DEVICE}0_second_remedy": "2",
        f"{DEVICE}0_maker_country": "DE",
        "exposures-0-fda_product_category": "C102834",
    }).accepted()  # fmt: skip
    second = opened()
    assert (second.data[f"{DEVICE}0_problems"], second.data[f"{DEVICE}0_remedy"]) == ("2993, 1069", "2")
    second.set(**{f"{DEVICE}1_common_name_why": "absent:NI", f"{DEVICE}1_product_code": "KZE"}).accepted()
    pen, other = message().G[0]["FDA.G.k.12.r"]
    assert (pen["FDA.G.k.12.r.4"], pen["FDA.G.k.12.r.1"], pen["FDA.G.k.12.r.7.1e"]) == ("Pen", "true", "DE")
    assert [problem["FDA.G.k.12.r.3.r"] for problem in pen["FDA.G.k.12.r.3.r"]] == ["2993", "1069"]
    assert [action["FDA.G.k.12.r.11.r"] for action in pen["FDA.G.k.12.r.11.r"]] == ["2"]
    assert (other["FDA.G.k.12.r.5"], other["FDA.G.k.12.r.6"]) == (Null("NI"), "KZE")
    third = opened()
    third.set(**{name: "" for name in third.data if name.startswith(f"{DEVICE}0_")}).accepted()
    assert [device["FDA.G.k.12.r.6"] for device in message().G[0]["FDA.G.k.12.r"]] == ["KZE"]


def test_an_ind_has_six_digits_and_others_may_get_the_report(opened, message):
    opened().set(fda_combination_product="false").accepted()
    assert "six digits" in opened().set(fda_ind="12").refused().errors_at("fda_ind")
    opened().set(fda_ind="123456", fda_cross_reported_inds="234567; 345678").accepted()
    sent = message().C
    assert sent["FDA.C.5.5a"] == "123456"
    assert [block["FDA.C.5.6.r"] for block in sent["FDA.C.5.6.r"]] == ["234567", "345678"]


def test_ema_is_answered_for_a_trial_where_the_organisation_reports_to_it(opened, message, organisation):
    opened().set(report_type="2").accepted()
    assert not any("ema_" in name for name in opened().data)
    ReceiverSettings.objects.create(organisation=organisation, receiver="EMA")
    page = opened()
    row = "drug_reactions-0-assessments-0"
    page.add("drug_reactions-0-assessments", source="Sponsor", ema_result="1", ema_method="1", ema_source="6")
    page.accepted()
    (drug,) = [drug for drug in message().G if drug["G.k.9.i"]]
    (judged,) = drug["G.k.9.i"][0]["G.k.9.i.2.r"]
    assert [judged[f"G.k.9.i.2.r.{number}.EU.1"] for number in (1, 2, 3)] == ["6", "1", "1"]
    assert opened().data[f"{row}-ema_result"] == "1"


def test_a_page_opened_before_the_questions_leaves_their_answers(opened, message):
    early = opened()
    opened().set(fda_combination_product="false").accepted()
    opened().set(**{"patient-0-fda_race": "C41260"}).accepted()
    del early.data["fda_combination_product"]
    early.data["seen"] = opened().data["seen"]
    early.set(**{"patient-0-initials": "A. B."}).accepted()
    assert [race["FDA.D.11.r.1"] for race in message().D["FDA.D.11.r"]] == ["C41260"]


@pytest.mark.parametrize("question", [q for table in TABLES for q in table.values()])
def test_choices_are_those_of_the_element(question):
    element = question.element
    choices = {key for key in question.choices() if not key.startswith("absent:")} if element.codes else set()
    listed = choices if element.codes in ("", "true") else set(CODE_LISTS[element.codes].codes)
    assert choices == listed
