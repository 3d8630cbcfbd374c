"""Dates in the headings and cells of a table, in seven languages, written as `values` reads them."""

import re
from collections.abc import Iterable

from vocabulary.folding import fold_name

# Months by the beginnings of their names, beside the English ones; numbers from 1.
_MONTHS = {
    1: "jan ene gen januar janvier enero gennaio janeiro januari",
    2: "feb fev février fevrier febrero febbraio fevereiro februari",
    3: "mar mär mrz maart mars marzo março marco maerz märz mrt",
    4: "apr avr abr avril abril aprile april",
    5: "may mai mei mag maj maio maggio mayo",
    6: "jun juin giu junho giugno juni",
    7: "jul juil lug juillet julio luglio julho juli",
    8: "aug août aout ago agosto augustus",
    9: "sep sept set septembre septiembre settembre setembro",
    10: "oct okt ott out octobre oktober octubre ottobre outubro",
    11: "nov noviembre novembre novembro",
    12: "dec dez dic déc décembre diciembre dicembre dezembro dezember",
}
_ENGLISH = (
    "january", "february", "march", "april", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_NUMBERS = {fold_name(name): number for number, names in _MONTHS.items() for name in names.split()}
_NUMBERS |= {name: _NUMBERS[name[:3]] for name in _ENGLISH}
_MONTH = "|".join(sorted({*" ".join(_MONTHS.values()).split(), *_ENGLISH}, key=len, reverse=True))
_TIME = r"(?:(?:,\s*|\s+|T)(?:um\s+|at\s+|à\s+)?\d{1,2}[:h]\d{2}(?::\d{2})?(?:\s*(?:uhr|h))?)?"
_NAMED = (
    rf"(\d{{1,2}})(?:\.|st|nd|rd|th|er)?[ -]?(?:de )?({_MONTH})\.?(?![^\W\d_])"
    r"(?:,?[ -](?:de )?(\d{4}|\d{2})(?![\d.,]))?"
)
_NAMED_US = rf"({_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})"
# Days of the reaction: "day 5", "Tag -3"; with a letter, as D5, only where nothing else stands in the cell.
_NUMBERED = r"(?:day|tag|jour|d[ií]a|giorno|dag)\s?([+-]?\d{1,3})(?![\d.,])"
_LETTERED = re.compile(r"[DJ]\s?([+-]?\d{1,3})", re.IGNORECASE)
_STRICT = (
    _NUMBERED,
    r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?!\d)",
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)",
    r"\d{1,2}\.\d{1,2}\.(?!\d)",
    r"\d{4}年\d{1,2}月\d{1,2}日",
    _NAMED,
    _NAMED_US,
)
_DATE = re.compile(rf"(?<![\w.,/<>-])(?:{'|'.join(_STRICT)}){_TIME}(?![\w%])", re.IGNORECASE)
_WITHOUT_YEAR = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])\.?")
_CLOCK = re.compile(r"\d{1,2}[:h]\d{2}(?::\d{2})?(?:\s*(?:uhr|h))?", re.IGNORECASE)
_NUMBERED_PARTS = re.compile(_NUMBERED, re.IGNORECASE)
_NAMED_PARTS = re.compile(_NAMED, re.IGNORECASE)
_NAMED_US_PARTS = re.compile(_NAMED_US, re.IGNORECASE)


def days_in(text: str) -> list[str]:
    """The days that stand in a text, each as `values.moment_reading.read_moment` takes it."""
    if lettered := _LETTERED.fullmatch(text.strip()):
        return [_numbered(lettered)]
    return [day for match in _DATE.finditer(text) if (day := _plain(match[0]))]


def whole_day(text: str) -> str:
    """The day that a cell is; "" where it is none, or more than one."""
    cell = text.strip(" :;()[]")
    if numbered := _NUMBERED_PARTS.fullmatch(cell) or _LETTERED.fullmatch(cell):
        return _numbered(numbered)
    stripped = re.sub(r"^[^\W\d_]{2,10}\.?,?\s+(?=\d)", "", cell)
    match = _DATE.fullmatch(stripped)
    return _plain(match[0]) if match else ""


def day_in_heading(text: str) -> str:
    """The day that a heading names, alone or in words: "Wert vom 28.09.2026"."""
    days = days_in(text)
    return whole_day(text) or (days[0] if len(days) == 1 else "")


def without_days(text: str) -> str:
    """A text without its dates."""
    return _DATE.sub(lambda match: " " if _plain(match[0]) else match[0], text)


def are_days_without_year(texts: Iterable[str]) -> bool:
    """Whether all of several cells can be days such as 28.09 or 28/9, as numbers in a row hardly are."""
    cells = [text.strip() for text in texts]
    return len(cells) > 1 and all(_WITHOUT_YEAR.fullmatch(cell) for cell in cells) and _are_in_order(cells)


def is_clock(text: str) -> bool:
    """Whether a cell is a time of day."""
    return bool(_CLOCK.fullmatch(text.strip()))


def at_clock(day: str, clock: str) -> str:
    """A day with the time that stands in another cell."""
    return f"{day} {_plain_clock(clock.strip())}".strip()


def _are_in_order(cells: list[str]) -> bool:
    parts = [[int(part) for part in re.split(r"[./-]", cell.strip("."))] for cell in cells]
    days = [(month, day) for day, month in parts]
    return days in (sorted(days), sorted(days, reverse=True))


def _plain(text: str) -> str:
    """A day without words of any language: 1er octobre 2026 as 1.10.2026; "" where a word is no month."""
    split = re.match(rf"(.*?)({_TIME})$", text, re.IGNORECASE | re.DOTALL)
    day, clock = (split[1], split[2].lstrip(" ,T")) if split else (text, "")
    if numbered := _NUMBERED_PARTS.fullmatch(day):
        return at_clock(_numbered(numbered), clock)
    if match := _NAMED_US_PARTS.fullmatch(day):
        day, month, year = match[2], match[1], match[3]
    elif match := _NAMED_PARTS.fullmatch(day):
        day, month, year = match[1], match[2], match[3] or ""
    else:
        return at_clock(day, clock) if clock else day
    number = _NUMBERS.get(fold_name(month))
    return at_clock(f"{day}.{number}.{year}", clock) if number else ""


def _numbered(match: re.Match[str]) -> str:
    return f"day {int(match[1])}"


def _plain_clock(clock: str) -> str:
    digits = re.sub(r"(?i)^(?:um|at|à)\s+|\s*(?:uhr|h)$", "", clock)
    return re.sub(r"(?i)(\d)h(\d)", r"\1:\2", digits)
