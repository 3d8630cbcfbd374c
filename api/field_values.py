"""A value as it is told in JSON, turned into what a column holds; refused in words where it can't be."""

import re
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from cases.models.fields import MomentField
from cases.models.ich import RECEIVED
from e2b import E2BError
from exchange.icsr.preserved_elements import kept_blocks, kept_values

_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d{1,3})?", re.ASCII)
LONGEST_NUMBER = 100
UNREADABLE = (E2BError, KeyError, TypeError, AttributeError, ValueError)


class NotThis(ValueError):
    """The value doesn't fit its field; the text says what does."""


def value_told(field: Any, value: Any) -> Any:
    """The value for a column that refers to nothing. Raises NotThis."""
    if value is None:
        if field.null:
            return None
        if isinstance(field, models.CharField | models.TextField):
            return ""
        raise NotThis("This can't be null.")
    for kind, read in _READERS:
        if isinstance(field, kind):
            return read(field, value)
    raise TypeError(f"{field} is of a kind that nobody can tell")


def uuid_told(value: Any) -> UUID:
    """Raises NotThis."""
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError):
        raise NotThis("Write a UUID, such as 7f0c0c52-6b1f-4f7e-9b61-1f5d2a6f3c11.") from None


def _truth(field: Any, value: Any) -> bool:
    if not isinstance(value, bool):
        raise NotThis("Write true or false" + (", or null if nobody said." if field.null else "."))
    return value


def _whole(field: Any, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise NotThis("Write a whole number.")
    return value


def _number(field: Any, value: Any) -> Decimal:
    """Text keeps the digits it was reported with: "10.0"."""
    if isinstance(value, Decimal) and value.is_finite():
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str) and len(value) <= LONGEST_NUMBER and _NUMBER.fullmatch(value):
        return Decimal(value)
    raise NotThis("Write a number, such as 38.5, or as text to keep its digits.")


def _text(field: Any, value: Any) -> str:
    if not isinstance(value, str):
        raise NotThis("Write a text.")
    if field.max_length and not field.choices and len(value) > field.max_length:
        raise NotThis(f"This text has {len(value)} characters; at most {field.max_length} are kept.")
    return value


def _converted(field: Any, value: Any) -> Any:
    """A date or a moment."""
    try:
        return field.to_python(_text(field, value)) if value != "" else None
    except ValidationError as error:
        raise NotThis(" ".join(error.messages)) from None


def _flavors(field: Any, value: Any) -> dict[str, Any]:
    """Reasons of absence by ICH element; `received` as it was read from here."""
    if not isinstance(value, dict):
        raise NotThis('Write an object: element id and reason, such as {"D.1": "MSK"}.')
    for element, flavor in value.items():
        if element != RECEIVED and not isinstance(flavor, str):
            raise NotThis(f"{element}: write a reason such as UNK.")
    if RECEIVED in value:
        try:
            kept_values(value)
            kept_blocks(value)
        except UNREADABLE:
            raise NotThis(f"{RECEIVED!r} can't be read: leave it as you got it, or leave it out.") from None
    return value


# The first that fits: a truth value is no number.
_READERS = (
    (models.JSONField, _flavors),
    (MomentField, _converted),
    (models.DateField, _converted),
    (models.BooleanField, _truth),
    (models.DecimalField, _number),
    (models.IntegerField, _whole),
    (models.CharField | models.TextField, _text),
)
