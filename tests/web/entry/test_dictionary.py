"""The drug dictionary in the admin."""

import pytest

from cases.models import Drug, HalfLife
from tests.web.entry.posting import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def drug(db):
    drug = Drug.objects.create(name="examplimab", substance="examplimab", release="test")
    for low, default in ((24, True), (48, False)):
        HalfLife.objects.create(
            drug=drug, low_hours=low, high_hours=low + 8, source="label", is_default=default
        )
    return drug


@pytest.fixture
def page(client, assessor, drug):
    client.force_login(assessor)
    return Page(client, f"/admin/cases/drug/{drug.pk}/change/", form="drug_form")


def refused(page):
    response = page.post()
    assert response.status_code == 200
    return " ".join(Page(page.client, page.url, response, form="drug_form").errors())


def test_the_default_half_life_changes_hands(page, drug):
    first, second = page.row_of("half_lives", "low_hours", 24), page.row_of("half_lives", "low_hours", 48)
    del page.data[f"{first}-is_default"]
    page.data[f"{second}-is_default"] = "on"
    assert page.post().status_code == 302
    assert drug.half_lives.get(is_default=True).low_hours == 48


def test_two_defaults_are_refused(page, drug):
    page.data[page.row_of("half_lives", "low_hours", 48) + "-is_default"] = "on"
    assert "mark only one" in refused(page)
    assert drug.half_lives.get(is_default=True).low_hours == 24


def test_a_range_upside_down_is_refused(page):
    page.add("half_lives", low_hours="10", high_hours="5", source="label")
    assert "from low to high" in refused(page)


def test_a_change_of_the_dictionary_is_kept_with_its_author(page, drug, assessor):
    page.set(note="looked up").post()
    drug.refresh_from_db()
    assert drug.note == "looked up"
    context = drug._meta.apps.get_model("cases", "DrugHistory").objects.filter(pgh_obj=drug).last()
    assert context.pgh_context["user"] == assessor.pk
