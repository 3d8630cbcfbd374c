"""A form that was filled in from an older state of the case, merged with the state that is stored now.

What was typed stays. What wasn't touched takes the stored value, so that nothing somebody else saved
since is reverted. Where both changed one field, what was typed stays too, and both values are shown.

A row is identified by its id: others may stand before it now. One that is gone, and was touched here, is
offered as a new row, with what was typed.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models
from django.forms import BoundField
from django.utils.datastructures import MultiValueDict

from cases.history import RowStates
from cases.models import Case
from values.moment_reading import parse_moment
from values.moment_text import MomentParseError
from web.entry.concurrent_editing.conflicts import Conflict
from web.entry.concurrent_editing.posted_form import BOX, MANAGEMENT, PostedRow, posted_rows, prefix_above
from web.entry.concurrent_editing.seen_form import FORM_ONLY_FIELDS
from web.entry.concurrent_editing.stored_form import StoredForm, as_posted, last_word
from web.entry.django_types import AnyModelForm
from web.entry.fields import MomentInput
from web.entry.page_rows import PageRows

REMOVED = "(removed)"
MOST_ROWS = 1000  # Django's own limit, for tables that are new

ChangedRows = Mapping[tuple[type[models.Model], int], RowStates]


class Merge:
    """`data` and `files` are what the browser would have sent from a form of what is stored now."""

    def __init__(
        self,
        case: Case,
        posted: Any,
        files: MultiValueDict[str, Any],
        stored: StoredForm,
        changed: ChangedRows,
    ) -> None:
        self.posted, self.stored, self.changed = posted, stored, changed
        page_rows = PageRows(case, posted)
        self.events, self.written_on = page_rows.events, page_rows.written_on
        self.conflicts: list[Conflict] = []
        self.rows = posted_rows(posted, files)
        self.prefixes: dict[str, str | None] = {}  # prefix as posted -> prefix now, None for what goes
        self.totals = {table: len(formset.forms) for table, formset in stored.formsets.items()}
        self.data = posted.copy()
        for name in posted:
            if BOX.fullmatch(name) or MANAGEMENT.fullmatch(name) or name in stored.form.fields:
                del self.data[name]
        self._merge()
        self.files = MultiValueDict({self._moved(name): uploads for name, uploads in files.lists()})

    def _merge(self) -> None:
        form = self.stored.form
        self._set(self.stored.data())
        self._overlay(form, {name: self.posted[name] for name in form.fields if name in self.posted})
        self._set({name: self.posted[name] for name in FORM_ONLY_FIELDS if name in self.posted})
        for row in self.rows:
            self._merge_row(row)
        self._set_management_forms()
        self._rename_choices_of_rows()

    def _merge_row(self, row: PostedRow) -> None:
        table = self._table_of(row)
        if table is None:
            self.prefixes[row.prefix] = None
            return
        key = row.values.get("id", "")
        prefix = self.stored.prefixes.get((table, key)) if key else self._single_form(table)
        if prefix is not None:
            self.prefixes[row.prefix] = prefix
            self._overlay(self.stored.rows[prefix], row.values)
        elif key and not self._is_touched(row):
            self.prefixes[row.prefix] = None
        else:
            self._add(row, table)

    def _table_of(self, row: PostedRow) -> str | None:
        """The prefix of its table now; None if the row above went without a trace."""
        above = prefix_above(row.table, self.prefixes)
        if above is None:
            return row.table
        prefix = self.prefixes[above]
        return None if prefix is None else prefix + row.table.removeprefix(above)

    def _single_form(self, table: str) -> str | None:
        """The blank form that a table of one row has, or the row that somebody else has put there."""
        formset = self.stored.formsets.get(table)
        if formset is None or formset.max_num != 1:
            return None
        return f"{table}-0" if formset.forms else None

    def _add(self, row: PostedRow, table: str) -> None:
        number = self.totals.get(table, 0)
        self.totals[table] = number + 1
        prefix = self.prefixes[row.prefix] = f"{table}-{number}"
        parent = self.stored.parents.get(last_word(table), "case")
        typed = {name: value for name, value in row.values.items() if name not in ("id", parent, "DELETE")}
        self._set({f"{prefix}-{name}": value for name, value in typed.items()})
        if row.values.get("id"):
            removed = self._removed(row)
            title = str(removed) if removed is not None else row.prefix
            self.conflicts.append(Conflict(title, "The whole entry", REMOVED, "kept, as a new entry"))

    def _removed(self, row: PostedRow) -> models.Model | None:
        """The row that somebody else removed, as it was seen here."""
        key = row.values.get("id", "")
        related = last_word(row.table)
        for (model, pk), states in self.changed.items():
            if str(pk) == key and states.after is None and _has_related_name(model, related):
                before: models.Model | None = states.before
                return before
        return None

    def _is_touched(self, row: PostedRow) -> bool:
        """Whether something was typed into a row that is gone, or below it."""
        if row.values.get("DELETE"):
            return False
        below = [other for other in self.rows if other.table.startswith(f"{row.prefix}-")]
        if any(not other.values.get("id") and any(other.typed) for other in below):
            return True
        if self._removed(row) is None:
            return False
        return any(self._was_typed_into(other) for other in (row, *below))

    def _was_typed_into(self, row: PostedRow) -> bool:
        """Whether a row that somebody else removed differs from what its form showed."""
        removed = self._removed(row)
        if removed is None:
            return False
        form_class = self._form_class(type(removed))
        if form_class is None:
            return True
        form = form_class(instance=removed)
        return any(
            not self._is_same(form[name], row.values[name], as_posted(form[name], form[name].value()))
            for name in form.fields
            if name in row.values and name not in ("id", "case", *self.stored.parents.values())
        )

    def _form_class(self, model: type[models.Model]) -> type[AnyModelForm] | None:
        formsets = self.stored.formsets.values()
        return next((formset.form for formset in formsets if formset.model is model), None)

    def _overlay(self, form: AnyModelForm, values: Mapping[str, str]) -> None:
        """Lay the posted values of a form over the stored ones."""
        states = self.changed.get((type(form.instance), form.instance.pk))
        for name in type(form).base_fields:
            # What a formset adds identifies the row, and isn't typed.
            if name in form.fields and name not in FORM_ONLY_FIELDS:
                self._overlay_field(form, name, values.get(name), states.before if states else None)
        if form is not self.stored.form:
            extra = {name: text for name, text in values.items() if name not in (*form.fields, "DELETE")}
            self._set({form.add_prefix(name): value for name, value in extra.items()})
        if values.get("DELETE"):
            self._set({form.add_prefix("DELETE"): "on"})
            if states and states.before is not None:
                self.conflicts.append(Conflict(str(form.instance), "The whole entry", "changed", REMOVED))

    def _overlay_field(self, form: AnyModelForm, name: str, mine: str | None, before: Any) -> None:
        box = form[name]
        if mine is None and not isinstance(box.field.widget, forms.CheckboxInput):
            return
        stored = as_posted(box, box.value())
        shown = stored if before is None else as_posted(box, _value_of(form, name, before))
        if self._is_same(box, mine, shown):
            return
        if before is not None and shown != stored and not self._is_same(box, mine, stored):
            theirs, ours = (_in_words(box, text) for text in (stored, mine))
            self.conflicts.append(Conflict(_title(form), str(box.label), theirs, ours))
        self.data.pop(box.html_name, None)
        if mine is not None:
            self.data[box.html_name] = mine

    def _is_same(self, box: BoundField, mine: str | None, shown: str | None) -> bool:
        mine, shown = _normalised(mine), _normalised(shown)
        if mine == shown or not mine or not shown or not isinstance(box.field, MomentInput):
            return mine == shown
        try:
            # Somebody else may have given the event that a date counts from another name.
            meant = parse_moment(shown, box.field.page_rows.stored_events)
            return parse_moment(mine, self.events, self.written_on) == meant
        except MomentParseError:
            return False

    def _set_management_forms(self) -> None:
        for table, total in self.totals.items():
            formset = self.stored.formsets.get(table)
            initial = formset.initial_form_count() if formset else 0
            most = formset.max_num if formset else MOST_ROWS
            for what, number in (("TOTAL", total), ("INITIAL", initial), ("MIN_NUM", 0), ("MAX_NUM", most)):
                self.data[f"{table}-{what}_FORMS"] = str(number)
        for name in self.posted:
            # Tables below rows that are new have no rows of their own yet, or would have been met above.
            if management := MANAGEMENT.fullmatch(name):
                moved = self._moved(name)
                if moved and moved not in self.data:
                    self.data[moved] = "0" if management["what"] != "MAX_NUM" else self.posted[name]

    def _moved(self, name: str) -> str:
        """The name of a box now; "" if its row is gone."""
        above = prefix_above(name, self.prefixes)
        if above is None:
            return name
        prefix = self.prefixes[above]
        return "" if prefix is None else prefix + name.removeprefix(above)

    def _rename_choices_of_rows(self) -> None:
        """Rows that are being added are chosen by the prefix of their form, which may be another now."""
        moved = {old: new for old, new in self.prefixes.items() if new is not None and new != old}
        for row in self.rows:
            prefix = self.prefixes[row.prefix]
            for name, value in row.values.items():
                if prefix is not None and value in moved and self.data.get(f"{prefix}-{name}") == value:
                    self.data[f"{prefix}-{name}"] = moved[value]

    def _set(self, values: Mapping[str, str]) -> None:
        for name, value in values.items():
            self.data[name] = value


def _value_of(form: AnyModelForm, name: str, row: models.Model) -> Any:
    """What the box of a field would hold if this were the row."""
    return type(form)(instance=row)[name].value()


def _in_words(box: BoundField, text: str | None) -> str:
    if isinstance(box.field.widget, forms.CheckboxInput):
        return "yes" if text else "no"
    if isinstance(box.field, forms.ModelChoiceField):
        rows = box.field.queryset
        row = rows.filter(pk=text).first() if rows is not None and text and text.isdecimal() else None
        return str(row or "nothing")
    choices = getattr(box.field, "choices", None)
    words = dict(choices).get(text, text) if choices else text
    return str(words) if text else "nothing"


def _title(form: AnyModelForm) -> str:
    return str(form.instance) if form.instance.pk else str(form.instance._meta.verbose_name)


def _normalised(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


def _has_related_name(model: type[models.Model], related: str) -> bool:
    """Whether a model stands below its parent under a related name."""
    return any(
        key.is_relation and key.remote_field.get_accessor_name(model) == related  # type: ignore[union-attr]  # a relation has one
        for key in model._meta.concrete_fields
    )
