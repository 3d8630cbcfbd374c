"""Two people at one case: nothing is overwritten unseen, and nothing that was typed is lost."""

import pytest
from django.utils import timezone

from assessments.assessing import adjudicate
from cases.amendment import amend
from cases.models import Case, CaseEvent, Presence, Symptom, Temperature
from cases.presence import STALE
from tests.cases.rows import sql
from tests.web.entry.posting import CHANGE, Page
from web.entry.concurrent_editing.views import ConcurrentEditing

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def case(letter_cases):
    return letter_cases[0]


@pytest.fixture
def page(client, assessor, case):
    """The form as the assessor opened it, before the reviewer saves."""
    client.force_login(assessor)
    return Page(client, CHANGE.format(case.pk)).set(reason="mine")


@pytest.fixture
def theirs(case, reviewer):
    """What the reviewer saves meanwhile."""

    def save(reason="theirs"):
        return amend(Case.objects.get(pk=case.pk), by=reviewer, reason=reason)

    return save


def box(page):
    sections = page.form.xpath('.//section[@id="others-changes"]')
    return " ".join(sections[0].text_content().split()) if sections else ""


def conflicts(page):
    rows = page.form.xpath('.//table[@id="conflicts"]//tbody/tr')
    return [tuple(" ".join(cell.text_content().split()) for cell in row) for row in rows]


def saved_by(reason):
    return CaseEvent.objects.filter(reason=reason).exists()


def test_a_form_posts_what_is_stored(page, case):
    """What `as_posted` says a browser sends is what it sends: else untouched fields would look touched."""
    before = CaseEvent.objects.count()
    assert page.accepted() == ["Nothing was changed, so nothing was saved."]
    assert CaseEvent.objects.count() == before


def test_the_later_save_is_refused_and_shown_what_happened(page, case, theirs):
    dose = case.doses.get(position=3)
    with theirs() as amendment:
        amendment.change(dose, amount=5)
    page.fill(page.row_of("symptoms", "term", "arthralgia"), verbatim="joint pain")
    redisplayed = page.refused()
    assert not saved_by("mine")
    assert "reviewer" in box(redisplayed)
    assert "theirs" in box(redisplayed)
    assert "Amount:4 → 5" in box(redisplayed)
    assert conflicts(redisplayed) == []
    redisplayed.set(on_top="on").accepted()
    assert case.symptoms.get(term="arthralgia").verbatim == "joint pain"
    assert case.doses.get(position=3).amount == 5


def test_saving_without_having_looked_is_refused_again(page, case, theirs):
    with theirs() as amendment:
        amendment.change(case.symptoms.get(term="arthralgia"), verbatim="theirs")
    row = page.add("temperatures", celsius="39.2", result="measured")
    once = page.refused()
    twice = once.refused()
    assert "tick that you have seen it" in " ".join(twice.errors())
    assert "theirs" in box(twice)
    assert twice.data[f"{row}-celsius"] == "39.2"
    twice.set(on_top="on").accepted()
    assert Temperature.objects.filter(case=case, celsius="39.2").exists()


def test_a_field_that_both_changed_shows_both_values(page, case, theirs):
    row = page.row_of("symptoms", "term", "arthralgia")
    with theirs() as amendment:
        amendment.change(case.symptoms.get(term="arthralgia"), verbatim="pain in joints")
        amendment.change_case(report_type="2")
    page.fill(row, verbatim="joint pain")
    page.set(report_type="1")
    redisplayed = page.refused()
    assert conflicts(redisplayed) == [
        ("LETTER-P1: Report type", "Report from study", "Spontaneous report"),
        ("arthralgia: As reported", "pain in joints", "joint pain"),
    ]
    redisplayed.set(on_top="on").accepted()
    case.refresh_from_db()
    assert (case.report_type, case.symptoms.get(term="arthralgia").verbatim) == ("1", "joint pain")


def test_rows_that_came_and_went_meanwhile(page, case, theirs):
    rows = Symptom.objects.filter(case=case).order_by("id")
    first, last = rows.first(), rows.last()
    with theirs() as amendment:
        amendment.remove(first)
        amendment.add(Symptom(term="cough"))
    page.fill(page.row_of("symptoms", "term", last.term), verbatim="mine")
    page.add("symptoms", term="malaise", result="positive")
    redisplayed = page.refused()
    assert redisplayed.data[f"{redisplayed.row_of('symptoms', 'term', 'malaise')}-id"] == ""
    redisplayed.set(on_top="on").accepted()
    terms = set(Symptom.objects.filter(case=case).values_list("term", flat=True))
    assert {"cough", "malaise", last.term} <= terms
    assert first.term not in terms
    assert Symptom.objects.get(pk=last.pk).verbatim == "mine"


def test_a_row_that_is_gone_and_was_touched_comes_back_as_a_new_one(page, case, theirs):
    row = page.row_of("symptoms", "term", "arthralgia")
    page.fill(row, verbatim="joint pain")
    with theirs() as amendment:
        amendment.remove(case.symptoms.get(term="arthralgia"))
    redisplayed = page.refused()
    assert conflicts(redisplayed) == [("arthralgia: The whole entry", "(removed)", "kept, as a new entry")]
    assert redisplayed.data[f"{redisplayed.row_of('symptoms', 'term', 'arthralgia')}-id"] == ""
    redisplayed.set(on_top="on").accepted()
    assert case.symptoms.get(term="arthralgia").verbatim == "joint pain"


def test_nested_rows_keep_what_was_typed(page, case, theirs):
    """A drug put before this one moves every box of it."""
    with theirs() as amendment:
        exposure = case.exposures.get()
        amendment.change(exposure, position=9)
        amendment.add(type(exposure)(name="ibuprofen", role="2", position=1))
    page.fill(page.row_of("exposures-0-doses", "position", 3), amount="6")
    page.add("exposures-0-doses", amount="7", unit="mg/kg", text="one more")
    redisplayed = page.refused()
    redisplayed.set(on_top="on").accepted()
    doses = case.doses.filter(exposure=exposure)
    assert doses.get(position=3).amount == 6
    assert doses.get(text="one more").amount == 7
    assert doses.count() == 4
    assert case.exposures.count() == 2


def test_new_rows_that_name_each_other_still_do(page, case, theirs):
    with theirs() as amendment:
        amendment.add(Symptom(term="cough"))
        amendment.add(type(case.exposures.get())(name="ibuprofen", role="2"))
    drug = page.add("exposures", name="phenytoin", role="1")
    reaction = page.data["reactions-0-id"]
    page.add("drug_reactions", exposure=drug, reaction=reaction)
    page.refused().set(on_top="on").accepted()
    assert case.exposures.get(name="phenytoin").reactions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_change_past_every_service_is_not_reverted(page, case):
    sql("UPDATE cases_symptom SET verbatim = 'by SQL' WHERE case_id = %s AND term = 'arthralgia'", case.pk)
    page.add("temperatures", celsius="39.2", result="measured")
    page.accepted()
    assert case.symptoms.get(term="arthralgia").verbatim == "by SQL"


def test_an_answer_of_a_reviewer_is_shown_though_it_changed_no_field(page, case, reviewer):
    adjudicate(case, "suggesting", "yes", by=reviewer, reason="typical picture")
    page.add("temperatures", celsius="39.2", result="measured")
    assert "typical picture" in box(page.refused())


def test_a_save_between_the_check_and_the_lock_is_met_as_well(page, case, theirs, monkeypatch):
    looks = ConcurrentEditing._merge_others_changes

    def blinks(self, request, case):
        monkeypatch.setattr(ConcurrentEditing, "_merge_others_changes", looks)

    monkeypatch.setattr(ConcurrentEditing, "_merge_others_changes", blinks)
    with theirs() as amendment:
        amendment.change(case.symptoms.get(term="arthralgia"), verbatim="theirs")
    row = page.add("temperatures", celsius="39.2", result="measured")
    redisplayed = page.refused()
    assert "theirs" in box(redisplayed)
    assert redisplayed.data[f"{row}-celsius"] == "39.2"
    redisplayed.set(on_top="on").accepted()
    assert case.symptoms.get(term="arthralgia").verbatim == "theirs"


def test_my_own_other_window_counts_as_well(page, client, case):
    other = Page(client, CHANGE.format(case.pk)).set(reason="other window")
    other.add("temperatures", celsius="38.8", result="measured")
    other.accepted()
    page.add("temperatures", celsius="39.2", result="measured")
    assert "other window" in box(page.refused())


def test_a_form_that_does_not_say_what_it_was_made_from(page):
    page.set(seen="yesterday")
    page.add("temperatures", celsius="39.2", result="measured")
    assert "Open the case anew" in page.refused().text


# ---- presence


def test_whoever_comes_second_sees_the_first(page, client, case, reviewer):
    client.force_login(reviewer)
    text = client.get(CHANGE.format(case.pk)).content.decode()
    assert "assessor has this case open since" in text


def test_whoever_came_first_sees_the_second(page, client, case, assessor, reviewer):
    url = f"/admin/cases/case/{case.pk}/presence/"
    client.force_login(reviewer)
    client.get(CHANGE.format(case.pk))
    client.force_login(assessor)
    assert "reviewer has this case open" in client.post(url).json()["others"]
    client.force_login(reviewer)
    assert client.post(f"{url}leave/").status_code == 204
    client.force_login(assessor)
    assert client.post(url).json()["others"] == ""


def test_the_page_learns_of_a_save_before_it_saves_itself(page, client, case, theirs):
    with theirs() as amendment:
        amendment.add(Symptom(term="cough"))
    others = client.post(f"/admin/cases/case/{case.pk}/presence/", {"seen": page.data["seen"]}).json()[
        "others"
    ]
    assert "reviewer has changed it meanwhile" in others


def test_who_went_without_a_word_is_forgotten(page, client, case, reviewer):
    Presence.objects.update(last_seen=timezone.now() - 2 * STALE)
    client.force_login(reviewer)
    assert "has this case open" not in client.get(CHANGE.format(case.pk)).content.decode()
    assert list(Presence.objects.values_list("user", flat=True)) == [reviewer.pk]


def test_presence_is_for_those_who_may_change_the_case(client, case, researcher):
    client.force_login(researcher)
    assert client.post(f"/admin/cases/case/{case.pk}/presence/").status_code in (302, 403, 404)
    assert not Presence.objects.filter(user=researcher).exists()
