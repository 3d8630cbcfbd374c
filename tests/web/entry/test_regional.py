"""FDA's own elements are questions of the form where a case is meant for FDA, and leave for FDA."""

import pytest

from cases.record.read_cases import read_cases
from e2b import ICH_PROFILE, Null
from e2b.codelists import CODE_LISTS
from e2b.elements import ELEMENTS
from exchange.icsr import message_of
from tests.web.entry.posting import CHANGE, Page
from web.entry.regional import QUESTIONS

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("question", [q for table in QUESTIONS.values() for q in table.values()])
def test_choices_are_those_of_the_element(question):
    element = ELEMENTS[question.element]
    choices = {key for key in question.choices() if not key.startswith("absent:")} if element.codes else set()
    listed = set(CODE_LISTS[element.codes].codes) if element.codes not in ("", "true") else choices
    assert choices == listed
