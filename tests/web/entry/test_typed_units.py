"""Units at the form: what has no safe reading is refused at its box, what a person has to confirm is kept."""

import pytest

from cases.amendment import amend
from cases.models import Case, Examination
from tests.cases.rows import open_case
from tests.web.entry.posting import ADD, CHANGE, Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, assessor):
    client.force_login(assessor)
    return Page(client, ADD).set(number="UNITS-1")


REFUSED = (
    ({"name": "Eosinophils", "unit": "mil/mcL"}, ("million, thousand or milli", "such as 10*9/L")),
    ({"name": "CRP", "unit": "mg/d"}, ("mg/dL cut off", "such as mg/L")),
    ({"name": "a name of its own", "unit": "?g/L"}, ("micro sign", "the report means.")),
    ({"name": "a name of its own", "test": "crp", "unit": "\ufffdg/L"}, ("micro sign", "such as mg/L")),
)


@pytest.mark.parametrize(("typed", "words"), REFUSED)
def test_a_unit_without_a_safe_reading_is_refused_with_what_to_write(page, typed, words):
    row = page.add("laboratory", value="7", **typed)
    refused = page.refused()
    messages = refused.errors_at(f"{row}-unit")
    assert all(part in messages for part in words), messages
    assert refused.form.get_element_by_id(f"id_{row}-unit").get("value") == typed["unit"]
    assert not Case.objects.exists()


ENTERED = (
    {"name": "Leukocytes", "unit": "109/L"},  # somebody has to confirm it
    {"name": "Leukocytes", "unit": "parsec"},  # it is in no list
    {"name": "a name of its own", "test": "none", "unit": "?g/L"},
)


@pytest.mark.parametrize("typed", ENTERED)
def test_any_other_unit_is_stored_as_it_was_typed(page, typed):
    page.add("laboratory", value="7", **typed)
    page.accepted()
    assert Examination.objects.get().unit == typed["unit"]


def test_an_imported_unit_is_refused_only_when_it_is_typed(client, assessor):
    case = open_case(assessor)
    with amend(case, by=assessor, reason="as an import does") as amendment:
        amendment.add(Examination(name="CRP", value=7, unit="mg/d"))
    client.force_login(assessor)
    Page(client, CHANGE.format(case.pk)).set(**{"laboratory-0-comment": "seen"}).accepted()
    page = Page(client, CHANGE.format(case.pk)).set(**{"laboratory-0-unit": "g/d"})
    assert "such as mg/L" in page.refused().errors_at("laboratory-0-unit")
