"""How what is typed into a row is read by the vocabulary: shown beside the box, and correctable there."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from assessments.display.words import readable_units
from cases.models import BiopsyDetail, Examination, ExaminationKind, LymphNodeSite, Reaction, Symptom
from cases.models.examination import NO_TEST
from cases.recognition import TestReading, is_unit_of, offered_units, read_test, read_test_unit, units_of
from scoring.vocabulary import TESTS
from vocabulary.signs import Evidence, read_sign
from vocabulary.sites import SiteCount, read_node_site, read_tissue
from vocabulary.units import Certainty

CHOOSE_TEST = "Doesn't count: choose the test."
SITES = {SiteCount.SEVERAL: "two sites or more", SiteCount.OPEN: "one site at least, not named"}
EVIDENCE = {
    Evidence.REPORTED: "reported",
    Evidence.DENIED: "denied",
    Evidence.SUGGESTS: "pointed at, not established",
}


@dataclass(frozen=True)
class Shown:
    """A line beside a box. `is_open`: somebody has to choose.

    `choices`: what can be put into the box `chosen_in` by one click, with labels: keys of tests, or the unit
    that is meant. `units`: those that are offered for the test.
    """

    text: str = ""
    is_open: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    chosen_in: str = "test"
    units: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


NOTHING = Shown()


def examination(values: Mapping[str, str]) -> Shown:
    """From name, unit, test and kind of an examination."""
    name, unit, kind = values.get("name", ""), values.get("unit", ""), values.get("kind", "")
    reading = read_test(values.get("test", ""), name, unit, kind)
    if reading.key:
        return _read(reading.key, unit)
    if not name.strip() or values.get("test") == NO_TEST:
        return NOTHING
    if reading.question:
        return _ambiguous(reading)
    return Shown(CHOOSE_TEST, is_open=True) if kind == ExaminationKind.LABORATORY else NOTHING


def _read(test: str, unit: str) -> Shown:
    label, units = f"Read as: {TESTS[test].label}", tuple(units_of(test))
    if not unit.strip():
        return Shown(label, units=units)
    reading = read_test_unit(test, unit)
    if is_unit_of(test, reading):
        return Shown(f"{label}, {readable_units(reading.ucum or unit)}", units=units)
    if reading.certainty is Certainty.SUGGESTED and reading.ucum:
        choices = ((reading.ucum, readable_units(reading.ucum)),)
        question = (
            f"{label}. Is “{unit}” read as {choices[0][1]}? {reading.reason} Doesn't count until chosen:"
        )
        return Shown(question, is_open=True, choices=choices, chosen_in="unit", units=units)
    reason = reading.reason or f"write one of this test{offered_units(test)}."
    return Shown(f"{label}. The unit “{unit}” is not read: {reason}", is_open=True, units=units)


def _ambiguous(reading: TestReading) -> Shown:
    choices = tuple((key, TESTS[key].label) for key in reading.candidates if key in TESTS)
    return Shown(f"Doesn't count yet. {reading.question}", is_open=True, choices=choices)


def node_site(values: Mapping[str, str]) -> Shown:
    """From the site of a lymph node."""
    text = values.get("site", "")
    reading = read_node_site(text)
    if reading.count is SiteCount.ONE:
        region = "" if reading.region == reading.area else f" ({reading.region.replace('_', ' ')})"
        return Shown(f"Read as: {reading.area.replace('_', ' ')}{region}{_side(reading.side)}")
    words = SITES.get(reading.count, "")
    if words or not text.strip():
        return Shown(f"Read as: {words}") if words else NOTHING
    return Shown(
        "Not read as a region of lymph nodes. Write one, such as neck, axilla or groin.", is_open=True
    )


def _side(side: str) -> str:
    return f", {side}{' sides' if side == 'both' else ''}" if side else ""


def tissue(values: Mapping[str, str]) -> Shown:
    """From the tissue of a biopsy."""
    text = values.get("tissue", "")
    reading = read_tissue(text)
    if reading.tissue:
        return Shown(f"Read as: {reading.tissue.replace('_', ' ')}")
    return (
        Shown("Not read as a tissue. Write one, such as skin or liver.", is_open=True)
        if text.strip()
        else NOTHING
    )


def term(values: Mapping[str, str]) -> Shown:
    """From the term of a reaction or a symptom."""
    signs = [
        f"{(sign.organ or sign.item).replace('_', ' ')}: {EVIDENCE[sign.evidence]}"
        for sign in read_sign(values.get("term", ""))
        if sign.evidence in EVIDENCE
    ]
    return Shown(f"Read as {'; '.join(signs)}") if signs else NOTHING


Reader = Callable[[Mapping[str, str]], Shown]
# What the page's script asks for, by the name of the box.
READERS: dict[str, Reader] = {"name": examination, "site": node_site, "tissue": tissue, "term": term}
_COLUMNS = {
    (Examination, "name"),
    (LymphNodeSite, "site"),
    (BiopsyDetail, "tissue"),
    (Reaction, "term"),
    (Symptom, "term"),
}
_FIELDS = ("name", "unit", "test", "kind", "site", "tissue", "term")


def reading_line(row: Any, field: str, box: str) -> SafeString:
    """The line below the box of a stored row. The page's script writes the same while somebody types."""
    if row.pk is None or (type(row), field) not in _COLUMNS:
        return SafeString()
    shown = READERS[field]({name: str(getattr(row, name, "")) for name in _FIELDS})
    if shown == NOTHING:
        return SafeString()
    choices = format_html_join(
        "",
        ' <button type="button" class="choose-reading" data-field="{}" data-value="{}">{}</button>',
        ((shown.chosen_in, value, label) for value, label in shown.choices),
    )
    attributes = (box, " wrong" if shown.is_open else "", shown.text, choices)
    return format_html('<p id="{}_reading" class="meaning{}">{}{}</p>', *attributes)
