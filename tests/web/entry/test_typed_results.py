"""What a laboratory prints can be typed as it stands: decimal commas, bounds, titres, normal ranges."""

from decimal import Decimal

import pytest

from cases.models import Case
from tests.web.entry.posting import ADD, CHANGE, Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, assessor):
    client.force_login(assessor)
    return Page(client, ADD).set(number="TYPED-1")


TYPED = (
    ({"value": "0,2"}, {"value": "0.2", "qualifier": "="}),
    ({"value": "< 5"}, {"value": "5", "qualifier": "<"}),
    ({"value": "≥0,01", "qualifier": ">="}, {"value": "0.01", "qualifier": ">="}),
    ({"value": "1:80"}, {"value": "80", "unit": "{titer}"}),
    ({"value": "1:80", "unit": "titre"}, {"value": "80", "unit": "titre"}),
    ({"value": "31", "upper_limit": "<50"}, {"upper_limit": "50", "lower_limit": None}),
    ({"value": "31", "upper_limit": "40-130"}, {"upper_limit": "130", "lower_limit": "40"}),
    ({"value": "31", "lower_limit": "0,5 – 1,2"}, {"upper_limit": "1.2", "lower_limit": "0.5"}),
    ({"value": "31", "lower_limit": ">60"}, {"lower_limit": "60"}),
)


@pytest.mark.parametrize(("typed", "stored"), TYPED)
def test_each_part_goes_to_its_field(page, typed, stored):
    page.add("laboratory", name="A test of its own", **typed)
    page.accepted()
    row = Case.objects.get(number="TYPED-1").examinations.get()
    as_text = {name: getattr(row, name) for name in stored}
    assert {name: str(v) if isinstance(v, Decimal) else v for name, v in as_text.items()} == stored


REFUSED = (
    ({"value": "1,500"}, "value", "1.5 or 1500"),
    ({"value": "++"}, "value", "In words only"),
    ({"value": "<5", "qualifier": ">"}, "value", "contradicts"),
    ({"value": "1:80", "unit": "mg/dL"}, "value", "is a titre"),
    ({"value": "3", "upper_limit": ">50"}, "upper_limit", "no upper limit"),
    ({"value": "3", "upper_limit": "1,500"}, "upper_limit", "1.5 or 1500"),
    ({"value": "3", "upper_limit": "1-1,500"}, "upper_limit", "1.5 or 1500"),
)


@pytest.mark.parametrize(("typed", "field", "words"), REFUSED)
def test_what_can_mean_two_things_is_asked_back_at_its_box(page, typed, field, words):
    row = page.add("laboratory", name="A test of its own", **typed)
    assert words in page.refused().errors_at(f"{row}-{field}")


def test_a_sign_added_to_a_number_is_a_change(page, client):
    page.add("laboratory", name="A test of its own", value="5")
    page.accepted()
    case = Case.objects.get(number="TYPED-1")
    again = Page(client, CHANGE.format(case.pk))
    again.fill("laboratory-0", value="<5")
    again.accepted()
    assert case.examinations.get().qualifier == "<"
