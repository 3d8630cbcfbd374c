"""Why a value is missing: one hidden box per row, in which reasons stand by ICH element.

A list beside each of a thousand boxes would bury the form; the page's script offers the reasons at the
box where somebody asks for them.
"""

import json
from functools import cache, cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from cases.models.ich import elements_of
from web.entry.datalists import REASONS

ABSENT = (None, "", False)


class Reasons(forms.Field):
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
            read = json.loads(value)
        except ValueError:
            read = None
        if not isinstance(read, dict) or not all(isinstance(reason, str) for reason in read.values()):
            raise ValidationError("The reasons for missing values can't be read; choose them again.")
        return read

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class NullFlavorsForm(forms.ModelForm):
    """A form of the case or of a row, whose boxes may say why they are empty.

    A value clears its reason. What else the column holds, such as what a received message said, stays.
    """

    null_flavors = Reasons()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_lack = {
            field.may_lack: name for name, field in self.fields.items() if getattr(field, "may_lack", "")
        }
        if not self.may_lack:
            del self.fields["null_flavors"]
        elif self.instance.null_flavors:
            stored = self.instance.null_flavors.items()
            self.initial["null_flavors"] = {key: why for key, why in stored if key in self.may_lack}

    @cached_property
    def absence_reasons(self) -> dict[str, str]:
        """Fields whose absence is explained, with the reason in words."""
        said = getattr(self.instance, "null_flavors", {})
        if self.is_bound and "null_flavors" in self.fields:
            try:
                said = self.fields["null_flavors"].to_python(self["null_flavors"].data)
            except ValidationError:
                said = {}
        if not said:
            return {}
        held = fields_by_element(type(self.instance))
        return {held[key]: REASONS.get(why, why) for key, why in said.items() if key in held}

    def clean_null_flavors(self) -> dict[str, Any]:
        given = self.cleaned_data["null_flavors"]
        for element in given:
            if element not in self.may_lack:
                raise ValidationError(f"{element} is not asked for here, and so needs no reason.")
        stored = self.instance.null_flavors
        others = {key: value for key, value in stored.items() if key not in self.may_lack}
        missing = {
            element: why
            for element, why in given.items()
            if why and self.cleaned_data.get(self.may_lack[element]) in ABSENT
        }
        if others | missing != stored and "null_flavors" not in self.changed_data:
            self.changed_data.append("null_flavors")
        return others | missing

    def _post_clean(self) -> None:
        if "null_flavors" in self.cleaned_data:
            self.instance.null_flavors = self.cleaned_data["null_flavors"]
        super()._post_clean()

    def add_error(self, field: str | None, error: Any) -> None:
        """What is wrong with a reason is shown where the value is missing."""
        if not isinstance(error, ValidationError):
            error = ValidationError(error)
        if hasattr(error, "error_dict") and "null_flavors" in error.error_dict:
            others = {name: errors for name, errors in error.error_dict.items() if name != "null_flavors"}
            self.add_error("null_flavors", ValidationError(error.error_dict["null_flavors"]))
            if not others:
                return
            error = ValidationError(others)
        super().add_error(self._at_fault(error) if field == "null_flavors" else field, error)

    def _at_fault(self, error: ValidationError) -> str | None:
        """The field of the element with which a message about a reason begins."""
        element = error.messages[0].split(" ")[0]
        return fields_by_element(type(self.instance)).get(element) or next(iter(self.may_lack.values()), None)


@cache
def fields_by_element(model: type[models.Model]) -> dict[str, str]:
    """Element -> name of the field that holds it."""
    return {element: field.name for element, field in elements_of(model)}
