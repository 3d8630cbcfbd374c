"""Parse a value of the JSON into what a column of a model holds."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

from cases.models.fields import MomentField
from cases.models.ich import RECEIVED
from e2b import E2BError
from exchange.icsr.preserved_elements import preserved_blocks, preserved_values
from values.calendar_text import WrittenOn
from values.moment_reading import parse_day, parse_moment
from values.moment_text import MomentParseError
from values.moments import Moment

NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d{1,3})?", re.ASCII)
MAX_NUMBER_LENGTH = 100
UNREADABLE = (E2BError, KeyError, TypeError, AttributeError, ValueError)


class InvalidValue(ValueError):
    """The value doesn't fit its field; the message names what does."""


def parse_value(field: Any, value: Any, written_on: WrittenOn | None = None) -> Any:
    """The value for a column that is no foreign key. Raises InvalidValue.

    `written_on`: the days by which dates such as "today" and 1.9.26 are read.
    """
    if value is None:
        if field.null:
            return None
        if isinstance(field, models.CharField | models.TextField):
            return ""
        raise InvalidValue("This can't be null.")
    if isinstance(field, MomentField | models.DateField):
        return _date(field, _text(field, value), written_on) if value != "" else None
    for field_class, parse in _PARSERS:
        if isinstance(field, field_class):
            return parse(field, value)
    raise TypeError(f"There is no parser for {field}")


def no_choice(field: Any, value: Any) -> str:
    """The sentence for a value that is none of a field's choices; it names them, with their meaning."""
    choices = [f"{code} ({label})" for code, label in field.flatchoices if code != ""]
    return f"There is no {str(value)[:40]!r} here. Choose among: {', '.join(choices)}."


def parse_uuid(value: Any) -> UUID:
    """Raises InvalidValue."""
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError):
        raise InvalidValue("Write a UUID, such as 7f0c0c52-6b1f-4f7e-9b61-1f5d2a6f3c11.") from None


def _boolean(field: Any, value: Any) -> bool:
    if not isinstance(value, bool):
        raise InvalidValue("Write true or false" + (", or null if nobody said." if field.null else "."))
    return value


def _integer(field: Any, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidValue("Write a whole number.")
    return value


def _decimal(field: Any, value: Any) -> Decimal:
    """A number given as text keeps the digits it was reported with: "10.0"."""
    if isinstance(value, Decimal) and value.is_finite():
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str) and len(value) <= MAX_NUMBER_LENGTH and NUMBER.fullmatch(value):
        return Decimal(value)
    raise InvalidValue("Write a number, such as 38.5, or as text to keep its digits.")


def _text(field: Any, value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidValue("Write a text.")
    if field.max_length and not field.choices and len(value) > field.max_length:
        raise InvalidValue(f"This text has {len(value)} characters; at most {field.max_length} are kept.")
    return value


def _date(field: Any, text: str, written_on: WrittenOn | None) -> Moment | date:
    """A date as it is stored, or as people type it; what has two readings is refused with both."""
    try:
        if isinstance(field, MomentField):
            return parse_moment(text, {}, _for_field(field, written_on))
        return parse_day(text, written_on)
    except MomentParseError as error:
        raise InvalidValue(str(error)) from None


def _for_field(field: Any, written_on: WrittenOn | None) -> WrittenOn | None:
    return written_on and replace(written_on, is_birth=field.name == "birth_date")


def _null_flavors(field: Any, value: Any) -> dict[str, Any]:
    """Reasons of absence by ICH element; `received`: what an imported message held besides."""
    if not isinstance(value, dict):
        raise InvalidValue('Write an object: element id and reason, such as {"D.1": "MSK"}.')
    for element, flavor in value.items():
        if element != RECEIVED and not isinstance(flavor, str):
            raise InvalidValue(f"{element}: write a reason such as UNK.")
    if RECEIVED in value:
        try:
            preserved_values(value)
            preserved_blocks(value)
        except UNREADABLE:
            raise InvalidValue(
                f"{RECEIVED!r} can't be read: leave it as you got it, or leave it out."
            ) from None
    return value


# The first whose field class fits.
_PARSERS = (
    (models.JSONField, _null_flavors),
    (models.BooleanField, _boolean),
    (models.DecimalField, _decimal),
    (models.IntegerField, _integer),
    (models.CharField | models.TextField, _text),
)
