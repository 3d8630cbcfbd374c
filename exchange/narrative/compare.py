"""What a narrative says that the rows don't, and the other way round: numbers, dates and drugs.

The rows speak through their drafted narrative. Whole sentences are named, with what the other side lacks.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from values.calendar_text import read_calendar

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
# Dates as narratives have them; the longest forms first.
DATES = re.compile(
    rf"\b(?:\d{{1,2}}[ -]{_MONTH}[ -]\d{{4}}|{_MONTH} \d{{1,2}}, \d{{4}}|{_MONTH}[ -]\d{{4}}"
    r"|\d{4}-\d{2}(?:-\d{2})?|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})|(?:19|20)\d{2})\b",
    re.IGNORECASE,
)
# A number by itself or before a unit, with a decimal point or comma; "HHV-6" and "B*58:01" are names.
NUMBERS = re.compile(r"(?<![\w.,:*])(?<![^\W\d]-)\d+(?:[.,]\d+)?(?![\d:])")
WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
IN_WORDS = {word: Decimal(number) for number, word in enumerate(WORDS, start=1)}
NUMBER_WORDS = re.compile(rf"\b(?:{'|'.join(WORDS)})\b", re.IGNORECASE)
SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ“(\[])|\n+")


Days = tuple[tuple[date, date], ...]


class Statement(NamedTuple):
    """One number, date or drug of a sentence, in its own words."""

    words: str
    value: Decimal | str | Days


class Sentence(NamedTuple):
    """A sentence and what it states."""

    text: str
    statements: list[Statement]


class Lacking(NamedTuple):
    """A sentence, and those of its numbers, dates and drugs that the other side doesn't have."""

    sentence: str
    words: tuple[str, ...]


class Comparison(NamedTuple):
    """What stands in the narrative and in no row, and what rows have that the narrative lacks."""

    only_narrated: list[Lacking]
    only_recorded: list[Lacking]


def compare(narrative: str, drafted: str, more: Iterable[str], drugs: Mapping[str, str]) -> Comparison:
    """Compare a narrative with what is drafted from the rows.

    `more`: further texts of the rows, which a narrative may repeat. `drugs`: names in lower case,
    each with the one name that stands for the drug.
    """
    reader = _Reader(drugs)
    narrated, recorded = reader.sentences(narrative), reader.sentences(drafted)
    further = chain.from_iterable(map(reader.statements, more))
    return Comparison(
        list(_lacking(narrated, [*_all(recorded), *further])), list(_lacking(recorded, _all(narrated)))
    )


def _all(sentences: "list[Sentence]") -> list[Statement]:
    return [statement for sentence in sentences for statement in sentence.statements]


def _lacking(sentences: "list[Sentence]", others: list[Statement]) -> Iterator[Lacking]:
    for text, statements in sentences:
        words = [each.words for each in statements if not any(_confirms(other, each) for other in others)]
        if words:
            yield Lacking(text, tuple(dict.fromkeys(words)))


def _confirms(other: Statement, statement: Statement) -> bool:
    """Whether the other side has it; a date at least as exactly: 29 Sep 2026 confirms September 2026."""
    if isinstance(statement.value, tuple) and isinstance(other.value, tuple):
        return any(
            first >= earliest and last <= latest
            for first, last in other.value
            for earliest, latest in statement.value
        )
    return statement.value == other.value


class _Reader:
    """Reads the statements of a sentence."""

    def __init__(self, drugs: Mapping[str, str]) -> None:
        self._names = drugs
        names = "|".join(re.escape(name) for name in sorted(drugs, key=len, reverse=True))
        self._drugs = re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE) if drugs else None

    def sentences(self, text: str) -> list[Sentence]:
        parts = [part.strip() for part in SENTENCES.split(text) if part.strip()]
        return [Sentence(part, self.statements(part)) for part in parts]

    def statements(self, sentence: str) -> list[Statement]:
        dates = [match[0] for match in DATES.finditer(sentence)]
        numbers = NUMBERS.findall(DATES.sub(" ", sentence))
        drugs = self._drugs.findall(sentence) if self._drugs else []
        return [
            *[Statement(text, days) for text in dates if (days := _days(text))],
            *[Statement(text, Decimal(text.replace(",", "."))) for text in numbers],
            *[Statement(word, IN_WORDS[word.lower()]) for word in NUMBER_WORDS.findall(sentence)],
            *[Statement(name, self._names[name.lower()]) for name in drugs],
        ]


def _days(text: str) -> Days:
    """What a date in words may mean, first and last day: two readings of 10/11/2026 are both possible."""
    with suppress(ValueError):
        readings = read_calendar(text.lower())
        return tuple((each.reported.first_day, each.reported.last_day) for each in readings)
    return ()
