"""Results in lines without columns: "01-OCT-2026 Eosinophils 2.4 x10^9/L (0-0.5) H", "ALT 31, AST 28"."""

import re
from collections.abc import Iterator

from values.number_text import NumberParseError
from vocabulary.result_words import read_result_word
from vocabulary.tables.cells import is_empty, is_flag, read_cell, split_cell, split_name
from vocabulary.tables.columns import Column
from vocabulary.tables.days import days_in, without_days
from vocabulary.tables.headings import DateOf, Role, date_of
from vocabulary.tables.record import Cell, PastedResult
from vocabulary.tables.rows import is_test

_LINKS = re.compile(r"(?:^|\s)(?:am|on|vom|le|du|el|del|at|of|um)\s*(?=$|[.,;)])|\(\s*\)", re.IGNORECASE)
_BULLET = re.compile(r"^\s*[-*•·‣–]\s+")
LONGEST_WORD = 4  # of the words for a result, in words
_BETWEEN = re.compile(r"(?:;\s*|,\s+|\.\s+)(?=[^\W\d])")
_VALUE_START = re.compile(r"[<>=≤≥⩽⩾]{0,2}[-+]?[\d.,]*\d|[<>≤≥]{1,2}$")


def sentence_results(text: str, cell: Cell, day: str) -> list[PastedResult]:
    """The results of a line, if all of it is results; of its own day, else of the day of the report."""
    days = days_in(text)
    if len(days) > 1:
        return []
    rest = _without_title(_LINKS.sub(" ", without_days(_BULLET.sub("", text))).strip(" ,;:.-"), bool(days))
    for parts in _divisions(rest):
        results = [_result(part, cell, days[0] if days else day) for part in parts]
        if results and all(results):
            return [result for result in results if result is not None]
    return []


def _without_title(text: str, is_dated: bool) -> str:
    """A line without the words that only say of what its date is: "Labs on 1 October: ALT 312"."""
    title, colon, rest = text.partition(":")
    is_title = is_dated and colon and not is_test(title) and date_of(title) is not DateOf.OTHER
    return rest.strip() if is_title else text


def _divisions(text: str) -> Iterator[list[str]]:
    """A line as a whole, or as several results in a row."""
    yield [text]
    parts = [part.strip(" ,;.") for part in _BETWEEN.split(text)]
    if len(parts) > 1:
        yield [part for part in parts if part]


def _result(text: str, cell: Cell, day: str) -> PastedResult | None:
    """The first division into a name of the vocabulary and a result; of another name, one with a unit."""
    for name_text, value in _name_and_value(text):
        name, unit, limits = split_name(name_text)
        parts, reading = split_cell(value), read_cell(value)
        is_readable = not reading.problem or bool(reading.choices)
        is_named = is_test(name) or bool(parts.unit or parts.limits or parts.mark)
        if is_readable and is_named:
            return PastedResult(cell, name, parts.text, parts.unit or unit, parts.limits or limits, day)
    return None


def _name_and_value(text: str) -> Iterator[tuple[str, str]]:
    words = text.split()
    starts = [n for n in range(1, len(words)) if _may_begin(words, n)]
    pairs = [(" ".join(words[:n]).strip(" :=,"), " ".join(words[n:])) for n in starts]
    yield from (pair for pair in pairs if is_test(pair[0]))
    others = (pair for pair in pairs if not is_test(pair[0]))
    yield from (pair for pair in others if not _has_number(pair[0]))


def _has_number(name: str) -> bool:
    """Whether a word of a name is a number, and so may be a result."""
    return any(_VALUE_START.fullmatch(word.strip(",;()")) for word in name.split())


def _may_begin(words: list[str], number: int) -> bool:
    if not words[number].strip(":="):
        return False
    rest = [word.strip(",;:()") for word in words[number : number + LONGEST_WORD]]
    return bool(_VALUE_START.match(words[number])) or any(
        read_result_word(" ".join(rest[:end])) for end in range(1, len(rest) + 1)
    )


class SpacedHead:
    """A heading of days with single blanks between them, and rows below it cut in the same way."""

    def __init__(self, days: list[str]) -> None:
        self.days = days

    @property
    def columns(self) -> tuple[Column, ...]:
        values = (Column(Role.VALUE, day, day) for day in self.days)
        return (Column(Role.NAME), *values, Column(Role.LIMITS))

    def cells(self, text: str) -> tuple[str, ...] | None:
        """The name, one cell for each day, and the limits; None where the numbers of cells differ."""
        words = text.split()
        starts = [n for n in range(1, len(words)) if _is_cell(words[n])]
        starts.sort(key=lambda n: not is_test(" ".join(words[:n])))
        for start in starts:
            values, rest = _take(words[start:], len(self.days))
            # A bound before a unit may be the limit of normal, and a result is missing before it.
            has_bound = (
                values and values[-1][0] in "<>≤≥" and rest and not any(map(str.isdigit, "".join(rest)))
            )
            if (
                len(values) == len(self.days)
                and not has_bound
                and not (len(rest) == 1 and _is_plain(rest[0]))
            ):
                return (" ".join(words[:start]), *values, " ".join(rest))
        return None


def _take(words: list[str], count: int) -> tuple[list[str], list[str]]:
    """So many cells, each with the flag behind it, and the words that are left."""
    values: list[str] = []
    for number, word in enumerate(words):
        if values and is_flag(word) and not is_empty(word):
            values[-1] = f"{values[-1]} {word}"
        elif len(values) == count or not _is_cell(word):
            return values, words[number:]
        else:
            values.append(word)
    return values, []


def _is_cell(word: str) -> bool:
    reading = read_cell(word)
    return is_empty(word) or not reading.problem or bool(reading.choices)


def _is_plain(word: str) -> bool:
    try:
        float(word.replace(",", "."))
    except (ValueError, NumberParseError):
        return False
    return True
