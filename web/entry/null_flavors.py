"""Null flavours, ICH's reasons why a value is missing: one hidden box per row holds them by element.

A list beside each of a thousand boxes would bury the form; the page's script offers the reasons at the
box where somebody asks for them.
"""

import json
from functools import cache, cached_property
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from cases.models.ich import elements_of
from cases.preserved_words import NULL_FLAVORS
from web.entry.column_info import column_info
from web.entry.django_types import AnyModelForm

MISSING_VALUES = (None, "", False)


class NullFlavorsField(forms.Field):
    """ICH element -> nullFlavor, as JSON in a hidden box."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, label="Reasons of absence")

    def prepare_value(self, value: Any) -> Any:
        return json.dumps(value, sort_keys=True) if value and isinstance(value, dict) else value or ""

    def to_python(self, value: Any) -> dict[str, str]:
        if not value or isinstance(value, dict):
            return value or {}
        try:
            null_flavors = json.loads(value)
        except ValueError:
            null_flavors = None
        if not isinstance(null_flavors, dict) or not all(
            isinstance(reason, str) for reason in null_flavors.values()
        ):
            raise ValidationError("The reasons for missing values can't be read; choose them again.")
        return null_flavors

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class NullFlavorsForm(AnyModelForm):
    """A form of the case or of a row, whose boxes may have a reason for being empty.

    A value clears its reason. What else the column holds, such as the null flavours of elements that the
    form doesn't show, stays.
    """

    null_flavors = NullFlavorsField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Element -> name of the field, of those that may be missing with a reason.
        self.nullable = {
            element: name for name, field in self.fields.items() if (element := column_info(field).nullable)
        }
        if not self.nullable:
            del self.fields["null_flavors"]
        elif self.instance.null_flavors:
            stored = self.instance.null_flavors.items()
            self.initial["null_flavors"] = {key: reason for key, reason in stored if key in self.nullable}

    @property
    def _model(self) -> type[models.Model]:
        return self._meta.model

    @cached_property
    def absence_reasons(self) -> dict[str, str]:
        """Fields whose absence is explained -> the reason in words."""
        reasons = getattr(self.instance, "null_flavors", {})
        if self.is_bound and "null_flavors" in self.fields:
            reasons = self._posted_reasons()
        if not reasons:
            return {}
        fields = fields_by_element(self._model)
        return {
            fields[element]: NULL_FLAVORS.get(reason, reason)
            for element, reason in reasons.items()
            if element in fields
        }

    def _posted_reasons(self) -> dict[str, str]:
        field = cast(NullFlavorsField, self.fields["null_flavors"])
        try:
            return field.to_python(self["null_flavors"].data)
        except ValidationError:
            return {}

    def clean_null_flavors(self) -> dict[str, Any]:
        given = self.cleaned_data["null_flavors"]
        for element in given:
            if element not in self.nullable:
                raise ValidationError(f"{element} is not asked for here, and so needs no reason.")
        stored = self.instance.null_flavors
        others = {key: value for key, value in stored.items() if key not in self.nullable}
        missing = {
            element: reason
            for element, reason in given.items()
            if reason and self.cleaned_data.get(self.nullable[element]) in MISSING_VALUES
        }
        if others | missing != stored and "null_flavors" not in self.changed_data:
            self.changed_data.append("null_flavors")
        return others | missing

    def _post_clean(self) -> None:
        if "null_flavors" in self.cleaned_data:
            self.instance.null_flavors = self.cleaned_data["null_flavors"]
        super()._post_clean()  # type: ignore[misc]  # the stubs leave out Django's internal step

    def add_error(self, field: str | None, error: Any) -> None:
        """Show what is wrong with a reason where the value is missing."""
        if not isinstance(error, ValidationError):
            error = ValidationError(error)
        if hasattr(error, "error_dict") and "null_flavors" in error.error_dict:
            others = {name: errors for name, errors in error.error_dict.items() if name != "null_flavors"}
            self.add_error("null_flavors", ValidationError(error.error_dict["null_flavors"]))
            if not others:
                return
            error = ValidationError(others)
        super().add_error(self._field_of_reason(error) if field == "null_flavors" else field, error)

    def _field_of_reason(self, error: ValidationError) -> str | None:
        """The field of the element with which a message about a reason begins."""
        element = error.messages[0].split(" ")[0]
        return fields_by_element(self._model).get(element) or next(iter(self.nullable.values()), None)


@cache
def fields_by_element(model: type[models.Model]) -> dict[str, str]:
    """Element -> name of the field that holds it."""
    return {element: field.name for element, field in elements_of(model)}
