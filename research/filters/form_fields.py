"""Form fields that parse the values of filters; an invalid value is an error with a remedy, never ignored."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from assessments.facts.peaks import Scale, in_scale
from research.filters.units import code_of, is_known
from values.calendar_text import WrittenOn, format_date
from values.dates import PartialDate
from values.moment_reading import parse_day
from values.moment_text import MomentParseError
from values.quantities import Quantity
from vocabulary.test_names import TESTS

_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)(?![.,\d])\s*(?:\*|x|×)?\s*(\D?.*?)\s*", re.DOTALL)
_ATC = re.compile(r"[A-Z](\d\d([A-Z]([A-Z](\d\d)?)?)?)?")
_COUNTRY = re.compile(r"[A-Z]{2}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
MAX_LENGTH = 250


class CommaSeparatedSelect(forms.SelectMultiple):
    """Several values: the parameter repeated, as a form sends it, or one value with commas."""

    template_name = "django/forms/widgets/checkbox_select.html"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        given = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
        parts = [given] if isinstance(given, str) else given
        return [value.strip() for part in parts for value in str(part).split(",") if value.strip()]


class ChoicesField(forms.MultipleChoiceField):
    """Any of several values."""

    widget = CommaSeparatedSelect
    default_error_messages = {"invalid_choice": "There is no “%(value)s” here. Choose among: %(choices)s."}

    def validate(self, value: list[str]) -> None:
        choices: Any = self.choices
        keys = [key for key, _ in choices]
        for key in value:
            if key not in keys:
                raise ValidationError(
                    self.error_messages["invalid_choice"], params={"value": key, "choices": ", ".join(keys)}
                )


class CodesField(forms.Field):
    """Several codes that match one pattern, separated by commas."""

    def __init__(self, *, shape: re.Pattern[str], example: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.shape, self.example = shape, example

    def to_python(self, value: Any) -> list[str]:
        codes = [code.strip().upper() for code in str(value or "").split(",") if code.strip()]
        if wrong := [code for code in codes if not self.shape.fullmatch(code)]:
            raise ValidationError(f"“{wrong[0][:MAX_LENGTH]}” is no such code. Write {self.example}.")
        return codes


class AtcField(CodesField):
    """ATC codes of any level."""

    def __init__(self, **kwargs: Any) -> None:
        example = "1, 3, 4, 5 or 7 signs of an ATC code, such as L04AC"
        super().__init__(shape=_ATC, example=example, **kwargs)


class CountryField(CodesField):
    """Countries by ISO 3166-1."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(shape=_COUNTRY, example="two letters of ISO 3166-1, such as FR", **kwargs)


class QuantityField(forms.CharField):
    """A number with its unit, such as 5000/mm3; gives a `Quantity` with a UCUM code.

    `kinds`: of `vocabulary.units`, by which spellings of the unit are read.
    """

    def __init__(self, *, example: str, kinds: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(max_length=60, **kwargs)
        self.example, self.kinds = example, kinds

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        # Validated here and not in run_validators, which would get the Quantity.
        super().run_validators(text)
        match = _NUMBER.fullmatch(text)
        if not match or not match[2]:
            raise ValidationError(f"Write a number and its unit, such as {self.example}, without commas.")
        code = code_of(match[2], self.kinds)
        if not is_known(code):
            raise ValidationError(
                f"“{match[2]}” is no unit that is known here. Write it like {self.example}."
            )
        return Quantity(Decimal(match[1]), code)

    def run_validators(self, value: Any) -> None:
        """Nothing: `to_python` has validated the text."""


class PeakField(QuantityField):
    """A result of one test with its unit; gives a `Decimal` in the unit of the test's scale."""

    def __init__(self, *, scale: Scale, example: str, **kwargs: Any) -> None:
        super().__init__(example=example, kinds=TESTS[scale.test].kinds, **kwargs)
        self.scale = scale

    def to_python(self, value: Any) -> Any:
        quantity = super().to_python(value)
        if quantity is None:
            return None
        converted = in_scale(quantity.value, quantity.unit, self.scale)
        if converted is None:
            raise ValidationError(
                f"“{quantity.unit}” can't be converted to {self.scale.unit}. Write it like {self.example}."
            )
        return converted


class NumberField(forms.DecimalField):
    """A number with at most six decimals."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=15, decimal_places=6, **kwargs)


class AgeField(forms.IntegerField):
    """An age in whole years, 0 to `highest`."""

    def __init__(self, *, highest: int, **kwargs: Any) -> None:
        bounds = f"Write whole years from 0 to {highest}: the age isn't shown more closely."
        messages = dict.fromkeys(("invalid", "min_value", "max_value"), bounds)
        super().__init__(min_value=0, max_value=highest, error_messages=messages, **kwargs)


class YearField(forms.Field):
    """A calendar year; gives its first day, or its last one where a range `ends` with it."""

    def __init__(self, *, ends: bool, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"placeholder": "2026"}), **kwargs)
        self.ends = ends

    def to_python(self, value: Any) -> date | None:
        text = str(value or "").strip()
        if not text:
            return None
        if not _YEAR.fullmatch(text):
            raise ValidationError("Write a year such as 2026: calendar dates aren't shown more closely.")
        return date(int(text), 12, 31) if self.ends else date(int(text), 1, 1)

    def prepare_value(self, value: Any) -> Any:
        return value.year if isinstance(value, date) else value


class DayField(forms.DateField):
    """A day of the calendar the way people type it, shown as 29 Sep 2026."""

    widget = forms.TextInput(attrs={"placeholder": "29 Sep 2026"})

    def prepare_value(self, value: Any) -> Any:
        try:
            return format_date(PartialDate.of(value if isinstance(value, date) else self._day(str(value))))
        except MomentParseError:
            return value

    def to_python(self, value: Any) -> date | None:
        text = str(value or "").strip()
        try:
            return self._day(text) if text else None
        except MomentParseError as error:
            raise ValidationError(str(error)) from None

    def _day(self, text: str) -> date:
        return parse_day(text, WrittenOn(timezone.localdate()))
