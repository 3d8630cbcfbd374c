"""Units as typed, read as UCUM codes: `read_unit`.

The kind of quantity that a test measures decides first, then the language of the report; what is refused for
that kind stays refused, and what no table has stays as it was written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from vocabulary.folding import fold_unit, has_lost_character
from vocabulary.units.codes import CODES
from vocabulary.units.doubtful import ONLY_IF_KIND, SUGGESTED, Doubt
from vocabulary.units.entries import Certainty, Entry, split_spellings
from vocabulary.units.quotients import quotient_entries
from vocabulary.units.refused import REFUSALS
from vocabulary.units.spellings import CASE_MATTERS, SPELLINGS

LOST_CHARACTER = "A character of the unit was lost, most likely its micro sign. Write it anew: ug/L, umol/L."
NO_UNIT = "There is no unit."


@dataclass(frozen=True, slots=True)
class UnitReading:
    """What a unit as typed means, and what may be done with that.

    `ucum`: the code ("" where there is none); `kind`: the kind of quantity; `canonical`: the unit in
    which the kind is compared; `reason`: why it is in doubt or refused, a sentence.
    """

    text: str
    certainty: Certainty
    ucum: str = ""
    kind: str = ""
    reason: str = ""

    @property
    def is_accepted(self) -> bool:
        """Whether the reading may be stored without anybody confirming it."""
        return self.certainty is Certainty.ACCEPTED

    @property
    def canonical(self) -> str:
        """The unit in which quantities of this kind are compared; "" where there is no code."""
        code = CODES.get(self.kind, {}).get(self.ucum)
        return code.canonical if code else ""

    @property
    def factor(self) -> Decimal | None:
        """What a number in `ucum` is multiplied by to be in `canonical`; None where no factor does it."""
        code = CODES.get(self.kind, {}).get(self.ucum)
        return code.factor if code else None

    def to_canonical(self, value: Decimal) -> Decimal | None:
        """A number of this unit in the unit of comparison; None where there is no code."""
        if self.factor is not None:
            return value * self.factor
        if self.ucum == "[degF]":
            return (value - 32) * 5 / 9
        return Decimal(10) ** value if self.kind == "log_load" and self.ucum else None


@lru_cache(maxsize=8192)
def read_unit(text: str, kind: str | None = None, language: str | None = None) -> UnitReading:
    """The unit that a text means, for a test of this kind of quantity in a report of this language.

    `kind`: one of `vocabulary.units.KINDS`, or None where the test is not known; `language`: two letters,
    as in "de".
    """
    if has_lost_character(text):
        return UnitReading(text, Certainty.REFUSED, reason=LOST_CHARACTER)
    if not text.strip():
        return UnitReading(text, Certainty.REFUSED, reason=NO_UNIT)
    entries = _entries(fold_unit(text))
    if not entries:
        return UnitReading(text, Certainty.UNREAD)
    entry = _of_kind(entries, kind) or _of_any_kind(entries, language)
    return UnitReading(text, entry.certainty, entry.code, entry.kind, entry.reason)


def read_unit_of_kinds(text: str, kinds: Iterable[str], language: str | None = None) -> UnitReading:
    """The unit that a text means for a test that is measured in several kinds, the usual one first."""
    readings = [read_unit(text, kind, language) for kind in kinds] or [read_unit(text, None, language)]
    fitting = [reading for reading in readings if reading.is_accepted and reading.kind in kinds]
    return (fitting or readings)[0]


def _of_kind(entries: list[Entry], kind: str | None) -> Entry | None:
    """What is listed for the kind of the test; a reading that waits for its kind is accepted by it."""
    entry = next((entry for entry in entries if entry.kind == kind), None)
    if entry is not None and entry.certainty is Certainty.ONLY_IF_KIND:
        return entry._replace(certainty=Certainty.ACCEPTED, reason="")
    return entry or _international(entries, kind)


def _international(entries: list[Entry], kind: str | None) -> Entry | None:
    """International units of an antibody or hormone, which are no units of an enzyme."""
    if kind != "arbitrary_concentration":
        return None
    codes = [entry.code for entry in entries if entry.code in CODES[kind]]
    return Entry(kind, codes[0]) if codes else None


def _of_any_kind(entries: list[Entry], language: str | None) -> Entry:
    """The reading where the test doesn't decide: what is accepted, else what the language lets stand.

    A refusal comes before a reading that waits for its kind, and before a suggestion.
    """
    by_certainty = {entry.certainty: entry for entry in reversed(entries)}
    if accepted := by_certainty.get(Certainty.ACCEPTED):
        return accepted
    for entry in entries:
        if language and language.lower() in entry.languages:
            return entry._replace(certainty=Certainty.ACCEPTED, reason="")
    order = (Certainty.REFUSED, Certainty.ONLY_IF_KIND, Certainty.SUGGESTED)
    return next(by_certainty[certainty] for certainty in order if certainty in by_certainty)


def _entries(folded: str) -> list[Entry]:
    """The readings of a folded spelling: as listed, by the rules of two parts, or as a UCUM code."""
    exact, any_case = _tables()
    listed = exact.get(folded) or any_case.get(folded.casefold())
    return listed or quotient_entries(folded) or _code_entries(folded)


def _code_entries(folded: str) -> list[Entry]:
    """A text that is itself one of the UCUM codes."""
    return [Entry(kind, folded) for kind, codes in CODES.items() if folded in codes]


@cache
def _tables() -> tuple[dict[str, list[Entry]], dict[str, list[Entry]]]:
    """The literal tables by spelling: those where case matters, and those where it doesn't."""
    exact: dict[str, list[Entry]] = {}
    any_case: dict[str, list[Entry]] = {}
    for spelling, entry, case_matters in _rows():
        table, key = (exact, spelling) if case_matters else (any_case, spelling.casefold())
        if entry not in table.setdefault(key, []):
            table[key].append(entry)
    return exact, any_case


def _rows() -> Iterator[tuple[str, Entry, bool]]:
    """Every row of the tables: spelling, reading, and whether its case matters."""
    for kinds, case_matters in ((SPELLINGS, False), (CASE_MATTERS, True)):
        for kind, codes in kinds.items():
            for code, spellings in codes.items():
                yield from ((text, Entry(kind, code), case_matters) for text in split_spellings(spellings))
    for doubts, certainty in ((ONLY_IF_KIND, Certainty.ONLY_IF_KIND), (SUGGESTED, Certainty.SUGGESTED)):
        for doubt in doubts:
            yield from _doubt_rows(doubt, certainty)
    for refusal in REFUSALS:
        entry = Entry(refusal.kind, "", Certainty.REFUSED, refusal.reason)
        yield from ((text, entry, refusal.exact) for text in split_spellings(refusal.spellings))


def _doubt_rows(doubt: Doubt, certainty: Certainty) -> Iterator[tuple[str, Entry, bool]]:
    for code, spellings in doubt.spellings.items():
        entry = Entry(doubt.kind, code, certainty, doubt.reason, tuple(doubt.languages.split()))
        yield from ((text, entry, doubt.exact) for text in split_spellings(spellings))
