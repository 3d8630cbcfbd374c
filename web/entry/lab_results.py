"""A cell of the laboratory grid as a row of the case: its boxes, its words, and if it is there already."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.display.words import readable_units
from cases.models import Examination, ExaminationKind
from cases.models.base import RESULT_CHOICES
from cases.recognition import is_unit_of, read_test, read_test_unit, refused_unit
from exchange.icsr.recognition import virus_of
from values.moment_text import format_moment
from values.moments import Moment
from values.number_text import NumberParseError, parse_number
from values.numbers import plain_number
from vocabulary.folding import fold_name
from vocabulary.tables import CellReading, Limits, LimitsError, read_limits
from web.entry.lab_grid import TestRow

DEGREES = {"Cel": "°C", "[degF]": "°F"}
NEGATIVE = "The result of this test can't be a negative number."


@dataclass(frozen=True, slots=True)
class GivenTest:
    """A test with its limits as they are read, or what is wrong with it. `decimal`: the sign of the grid."""

    row: TestRow
    limits: Limits
    problem: str = ""
    decimal: str = ""


def limits_of(text: str, decimal: str) -> tuple[Limits, str]:
    """The limits of a row, a number alone being the upper one; with the reason where they aren't read."""
    if not text.strip():
        return Limits(), ""
    try:
        return Limits(upper=parse_number(text)), ""
    except NumberParseError:
        pass
    try:
        return read_limits(text, decimal), ""
    except LimitsError as error:
        return Limits(), str(error)


def examination_of(test: GivenTest, reading: CellReading, when: Moment | None) -> Examination:
    """The row of the case that a cell makes. Limits of another unit than the result's aren't taken."""
    row, limits = test.row, test.limits
    unit = reading.unit or row.unit
    if reading.limits:
        limits = limits_of(reading.limits, test.decimal)[0]
    elif row.unit and reading.unit and _ucum(row, reading.unit) != _ucum(row, row.unit):
        limits = Limits()
    is_measured = reading.number is not None
    return Examination(
        kind=ExaminationKind.VIRAL if virus_of(row.name)[0] else ExaminationKind.LABORATORY,
        name=row.name.strip(),
        test=row.test,
        when=when,
        result=reading.result or "measured",
        qualifier=reading.qualifier,
        value=reading.number,
        unit=unit if is_measured else "",
        text=reading.words,
        lower_limit=limits.lower if is_measured else None,
        upper_limit=limits.upper if is_measured else None,
    )


def _ucum(row: TestRow, unit: str) -> str:
    key = read_test(row.test, row.name, unit).key
    reading = read_test_unit(key, unit)
    return reading.ucum or unit


def problem_of(examined: Examination) -> str:
    """Why a result can't be entered; "" where it can."""
    is_known = read_test(examined.test, examined.name, examined.unit, examined.kind).key
    if examined.value is not None and examined.value < 0 and is_known:
        return NEGATIVE
    return refused_unit(examined)


def meaning_of(examined: Examination, reading: CellReading) -> str:
    """What a result is read as, in words."""
    flag = f", {reading.flag}" if reading.flag and reading.flag != "normal" else ""
    if examined.value is None:
        return f"{dict(RESULT_CHOICES)[examined.result].split(',')[0].split(':')[0].lower()}{flag}"
    key = read_test(examined.test, examined.name, examined.unit, examined.kind).key
    unit = read_test_unit(key, examined.unit)
    shown = readable_units(unit.ucum) if key and is_unit_of(key, unit) else examined.unit
    shown = DEGREES.get(shown, shown)
    word = "" if examined.result == "measured" else f"{examined.result}, "
    sign = "" if examined.qualifier == "=" else examined.get_qualifier_display()
    return f"{word}{sign}{plain_number(examined.value)} {shown}".strip() + flag


def boxes_of(
    examined: Examination, text: str, reading: CellReading, events: Mapping[str, str]
) -> dict[str, Any]:
    """The boxes of the form that hold this result, by name, and the table that they are of."""
    fields = {
        "name": examined.name,
        "test": examined.test,
        "when": format_moment(examined.when, events) if examined.when else "",
        "result": examined.result,
        "qualifier": examined.qualifier,
        "value": _plain(examined.value),
        "unit": examined.unit,
        "text": examined.text,
        "lower_limit": _plain(examined.lower_limit),
        "upper_limit": _plain(examined.upper_limit),
        "verbatim": text.strip() if reading.flag else "",
    }
    virus, assay = virus_of(examined.name)
    if virus:
        fields |= {"viraltest-0-virus": virus, "viraltest-0-assay": assay}
    return {"table": examined.kind, "fields": fields}


def _plain(number: Any) -> str:
    return "" if number is None else plain_number(number)


def signature(row: Examination) -> tuple[str, ...]:
    """By what two results are the same: test, day, result, number and unit."""
    key = read_test(row.test, row.name, row.unit, row.kind).key
    unit = read_test_unit(key, row.unit)
    measured = ("", "", "") if row.value is None else (
        _plain(row.value), row.qualifier, unit.ucum or row.unit,
    )  # fmt: skip
    return (key or fold_name(row.name), str(row.when or ""), row.result, *measured)
