"""Form fields that know when nothing was changed.

A field that takes its own unchanged value for a change would write an amendment, and outdate a
score, each time a case is opened and saved.
"""

from collections.abc import Iterable, Mapping

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import models
from unfold.widgets import UnfoldAdminSelectWidget

from values.moments import Moment
from values.numbers import plain
from values.told import NotUnderstood, tell, understand


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
        return value if value is None or isinstance(value, str) else plain(value)


class MomentInput(forms.CharField):
    """A moment the way people type it, shown in words that mean the same.

    `events` names the events of the case that a moment may be counted from.
    """

    HINT = "2016, 03/2016, 15 Mar 2016, day 10, or 7 days after first dose of ..."

    def __init__(self, **kwargs):
        kwargs["help_text"] = ""
        self.events: Mapping[str, str] = {}
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return tell(value, self.events) if isinstance(value, Moment) else value or ""

    def has_changed(self, initial, data):
        return self.prepare_value(initial) != (data or "").strip()

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "placeholder": self.HINT, "title": self.HINT}

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            return understand(text, self.events)
        except NotUnderstood as error:
            raise ValidationError(str(error)) from None


class KnownAutocomplete(AutocompleteSelect):
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


class KnownChoice(forms.ModelChoiceField):
    """A choice among very many that, left as it is, costs no query."""

    known: models.Model | None = None

    def knows(self, row: models.Model | None) -> None:
        self.known = self.widget.known = row

    def to_python(self, value):
        if self.known is not None and str(value) == str(self.known.pk):
            return self.known
        return super().to_python(value)


class OneOfRows(forms.TypedChoiceField):
    """A choice among the rows of the same case, which were read once for all forms."""

    def __init__(self, rows: Iterable[models.Model], *, required: bool, label: str, help_text: str = ""):
        known = {str(row.pk): row for row in rows}
        super().__init__(
            choices=[("", "Select value"), *((key, str(row)) for key, row in known.items())],
            coerce=lambda value: known[str(value)] if value != "" else None,
            empty_value=None,
            required=required,
            label=label,
            help_text=help_text,
            widget=UnfoldAdminSelectWidget,
        )

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
