"""The only dosage of a drug in R2: its dose is multiplied, and what no code says stays as text."""

from dataclasses import dataclass
from typing import Final

from e2b.datatypes import Null
from e2b.r2.codes import CODES, LEFT_OUT, listed
from e2b.r2.parse import Block
from e2b.r2.values import Converter, Values, is_unit, plain_number, product

_OTHER, _UNKNOWN = "050", "065"
# The product of longer numbers would be rounded.
_LONGEST: Final = 12
_DOSE: Final = ("drugstructuredosagenumb", "drugstructuredosageunit", "drugseparatedosagenumb")
_INTERVAL: Final = ("drugintervaldosageunitnumb", "drugintervaldosagedefinition")
_UNLISTED: Final = "number or unit is missing or not in the lists"
_ROUTES: Final = (
    ("drugadministrationroute", "G.k.4.r.10.2b", "G.k.4.r.10.1"),
    ("drugparadministration", "G.k.4.r.11.2b", "G.k.4.r.11.1"),
)
_TIMES: Final = {
    "a": "year", "mo": "month", "wk": "week", "d": "day", "h": "hour", "min": "minute", "{cyclical}": "cycle",
    "{trimester}": "trimester", "{asnecessary}": "as necessary", "{total}": "in total",
}  # fmt: skip
_AS_TEXT: Final = "it stands in the text of the dosage"


@dataclass(slots=True)
class _Words:
    """Parts of a dosage in words; `is_needed` where codes don't say all of it."""

    parts: list[str]
    is_multiplied: bool = False
    is_needed: bool = False

    def __str__(self) -> str:
        return " ".join(filter(None, self.parts))


def dosage_of(block: Block, converter: Converter, values: Values) -> Values:
    """The dosage: `values` with dose, interval, routes and text."""
    words = _Words([])
    _dose(block, converter, values, words)
    _interval(block, converter, values, words)
    for tag, coded, written in _ROUTES:
        values |= _route(block, converter, tag, coded, written)
    text = converter.text(block, "drugdosagetext")
    if words.is_needed or (words.is_multiplied and not text):
        text = f"{text}\n{words}".strip()
    if text:
        values["G.k.4.r.8"] = text
    return values


def cumulative_dose(block: Block, converter: Converter, values: Values, dosage: Values) -> None:
    """G.k.5 where number and unit are there; else what there is, in the text of the dosage."""
    unit_text = block.texts.get("drugcumulativedosageunit", "")
    number_text = block.texts.get("drugcumulativedosagenumb", "")
    unit = _dose_unit(unit_text)
    if unit and plain_number(number_text):
        values["G.k.5a"] = converter.number(block, "drugcumulativedosagenumb", "G.k.5a")
        values["G.k.5b"] = unit
        block.take("drugcumulativedosageunit")
        _converted_unit(block, converter, "drugcumulativedosageunit", unit_text, "G.k.5b", unit)
    elif number_text or unit_text:
        words = f"Cumulative dose: {number_text} {unit_text}".strip()
        for tag in ("drugcumulativedosagenumb", "drugcumulativedosageunit"):
            if sent := block.take(tag):
                converter.remarks.converted(tag, block.place, sent, "G.k.4.r.8", words, _AS_TEXT)
        text = dosage.get("G.k.4.r.8")
        dosage["G.k.4.r.8"] = f"{text}\n{words}" if text else words


def _dose(block: Block, converter: Converter, values: Values, words: _Words) -> None:
    number, unit_text, factor = map(block.take, _DOSE)
    unit = _dose_unit(unit_text)
    words.parts += [number, unit or unit_text, f"x {factor}" if factor else ""]
    dose = _multiplied(plain_number(number), plain_number(factor)) if factor else plain_number(number)
    remarks = converter.remarks
    if dose and unit:
        values |= {"G.k.4.r.1a": dose, "G.k.4.r.1b": unit}
        _converted_unit(block, converter, "drugstructuredosageunit", unit_text, "G.k.4.r.1b", unit)
        words.is_multiplied = bool(factor)
        if factor:
            sent = f"{number} x {factor}"
            reason = "R3 has one number, the dose in the interval"
            remarks.converted("drugstructuredosagenumb", block.place, sent, "G.k.4.r.1a", dose, reason)
            remarks.converted("drugseparatedosagenumb", block.place, factor, "G.k.4.r.1a", dose)
        elif dose != number:
            remarks.converted("drugstructuredosagenumb", block.place, number, "G.k.4.r.1a", dose)
    else:
        words.is_needed = bool(number or unit_text or factor)
        _in_words(block, converter, _UNLISTED, dict(zip(_DOSE, (number, unit_text, factor), strict=True)))


def _in_words(block: Block, converter: Converter, why: str, sent: dict[str, str]) -> None:
    """Note what stands in the text of the dosage, and why."""
    for tag, text in sent.items():
        if text:
            converter.remarks.converted(tag, block.place, text, "G.k.4.r.8", "", f"{why}; {_AS_TEXT}")


def _multiplied(number: str, factor: str) -> str:
    """The dose in the interval; "" where it can't be computed exactly."""
    if not number or not factor or max(len(number), len(factor)) > _LONGEST:
        return ""
    return product(number, factor)


def _interval(block: Block, converter: Converter, values: Values, words: _Words) -> None:
    number = block.take("drugintervaldosageunitnumb")
    text = block.texts.get("drugintervaldosagedefinition", "")
    unit = CODES["dose interval unit"].get(listed("dose interval unit", text)) if text else None
    plain = plain_number(number)
    if unit is not None and (plain or not number):
        converter.code(block, "drugintervaldosagedefinition", "dose interval unit", "G.k.4.r.3")
        values["G.k.4.r.3"] = unit
        if number:
            values["G.k.4.r.2"] = plain
        if plain != number:
            converter.remarks.converted("drugintervaldosageunitnumb", block.place, number, "G.k.4.r.2", plain)
    elif number or text:
        block.take("drugintervaldosagedefinition")
        words.is_needed = True
        why = LEFT_OUT.get(("dose interval unit", text), _UNLISTED)
        _in_words(block, converter, why, dict(zip(_INTERVAL, (number, text), strict=True)))
    if number or text:
        words.parts.append(
            f"per {number} {_TIMES.get(str(unit), f'interval unit {text}')}".replace("  ", " ")
        )


def _dose_unit(text: str) -> str:
    """A unit of doses by its code or its word; "" for one of neither."""
    if not text or is_unit(text):
        return text
    return str(CODES["dose unit"].get(listed("dose unit", text), ""))


def _converted_unit(block: Block, converter: Converter, tag: str, text: str, to: str, unit: str) -> None:
    if text != unit:
        converter.remarks.converted(tag, block.place, text, to, unit)


def _route(block: Block, converter: Converter, tag: str, coded: str, written: str) -> Values:
    """A route as a code of ICH's list 14; other ones as text."""
    text = block.take(tag)
    code = listed("route", text) if text else ""
    if code == _UNKNOWN:
        converter.remarks.converted(tag, block.place, text, written, "UNK")
        return {written: Null("UNK")}
    if code == _OTHER:
        converter.remarks.converted(tag, block.place, text, written, "Other")
        return {written: "Other"}
    if code:
        value = CODES["route"][code]
        if code != text:
            converter.remarks.converted(tag, block.place, text, coded, value)
        return {coded: value}
    if text.isdigit():
        converter.remarks.lost(tag, block.place, text, "the list “route” has no such code", coded)
        return {}
    return {written: text} if text else {}
