"""The case form as it would be opened now: what a browser would post from it if nobody touched it."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BoundField

from web.entry.concurrent_editing.seen_form import FORM_ONLY_FIELDS
from web.entry.django_types import AnyFormSet, AnyModelForm
from web.entry.entry_form import nested_formsets


class StoredForm:
    """The form of a case and its formsets, made from what is stored.

    `formsets` and `rows` are by prefix; `prefixes` maps (table, id of a row) to the prefix of its form.
    """

    def __init__(self, form: AnyModelForm, formsets: Iterable[AnyFormSet]) -> None:
        self.form = form
        self.formsets: dict[str, AnyFormSet] = {}
        self.rows: dict[str, AnyModelForm] = {}
        self.parents: dict[str, str] = {}  # the related name of a table -> the field that names its parent
        for formset in formsets:
            self._add(formset)
        self.prefixes = {
            (prefix.rsplit("-", 1)[0], str(row.instance.pk)): prefix
            for prefix, row in self.rows.items()
            if row.instance.pk
        }

    def _add(self, formset: AnyFormSet) -> None:
        self._add_parent(formset)
        for template in nested_formsets(formset.form):
            self._add_parent(template)
        prefix = formset.prefix or ""
        if "__prefix__" in prefix:
            return
        self.formsets[prefix] = formset
        for row in formset.forms:
            self.rows[row.prefix or ""] = row
            for nested in nested_formsets(row):
                self._add(nested)

    def _add_parent(self, formset: AnyFormSet) -> None:
        self.parents[last_word(formset.prefix or "")] = formset.fk.name

    def data(self) -> dict[str, str]:
        """Names of boxes -> what would be posted."""
        data = {}
        for form in (self.form, *self.rows.values()):
            for name in form.fields:
                if name not in FORM_ONLY_FIELDS:
                    text = as_posted(form[name], form[name].value())
                    if text is not None:
                        data[form.add_prefix(name)] = text
        return data


def as_posted(box: BoundField, value: Any) -> str | None:
    """What a browser sends for a value; None where it sends nothing."""
    widget = box.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "on" if widget.check_test(value) else None
    if widget.needs_multipart_form:
        return None
    text: Any = widget.format_value(value)
    if isinstance(text, (list, tuple, set)):
        text = next(iter(text), "")
    return "" if text is None else str(text)


def last_word(prefix: str) -> str:
    """The related name of the table that a prefix ends with: "exposures-0-doses-1" -> "doses"."""
    return re.sub(r"-\d+$", "", prefix).rsplit("-", 1)[-1]
