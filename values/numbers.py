"""One text for equal numbers."""

from decimal import Context, Decimal

# More digits than any laboratory gives, fewer than a factor such as 1/60 is off by.
_DIGITS = Context(prec=20)


def plain_number(number: Decimal) -> str:
    """The number without exponent and trailing zeros: 10 for 10, 10.0 and 1E+1."""
    text = str(number)
    if "E" in text:
        text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def normalised(number: Decimal) -> Decimal:
    """The same number without exponent and trailing zeros, so that equal numbers are written equally."""
    return Decimal(plain_number(_DIGITS.plus(number)))
