"""The product's tables against every row of the lists that they were made from."""

import csv
import re
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from tests.material import VOCABULARY, conformance
from values.calendar_text import WrittenOn
from values.moment_reading import read_moment
from values.moment_text import MomentParseError
from vocabulary.folding import fold_name
from vocabulary.signs import read_sign
from vocabulary.sites import read_node_site, read_skin_area, read_tissue
from vocabulary.sites.reading import _sides
from vocabulary.test_names import TESTS, read_test_name
from vocabulary.units import Certainty, UnitReading, read_unit
from web.entry.fields import MomentInput

pytestmark = conformance


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one list, by column."""
    with (VOCABULARY / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def means(reading: UnitReading, row: dict[str, str]) -> bool:
    """Whether a reading is the row's: same kind and the same size in the same unit of comparison."""
    if reading.kind != row["kind"] or not row["ucum"]:
        return reading.kind == row["kind"] and reading.ucum == row["ucum"]
    if reading.canonical != (row["canonical"] or row["ucum"]):
        return False
    if reading.factor is None:
        return reading.ucum == row["ucum"]
    return reading.factor == Decimal(row["to_canonical"])


def fits(row: dict[str, str]) -> bool:
    """Whether a unit is read as its rule wants."""
    alone, of_kind = read_unit(row["spelling"]), read_unit(row["spelling"], row["kind"])
    if row["rule"] == "accept":
        return alone.is_accepted and of_kind.is_accepted and means(alone, row) and means(of_kind, row)
    if row["rule"] == "accept_if_kind":
        return not alone.is_accepted and of_kind.is_accepted and means(of_kind, row)
    if row["rule"] == "suggest":
        return of_kind.certainty is Certainty.SUGGESTED and bool(of_kind.reason) and means(of_kind, row)
    # What is refused for one kind may be the unit of another: g/d is no concentration, and a mass per day.
    accepted_elsewhere = alone.is_accepted and alone.kind != row["kind"]
    refused = of_kind.certainty is Certainty.REFUSED and bool(of_kind.reason)
    return refused and (accepted_elsewhere or alone.certainty is Certainty.REFUSED)


@pytest.mark.parametrize("rule", ["accept", "accept_if_kind", "suggest", "never"])
def test_units(rule):
    listed = [row for row in rows("units") if row["rule"] == rule]
    assert listed
    assert [row["spelling"] for row in listed if not fits(row)] == []


def test_names_of_tests():
    listed = rows("tests")
    assert {row["key"] for row in listed} == set(TESTS)
    wrong = [
        (name, row["key"])
        for row in listed
        for column, names in row.items()
        if column.startswith("names_")
        for name in names.split("|")
        if name and read_test_name(name).key != row["key"]
    ]
    assert wrong == []


def test_ambiguous_names_are_asked_about():
    """A name that is also the own name of a test, there or elsewhere, leads to that test."""
    owned = {name for test in TESTS.values() for name in test.names}
    listed = [
        re.sub(r" \(.*", "", name) for row in rows("tests") for name in row["ambiguous_names"].split("|")
    ]
    names = {name for name in listed if name and fold_name(name) not in owned}
    assert len(names) > 100
    assert [name for name in names if read_test_name(name).key] == []


def test_signs():
    items = {"blood (inclusion only)": "blood", "none (severity)": "severity", "none (virus)": "virus"}
    wrong = [
        row["term"]
        for row in rows("signs")
        if (items.get(row["item"], row["item"]), row["how"], row["organ"], row["product_field"])
        not in {(sign.item, sign.evidence.value, sign.organ, sign.field) for sign in read_sign(row["term"])}
    ]
    assert wrong == []


def site_of(row: dict[str, str]) -> tuple[str, ...]:
    """What the product reads in the words of a row, in the columns of the row."""
    word = row["word"]
    if row["group"] == "lymph node":
        reading = read_node_site(word)
        return (
            reading.region.replace("_", " "),
            reading.area,
            "yes" if reading.region else reading.count.value,
        )
    if row["group"] == "laterality":
        return (_sides()[fold_name(word)].replace("one_unnamed", "one, not said"),)
    if row["group"] == "biopsy tissue":
        return (read_tissue(word).tissue.replace("body_part", "skin if so called").replace("_", " "),)
    return (read_skin_area(word).replace("_", " "),)


def test_sites():
    columns = {
        "lymph node": ("region", "area", "counts_as_site"),
        "laterality": ("side",),
        "biopsy tissue": ("tissue",),
        "skin area": ("region",),
    }
    listed = [
        (row["word"], site_of(row), tuple(row[name] for name in columns[row["group"]]))
        for row in rows("anatomy")
    ]
    renamed = {"none": "no"}
    wrong = [
        word for word, found, wanted in listed if tuple(renamed.get(part, part) for part in found) != wanted
    ]
    assert wrong == []


ANCHORS = ("birth", *(f"dose:{n * 8}-0000-4000-8000-000000000000" for n in "123456"))
BIRTH, ONSET, START, THIRD, SECOND, ADMISSION, OTHER = ANCHORS
EVENTS = {
    "onset": ONSET,
    "first dose of allopurinol": START,
    "third dose of ilaris": THIRD,
    "second dose of drug x": SECOND,
    "admission": ADMISSION,
    "first dose of ilaris": OTHER,
}
WRITTEN_ON = WrittenOn(date(2026, 11, 28), received=date(2026, 11, 20))
# What the list gives in words.
MEANT = {
    "day of entry": "2026-11-28",
    "day before entry": "2026-11-27",
    "day of entry - 14 days": "2026-11-14",
    "year of the report": "2026-09-28",
    "onset": f"{ONSET}+0d",
    "onset - 3 days": f"{ONSET}-3d",
    "third dose + 10 days": f"{THIRD}+10d",
    "first dose of allopurinol + 28 days": f"{START}+28d",
    "second dose + 28..31 days": f"{SECOND}+1mo",
    "birth + 16..17 months": "birth+16..17mo",
    "birth + 54..55 years": "birth+54..55a",
    "admission - 21 days": f"{ADMISSION}-3wk",
}


def box_of_dates():
    """The box of a moment in the case form, of a case with these events."""
    box = MomentInput()
    box.page_rows = SimpleNamespace(events=EVENTS, stored_events=EVENTS, written_on=WRITTEN_ON)
    return box


def test_dates_through_the_box_of_the_form():
    for row in rows("dates"):
        typed, box = row["spelling"], box_of_dates()
        if row["rule"] == "accept":
            assert box.clean(typed) == read_moment(typed, EVENTS, WRITTEN_ON).moment, row
            assert box.clean(box.prepare_value(box.clean(typed))) == box.clean(typed), row
            continue
        with pytest.raises(ValidationError) as refused:
            box.clean(typed)
        (error,) = refused.value.error_list
        meant = read_moment(typed, EVENTS, WRITTEN_ON).choices if row["rule"] == "ask" else ()
        assert tuple(box.clean(choice) for choice in error.params["choices"]) == meant, row


@pytest.mark.parametrize("rule", ["accept", "ask", "refuse"])
def test_dates(rule):
    listed = [row for row in rows("dates") if row["rule"] == rule]
    assert listed
    for row in listed:
        if rule == "refuse":
            with pytest.raises(MomentParseError):
                read_moment(row["spelling"], EVENTS, WRITTEN_ON)
            continue
        reading = read_moment(row["spelling"], EVENTS, WRITTEN_ON)
        assert bool(reading.question) is (rule == "ask"), row
        if rule == "accept":
            meant = MEANT.get(row["right"], row["right"])
            about = meant.endswith("about") or row["note"] == "about"
            assert str(reading.moment) == f"{'~' if about else ''}{meant.removesuffix(' about')}", row
