"""Limits of normal as laboratories print them: "4-10 G/l", "<0,5", "bis 50 U/l", "(40 - 130)", "%"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from values.number_text import NumberParseError
from vocabulary.result_words import read_result_word
from vocabulary.tables.numbers import read_number
from vocabulary.units import Certainty, read_unit

_N = r"(?:\d[\d.,]*(?<![.,])|[.,]\d+)"
_LABEL = re.compile(
    r"(?:n|vn|vr|ref|réf|norm|normal|normes?|reference|référence|referenz|referenzbereich|normbereich|range)"
    r"(?:\s*[.:]+\s*|\s+(?=[<>≤≥\d]))",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"({_N})\s*(?:-|–|−|—|\.\.+|bis|to|à|a|tot)\s*({_N})\s*(.*)", re.IGNORECASE)
_UPPER = re.compile(
    r"(?:<=?|≤|⩽|uln|bis(?: zu)?|up to|max\.?|jusqu'à|inf(?:érieur)?\.? ?à|hasta|fino a|até|tot)"
    rf"\s*({_N})\s*(.*)",
    re.IGNORECASE,
)
_LOWER = re.compile(
    rf"(?:>=?|≥|⩾|lln|ab|from|min\.?|mind\.?|above|over|über|sup(?:érieur)?\.? ?à)\s*({_N})\s*(.*)",
    re.IGNORECASE,
)
_UNIT_FIRST = re.compile(r"(%|\S*[^\d\s<>≤≥.,-]\S+)\s+([<>≤≥(\d].*)")
_BRACKETS = re.compile(r"[(\[](.*)[)\]]")


class LimitsError(ValueError):
    """A text that gives no limits; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Lower and upper limit of normal, and the unit beside them; None or "" where the text gives none."""

    lower: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""

    @property
    def has_number(self) -> bool:
        """Whether there is a limit, and not only a unit."""
        return self.lower is not None or self.upper is not None


def read_limits(text: str, decimal: str = "") -> Limits:
    """The limits that a text gives. Raises LimitsError, with the remedy."""
    stripped = _LABEL.sub("", " ".join(text.split()), count=1)
    if brackets := _BRACKETS.fullmatch(stripped):
        stripped = brackets[1].strip()
    if not stripped.strip("-–—./ ") or read_result_word(stripped) == "negative":
        return Limits()
    try:
        limits = _limits(stripped, decimal)
    except NumberParseError as error:
        raise LimitsError(f"The limits of normal “{text}” aren't read: {error}") from None
    if limits is None:
        raise LimitsError(f"“{text}” gives no limits of normal. Write them such as 4-10, <50 or >60.")
    if limits.lower is not None and limits.upper is not None and limits.lower > limits.upper:
        raise LimitsError(f"The limits of normal “{text}” run from more to less. Write the lower one first.")
    return limits


def is_unit(text: str) -> bool:
    """Whether a text is in the tables of units, even where it needs a person to confirm it."""
    return bool(text.strip()) and read_unit(text).certainty not in (Certainty.UNREAD,) and _has_letter(text)


def _has_letter(text: str) -> bool:
    """Whether a text has more than digits and lost characters: a bare number is no unit."""
    return any(sign.isalpha() or sign in "%‰°/" for sign in text) and text.strip() not in ("x", "X")


def _limits(text: str, decimal: str) -> Limits | None:
    if match := _RANGE.fullmatch(text):
        ends = [read_number(match[group], decimal).number for group in (1, 2)]
        return _with_unit(Limits(ends[0], ends[1]), match[3])
    if match := _UPPER.fullmatch(text):
        return _with_unit(Limits(upper=read_number(match[1], decimal).number), match[2])
    if match := _LOWER.fullmatch(text):
        return _with_unit(Limits(lower=read_number(match[1], decimal).number), match[2])
    if is_unit(text):
        return Limits(unit=text)
    if (match := _UNIT_FIRST.fullmatch(text)) and is_unit(match[1]):
        limits = _limits(match[2].strip("()[] "), decimal)
        return None if limits is None else _with_unit(limits, match[1])
    return None


def _with_unit(limits: Limits, unit: str) -> Limits | None:
    """The limits in a unit; None where what stands beside them is none."""
    unit = unit.strip(" ()[]")
    if unit and not is_unit(unit):
        return None
    return Limits(limits.lower, limits.upper, unit or limits.unit)
