"""Results as people type them into one box ("<5", "1:80", a normal range "4-10"): each part to its field."""

import re
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from cases.models.examination import Examination
from cases.recognition import refused_unit
from scoring.facts import Qualifier
from values.number_text import NumberParseError, TypedNumber, parse_number, parse_result
from vocabulary.units import read_unit
from web.entry.fields import PlainNumber
from web.entry.rows import RowForm

TITRE = "{titer}"
WORDS_REMEDY = "Words go into the box for the text, with the result “In words only”."
_RANGE = re.compile(r"\s*([\d.,]+)\s*(?:-|–|to|bis)\s*([\d.,]+)\s*")


class ResultInput(PlainNumber):
    """A number with, if it is one, the sign of a bound before it; a titre as 1:80."""

    def parse(self, text: str) -> Decimal:
        try:
            return parse_result(text).number
        except NumberParseError as error:
            raise NumberParseError(f"{error} {WORDS_REMEDY}") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(initial, data) or typed_result(data) not in (None, TypedNumber(initial))


class LimitInput(PlainNumber):
    """A limit of normal: a number, "<50" (upper), ">60" (lower), or the whole range "4-10"."""

    is_upper = True

    def parse(self, text: str) -> Decimal:
        if (limits := typed_range(text)) is not None:
            return limits[self.is_upper]
        result = parse_result(text)
        if result.qualifier not in (("=", "<", "<=") if self.is_upper else ("=", ">", ">=")):
            raise NumberParseError(f"“{text}” is no {'upper' if self.is_upper else 'lower'} limit.")
        return result.number

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(initial, data) or typed_range(data) is not None


class LowerLimitInput(LimitInput):
    is_upper = False


FIELDS = {"value": ResultInput, "upper_limit": LimitInput, "lower_limit": LowerLimitInput}


def typed_result(text: Any) -> TypedNumber | None:
    """The result in a text; None where there is none."""
    try:
        return parse_result(text or "")
    except NumberParseError:
        return None


def typed_range(text: Any) -> tuple[Decimal, Decimal] | None:
    """Lower and upper limit where a text gives both. Raises NumberParseError for an end that is no number."""
    match = _RANGE.fullmatch(text or "")
    return (parse_number(match[1]), parse_number(match[2])) if match else None


class ExaminationForm(RowForm):
    """An examination, whose boxes for result and limits take what a laboratory prints."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        if typed := typed_result(self._raw("value")):
            self._set_qualifier(typed)
            self._set_unit(typed)
        for name, other, end in (("upper_limit", "lower_limit", 0), ("lower_limit", "upper_limit", 1)):
            limits = typed_range(self._raw(name)) if name in self.cleaned_data else None
            if limits and self.cleaned_data.get(other) is None:
                self.cleaned_data[other] = limits[end]
        self._check_unit()
        return self.cleaned_data

    def _check_unit(self) -> None:
        """Refuse a unit that was typed; one that came with an imported message stays as it is."""
        if self.instance.pk is None or "unit" in self.changed_data:
            names = ("name", "unit", "test")
            typed = {name: self.cleaned_data.get(name) or "" for name in names}
            if refusal := refused_unit(Examination(kind=self.instance.kind, **typed)):
                self.add_error("unit", ValidationError(refusal))

    def _raw(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(name)) or "")

    def _set_qualifier(self, typed: TypedNumber) -> None:
        chosen = self.cleaned_data.get("qualifier") or Qualifier.EQUAL
        if typed.qualifier != Qualifier.EQUAL and chosen not in (Qualifier.EQUAL, typed.qualifier):
            self.add_error(
                "value", ValidationError(f"“{self._raw('value')}” contradicts the sign “{chosen}”.")
            )
        elif typed.qualifier != Qualifier.EQUAL:
            self.cleaned_data["qualifier"] = typed.qualifier

    def _set_unit(self, typed: TypedNumber) -> None:
        unit = self.cleaned_data.get("unit") or ""
        if typed.is_titre and unit and read_unit(unit).kind != "titre":
            self.add_error(
                "value", ValidationError(f"“{self._raw('value')}” is a titre, and “{unit}” no unit of it.")
            )
        elif typed.is_titre and not unit:
            self.cleaned_data["unit"] = TITRE
