"""Tests and temperatures on the picture of a case: numbers as series, the rest as words and marks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from assessments.display.words import capitalised, readable_units
from assessments.facts.peaks import ALT, CREATININE, EOSINOPHILS, Scale, in_scale
from cases.models import BiopsyDetail, Examination, Temperature, ViralTest
from cases.models.examination import ExaminationKind
from cases.recognition import test_of, ucum_of
from cases.record.case_record import CaseRecord
from scoring.facts import Qualifier, ResultKind
from scoring.vocabulary import TESTS
from values.numbers import plain_number
from values.quantities import IncompatibleUnits, Quantity
from web.case_page.timeline.findings import FOUND, SHAPES
from web.case_page.timeline.lanes import CaseDates, Chart, Lane, Mark, Measure

COUNTS, VIRUSES, TISSUE, OTHERS = "Measurements", "Viruses", "Biopsies", "Other tests"
SCALES: Mapping[str, Scale] = {
    "eosinophils": EOSINOPHILS,
    "eosinophils_percent": Scale("eosinophils_percent", "%", {"percent": Decimal(1)}),
    "leukocytes": EOSINOPHILS._replace(test="leukocytes"),
    "alt": ALT,
    "ast": ALT._replace(test="ast"),
    "creatinine": CREATININE,
}
# Lines worth seeing, as RegiSCAR has them (Kardaun 2013): moderate and marked eosinophilia; fever; twice
# the upper limit of normal.
THRESHOLDS: Mapping[str, tuple[tuple[float, str], ...]] = {
    "eosinophils": ((0.7, "0.7"), (1.5, "1.5")),
    "temperature": ((38.5, "38.5"),),
}
UPPER_LIMITS = ((1.0, "1"), (2.0, "2"))
IN_UPPER_LIMITS = "× upper limit"
# What the score looks at comes first, in this order.
FIRST = ("eosinophils", "temperature", "alt", "creatinine", "eosinophils_percent", "atypical_lymphocytes")
TEMPERATURE_ENDS = (36.0, 40.0)
OUTCOMES = {kind.value: kind.value.replace("_", " ") for kind in ResultKind}
NUMBERS = (ResultKind.MEASURED, ResultKind.POSITIVE)


def add_measurements(chart: Chart, record: CaseRecord, dates: CaseDates) -> None:
    """Laboratory results and temperatures: a small picture for each test that has numbers."""
    by_test: dict[str, list[Examination]] = {}
    for row in record.all(Examination):
        if row.kind == ExaminationKind.LABORATORY:
            by_test.setdefault(test_of(row).key or row.name.strip().lower(), []).append(row)
    lanes = {key: _laboratory(chart, key, rows, dates) for key, rows in by_test.items()}
    lanes["temperature"] = _temperatures(chart, record.all(Temperature), dates)
    for _, lane in sorted(lanes.items(), key=lambda item: _order(*item)):
        chart.add_lane(lane)


def _order(key: str, lane: Lane) -> tuple[bool, int, str]:
    """The score's own tests, then other series, then what is in words only."""
    return lane.measure is None, FIRST.index(key) if key in FIRST else len(FIRST), lane.label.lower()


def _temperatures(chart: Chart, rows: Sequence[Temperature], dates: CaseDates) -> Lane:
    lane = Lane(COUNTS, "series", "Temperature")
    for row in rows:
        value = None if row.celsius is None else float(row.celsius)
        mark = Mark(
            row.anchor, dates.days(row), _temperature(row), SHAPES[row.result],
            "" if value is not None else "fever" if row.result == ResultKind.POSITIVE else "",
            row.phase, value, dates.when(row.when),
        )  # fmt: skip
        chart.add_mark(lane, mark)
    lane.measure = _measure(lane, "°C", THRESHOLDS["temperature"], TEMPERATURE_ENDS)
    return lane


def _temperature(row: Temperature) -> str:
    if row.celsius is None:
        return f"Fever: {FOUND[row.result]}"
    site = f", {row.get_site_display().split(' (')[0].lower()}" if row.site else ""
    return f"Temperature {row}{site}"


def _laboratory(chart: Chart, key: str, rows: Sequence[Examination], dates: CaseDates) -> Lane:
    lane = Lane(COUNTS, "series", capitalised(TESTS[key].label if key in TESTS else rows[0].name))
    unit, values = _values(key, rows)
    for row in rows:
        value = values.get(row.pk)
        word = "" if value is not None else _word(row)
        chart.add_mark(lane, _mark(row, dates, value, word))
    limits = UPPER_LIMITS if unit == IN_UPPER_LIMITS else THRESHOLDS.get(key, ())
    lane.measure = _measure(lane, unit, limits, (0.0, 0.0))
    return lane


def _mark(row: Examination, dates: CaseDates, value: float | None = None, word: str = "") -> Mark:
    shape = SHAPES[row.result]
    if value is not None:
        shape = {"<": "below", "<=": "below", ">": "above", ">=": "above"}.get(row.qualifier, "dot")
    text = f"{row.name}: {readable_units(_result(row))}"
    return Mark(row.anchor, dates.days(row), text, shape, word, row.phase, value, dates.when(row.when))


def _word(row: Examination) -> str:
    return readable_units(_result(row))


def _result(row: Examination) -> str:
    """The result in the words of the record, else in one word."""
    return row.result_text if row.value is not None or row.text else OUTCOMES[row.result]


def _values(key: str, rows: Sequence[Examination]) -> tuple[str, dict[int, float]]:
    """The unit of a series, and the results that can be given in it, by row."""
    numbers = [row for row in rows if row.value is not None and row.result in NUMBERS]
    if numbers and key not in ("eosinophils", "leukocytes") and all(row.upper_limit for row in numbers):
        return IN_UPPER_LIMITS, {row.pk: float(row.value / row.upper_limit) for row in numbers}
    scale = SCALES.get(key)
    unit = scale.unit if scale else _usual_unit(numbers)
    values = {row.pk: in_scale(row.value, row.unit, scale) if scale else _in(row, unit) for row in numbers}
    return readable_units(unit), {pk: float(value) for pk, value in values.items() if value is not None}


def _usual_unit(rows: Sequence[Examination]) -> str:
    return Counter(_unit(row) for row in rows).most_common(1)[0][0] if rows else ""


def _unit(row: Examination) -> str:
    return ucum_of(row.unit, test_of(row).key)


def _in(row: Examination, unit: str) -> Decimal | None:
    try:
        return Quantity(row.value, _unit(row)).to(unit).value
    except IncompatibleUnits:
        return None


def _measure(
    lane: Lane, unit: str, thresholds: tuple[tuple[float, str], ...], ends: tuple[float, float]
) -> Measure | None:
    """The upright scale that holds all values and, where a value comes near, the lines worth seeing."""
    values = [mark.value for mark in lane.marks if mark.value is not None]
    if not values:
        return None
    low, high = min([ends[0], *values]), max([ends[1], *values, *(line for line, _ in thresholds)])
    return Measure(unit, low, high if high > low else low + 1, thresholds)


def add_other_tests(chart: Chart, record: CaseRecord, dates: CaseDates) -> None:
    """Viruses, biopsies, and tests of genes and functions: a lane for each, marked by result."""
    viruses = {detail.examination_id: detail for detail in record.all(ViralTest)}
    tissues = {detail.examination_id: detail for detail in record.all(BiopsyDetail)}
    lanes: dict[tuple[str, str], Lane] = {}
    for row in record.all(Examination):
        if row.kind != ExaminationKind.LABORATORY:
            group, label = _group_and_label(row, viruses.get(row.pk), tissues.get(row.pk))
            lane = lanes.setdefault((group, label), Lane(group, "test", label))
            chart.add_mark(lane, _test_mark(row, tissues.get(row.pk), dates))
    for group in (VIRUSES, TISSUE, OTHERS):
        for (of, _), lane in lanes.items():
            if of == group:
                chart.add_lane(lane)


def _group_and_label(
    row: Examination, virus: ViralTest | None, tissue: BiopsyDetail | None
) -> tuple[str, str]:
    if row.kind == ExaminationKind.VIRAL:
        if virus is None or virus.virus == "other":
            return VIRUSES, row.name
        assay = f" {virus.get_assay_display()}" if virus.assay else ""
        return VIRUSES, f"{virus.get_virus_display()}{assay}"
    if row.kind == ExaminationKind.BIOPSY:
        return TISSUE, str(tissue) if tissue else capitalised(row.name or "biopsy")
    return OTHERS, capitalised(row.name or row.get_kind_display())


def _uncapitalised(text: str) -> str:
    return text[:1].lower() + text[1:]


def _test_mark(row: Examination, tissue: BiopsyDetail | None, dates: CaseDates) -> Mark:
    """A virus found or not; a biopsy with what it means."""
    mark = _mark(row, dates)
    means = _uncapitalised(tissue.get_conclusion_display()) if tissue and tissue.conclusion else ""
    word = OUTCOMES[row.result]
    if row.value is not None:
        qualifier = "" if row.qualifier == Qualifier.EQUAL else row.get_qualifier_display()
        word = f"{qualifier}{plain_number(row.value)} {readable_units(row.unit)}".strip()
    return replace(
        mark,
        text=f"{mark.text}; {means}" if means else mark.text,
        shape="positive" if mark.shape == "dot" else mark.shape,
        word=means or word,
    )
