"""Model fields that take length, choices and meaning from ICH's element table, by naming the element.

A field declared here carries its ICH id as `.ich`. The ICSR bridge, the data dictionary and the admin
walk these, so that no element is holding twice and none is forgotten (a sweep test sees to it).
"""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from cases.models.fields import DayField, MomentField
from e2b.codelists import CODE_LISTS
from e2b.elements import ICH
from e2b.elements.model import Element

FieldType = TypeVar("FieldType", bound="models.Field[Any, Any]")

# Longer texts get a text area.
ONE_LINE = 250

# The key among a row's reasons of absence under which the elements of a received message are preserved that
# no column can hold (see `exchange.icsr.preserved_elements`).
RECEIVED = "received"


def text(element: str, **kwargs: Any) -> "models.Field[str, str]":
    """AN: text as long as ICH allows."""
    definition = ICH[element]
    if definition.length > ONE_LINE:
        return holding(
            models.TextField(blank=True, **_options(definition, max_length=definition.length, **kwargs)),
            element,
        )
    return holding(
        models.CharField(blank=True, **_options(definition, max_length=definition.length, **kwargs)), element
    )


def code(element: str, labels: dict[str, str] | None = None, **kwargs: Any) -> "models.Field[str, str]":
    """A code of one of ICH's short lists; `labels` replace our short forms of its meanings."""
    definition = ICH[element]
    codes = CODE_LISTS[definition.codes].codes
    choices = [(key, (labels or {}).get(key) or meaning.capitalize()) for key, meaning in codes.items()]
    longest = max(len(key) for key in codes)
    return holding(
        models.CharField(blank=True, **_options(definition, max_length=longest, choices=choices, **kwargs)),
        element,
    )


def flag(element: str, **kwargs: Any) -> "models.Field[bool | None, bool | None]":
    """bool: yes, no, or not reported."""
    return holding(models.BooleanField(null=True, blank=True, **_options(ICH[element], **kwargs)), element)


def number(element: str, **kwargs: Any) -> "models.Field[Any, Any]":
    """N: a number, with the digits it was reported with."""
    return holding(NumberField(null=True, blank=True, **_options(ICH[element], **kwargs)), element)


def day(element: str, **kwargs: Any) -> "models.Field[Any, Any]":
    """A date known to the day."""
    return holding(DayField(null=True, blank=True, **_options(ICH[element], **kwargs)), element)


def moment(element: str, **kwargs: Any) -> "models.Field[Any, Any]":
    """date: as precise as it was reported, or relative to an event."""
    return holding(MomentField(**_options(ICH[element], **kwargs)), element)


def holding(field: FieldType, *elements: str) -> FieldType:
    """A field of another kind that holds these elements (a document its title and content, say)."""
    field.ich = elements  # type: ignore[attr-defined]
    return field


def elements_of(model: type[models.Model]) -> Iterator[tuple[str, "models.Field[Any, Any]"]]:
    """Every ICH element that a model holds, with its field."""
    for field in model._meta.get_fields():
        for element in getattr(field, "ich", ()):
            yield element, field  # type: ignore[misc]


def check_null_flavors(row: models.Model, flavors: dict[str, str]) -> None:
    """Raise ValidationError for a reason of absence that ICH does not allow, or beside a value."""
    held = _held(type(row)) if flavors else {}
    for element, flavor in flavors.items():
        if element == RECEIVED:
            continue
        if element not in held:
            raise ValidationError({"null_flavors": f"{element} is not held by {row._meta.verbose_name}."})
        allowed = ICH[element].null_flavors
        if flavor not in allowed:
            may = ", ".join(allowed) or "none: leave the element out"
            raise ValidationError({"null_flavors": f"{element} can't be {flavor}; allowed: {may}."})
        if getattr(row, held[element].name) not in (None, "", False):
            raise ValidationError({"null_flavors": f"{element} has a value, and so no reason to be absent."})


@cache
def _held(model: type[models.Model]) -> dict[str, "models.Field[Any, Any]"]:
    return dict(elements_of(model))


if TYPE_CHECKING:
    _DecimalField = models.DecimalField[Any, Any]
else:
    _DecimalField = models.DecimalField


class NumberField(_DecimalField):
    """A number of any size and precision that keeps its digits: 10.0 stays 10.0.

    PostgreSQL's `numeric` without limits. Two equal numbers compare as equal however they are written.
    """

    description = "Number as reported"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 60)
        kwargs.setdefault("decimal_places", 30)
        super().__init__(*args, **kwargs)

    def db_type(self, connection: Any) -> str:
        return "numeric"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        # Django would pad it to its number of decimal places.
        return value if hasattr(value, "as_sql") else self.to_python(value)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return value if hasattr(value, "as_sql") else self.to_python(value)


def _options(element: Element, **kwargs: Any) -> dict[str, Any]:
    kwargs.setdefault("help_text", f"{element.name} ({element.id}).")
    return kwargs
