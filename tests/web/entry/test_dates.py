"""Dates as people type them into the case form: read, asked back, refused, and shown in one form."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cases.models import Case
from tests.web.entry.posting import ADD, Page
from values.moments import Moment
from web.entry.fields import DayInput, MomentInput

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, assessor):
    client.force_login(assessor)
    return Page(client, ADD).set(number="NEW-1")


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("05SEP2026", "2026-09-05", "5 Sep 2026"),
        ("unk-oct-2026", "2026-10", "Oct 2026"),
        ("4.3.26", "2026-03-04", "4 Mar 2026"),
        ("13/11/2026", "2026-11-13", "13 Nov 2026"),
        ("2026/3/4", "2026-03-04", "4 Mar 2026"),
        ("approx. Mar 2026", "~2026-03", "about Mar 2026"),
        ("late Feb 2026", "2026-02-21..2026-02-28", "21 to 28 Feb 2026"),
        ("3 to 5 March 2026", "2026-03-03..2026-03-05", "3 to 5 Mar 2026"),
        ("week 10 of 2026", "2026-03-02..2026-03-08", "2 to 8 Mar 2026"),
        ("4 Mar 2026 9:30", "2026-03-04T09:30", "4 Mar 2026, 09:30"),
    ],
)
def test_what_is_typed_is_stored_as_reported_and_shown_in_one_form(page, typed, stored, shown):
    page.set(first_received="20 Nov 2026", latest_information="20-NOV-2026")
    page.add("reactions", term="rash", onset=typed)
    page.accepted()
    case = Case.objects.get()
    assert (str(case.reactions.get().onset), case.first_received) == (stored, date(2026, 11, 20))
    again = Page(page.client, f"/admin/cases/case/{case.pk}/change/")
    assert (again.data["reactions-0-onset"], again.data["first_received"]) == (shown, "20 Nov 2026")


def test_a_year_of_two_digits_is_not_after_the_receipt(page):
    page.set(first_received="20 Nov 2025")
    page.add("reactions", term="rash", onset="4.3.26")
    page.accepted()
    assert str(Case.objects.get().reactions.get().onset) == "1926-03-04"


def test_yesterday_is_stored_as_a_date(page):
    page.add("reactions", term="rash", onset="yesterday")
    page.accepted()
    assert Case.objects.get().reactions.get().onset.date.first_day == timezone.localdate() - timedelta(days=1)


def readings_at(page, box):
    (choices,) = page.form.xpath(f'.//*[@id="id_{box}_readings"]')
    return choices.get("data-readings")


def test_two_readings_are_asked_back_and_nothing_is_lost(page):
    row = page.add("reactions", term="rash", onset="5/6/2026")
    page.fill("patient-0", birth_date="1.2.20")
    redisplayed = page.set(first_received="7/8/2026").refused()
    assert "Write 5 Jun 2026, or 6 May 2026." in redisplayed.errors_at(f"{row}-onset")
    assert readings_at(redisplayed, f"{row}-onset") == '["5 Jun 2026", "6 May 2026"]'
    assert readings_at(redisplayed, "first_received") == '["7 Aug 2026", "8 Jul 2026"]'
    assert readings_at(redisplayed, "patient-0-birth_date") == '["1 Feb 2020", "1 Feb 1920"]'
    assert redisplayed.data[f"{row}-onset"] == "5/6/2026"
    redisplayed.fill(row, onset="6 May 2026")
    redisplayed.fill("patient-0", birth_date="1 Feb 1920")
    redisplayed.set(first_received="8 Jul 2026").accepted()
    assert str(Case.objects.get().reactions.get().onset) == "2026-05-06"


def test_an_event_may_be_typed_after_what_counts_from_it(page):
    page.add("symptoms", term="fever", when="3 days after start of allopurinol")
    page.add("reactions", term="DRESS", onset="28 days after start of allopurinol")
    drug = page.add("exposures", name="Allopurinol", role="1")
    page.add(f"{drug}-doses", text="as prescribed")
    page.accepted()
    case = Case.objects.get()
    dose = case.doses.get().anchor
    assert (str(case.symptoms.get().when), str(case.reactions.get().onset)) == (f"{dose}+3d", f"{dose}+28d")


def test_a_drug_without_a_dose_is_named_with_the_place_to_enter_it(page):
    row = page.add("symptoms", term="fever", when="3 days after start of allopurinol")
    page.add("exposures", name="Allopurinol", role="1")
    messages = page.refused().errors_at(f"{row}-when")
    assert "Enter the drug with a dose under “What was taken”" in messages
    assert "before or after this row" in messages


@pytest.mark.parametrize(
    "typed",
    ["Sep 2026", "2026", "about 29 Sep 2026", "mid Sep 2026", "day 0", "tomorrow", "31 Feb 2026", "soon"],
)
def test_a_day_of_the_report_is_a_whole_date(typed):
    with pytest.raises(ValidationError):
        DayInput().clean(typed)


def test_an_unchanged_moment_is_no_change():
    box = MomentInput()
    for text in ("2026-09-29", "~2026-09", "2026-09-11..2026-09-20", "birth+16..17mo"):
        moment = Moment.parse(text)
        assert not box.has_changed(moment, box.prepare_value(moment))
    assert not DayInput().has_changed(date(2026, 9, 29), "29 Sep 2026")
