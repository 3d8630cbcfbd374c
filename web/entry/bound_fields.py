"""Fields of the case form with what is shown around their boxes: labels, remarks, reasons of absence."""

import json
from typing import Any

from django.forms import BoundField, Widget
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from web.entry.column_info import column_info
from web.entry.entry_form import EntryForm
from web.entry.readings import reading_line

LABEL = "block font-semibold mb-2 text-font-important-light text-sm dark:text-font-important-dark"
REQUIRED = mark_safe('<span class="text-red-600 dark:text-red-500">*</span>')
HELP = '<div id="{}_helptext" class="leading-relaxed mt-2 text-xs">{}</div>'
READINGS = '<div class="readings" id="{}_readings" data-readings="{}"></div>'
ERROR = '<div class="mt-2 text-red-600 text-xs dark:text-red-500">{}</div>'


class RemarkBoundField(BoundField):
    """A field at which remarks of the checks can be shown: yellow, and unlike errors no bar to saving."""

    form: EntryForm

    @property
    def remarks(self) -> SafeString:
        if not self._messages:
            return SafeString()
        messages = format_html_join("", "<p>{}</p>", ((message,) for message in self._messages))
        return format_html('<div role="note" id="{}_note" class="finding">{}</div>', self.auto_id, messages)

    @property
    def _messages(self) -> list[str]:
        # What has to be corrected first is shown alone.
        messages = self.form.remarks.get(self.name, [])
        return messages if messages and not self.errors else []

    @property
    def readings(self) -> SafeString:
        """What to choose from where a date has several readings; the script makes buttons of it."""
        choices = [
            choice for error in self.errors.as_data() for choice in (error.params or {}).get("choices", ())
        ]
        if not choices:
            return SafeString()
        return format_html(READINGS, self.auto_id, json.dumps(choices))

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        if self._messages:
            attrs["aria-describedby"] = f"{attrs.get('aria-describedby', '')} {self.auto_id}_note".strip()
        return attrs


class RowBoundField(RemarkBoundField):
    """A field of a row."""

    @property
    def box(self) -> SafeString:
        """The box with label, help, errors and remarks, and a line on its absence or on its code."""
        reading = reading_line(self.form.instance, self.name, self.auto_id)
        return self._labelled_box + reading + self._messages_below + self._status

    @property
    def _labelled_box(self) -> SafeString:
        return format_html(
            '<label for="{}" class="{}"{}>{}{}</label>{}',
            self.id_for_label,
            LABEL,
            column_info(self.field).ich_title,
            self.label,
            REQUIRED if self.field.required else "",
            self.as_widget(),
        )

    @property
    def _messages_below(self) -> SafeString:
        help_text = format_html(HELP, self.auto_id, self.help_text) if self.help_text else SafeString()
        errors = format_html_join("", ERROR, ((error,) for error in self.errors))
        return help_text + errors + self.readings + self.remarks

    @property
    def _status(self) -> SafeString:
        if reason := self.form.absence_reasons.get(self.name):
            return absence_line(self.auto_id, reason)
        dictionary = column_info(self.field).dictionary
        return not_validated_line(self.auto_id, dictionary) if dictionary and self.value() else SafeString()


class CaseBoundField(RemarkBoundField):
    """A field of the case itself, shown by the admin's own templates."""

    def label_tag(
        self,
        contents: str | None = None,
        attrs: dict[str, Any] | None = None,
        label_suffix: str | None = None,
        tag: str | None = None,
    ) -> SafeString:
        words = column_info(self.field).ich_words
        title = {"title": words} if words else {}
        return super().label_tag(contents, {**(attrs or {}), **title}, label_suffix)

    def as_widget(self, *args: Any, **kwargs: Any) -> SafeString:
        box = super().as_widget(*args, **kwargs) + self.readings + self.remarks
        reason = self.form.absence_reasons.get(self.name)
        return box + absence_line(self.auto_id, reason) if reason else box


def absence_line(box: str, reason: str) -> SafeString:
    """The line that explains an empty box. The page's script writes the same."""
    return format_html('<p id="{}_absent" class="absent">Missing: {}</p>', box, reason)


def not_validated_line(box: str, dictionary: str) -> SafeString:
    """The line on how far a code is to be trusted."""
    return format_html(
        '<p id="{}_status" class="absent">Not validated: kept as typed, not looked up in {}.</p>',
        box,
        dictionary,
    )
