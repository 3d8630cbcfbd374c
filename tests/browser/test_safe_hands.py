"""Correcting cases in a real browser: nothing typed is lost, nothing of others is overwritten unseen.

That a file of the wrong type is refused is told in test_documents.
"""

from decimal import Decimal

import pytest

from cases.amendment import amend
from cases.models import Case, CaseState
from tests.browser.steps import add_row, fill, open_row, save

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def case(letter_cases):
    return letter_cases[1]


@pytest.fixture
def open_form(window_of, address, case):
    """The case form of patient 2 as somebody sees it, at one of its parts."""

    def open_as(user, part):
        return window_of(user, f"{address('admin:cases_case_change', case.pk)}#tab-{part}")

    return open_as


def test_two_editors_see_each_other_and_the_later_save_asks(open_form, case, assessor, reviewer):
    first, second = (open_form(user, "findings") for user in (assessor, reviewer))
    assert "assessor" in second.locator("#presence").inner_text()
    for page, celsius in ((second, "39.1"), (first, "38.7")):
        fill(page, add_row(page, "temperatures"), celsius=celsius, result="measured")
        open_row(page, "symptoms-0")
        fill(page, "symptoms-0", term=f"weak at {celsius}")
        save(page)
    met = first.locator("#others-changes")
    assert "reviewer" in met.inner_text()
    conflict = met.locator("#conflicts tbody tr").inner_text()
    assert "weak at 39.1" in conflict
    assert "weak at 38.7" in conflict
    assert not case.temperatures.filter(celsius="38.7").exists(), "nothing is saved unseen"

    first.get_by_label("I have seen the changes").check()
    save(first)
    assert set(case.temperatures.exclude(celsius=None).values_list("celsius", flat=True)) == {
        Decimal("39.1"),
        Decimal("38.7"),
    }
    assert case.symptoms.get().term == "weak at 38.7"


def test_past_review_a_change_needs_its_reason_and_keeps_it(open_form, address, case, assessor):
    with amend(Case.objects.get(pk=case.pk), by=assessor, reason="complete") as amendment:
        amendment.change_case(state=CaseState.IN_REVIEW)
    page = open_form(assessor, "findings")
    fill(page, add_row(page, "temperatures"), celsius="39.4", result="measured")
    save(page)
    assert not case.temperatures.filter(celsius="39.4").exists()
    assert page.input_value("[name=temperatures-3-celsius]") == "39.4"
    page.get_by_label("Reason for this change").fill("a call from the ward")
    save(page)
    page.goto(address("admin:cases_case_history", case.pk))
    newest = page.locator("#case-history article").first.inner_text()
    for text in ("assessor", "a call from the ward", "39.4"):
        assert text in newest


def test_a_refused_save_keeps_nested_rows_too(open_form, case, assessor):
    page = open_form(assessor, "drugs")
    drug = add_row(page, "exposures")
    fill(page, drug, name="paracetamol", role="2")
    for amount, start, end in (("500", "12 Mar 2016", "14 Mar 2016"), ("750", "20 Mar 2016", "15 Mar 2016")):
        dose = add_row(page, f"{drug}-doses")
        fill(page, dose, amount=amount, unit="mg", start=start, end=end)
    save(page)
    assert "before" in page.locator(f".errors:has([name={drug}-doses-1-start])").last.inner_text()
    assert [page.input_value(f"[name={drug}-doses-{n}-amount]") for n in (0, 1)] == ["500", "750"]
    fill(page, f"{drug}-doses-1", end="22 Mar 2016")
    save(page)
    assert case.exposures.get(name="paracetamol").doses.count() == 2
