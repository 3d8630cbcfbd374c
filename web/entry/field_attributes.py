"""What a form field knows of its column: the ICH element, and what may be offered at its box."""

from functools import cache

from django import forms
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.checks.coded import CODED
from e2b.elements import ICH
from web.entry.datalists import datalist_for, suggested_column
from web.entry.fast_widgets import NotedBoundField, RowBoundField

# Columns that hold codes -> the dictionary that each is from.
DICTIONARIES = {(one.model, code): one.dictionary for one in CODED for code, _ in one.codes}


class EntryBoundField(RowBoundField):
    """A field of a row; with why its value is missing, or how far its code is to be trusted."""

    @property
    def box(self) -> SafeString:
        box = super().box
        if why := self.form.absence_reasons.get(self.name):
            return box + absence(self.auto_id, why)
        dictionary = getattr(self.field, "dictionary", "")
        return box + not_validated(self.auto_id, dictionary) if dictionary and self.value() else box


class CaseBoundField(NotedBoundField):
    """A field of the case itself, shown by the admin's own templates."""

    def label_tag(self, contents=None, attrs=None, label_suffix=None, tag=None):
        words = getattr(self.field, "ich_words", "")
        return super().label_tag(
            contents, {**(attrs or {}), **({"title": words} if words else {})}, label_suffix
        )

    def as_widget(self, *args, **kwargs):
        box = super().as_widget(*args, **kwargs) + self.notes
        why = self.form.absence_reasons.get(self.name)
        return box + absence(self.auto_id, why) if why else box


def absence(box: str, why: str) -> SafeString:
    """The line that says why a box is empty. The page's script writes the same."""
    return format_html('<p id="{}_absent" class="absent">Missing: {}</p>', box, why)


def not_validated(box: str, dictionary: str) -> SafeString:
    """The line that says how far a code is to be trusted."""
    return format_html(
        '<p id="{}_status" class="absent">Not validated: kept as typed, not looked up in {}.</p>',
        box,
        dictionary,
    )


def fitted(field: forms.Field, db_field: models.Field) -> None:
    """Give a form field what follows from its column."""
    field.ich_words, field.ich_title, field.may_lack, attributes = _of_column(db_field)
    field.dictionary = DICTIONARIES.get((db_field.model, db_field.name), "")
    field.widget.attrs |= attributes
    element, _, name = field.ich_words.partition(" ")
    if field.help_text == f"{name} ({element}).":
        field.help_text = ""  # said on hover already


def like(field: forms.Field, other: forms.Field) -> forms.Field:
    """Another field in the place of one, with the same ICH element."""
    other.ich_title, other.may_lack, other.dictionary = field.ich_title, field.may_lack, field.dictionary
    return other


@cache
def _of_column(db_field: models.Field) -> tuple[str, SafeString | str, str, dict[str, str]]:
    elements = [ICH[element] for element in getattr(db_field, "ich", ())]
    words = "; ".join(f"{element.id} {element.name}" for element in elements)
    title = format_html(' title="{}"', words) if words else ""
    may_lack = next((element.id for element in elements if element.null_flavors), "")
    attributes = {
        "list": datalist_for(db_field),
        "data-suggests": suggested_column(db_field),
        "data-why": may_lack,
    }
    return words, title, may_lack, {name: value for name, value in attributes.items() if value}
