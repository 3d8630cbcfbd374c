"""The words and signs for scores, for all that show them."""

import re
from collections.abc import Sequence
from decimal import Decimal

from scoring.facts import Condition, HalfLife
from scoring.instrument import Instrument
from scoring.instruments import primary
from values.numbers import plain_number
from values.spans import Span

HOURS_PER_DAY = 24


def number(value: int | Decimal | str) -> str:
    """With a true minus sign."""
    return str(value).replace("-", "−")


def signed(points: int) -> str:
    """Points as a change of the total: +1, 0, or with a true minus sign."""
    return f"+{points}" if points > 0 else number(points)


def points_words(points: int) -> str:
    return f"{signed(points)} point" + ("" if abs(points) == 1 else "s")


def spoken(sentence: str) -> str:
    """A sentence of the audit for people: true minus signs, classes in words."""
    return number(sentence).replace("no_case", "no case")


def interval(low: int, high: int) -> str:
    return f"{number(low)} to {number(high)}" if low != high else number(low)


def category_words(category: str, instrument: Instrument | None = None) -> str:
    """A class within a sentence: "no case". Of the primary instrument, unless another is given."""
    label = (instrument or primary()).category(str(category)).label
    return label[:1].lower() + label[1:]


def categories_words(categories: Sequence[str], instrument: Instrument | None = None) -> str:
    """A run of classes: "possible", "no case to definite"."""
    first, last = (category_words(category, instrument) for category in (categories[0], categories[-1]))
    return first if first == last else f"{first} to {last}"


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def answer_words(answer: str, instrument: Instrument | None = None) -> str:
    """An answer to an item: "Two or more organs". Of the primary instrument, unless another is given."""
    return (instrument or primary()).answer_label(answer)


def is_informative(span: Span) -> bool:
    """Whether a time to onset has a bound, other than that the dose came before the onset."""
    return span.high is not None or (span.low is not None and span.low > 0)


def days(span: Span) -> str:
    """A time to onset: "10 days", "not known"."""
    return number(str(span)) if is_informative(span) else "not known"


STILL_TAKEN = "still taken at onset"


def from_onset(days: Span) -> str:
    """A day on the time line: "at onset", "66 to 72 days before onset"; empty where it is not known."""
    if days.low is None and days.high is None:
        return ""
    if days.low == days.high == 0:
        return "at onset"
    if days.low is None or days.high is None:
        return _half_open(days)
    if days.low >= 0:
        return f"{days} after onset"
    if days.high <= 0:
        return f"{-days} before onset"
    if is_about_zero(days):
        return f"within {_one(days.high)} of onset, order unknown"
    return f"from {_one(-days.low)} before to {_one(days.high)} after onset"


def _half_open(days: Span) -> str:
    end, later = (days.low, True) if days.low is not None else (days.high, False)
    if not end:
        return "at onset or later" if later else "at onset or earlier"
    side = "after" if end > 0 else "before"
    return f"{_one(abs(end))} {side} onset or {'later' if later else 'earlier'}"


def _one(end: Decimal) -> Span:
    return Span(end, end)


def is_about_zero(days: Span) -> bool:
    """Whether two events are so far apart at most, and nobody knows which came first."""
    return days.low is not None and days.low < 0 and days.high == -days.low


def is_still_taken(last_dose: Span) -> bool:
    """Whether the last dose came after the onset, `last_dose` being the days from it to the onset."""
    return last_dose.high is not None and last_dose.high < 0


def since_dose(days: Span, which: str) -> str:
    """The onset as counted from the first or last dose: "66 to 72 days after the first dose"."""
    if which == "last" and is_still_taken(days):
        return STILL_TAKEN
    if is_about_zero(days) and days.high is not None:
        return f"within {_one(days.high)} of the {which} dose, order unknown"
    if days.high is not None and days.high < 0:
        return f"{-days} before the {which} dose"
    if days.low is not None and days.low < 0 and days.high is not None:
        return f"from {_one(-days.low)} before to {_one(days.high)} after the {which} dose"
    return f"{days} after the {which} dose"


def hours(low: Decimal | None, high: Decimal | None) -> str:
    """A half-life as people say it: in hours up to two days, in days beyond."""
    if low is None or high is None:
        return ""
    unit, size = ("days", HOURS_PER_DAY) if low >= 2 * HOURS_PER_DAY else ("hours", 1)
    ends = [f"{end / size:.1f}".rstrip("0").rstrip(".") for end in (low, high)]
    return f"{ends[0]} {unit}" if ends[0] == ends[1] else f"{ends[0]} to {ends[1]} {unit}"


NOT_VERIFIED = "not verified"
CONDITIONS = {
    Condition.ADULT: "adults",
    Condition.CHILD: "children",
    Condition.NEWBORN: "newborns",
    Condition.FIRST_DOSE: "first dose",
    Condition.CHRONIC: "chronic use",
    Condition.ACTIVE_METABOLITE: "active metabolite",
    Condition.RENAL_IMPAIRMENT: "renal impairment",
    Condition.DEPOT: "depot form",
    Condition.TISSUE: "release from tissue",
    Condition.CLEARANCE: "time until it can't be measured",
}


def half_life_words(half_life: HalfLife) -> str:
    """A half-life of the dictionary: "12 to 17 hours, chronic use"; "no number, renal impairment"."""
    length = hours(*half_life.hours) if half_life.hours else "no number"
    return f"{length}, {CONDITIONS.get(half_life.condition, half_life.condition)}"


# UCUM, and how it is written on paper; the vocabulary reads these as the same units.
ON_PAPER = {
    "{ULN}": "× ULN",
    "{LLN}": "× LLN",
    "{baseline}": "× baseline",
    "{Log_copies}": "log10 copies",
    "{Log_IU}": "log10 IU",
    "{Ct_value}": "Ct",
    "{index_val}": "index",
    "{1.73_m2}": "1.73 m²",
    "10*5{cells}": "10⁵ cells",
    "10*9/L": "×10⁹/L",
    "10*3/uL": "×10³/µL",
    "/mm3": "/mm³",
}


def readable_units(text: str) -> str:
    """UCUM in a text, as it is written on paper: {copies}/mL, 10*9/L."""
    for ucum, written in ON_PAPER.items():
        text = text.replace(ucum, written)
    return re.sub(r"\{([^{}]*)\}", r"\1", text)


def quantity(value: Decimal | None, unit: str) -> str:
    return f"{plain_number(value)} {readable_units(unit)}".strip() if value is not None else ""
