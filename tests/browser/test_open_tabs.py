"""Tabs of the case form that come when they are opened, in a real browser: saved together, nothing lost."""

import pytest

from cases.amendment import amend
from cases.models import Case
from tests.browser.steps import add_row, fill, save, show_tab

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def case(letter_cases):
    return letter_cases[0]


@pytest.fixture
def form(window_of, address, assessor, case):
    return window_of(assessor, address("admin:cases_case_change", case.pk))


def test_tabs_come_when_they_are_opened_and_are_saved_together(form, case):
    assert form.locator("[name^=temperatures-]").count() == 0
    show_tab(form, "tab-drugs")
    drug = add_row(form, "exposures")
    fill(form, drug, name="phenytoin", role="1")
    show_tab(form, "tab-reactions")
    pair = add_row(form, "drug_reactions")
    fill(form, pair, exposure=drug, reaction=str(case.reactions.get().pk))
    show_tab(form, "tab-patient")
    form.fill("[name=patient-0-history_text]", "told by telephone")
    show_tab(form, "tab-drugs")
    assert form.input_value(f"[name={drug}-name]") == "phenytoin", "a tab keeps what is typed"
    save(form)
    assert case.exposures.get(name="phenytoin").reactions.count() == 1
    assert Case.objects.get(pk=case.pk).patient.history_text == "told by telephone"
    assert form.locator("nav a[aria-current=true]").inner_text().startswith("What was taken")
    assert form.locator("[name=reactions-TOTAL_FORMS]").count() == 0, "an unopened tab isn't sent again"


def test_a_refused_save_loses_nothing_and_an_unopened_tab_stays_as_it_is(form, case):
    before = list(case.symptoms.values_list("term", "verbatim"))
    show_tab(form, "tab-patient")
    form.fill("[name=patient-0-history_text]", "typed")
    show_tab(form, "tab-drugs")
    drug = add_row(form, "exposures")
    fill(form, drug, name="phenytoin", role="1")
    dose = add_row(form, f"{drug}-doses")
    fill(form, dose, amount="many")
    show_tab(form, "tab-patient")
    save(form)
    form.locator(f".errors:has([name={dose}-amount])").last.wait_for()
    assert form.locator("nav a[aria-current=true]").inner_text().startswith("What was taken")
    fill(form, dose, amount="300", unit="mg")
    show_tab(form, "tab-patient")
    assert form.input_value("[name=patient-0-history_text]") == "typed"
    show_tab(form, "tab-findings")
    assert form.input_value("[name=symptoms-INITIAL_FORMS]") == str(len(before))
    save(form)
    assert case.exposures.get(name="phenytoin").doses.get().amount == 300
    assert Case.objects.get(pk=case.pk).patient.history_text == "typed"
    assert list(case.symptoms.values_list("term", "verbatim")) == before


def test_two_editors_in_different_tabs_keep_both(form, case, reviewer):
    show_tab(form, "tab-patient")
    form.fill("[name=patient-0-history_text]", "mine")
    with amend(Case.objects.get(pk=case.pk), by=reviewer, reason="theirs") as amendment:
        amendment.change(case.symptoms.get(term="arthralgia"), verbatim="theirs")
    show_tab(form, "tab-findings")
    save(form)
    assert "theirs" in form.locator("#others-changes").inner_text()
    assert form.locator("#conflicts").count() == 0
    form.get_by_label("I have seen the changes").check()
    save(form)
    assert Case.objects.get(pk=case.pk).patient.history_text == "mine"
    assert case.symptoms.get(term="arthralgia").verbatim == "theirs"


def test_a_tab_that_does_not_come_says_so_and_comes_when_it_is_opened_again(form):
    form.route("**/change/?part=tab-tests", lambda route: route.abort())
    show_tab(form, "tab-tests")
    form.get_by_text("This part didn't come").wait_for()
    form.unroute("**/change/?part=tab-tests")
    form.click("nav a[href='#tab-tests']")
    form.locator("[name=laboratory-0-name]").wait_for(state="attached")
