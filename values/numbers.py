"""One text for equal numbers."""

from decimal import Decimal


def plain_number(number: Decimal) -> str:
    """The number without exponent and trailing zeros: 10 for 10, 10.0 and 1E+1."""
    text = str(number)
    if "E" in text:
        text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
