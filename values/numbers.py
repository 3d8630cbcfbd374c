"""One text for equal numbers, and rounding of numbers of any length."""

from decimal import Context, Decimal

# More digits than any laboratory gives, fewer than a factor such as 1/60 is off by.
_DIGITS = Context(prec=20)
# More digits than any column holds; with the 28 of Python's default, rounding a longer number is an error.
_ALL_DIGITS = Context(prec=200)

FEWEST_HOURS_IN_DAYS = 72  # from here on a duration is written in days


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


def hours_phrase(low: Decimal, high: Decimal) -> str:
    """A range of hours, in days where it is long: "4 to 6 hours", "3.5 days"."""
    if low >= FEWEST_HOURS_IN_DAYS:
        low, high, unit = round(low / 24, 1), round(high / 24, 1), "days"
    else:
        unit = "hours"
    if low == high:
        return f"{plain_number(low)} {unit}"
    return f"{plain_number(low)} to {plain_number(high)} {unit}"
