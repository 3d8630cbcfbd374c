"""What became of the elements of R2 that are not simply copied: a list, also as sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from e2b.violations import Level, Severity, Violation

# More than any real message has; the rest is counted.
MAX_REMARKS: Final = 1000
_LONGEST: Final = 300
_LISTED: Final = 250


class Outcome(StrEnum):
    """What became of an element: converted, not carried over, or filled because R3 wants a value."""

    CONVERTED = "converted"
    LOST = "lost"
    FILLED = "filled"


@dataclass(frozen=True, slots=True)
class Remark:
    """What became of one element of R2.

    - `element` is its tag (of a filled one "": R2 has none), `place` where it stands ("drug 2")
    - `value` is what was sent, `result` what R3 has instead in the elements `to`
    - `reason` says why, "" where a table of codes says it all
    - `is_expected` where R3 never has a place for the element
    """

    outcome: Outcome
    element: str
    place: str
    value: str
    to: str = ""
    result: str = ""
    reason: str = ""
    is_expected: bool = False

    def __str__(self) -> str:
        change = f"{self.element} {short(self.value)!r}" if self.element else ""
        result = f"{self.to} {self.result}".strip()
        arrow = " -> " if change and result else ""
        return f"{change}{arrow}{result}" + (f" ({self.place})" if self.place else "")


class Remarks:
    """The remarks on one message, at most MAX_REMARKS of them."""

    def __init__(self) -> None:
        self.all: list[Remark] = []
        self.more = 0

    def converted(
        self, element: str, place: str, value: str, to: str, result: object, reason: str = ""
    ) -> None:
        """An element that is something else in R3."""
        self._add(Remark(Outcome.CONVERTED, element, place, value, to, str(result), reason))

    def lost(self, element: str, place: str, value: str, reason: str, to: str = "") -> None:
        """An element, or a part of what it says, that R3 can't carry."""
        self._add(Remark(Outcome.LOST, element, place, value, to, "", reason))

    def dropped(self, element: str, place: str, value: str, reason: str) -> None:
        """An element that R3 has no place for, in no message."""
        self._add(Remark(Outcome.LOST, element, place, value, "", "", reason, is_expected=True))

    def filled(self, to: str, result: object, place: str = "") -> None:
        """An element that R3 wants and R2 doesn't have."""
        self._add(Remark(Outcome.FILLED, "", place, "", to, str(result)))

    def _add(self, remark: Remark) -> None:
        if len(self.all) < MAX_REMARKS:
            self.all.append(remark)
        else:
            self.more += 1

    def violations(self) -> tuple[Violation, ...]:
        """The remarks as sentences, those first that a person should read."""
        return (
            *self._losses(Severity.WARNING),
            *self._conversions(),
            *self._losses(Severity.NOTE),
            *self._fillings(),
            *self._uncounted(),
        )

    def _losses(self, severity: Severity) -> Iterator[Violation]:
        """The losses by their reasons: warnings, or notes on those that are in every message."""
        by_reason: dict[str, list[Remark]] = {}
        for remark in self.all:
            if remark.outcome == Outcome.LOST and remark.is_expected == (severity == Severity.NOTE):
                by_reason.setdefault(remark.reason, []).append(remark)
        for reason, remarks in by_reason.items():
            yield _violation("R2-LOST", remarks, f"Not carried over, because {reason}: ", severity)

    def _conversions(self) -> Iterator[Violation]:
        plain = []
        for remark in self.all:
            if remark.outcome == Outcome.CONVERTED and remark.reason:
                sentence = f"{remark}: {remark.reason}."
                yield Violation(
                    "R2-CONVERTED", remark.to.split(" ")[0], remark.place, sentence, "",
                    Severity.WARNING, Level.READING,
                )  # fmt: skip
            elif remark.outcome == Outcome.CONVERTED:
                plain.append(remark)
        if plain:
            yield _violation("R2-CONVERTED", plain, "Converted by the tables of codes: ", Severity.NOTE)

    def _fillings(self) -> Iterator[Violation]:
        remarks = [remark for remark in self.all if remark.outcome == Outcome.FILLED]
        if remarks:
            yield _violation("R2-FILLED", remarks, "Filled, because R3 wants a value: ", Severity.NOTE)

    def _uncounted(self) -> Iterator[Violation]:
        if self.more:
            sentence = f"{self.more:,} more remarks aren't listed; the received file keeps everything."
            yield Violation("R2-LOST", "", "", sentence, "", Severity.WARNING, Level.READING)


def _violation(rule: str, remarks: list[Remark], beginning: str, severity: Severity) -> Violation:
    """One sentence about several elements."""
    listed = "; ".join(map(str, remarks[:_LISTED]))
    rest = f"; and {len(remarks) - _LISTED} more" if len(remarks) > _LISTED else ""
    element = remarks[0].to.split(" ")[0] if len(remarks) == 1 else ""
    return Violation(rule, element, "", f"{beginning}{listed}{rest}.", "", severity, Level.READING)


def short(text: str) -> str:
    """A text for a sentence."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
