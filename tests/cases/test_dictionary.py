"""The drug dictionary that comes with the registry, and its loader."""

from pathlib import Path

import pytest

from cases.drugs.dictionary import load_dictionary
from cases.models import Drug, HalfLife

pytestmark = pytest.mark.django_db
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
        ("rilonacept", "L04AC04", 7 * 24, 7 * 24),
        ("vancomycin", "J01XA01", 4, 6),
        ("hydroxychloroquine", "P01BA02", 40 * 24, 40 * 24),
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


def test_a_class_of_drugs_has_neither_substance_nor_half_life(drugs):
    nsaids = Drug.objects.get(name="NSAIDs")
    assert (nsaids.is_class, nsaids.substance, nsaids.half_lives.count()) == (True, "", 0)


def test_a_new_release_changes_no_stored_exposure(letter_cases, tmp_path):
    stored = letter_cases[0].exposures.get()
    changed = RELEASE.read_text(encoding="utf-8").replace('release = "2026.1"', 'release = "2026.2"')
    newer = tmp_path / "drugs.toml"
    newer.write_text(changed, encoding="utf-8")
    assert load_dictionary(newer)[0] == "2026.2"
    stored.refresh_from_db()
    assert stored.reference_release == "2026.1"
