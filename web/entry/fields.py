"""Form fields that recognise when nothing was changed.

A field that takes its own unchanged value for a change would write an amendment, and outdate a
score, each time a case is opened and saved.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BoundField, Widget
from django.utils import timezone
from unfold.widgets import UnfoldAdminSelectWidget

from values.calendar_text import WrittenOn, format_date
from values.dates import PartialDate
from values.moment_reading import parse_day
from values.moment_text import MomentParseError, format_moment
from values.moments import Moment
from values.number_text import NumberParseError, parse_number
from values.numbers import plain_number
from web.entry.django_types import AnyModelChoice
from web.entry.moment_phrases import parse_phrase
from web.entry.page_rows import PageRows


class PlainText(forms.CharField):
    """Text whose line ends, and blanks around it, are the browser's business and no change."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n").strip() if isinstance(text, str) else text

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial) != self.to_python(data))


class PlainNumber(forms.DecimalField):
    """A decimal shown without the zeros that only fill its column; typed with point or comma."""

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else plain_number(value)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or not isinstance(value, str):
            return super().to_python(value)
        try:
            return self.parse(value)
        except NumberParseError as error:
            raise ValidationError(str(error)) from None

    def parse(self, text: str) -> Decimal:
        """The number that a text means. Raises NumberParseError."""
        return parse_number(text)


class DayInput(forms.DateField):
    """A whole date the way people type it, shown as 29 Sep 2026."""

    def prepare_value(self, value: Any) -> Any:
        return format_date(PartialDate.of(value)) if isinstance(value, date) else value

    def widget_attrs(self, widget: Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "placeholder": "29 Sep 2026", "data-moment": "day"}

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        with parse_errors_as_validation_errors():
            return parse_day(str(value), WrittenOn(timezone.localdate()))


class MomentInput(forms.CharField):
    """A moment the way people type it, shown in words that mean the same.

    `page_rows` names the events that a moment may be counted from; `is_birth`: it is a date of birth. Words
    that were left alone keep their meaning, also where what is typed elsewhere would now give them another.
    """

    HINT = "15 Mar 2016, Mar 2016, day -3 ..."

    def __init__(self, **kwargs: Any) -> None:
        kwargs["help_text"] = ""
        self.page_rows = PageRows(None)
        self.is_birth = False
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return (
            format_moment(value, self.page_rows.stored_events) if isinstance(value, Moment) else value or ""
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != (data or "").strip())

    def widget_attrs(self, widget: Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "placeholder": self.HINT, "data-moment": "moment"}

    def _clean_bound_field(self, bound: BoundField) -> Any:
        changed = self.has_changed(bound.initial, bound.data)
        if not changed:
            return bound.initial or None
        return super()._clean_bound_field(bound)  # type: ignore[misc]  # the stubs leave out this step

    def clean(self, value: Any) -> Moment | None:
        text = super().clean(value)
        if not text:
            return None
        written_on = replace(self.page_rows.written_on, is_birth=self.is_birth)
        with parse_errors_as_validation_errors():
            return parse_phrase(text, self.page_rows.events, written_on)


@contextmanager
def parse_errors_as_validation_errors() -> Iterator[None]:
    """Turn what is no date into an error at its box; of several readings, `params` has the choices."""
    try:
        yield
    except MomentParseError as error:
        params = {"choices": getattr(error, "choices", ())}
        raise ValidationError(str(error).replace("%", "%%"), code="date", params=params) from None


class StoredAutocomplete(AutocompleteSelect):
    """Shows the choice that is stored without asking the database for its name."""

    stored: models.Model | None = None

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        chosen = {str(key) for key in value if key not in self.choices.field.empty_values}
        if chosen and (self.stored is None or chosen != {str(self.stored.pk)}):
            return super().optgroups(name, value, attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        if chosen and self.stored is not None:
            options.append(self.create_option(name, self.stored.pk, str(self.stored), True, 0))
        return [(None, options, 0)]


class StoredChoice(AnyModelChoice):
    """A choice among very many that, left as it is, costs no query."""

    stored: models.Model | None = None

    def set_stored(self, row: models.Model | None) -> None:
        self.stored = row
        if isinstance(self.widget, StoredAutocomplete):
            self.widget.stored = row

    def to_python(self, value: Any) -> models.Model | None:
        if self.stored is not None and str(value) == str(self.stored.pk):
            return self.stored
        row: models.Model | None = super().to_python(value)
        return row


class RowChoice(forms.ChoiceField):
    """A choice among rows of the same case: those stored, read once for all forms, and those being added.

    A row that is being added is chosen by the prefix of its form. `table` and `label_field` lead the page's
    script to where it is typed, and to the field that names it.
    """

    default_error_messages = {
        "invalid_choice": "Choose an entry of this case; one that is being added needs its name first."
    }

    def __init__(
        self,
        stored: Iterable[models.Model],
        page_rows: PageRows,
        table: str,
        label_field: str,
        **kwargs: Any,
    ) -> None:
        self.stored, self.page_rows = {str(row.pk): row for row in stored}, page_rows
        super().__init__(
            choices=[
                ("", "Select value"),
                *((key, str(row)) for key, row in self.stored.items()),
                *((row.prefix, f"{row.label} (new)") for row in page_rows.added_rows(table, label_field)),
            ],
            widget=UnfoldAdminSelectWidget(attrs={"data-rows": table, "data-named": label_field}),
            **kwargs,
        )

    def clean(self, value: Any) -> models.Model | None:
        key = super().clean(value)
        row = self.stored.get(key) or self.page_rows.added.get(key)
        if key and row is None:
            raise ValidationError(self.error_messages["invalid_choice"])
        return row

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial or "") != str(data or "")


class ExistingRow(forms.Field):
    """Which stored row a form is about, checked against the rows that were read."""

    widget = forms.HiddenInput

    def __init__(self, rows: Iterable[models.Model], initial: Any) -> None:
        self.rows = {str(row.pk): row for row in rows}
        super().__init__(required=False, initial=initial)

    def to_python(self, value: Any) -> models.Model | None:
        if not value:
            return None
        if str(value) not in self.rows:
            raise ValidationError("Somebody else has removed this entry meanwhile. Open the case anew.")
        return self.rows[str(value)]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False
