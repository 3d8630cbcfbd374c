"""Form fields that know when nothing was changed.

A field that takes its own unchanged value for a change would write an amendment, and outdate a
score, each time a case is opened and saved.
"""

from collections.abc import Iterable

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import models
from unfold.widgets import UnfoldAdminSelectWidget

from values.moment_text import MomentParseError, format_moment
from values.moments import Moment
from values.numbers import plain_number
from web.entry.moment_phrases import parse_phrase
from web.entry.page_rows import AddedRow, PageRows


class PlainText(forms.CharField):
    """Text whose line ends, and blanks around it, are the browser's business and no change."""

    def to_python(self, value):
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n").strip() if isinstance(text, str) else text

    def has_changed(self, initial, data):
        return self.to_python(initial) != self.to_python(data)


class PlainNumber(forms.DecimalField):
    """A decimal shown without the zeros that only fill its column."""

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else plain_number(value)


class MomentInput(forms.CharField):
    """A moment the way people type it, shown in words that mean the same.

    `page` names the events that a moment may be counted from. Words that were left alone keep their
    meaning, also where what is typed elsewhere on the page would now give them another.
    """

    HINT = "15 Mar 2016, 03/2016, day 10 ..."

    def __init__(self, **kwargs):
        kwargs["help_text"] = ""
        self.page = PageRows(None)
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return format_moment(value, self.page.shown) if isinstance(value, Moment) else value or ""

    def has_changed(self, initial, data):
        return self.prepare_value(initial) != (data or "").strip()

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "placeholder": self.HINT, "data-moment": ""}

    def _clean_bound_field(self, bound):
        changed = self.has_changed(bound.initial, bound.data)
        return super()._clean_bound_field(bound) if changed else bound.initial or None

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_phrase(text, self.page.events)
        except MomentParseError as error:
            raise ValidationError(str(error)) from None


class StoredAutocomplete(AutocompleteSelect):
    """Shows the choice that is stored without asking the database for its name."""

    known: models.Model | None = None

    def optgroups(self, name, value, attr=None):
        shown = {str(one) for one in value if one not in self.choices.field.empty_values}
        if shown and (self.known is None or shown != {str(self.known.pk)}):
            return super().optgroups(name, value, attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        if shown:
            options.append(self.create_option(name, self.known.pk, str(self.known), True, 0))
        return [(None, options, 0)]


class StoredChoice(forms.ModelChoiceField):
    """A choice among very many that, left as it is, costs no query."""

    known: models.Model | None = None

    def knows(self, row: models.Model | None) -> None:
        self.known = self.widget.known = row

    def to_python(self, value):
        if self.known is not None and str(value) == str(self.known.pk):
            return self.known
        return super().to_python(value)


class RowChoice(forms.ChoiceField):
    """A choice among rows of the same case: those stored, read once for all forms, and those being added.

    A row that is being added is chosen by the prefix of its form. `table` and `named` tell the page's
    script where it is typed, and which field names it.
    """

    default_error_messages = {
        "invalid_choice": "Choose an entry of this case; one that is being added needs its name first."
    }

    def __init__(self, stored: Iterable[models.Model], page: PageRows, table: str, named: str, **kwargs):
        self.stored, self.page = {str(row.pk): row for row in stored}, page
        added: list[AddedRow] = page.added(table, named)
        super().__init__(
            choices=[
                ("", "Select value"),
                *((key, str(row)) for key, row in self.stored.items()),
                *((row.prefix, f"{row.label} (new)") for row in added),
            ],
            widget=UnfoldAdminSelectWidget(attrs={"data-rows": table, "data-named": named}),
            **kwargs,
        )

    def clean(self, value):
        key = super().clean(value)
        row = self.stored.get(key) or self.page.rows.get(key)
        if key and row is None:
            raise ValidationError(self.error_messages["invalid_choice"])
        return row

    def has_changed(self, initial, data):
        return str(initial or "") != str(data or "")


class ExistingRow(forms.Field):
    """Which stored row a form is about, checked against the rows that were read."""

    widget = forms.HiddenInput

    def __init__(self, rows: Iterable[models.Model], initial):
        self.rows = {str(row.pk): row for row in rows}
        super().__init__(required=False, initial=initial)

    def to_python(self, value):
        if not value:
            return None
        if str(value) not in self.rows:
            raise ValidationError("Somebody else has removed this entry meanwhile. Open the case anew.")
        return self.rows[str(value)]

    def has_changed(self, initial, data):
        return False
