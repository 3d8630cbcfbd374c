"""Conversion between a column of the record and its ICH element, in both directions.

Inward, a value that doesn't fit its column becomes an empty column; the caller preserves it as it was
received. Nothing is truncated or rounded.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import models

from cases.models.fields import MomentField
from e2b import Code, Quantity, Value
from e2b.elements import ICH
from values.dates import PartialDate, Precision
from values.moments import Moment
from values.quantities import IncompatibleUnits
from values.quantities import Quantity as Measured

_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,29})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a model that holds one element."""

    element: str
    name: str
    empty: Any
    inward: Callable[[Value], Any]
    outward: Callable[[Any], Value | None]


def column(element: str, field: "models.Field[Any, Any]") -> Column:
    """The conversion between this field and this element."""
    empty = "" if isinstance(field, (models.CharField, models.TextField)) else None
    if isinstance(field, MomentField):
        return Column(element, field.name, None, _moment, _date_of)
    if isinstance(field, models.DateField):
        return Column(element, field.name, None, _day, _date_of_day)
    if isinstance(field, models.DecimalField):
        return Column(element, field.name, None, _number_of(ICH[element].codes), _digits)
    if isinstance(field, models.BooleanField):
        return _flag(element, field)
    return Column(element, field.name, empty, _text_of(field), _text)


def column_text(value: Any) -> str:
    """The content of a column as text, equal whether it comes from Python or the database."""
    return "" if value is None or value is False else str(value)


def _text(text: str) -> str | None:
    return text if text.strip() else None


def _text_of(field: "models.Field[Any, Any]") -> Callable[[Value], str]:
    longest = field.max_length or 10**9
    choices = {key for key, _ in field.flatchoices} if field.choices else None

    def fit(value: Value) -> str:
        text = value.code if isinstance(value, Code) else value
        if not isinstance(text, str) or len(text) > longest or (choices and text not in choices):
            return ""
        return text

    return fit


def _flag(element: str, field: "models.BooleanField[Any, Any]") -> Column:
    words = {True: "1"} if ICH[element].codes == "primary" else {True: "true", False: "false"}
    meanings: dict[Value, bool] = {word: meaning for meaning, word in words.items()}
    # In a column of yes and no alone, a no may only mean that nobody answered.
    sent = words if field.null else {True: words[True]}
    empty = None if field.null else False
    return Column(element, field.name, empty, lambda value: meanings.get(value, empty), sent.get)


def _digits(number: Decimal) -> str:
    return f"{number:f}"


def _number_of(unit: str) -> Callable[[Value], Decimal | None]:
    def fit(value: Value) -> Decimal | None:
        if isinstance(value, Quantity) and unit in ("kg", "cm") and _NUMBER.fullmatch(value.value):
            try:
                return Measured(Decimal(value.value), value.unit).to(unit).value
            except IncompatibleUnits:
                return None
        return number(value)

    return fit


def number(value: Value) -> Decimal | None:
    """The number that a text is, with all its digits; None where the text is no number."""
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        return None
    parsed = Decimal(value)
    return parsed or parsed.copy_abs()  # -0 is 0


def _moment(value: Value) -> Moment | None:
    return Moment(date=value) if isinstance(value, PartialDate) else None


def _date_of(moment: Moment) -> PartialDate | None:
    return moment.certain


@lru_cache(maxsize=4096)
def _date_of_day(day: date) -> PartialDate:
    return PartialDate.of(day)


def _day(value: Value) -> date | None:
    if isinstance(value, PartialDate) and value.precision >= Precision.DAY:
        return date(*value.parts[:3])
    return None
