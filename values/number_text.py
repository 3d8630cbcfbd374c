"""Numbers as people type them: decimal comma, thousands in groups, bounds ("<5") and titres ("1:80").

What can be read in two ways is never guessed: "1,500" is asked back with both readings.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from values.numbers import plain_number

# Signs of a bound as people write them -> the qualifier of the record.
QUALIFIERS = {
    "<": "<", "≤": "<=", "<=": "<=", "=<": "<=", "⩽": "<=",
    ">": ">", "≥": ">=", ">=": ">=", "=>": ">=", "⩾": ">=",
    "=": "=", "": "=",
}  # fmt: skip
_BOUND = re.compile(r"\s*([<>=≤≥⩽⩾]{0,2})\s*(.*?)\s*", re.DOTALL)
_TITRE = re.compile(r"1\s*:\s*(\d+)", re.ASCII)
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_COMMA = re.compile(r"-?\d+,\d+", re.ASCII)
# Signs between groups of three digits; the blank is any kind of it, the apostrophe Swiss.
_THOUSANDS = {
    ",": re.compile(r"-?[1-9]\d{0,2}(,\d{3}){2,}(\.\d+)?|-?[1-9]\d{0,2}(,\d{3})+\.\d+", re.ASCII),
    ".": re.compile(r"-?[1-9]\d{0,2}(\.\d{3}){2,}(,\d+)?|-?[1-9]\d{0,2}(\.\d{3})+,\d+", re.ASCII),
    " ": re.compile(r"-?[1-9]\d{0,2}( \d{3})+([.,]\d+)?", re.ASCII),
    "'": re.compile(r"-?[1-9]\d{0,2}('\d{3})+([.,]\d+)?", re.ASCII),
}
_TWO_READINGS = re.compile(r"-?[1-9]\d{0,2},\d{3}", re.ASCII)


class NumberParseError(ValueError):
    """The text is no number that can be kept; the message says what to write."""


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number with its qualifier ("=", "<", "<=", ">", ">="). `is_titre`: it was written as 1:80."""

    number: Decimal
    qualifier: str = "="
    is_titre: bool = False


def parse_result(text: str) -> TypedNumber:
    """The result that a text gives as a number. Raises NumberParseError."""
    match = _BOUND.fullmatch(text)
    if match is None or match[1] not in QUALIFIERS:
        raise NumberParseError(f"“{text.strip()}” is no number.")
    qualifier = QUALIFIERS[match[1]]
    if titre := _TITRE.fullmatch(match[2]):
        return TypedNumber(Decimal(titre[1]), qualifier, is_titre=True)
    return TypedNumber(parse_number(match[2]), qualifier)


def parse_number(text: str) -> Decimal:
    """The number that a text means. Raises NumberParseError, with both readings where there are two."""
    # Any kind of blank as a plain one; a minus sign as the hyphen.
    folded = " ".join(text.split()).replace("−", "-").replace("’", "'")
    if _PLAIN.fullmatch(folded):
        return Decimal(folded)
    if _TWO_READINGS.fullmatch(folded):
        decimal, thousands = Decimal(folded.replace(",", ".")), Decimal(folded.replace(",", ""))
        raise NumberParseError(
            f"“{folded}” can be {plain_number(decimal)} or {plain_number(thousands)}. Write one of them."
        )
    for separator, pattern in _THOUSANDS.items():
        if pattern.fullmatch(folded):
            return Decimal(folded.replace(separator, "").replace(",", "."))
    if _COMMA.fullmatch(folded):
        return Decimal(folded.replace(",", "."))
    raise NumberParseError(f"“{folded}” is no number. Write it such as 38.5.")
