"""Numbers in a table, whose other cells show whether a point or a comma stands before decimals."""

import re
from collections.abc import Iterable
from decimal import Decimal

from values.number_text import NumberParseError, TypedNumber, parse_result
from values.numbers import plain_number

# A number with the sign of a bound, groups of thousands or an exponent; or a titre.
NUMBER = (
    r"[<>=≤≥⩽⩾]{0,2}\s*(?:1\s*:\s*\d+|[-+−]?(?:\d{1,3}(?:[ '’]\d{3})+(?![\d/])|\d[\d.,]*(?<![.,])|[.,]\d+)"
    r"(?:[eE][+-]?\d{1,3}(?![\d*^]))?)"
)
# A sign that can only stand before decimals: 8,1 or 0,123.
_DECIMAL = re.compile(r"(?<![\d.,:])(?:\d+([.,])(?:\d{1,2}|\d{4,})|0([.,])\d+)(?![\d.,:])")
_DAY = re.compile(r"[0-3]\d\.[01]\d")
_POINT_AND_THREE = re.compile(r"([1-9]\d{0,2})\.(\d{3})")


class TwoReadings(NumberParseError):
    """A number that can be two. `choices`: a text for each."""

    def __init__(self, message: str, choices: tuple[str, ...]) -> None:
        self.choices = choices
        super().__init__(message)


def decimal_sign(texts: Iterable[str]) -> str:
    """The sign that stands before decimals in all of these texts, "." or ","; "" where they don't show it."""
    matches = [match for text in texts if not _DAY.fullmatch(text) for match in _DECIMAL.finditer(text)]
    signs = {match[1] or match[2] for match in matches}
    return signs.pop() if len(signs) == 1 else ""


def read_number(text: str, decimal: str = "") -> TypedNumber:
    """The number of a text. Raises NumberParseError, as TwoReadings where the text can be two numbers.

    1,234 always can; 1.234 unless a point stands before decimals in the same table (`decimal_sign`).
    """
    sign, digits = _split_sign(text)
    if decimal != "." and (match := _POINT_AND_THREE.fullmatch(digits)):
        raise _two_readings(text, sign, Decimal(digits), Decimal(match[1] + match[2]))
    try:
        return parse_result(text.replace(" :", ":").replace("’", "'"))
    except NumberParseError:
        if match := re.fullmatch(r"([1-9]\d{0,2}),(\d{3})", digits):
            raise _two_readings(
                text, sign, Decimal(f"{match[1]}.{match[2]}"), Decimal(match[1] + match[2])
            ) from None
        raise


def _split_sign(text: str) -> tuple[str, str]:
    match = re.match(r"\s*([<>=≤≥⩽⩾]{0,2})\s*", text)
    end = match.end() if match else 0
    return text[:end].strip(), text[end:].strip()


def _two_readings(text: str, sign: str, decimal: Decimal, whole: Decimal) -> TwoReadings:
    """The choices are written so that neither has a second reading: 1.2340 and 1234."""
    choices = (f"{sign}{plain_number(decimal)}0", f"{sign}{plain_number(whole)}")
    return TwoReadings(f"“{text.strip()}” can be {choices[0][:-1]} or {choices[1]}.", choices)
