"""A drug is found by its name in the dictionary and by every name that a report gave it."""

import pytest

from cases.drugs import names as drug_names
from cases.drugs.names import exposures_named
from cases.models import Drug, Exposure
from tests.cases.rows import add, open_case

pytestmark = pytest.mark.django_db
REPORTED = (
    ("Kineret", "anakinra"),
    ("anakinra 100 mg", "anakinra"),
    ("ANAKINRA?", None),
    ("Ilaris", "canakinumab"),
    ("100%_pure", None),
)


@pytest.fixture
def exposures(drugs, assessor):
    case = open_case(assessor)
    for name, drug in REPORTED * 2:
        add(case, assessor, Exposure(name=name, drug=Drug.objects.get(name=drug) if drug else None))


@pytest.mark.parametrize("most", [drug_names.MOST_NAMES, 0], ids=("by names", "row by row"))
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("anakinra", {"Kineret", "anakinra 100 mg", "ANAKINRA?"}),
        ("kineret", {"Kineret"}),
        ("kin", {"Kineret", "anakinra 100 mg", "ANAKINRA?", "Ilaris"}),
        ("%_", {"100%_pure"}),
        ("nothing of the kind", set()),
    ],
)
def test_found_under_every_name(exposures, monkeypatch, most, text, found):
    monkeypatch.setattr(drug_names, "MOST_NAMES", most)
    assert set(Exposure.objects.filter(exposures_named(text)).values_list("name", flat=True)) == found


def test_names_of_drugs_that_are_found_already_are_not_asked_again(exposures):
    assert exposures_named("canakinumab").children == [
        ("drug__in", [Drug.objects.get(name="canakinumab").pk])
    ]


def test_a_registry_without_drugs(db):
    assert not Exposure.objects.filter(exposures_named("anakinra")).exists()
