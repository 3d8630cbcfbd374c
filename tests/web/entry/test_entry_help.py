"""What the form offers while somebody types: lists, terms used before, dates said back, the dictionary."""

import pytest

from cases.amendment import amend
from cases.models import Drug, Patient, Reaction, Reporter
from e2b.elements import ICH
from tests.cases.rows import add, open_case
from tests.web.entry.posting import ADD, CHANGE, Page
from values.moments import Moment
from values.numbers import hours_phrase
from values.quantities import ATOMS
from vocabulary.units import read_unit
from web.entry import datalists
from web.entry.moment_phrases import moment_phrase
from web.entry.suggestions import COLUMNS, suggested_terms

pytestmark = pytest.mark.django_db
SUGGESTIONS, MEANING = "/admin/cases/case/suggestions/", "/admin/cases/case/moment-meaning/"


@pytest.fixture
def signed_in(client, assessor):
    client.force_login(assessor)
    return client


@pytest.fixture
def page(signed_in):
    return Page(signed_in, ADD)


def label(page, box):
    return page.form.xpath(f'.//label[@for="{box}"]')[0]


LABELS = (
    ("id_reactions-__prefix__-onset", "E.i.4"),
    ("id_patient-0-sex", "D.5"),
    ("id_drug_reactions-__prefix__-reaction", "G.k.9.i.1"),
    ("id_reactions-__prefix__-reporter_death", "E.i.3.2a"),
    ("id_worldwide_id", "C.1.8.1"),
)


@pytest.mark.parametrize(("box", "element"), LABELS)
def test_a_label_says_its_element_on_hover(page, box, element):
    assert label(page, box).get("title") == f"{element} {ICH[element].name}"


def test_what_is_no_element_says_nothing_on_hover(page):
    assert label(page, "id_skin_examinations-__prefix__-itch").get("title") is None


LISTED = (
    ("id_exposures-__prefix__-doses-__prefix__-unit", "units-dose", "mg/kg"),
    ("id_exposures-__prefix__-doses-__prefix__-interval_unit", "units-time", "d"),
    ("id_laboratory-__prefix__-unit", "units-laboratory", "10*9/L"),
    ("id_treatments-__prefix__-unit", "units-dose", "mg"),
    ("id_reactions-__prefix__-country", "countries", "FR"),
    ("id_reactions-__prefix__-language", "languages", "eng"),
)


@pytest.mark.parametrize(("box", "name", "value"), LISTED)
def test_a_box_offers_the_list_that_the_page_holds_once(page, box, name, value):
    assert page.form.get_element_by_id(box).get("list") == name
    (options,) = page.form.xpath(f'.//datalist[@id="{name}"]')
    assert options.xpath(f'./option[@value="{value}"]')


def test_every_offered_unit_is_one_that_is_understood():
    for unit in datalists.LABORATORY_UNITS:
        assert read_unit(unit).ucum == unit, "offer the code, not a spelling"
        for atom in unit.replace("/", " ").split():
            assert atom in ATOMS, unit


def test_every_country_of_ich_with_a_name_is_offered():
    assert datalists.datalists()["countries"]["DE"] == "Germany"
    assert len(datalists.datalists()["countries"]) == 249


def test_terms_typed_before_those_that_begin_so_first(signed_in, assessor):
    case = open_case(assessor)
    for term in ("rash", "rash", "skin rash", "brash", "rash, itching"):
        add(case, assessor, Reaction(term=term))
    options = signed_in.get(SUGGESTIONS, {"column": "reaction.term", "q": "Ras"}).json()
    assert options == {"terms": ["rash", "rash, itching", "skin rash"]}


def test_a_sign_with_a_meaning_of_its_own_is_only_a_sign(signed_in):
    for typed in (".*", "((", "\\m", "%%", "__"):
        assert signed_in.get(SUGGESTIONS, {"column": "reaction.term", "q": typed}).json() == {"terms": []}


def test_terms_are_asked_for_in_one_query_and_from_two_letters(
    letter_cases, assessor, django_assert_num_queries
):
    with django_assert_num_queries(1):
        assert suggested_terms(assessor, "exposure.name", "anak") == ["anakinra"]
    with django_assert_num_queries(0):
        assert suggested_terms(assessor, "exposure.name", "a") == []


def test_every_column_of_terms_can_be_asked(letter_cases, assessor):
    for column in COLUMNS:
        suggested_terms(assessor, column, "ab")


def test_terms_of_cases_that_one_may_not_read_are_not_offered(letter_cases, api_client_user, limit_reach):
    limit_reach("LETTER-P1")
    assert suggested_terms(api_client_user, "exposure.name", "anak") == []
    assert suggested_terms(api_client_user, "exposure.name", "cana") == ["canakinumab"]


def test_names_of_people_are_no_terms(signed_in):
    for model, field in ((Patient, "initials"), (Reporter, "family_name")):
        column = f"{model._meta.model_name}.{field}"
        assert signed_in.get(SUGGESTIONS, {"column": column, "q": "ab"}).status_code == 400


def test_who_may_not_change_cases_is_not_helped_to_type(client, researcher):
    researcher.is_staff = True
    researcher.save()
    client.force_login(researcher)
    for asked in (
        client.get(SUGGESTIONS),
        client.post(MEANING),
        client.get("/admin/cases/case/half-life/1/"),
    ):
        assert asked.status_code == 403


ON_THE_PAGE = {
    "exposures-0-name": "anakinra",
    "exposures-0-doses-0-amount": "2",
    "reactions-0-term": "DRESS",
}
SAID = (
    ("15/03/2016", "15 Mar 2016"),
    ("03/2016", "Mar 2016"),
    ("2016", "2016"),
    ("mid March 2016", "11 to 20 Mar 2016"),
    ("about 15 Mar 2016", "about 15 Mar 2016: 12 to 18 Mar 2016"),
    ("about 7 days before onset", "about 7 days before onset: 4 to 10 days before it"),
    ("2016-03-15T10:20", "15 Mar 2016, 10:20"),
    ("seven days after the first dose of anakinra", "7 days after first dose of anakinra"),
    ("day 0", "the day of onset"),
    ("age 16 months", "age 16 months"),
)


@pytest.mark.parametrize(("typed", "meaning"), SAID)
def test_the_meaning_of_what_was_typed_is_shown(signed_in, typed, meaning):
    answer = signed_in.post(MEANING, {**ON_THE_PAGE, "text": typed}).json()
    assert answer == {"meaning": meaning}


def test_of_several_readings_each_is_offered(signed_in):
    answer = signed_in.post(MEANING, {**ON_THE_PAGE, "text": "10/11/2016"}).json()
    assert answer["choices"] == ["10 Nov 2016", "11 Oct 2016"]
    answer = signed_in.post(MEANING, {**ON_THE_PAGE, "text": "day 10"}).json()
    assert answer["choices"] == ["9 days after onset", "10 days after onset"]


def test_a_day_of_the_report_is_read_as_a_whole_date(signed_in):
    assert signed_in.post(MEANING, {"text": "29.9.26", "kind": "day"}).json() == {"meaning": "29 Sep 2026"}
    assert "no whole date" in signed_in.post(MEANING, {"text": "Sep 2026", "kind": "day"}).json()["error"]


def test_what_was_not_understood_says_what_would_be(signed_in):
    answer = signed_in.post(MEANING, {**ON_THE_PAGE, "text": "2 days after first dose of phenytoin"}).json()
    assert "Events: birth; end of dress; first dose of anakinra" in answer["error"]


def test_events_of_the_stored_case_are_known(signed_in, letter_cases):
    asked = {"text": "2 days after third dose of canakinumab", "case": letter_cases[0].pk}
    assert "meaning" in signed_in.post(MEANING, asked).json()
    assert signed_in.post(MEANING, {**asked, "case": 0}).status_code == 404
    assert signed_in.post(MEANING, {**asked, "case": "x"}).status_code == 400


def test_an_hour_keeps_its_zone():
    assert moment_phrase(Moment.parse("2016-03-15T10+01:00"), {}) == "15 Mar 2016, 10 h +01:00"


def test_drugs_are_found_by_substance_too(signed_in, drugs):
    drug = Drug.objects.exclude(substance="").first()
    asked = {"app_label": "cases", "model_name": "exposure", "field_name": "drug", "term": drug.substance}
    options = signed_in.get("/admin/autocomplete/", asked).json()["results"]
    assert str(drug.pk) in [entry["id"] for entry in options]


def test_a_chosen_drug_brings_its_half_life_with_the_source(signed_in, drugs):
    drug = Drug.objects.get(name="anakinra")
    half_life = drug.half_lives.get(is_default=True)
    answer = signed_in.get(f"/admin/cases/case/half-life/{drug.pk}/").json()
    assert answer["name"] == "anakinra"
    assert hours_phrase(half_life.low_hours, half_life.high_hours) in answer["half_life"]
    assert half_life.source in answer["half_life"]
    assert signed_in.get("/admin/cases/case/half-life/0/").status_code == 404


def test_a_drug_whose_half_life_nobody_knows(signed_in):
    drug = Drug.objects.create(name="snake oil", release="1")
    answer = signed_in.get(f"/admin/cases/case/half-life/{drug.pk}/").json()["half_life"]
    assert answer == "The dictionary knows no half-life of snake oil."


@pytest.mark.parametrize(
    ("hours", "answer"), [((4, 6), "4 to 6 hours"), ((48, 48), "48 hours"), ((504, 672), "21 to 28 days")]
)
def test_durations_as_people_say_them(hours, answer):
    from decimal import Decimal

    assert hours_phrase(*map(Decimal, hours)) == answer


def test_the_half_life_of_a_stored_drug_stands_beside_the_boxes_that_override_it(signed_in, letter_cases):
    page = Page(signed_in, CHANGE.format(letter_cases[1].pk))
    hint = page.form.get_element_by_id("id_exposures-0-stated_half_life_low_hours_helptext").text
    assert "4 to 6 hours" in hint


def test_every_box_and_button_of_the_form_has_a_name_and_no_id_stands_twice(signed_in, letter_cases):
    page = Page(signed_in, CHANGE.format(letter_cases[1].pk))
    ids = page.form.xpath(".//@id")
    assert len(ids) == len(set(ids))
    labelled = set(page.form.xpath(".//label/@for"))
    for box in page.form.xpath('.//input[not(@type="hidden" or @hidden)] | .//select | .//textarea'):
        assert box.get("id") in labelled or box.get("aria-label"), box.get("name")
    for button in page.form.xpath(".//button"):
        assert button.text_content().strip() or button.get("aria-label")


def test_a_code_is_shown_as_not_validated_where_it_is_kept(signed_in, letter_cases, assessor):
    reaction = letter_cases[0].reactions.first()
    url = CHANGE.format(letter_cases[0].pk)
    statuses = './/p[contains(@id, "_status")]'
    assert Page(signed_in, url).form.xpath(statuses) == []
    with amend(letter_cases[0], by=assessor, reason="coded") as amendment:
        amendment.change(reaction, meddra_code="10073508", meddra_version="29.1")
    (shown,) = Page(signed_in, url).form.xpath(statuses)
    assert shown.text == "Not validated: kept as typed, not looked up in MedDRA."
    assert shown.get("id").endswith("-meddra_code_status")
