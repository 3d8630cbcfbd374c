"""How the values of filters are read from an address or a command: what is wrong is said, never skipped."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from assessments.facts.peaks import Scale, in_scale
from research.filters.units import is_known
from values.quantities import IncompatibleUnits, Quantity

_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)(?![.,\d])\s*(?:\*|x|×)?\s*(\D?.*?)\s*", re.DOTALL)
_ATC = re.compile(r"[A-Z](\d\d([A-Z]([A-Z](\d\d)?)?)?)?")
_COUNTRY = re.compile(r"[A-Z]{2}")
LONGEST = 250


class Several(forms.SelectMultiple):
    """Several values: the name repeated, as a form sends it, or one value with commas."""

    template_name = "django/forms/widgets/checkbox_select.html"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        told = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
        parts = [told] if isinstance(told, str) else told
        return [value.strip() for part in parts for value in str(part).split(",") if value.strip()]


class ChoicesBox(forms.MultipleChoiceField):
    """Any of several values."""

    widget = Several
    default_error_messages = {"invalid_choice": "There is no “%(value)s” here. Choose among: %(known)s."}

    def validate(self, value: list[str]) -> None:
        choices: Any = self.choices
        known = [key for key, _ in choices]
        for one in value:
            if one not in known:
                raise ValidationError(
                    self.error_messages["invalid_choice"], params={"value": one, "known": ", ".join(known)}
                )


class CodesBox(forms.Field):
    """Several codes of one shape, with commas."""

    def __init__(self, *, shape: re.Pattern[str], example: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.shape, self.example = shape, example

    def to_python(self, value: Any) -> list[str]:
        codes = [code.strip().upper() for code in str(value or "").split(",") if code.strip()]
        if wrong := [code for code in codes if not self.shape.fullmatch(code)]:
            raise ValidationError(f"“{wrong[0][:LONGEST]}” is no such code. Write {self.example}.")
        return codes


class AtcBox(CodesBox):
    def __init__(self, **kwargs: Any) -> None:
        example = "1, 3, 4, 5 or 7 signs of an ATC code, such as L04AC"
        super().__init__(shape=_ATC, example=example, **kwargs)


class CountryBox(CodesBox):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(shape=_COUNTRY, example="two letters of ISO 3166-1, such as FR", **kwargs)


class QuantityBox(forms.CharField):
    """A number with its unit, such as 5000/mm3: a `Quantity`."""

    def __init__(self, *, example: str, **kwargs: Any) -> None:
        super().__init__(max_length=60, **kwargs)
        self.example = example

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        # Here, as what comes out is no text any more.
        super().run_validators(text)
        found = _NUMBER.fullmatch(text)
        if not found or not found[2]:
            raise ValidationError(f"Write a number and its unit, such as {self.example}, without commas.")
        if not self.knows(found[2]):
            raise ValidationError(
                f"“{found[2]}” is no unit that is known here. Write it like {self.example}."
            )
        return Quantity(Decimal(found[1]), found[2])

    def knows(self, unit: str) -> bool:
        return is_known(unit)

    def run_validators(self, value: Any) -> None:
        """Nothing: the text has been looked at."""


class PeakBox(QuantityBox):
    """A number with a unit in which results of one test come: a `Decimal` in the unit of its scale."""

    def __init__(self, *, scale: Scale, example: str, **kwargs: Any) -> None:
        super().__init__(example=example, **kwargs)
        self.scale = scale

    def knows(self, unit: str) -> bool:
        return super().knows(unit) or unit in self.scale.own

    def to_python(self, value: Any) -> Any:
        told = super().to_python(value)
        if told is None:
            return None
        try:
            return in_scale(told.value, told.unit, self.scale)
        except IncompatibleUnits:
            raise ValidationError(
                f"“{told.unit}” can't be converted to {self.scale.unit}. Write it like {self.example}."
            ) from None


class NumberBox(forms.DecimalField):
    """A number with at most six decimals."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=15, decimal_places=6, **kwargs)


class DayBox(forms.DateField):
    """A day of the calendar as 2016-03-15."""

    widget = forms.DateInput(attrs={"type": "date"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d"],
            error_messages={"invalid": "Write a day of the calendar as 2016-03-15."},
            **kwargs,
        )

    def to_python(self, value: Any) -> date | None:
        text = str(value or "").strip()
        # strptime would take 2016-3-5 as well; one spelling for one address.
        if text and not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            raise ValidationError(self.error_messages["invalid"])
        return super().to_python(text)
