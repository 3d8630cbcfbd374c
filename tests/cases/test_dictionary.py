"""The drug dictionary that comes with the registry, and its loader."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from cases.drugs.dictionary import load_dictionary
from cases.drugs.half_lives import read_half_lives, write_half_lives
from cases.models import Drug, HalfLife
from tests.material import HALF_LIVES, conformance

pytestmark = pytest.mark.django_db
ROWS = [
    row
    for row in csv.DictReader(
        HALF_LIVES.read_text(encoding="utf-8").splitlines() if HALF_LIVES.exists() else ()
    )
    if row["half_life_low_h"] and row["row_type"] != "class"
]
RELEASE = Path(__file__).resolve().parents[2] / "fixtures" / "drugs.toml"


def test_loading_twice_changes_nothing(drugs):
    before = list(Drug.objects.order_by("id").values()), list(HalfLife.objects.order_by("id").values())
    assert load_dictionary(RELEASE) == drugs
    assert (
        list(Drug.objects.order_by("id").values()),
        list(HalfLife.objects.order_by("id").values()),
    ) == before


@pytest.mark.parametrize(
    ("name", "atc", "low", "high"),
    [
        ("anakinra", "L04AC03", 4, 6),
        ("canakinumab", "L04AC08", 26 * 24, 26 * 24),
        ("rilonacept", "L04AC04", 7 * 24, Decimal("206.4")),
        ("vancomycin", "J01XA01", 4, Decimal("9.1")),
        ("hydroxychloroquine", "P01BA02", 40 * 24, 50 * 24),
        ("carbamazepine", "N03AF01", 12, 17),
        ("olanzapine pamoate", "N05AH03", 30 * 24, 30 * 24),
    ],
)
def test_half_lives_in_hours(drugs, name, atc, low, high):
    drug = Drug.objects.get(name=name)
    half_life = drug.half_lives.get(is_default=True)
    assert (drug.atc, half_life.low_hours, half_life.high_hours) == (atc, low, high)


def test_the_active_metabolite_counts_where_it_stays_longer(drugs):
    half_life = Drug.objects.get(name="allopurinol").half_lives.get(is_default=True)
    assert (half_life.low_hours, half_life.high_hours) == (12, 30)


def test_every_half_life_says_where_it_comes_from(drugs):
    assert not HalfLife.objects.filter(source="").exists()
    assert HalfLife.objects.filter(is_verified=True).exists()
    assert HalfLife.objects.filter(is_verified=False).exists()


def test_every_substance_has_one_default_and_it_has_a_number(drugs):
    without = Drug.objects.filter(is_class=False).exclude(half_lives__is_default=True)
    assert set(without.values_list("name", flat=True)) == {"iodixanol", "dupilumab"}
    assert not HalfLife.objects.filter(is_default=True, low_hours=None).exists()


COPIED = [
    pytest.param("canakinumab", "adult 624 624 verified; child 549.6 616.8 verified", id="children"),
    pytest.param("carbamazepine", "chronic 12 17 verified; first_dose 25 65 verified", id="inducer"),
    pytest.param(
        "allopurinol", "active_metabolite 12 30 verified; renal_impairment - - unverified", id="no-number"
    ),
    pytest.param("imatinib", "adult 18 18 verified", id="the-metabolite-is-only-shown"),
    pytest.param("dupilumab", "clearance 1512 2184 verified", id="clearance-only"),
    pytest.param("NSAIDs", "", id="a-class"),
]


@pytest.mark.parametrize(("name", "copied"), COPIED)
def test_what_an_exposure_copies(drugs, name, copied):
    text = write_half_lives(Drug.objects.get(name=name).half_lives.all())
    assert text == copied
    assert [row.condition.value for row in read_half_lives(text)] == [
        part.split()[0] for part in copied.split("; ") if part
    ]


@conformance
@pytest.mark.parametrize("row", ROWS, ids=[f"{row['drug']}-{number}" for number, row in enumerate(ROWS)])
def test_the_release_holds_every_number_of_the_table(drugs, row):
    name = "olanzapine pamoate" if row["row_type"] == "depot" else row["drug"]
    ends = ("proposed" if row["proposed_low_h"] and row["default_row"] == "yes" else "half_life",)
    low, high = (Decimal(row[f"{ends[0]}_{end}_h"]) for end in ("low", "high"))
    if name == "imatinib" and row["default_row"] == "yes":
        low, high = Decimal(row["half_life_low_h"]), Decimal(row["half_life_high_h"])
    stored = HalfLife.objects.filter(drug__name=name, low_hours=low, high_hours=high)
    assert stored.exists()
    assert row["verified"] == "yes" or stored.filter(is_verified=False).exists()


def test_a_class_of_drugs_has_neither_substance_nor_half_life(drugs):
    nsaids = Drug.objects.get(name="NSAIDs")
    assert (nsaids.is_class, nsaids.substance, nsaids.half_lives.count()) == (True, "", 0)


def test_a_new_release_changes_no_stored_exposure(letter_cases, tmp_path):
    stored = letter_cases[0].exposures.get()
    changed = RELEASE.read_text(encoding="utf-8").replace('release = "2026.2"', 'release = "2026.3"')
    newer = tmp_path / "drugs.toml"
    newer.write_text(changed, encoding="utf-8")
    assert load_dictionary(newer)[0] == "2026.3"
    stored.refresh_from_db()
    assert stored.reference_release == "2026.2"
