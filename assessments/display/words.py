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


def from_onset(text: str) -> str:
    """Where a row stands on the time line, empty when that is not known."""
    if not text:
        return ""
    plain = {
        "0 days": "at onset",
        "at least 0 days": "at onset or later",
        "at most 0 days": "at onset or before",
    }
    return plain.get(text, f"{number(text)} from onset")


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
