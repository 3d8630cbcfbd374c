"""One spelling for equal numbers."""

from decimal import Decimal


def plain(number: Decimal) -> str:
    """Without exponent and without zeros that say nothing: 10 for 10, 10.0 and 1E+1."""
    text = str(number)
    if "E" in text:
        text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
