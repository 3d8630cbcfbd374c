"""One text for equal numbers, and rounding of numbers of any length."""

from decimal import Context, Decimal

# More digits than any laboratory gives, fewer than a factor such as 1/60 is off by.
_DIGITS = Context(prec=20)
# More digits than any column holds; with the 28 of Python's default, rounding a longer number is an error.
_ALL_DIGITS = Context(prec=200)


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


def rounded(number: Decimal, step: Decimal) -> Decimal:
    """The number to the decimals of `step`, such as 0.01, however many digits stand before the point."""
    return number.quantize(step, context=_ALL_DIGITS)
