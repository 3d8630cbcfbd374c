"""Changing a case through the form: one amendment with a reason, or none."""

import pytest

from cases.amendment import amend
from cases.models import Case, CaseEvent, Dose, DrugReaction, Examination, Exposure, Temperature
from tests.standings import standing
from tests.web.entry.posting import CHANGE, Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(letter_cases):
    return letter_cases[0]


@pytest.fixture
def page(client, assessor, case):
    client.force_login(assessor)
    return Page(client, CHANGE.format(case.pk))


def events(case):
    return CaseEvent.objects.filter(case_id=case.pk)


def score(case):
    return standing(case)


def test_one_temperature_moves_the_stored_interval_and_is_reported(page, case):
    before = events(case).count()
    page.add("temperatures", celsius="39.2", result="measured")
    messages = page.set(reason="telephone call with the ward").accepted()

    assert (score(case).low, score(case).high, score(case).is_current) == (0, 7, True)
    assert messages[0] == (
        "RegiSCAR: computed 3 [-1, 7] -> 3 [0, 7]; "
        "standing reported probable 5; evidence open: no case to definite (3)"
    )
    assert events(case).count() == before + 1
    event = events(case).first()
    assert (event.reason, event.action, event.by_name) == (
        "telephone call with the ward",
        "amended",
        "assessor",
    )
    assert event.changes == ["added temperature: 39.2 °C"]


def test_what_was_not_changed_is_no_amendment(page, case):
    before, version = events(case).count(), score(case).evidence_version
    messages = page.accepted()
    assert messages == ["Nothing was changed, so nothing was saved."]
    assert events(case).count() == before
    assert score(case).evidence_version == version


def test_nothing_changed_in_either_case_of_the_letter(client, assessor, letter_cases):
    client.force_login(assessor)
    for case in letter_cases:
        messages = Page(client, CHANGE.format(case.pk)).set(reason="just looking").accepted()
        assert messages == ["Nothing was changed, so nothing was saved."]


def test_a_change_past_review_without_a_reason_is_refused_and_kept_on_the_page(page, case, assessor):
    with amend(case, by=assessor, reason="complete") as amendment:
        amendment.change_case(state="in_review")
    page = Page(page.client, page.url)
    row = page.add("temperatures", celsius="39.2", result="measured", verbatim="hot  and dry")
    redisplayed = page.refused()
    assert "Give a reason" in " ".join(redisplayed.errors())
    assert redisplayed.data[f"{row}-celsius"] == "39.2"
    assert redisplayed.data[f"{row}-verbatim"] == "hot  and dry"
    assert not Temperature.objects.filter(celsius="39.2").exists()
    # The same page, with the reason, is accepted.
    redisplayed.set(reason="call").accepted()
    assert Temperature.objects.filter(case=case, celsius="39.2").count() == 1


def test_fields_of_the_case_are_amended(page, case):
    page.set(latest_information="2017-09-16", reason="publication").accepted()
    case.refresh_from_db()
    assert str(case.latest_information) == "2017-09-16"
    assert events(case).first().changes == ["case: latest_information"]


def test_rows_are_changed_removed_and_added_in_one_amendment(page, case):
    dose = page.row_of("exposures-0-doses", "position", 2)
    page.fill(dose, batch="X-17")
    page.remove(page.row_of("symptoms", "term", "arthralgia"))
    page.add("exposures-0-doses", amount="4", unit="mg/kg")
    before = events(case).count()
    page.set(reason="pharmacy").accepted()

    assert events(case).count() == before + 1
    assert events(case).first().changes == [
        "removed symptom: arthralgia",
        "changed dose: 4 mg/kg subcutaneous",
        "added dose: 4 mg/kg",
    ]
    positions = Dose.objects.filter(case=case).values_list("position", "batch")
    assert list(positions) == [(1, ""), (2, "X-17"), (3, ""), (4, "")]


def test_a_virus_test_with_its_detail(page, case):
    row = page.add("viral", name="CMV PCR", result="negative")
    page.fill(f"{row}-viraltest-0", virus="cmv", assay="pcr")
    page.set(reason="laboratory").accepted()
    added = Examination.objects.filter(case=case).latest("pk")
    assert (added.kind, added.viraltest.virus, added.viraltest.case_id) == ("viral", "cmv", case.pk)


def test_a_new_row_leaves_open_what_the_browser_would_choose_by_itself(page):
    assert page.data["viral-__prefix__-viraltest-0-virus"] == ""
    assert page.data["organ_involvements-__prefix__-organ"] == ""
    assert page.data["lymph_node_examinations-__prefix__-result"] == ""


def test_a_row_that_was_added_and_left_empty_is_no_amendment(page, case):
    before = events(case).count()
    page.add("lymph_node_examinations")
    page.add("exposures")
    assert page.accepted() == ["Nothing was changed, so nothing was saved."]
    assert events(case).count() == before


def test_lymph_nodes_with_their_sites(page, case):
    row = page.add("lymph_node_examinations", result="positive")
    page.add(f"{row}-sites", site="left cervical", size_cm="2.5")
    page.set(reason="examined again").accepted()
    site = case.lymph_node_sites.get()
    assert (site.site, site.examination.result) == ("left cervical", "positive")


def test_a_whole_story_with_more_boxes_than_django_takes_by_default(page, case, settings):
    """The limit of 1,000 boxes is meant for strangers; a case with thirty results has more."""
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
    for day in range(1, 31):
        page.add("laboratory", name="ALT", test="alt", value="100", unit="U/L", when=f"2016-03-{day:02}")
    page.set(reason="discharge letter").accepted()
    added = Examination.objects.filter(case=case, name="ALT")
    assert [row.position for row in added] == list(range(8, 38))


def test_a_drug_takes_its_half_life_from_the_dictionary(page, case, drugs):
    from cases.models import Drug

    drug = Drug.objects.get(name="canakinumab")
    page.add("exposures", name="Ilaris", role="2", drug=drug.pk)
    page.set(reason="pharmacy").accepted()
    added = Exposure.objects.get(case=case, name="Ilaris")
    assert added.drug == drug
    assert added.reference_half_life_low_hours is not None
    assert added.position == 2


def test_a_pair_of_saved_rows_is_changed_and_added(page, client, case):
    page.fill("drug_reactions-0", first_dose_interval="66", first_dose_unit="d")
    page.add("reactions", term="headache")
    page.set(reason="call").accepted()
    assert DrugReaction.objects.get(case=case).first_dose_interval == 66

    page = Page(client, page.url)
    drug, reaction = case.exposures.get(), case.reactions.get(term="headache")
    page.add("drug_reactions", exposure=drug.pk, reaction=reaction.pk, recurrence="4")
    page.set(reason="call").accepted()
    assert case.drug_reactions.count() == 2


def test_the_pair_that_is_there_already_is_refused_with_its_words(page, case):
    drug, reaction = case.exposures.get(), case.reactions.get()
    page.add("drug_reactions", exposure=drug.pk, reaction=reaction.pk)
    redisplayed = page.set(reason="call").refused()
    assert "paired already" in " ".join(redisplayed.errors()) or "duplicate" in " ".join(redisplayed.errors())
    assert case.drug_reactions.count() == 1


def test_a_case_that_somebody_may_no_longer_change_is_not_written(page, case, assessor):
    page.add("temperatures", celsius="39.2", result="measured")
    assessor.role = "researcher"
    assessor.save()
    assert page.set(reason="call").post().status_code == 403
    assert Case.objects.get(pk=case.pk).temperatures.filter(celsius="39.2").count() == 0


def test_dates_are_typed_the_way_people_type_them_and_shown_in_words(page, case):
    row = page.row_of("reactions", "term", "probable DRESS syndrome")
    assert page.data[f"{row}-onset"] == "10 days after third dose of canakinumab"
    page.add("temperatures", celsius="39.2", result="measured", when="3 days after onset")
    page.set(reason="chart").accepted()
    stored = case.temperatures.get(celsius="39.2")
    assert str(stored.when) == f"{case.reactions.get().anchor}+3d"


def test_the_lines_of_an_address_have_a_box_of_lines(page, case):
    page.add("reporters", street="Main Street 1\r\nDoor 2", country="DE")
    (box,) = page.form.xpath('.//*[@name="reporters-__prefix__-street"]')
    assert box.tag == "textarea"
    page.set(reason="address").accepted()
    assert case.reporters.get().street == "Main Street 1\nDoor 2"
