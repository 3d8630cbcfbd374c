"""A form that was filled in from an older state of the case, carried over to the state that is stored now.

What was typed stays. What wasn't touched takes the stored value, so that nothing somebody else saved
meanwhile is reverted. Where both changed one field, what was typed stays too, and both values are shown.

A row is known by its id: others may stand before it now. One that is gone, and was touched here, is offered
as a new row, with what was typed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.forms import BaseInlineFormSet, BoundField, ModelForm
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from cases.history import RowStates
from cases.models import Case
from values.moment_text import MomentParseError, parse_moment
from web.entry.fields import MomentInput
from web.entry.page_rows import PageRows

_MANAGED = re.compile(r"(?P<table>.+)-(?P<what>TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS")
_BOX = re.compile(r"(?P<row>(?P<table>.+)-(?P<number>\d+))-(?P<field>[^\W\d][\w-]*)", re.ASCII)
OF_THE_FORM = ("reason", "seen", "since", "on_top")
REMOVED = "(removed)"

Rows = Mapping[tuple[type[models.Model], int], RowStates]


@dataclass(frozen=True)
class Conflict:
    """One field that two people changed. `mine` is what the form will save."""

    row: str
    label: str
    theirs: str
    mine: str


@dataclass
class _Mine:
    """A row as it was posted."""

    prefix: str
    table: str
    number: int
    values: dict[str, str]


class Fresh:
    """The form as it would be sent if nobody touched it, made from what is stored."""

    def __init__(self, form: ModelForm, formsets: Iterable[BaseInlineFormSet]) -> None:
        self.form = form
        self.formsets: dict[str, BaseInlineFormSet] = {}
        self.rows: dict[str, ModelForm] = {}
        self.parents: dict[str, str] = {}  # the related name of a table -> the field that names its parent
        for formset in formsets:
            self._take(formset)
        self.at = {
            (form.prefix.rsplit("-", 1)[0], str(form.instance.pk)): prefix
            for prefix, form in self.rows.items()
            if form.instance.pk
        }

    def _take(self, formset: BaseInlineFormSet) -> None:
        self.parents[_last_word(formset.prefix)] = formset.fk.name
        for template in getattr(formset.form, "nested_formsets", ()):
            self.parents[_last_word(template.formset.prefix)] = template.formset.fk.name
        if "__prefix__" in formset.prefix:
            return
        self.formsets[formset.prefix] = formset
        for form in formset.forms:
            self.rows[form.prefix] = form
            for nested in getattr(form, "nested_formsets", ()):
                self._take(nested.formset)

    def data(self) -> dict[str, str]:
        said = {}
        for form in (self.form, *self.rows.values()):
            for name in form.fields:
                if (
                    name not in OF_THE_FORM
                    and (text := as_posted(form[name], form[name].value())) is not None
                ):
                    said[form.add_prefix(name)] = text
        return said


class Rebase:
    """`data` and `files` are what the browser would have sent from a form of what is stored now."""

    def __init__(
        self, case: Case, data: QueryDict, files: MultiValueDict, fresh: Fresh, changed: Rows
    ) -> None:
        self.mine, self.fresh, self.changed = data, fresh, changed
        self.events = PageRows(case, data).events
        self.conflicts: list[Conflict] = []
        self.rows = _rows(data, files)
        self.places: dict[str, str | None] = {}  # prefix as posted -> prefix now, None for what goes
        self.totals = {table: len(formset.forms) for table, formset in fresh.formsets.items()}
        self.data = data.copy()
        for name in data:
            if _BOX.fullmatch(name) or _MANAGED.fullmatch(name) or name in fresh.form.fields:
                del self.data[name]
        self._set(fresh.data())
        self._overlay(fresh.form, {name: data[name] for name in fresh.form.fields if name in data})
        self._set({name: data[name] for name in OF_THE_FORM if name in data})
        for row in self.rows:
            self._put(row)
        self._manage()
        self._name_rows_anew()
        self.files = MultiValueDict({self._moved(name): found for name, found in files.lists()})

    def _put(self, row: _Mine) -> None:
        table = self._table_of(row)
        if table is None:
            self.places[row.prefix] = None
            return
        key = row.values.get("id", "")
        place = self.fresh.at.get((table, key)) if key else self._free(table)
        if place is not None:
            self.places[row.prefix] = place
            self._overlay(self.fresh.rows[place], row.values)
        elif key and not self._is_touched(row):
            self.places[row.prefix] = None
        else:
            self._add(row, table)

    def _table_of(self, row: _Mine) -> str | None:
        """Where the rows of its table are now; None if the row above went without a trace."""
        above = _above(row.table, self.places)
        if above is None:
            return row.table
        place = self.places[above]
        return None if place is None else place + row.table.removeprefix(above)

    def _free(self, table: str) -> str | None:
        """The blank form that a table of one row has, or the row that somebody else has put there."""
        formset = self.fresh.formsets.get(table)
        if formset is None or formset.max_num != 1:
            return None
        return f"{table}-0" if formset.forms else None

    def _add(self, row: _Mine, table: str) -> None:
        number = self.totals.get(table, 0)
        self.totals[table] = number + 1
        place = self.places[row.prefix] = f"{table}-{number}"
        parent = self.fresh.parents.get(_last_word(table), "case")
        kept = {name: value for name, value in row.values.items() if name not in ("id", parent, "DELETE")}
        self._set({f"{place}-{name}": value for name, value in kept.items()})
        if row.values.get("id"):
            self._lost(row)

    def _lost(self, row: _Mine) -> None:
        gone = self._gone(row)
        name = str(gone) if gone is not None else row.prefix
        self.conflicts.append(Conflict(name, "The whole entry", REMOVED, "kept, as a new entry"))

    def _gone(self, row: _Mine) -> models.Model | None:
        key = row.values.get("id", "")
        related = _last_word(row.table)
        for (model, pk), states in self.changed.items():
            if str(pk) == key and states.after is None and _is_called(model, related):
                return states.before
        return None

    def _is_touched(self, row: _Mine) -> bool:
        """Whether something was typed into a row that is gone, or below it."""
        if row.values.get("DELETE"):
            return False
        below = [one for one in self.rows if one.table.startswith(f"{row.prefix}-")]
        if any(not one.values.get("id") and any(_said(one)) for one in below):
            return True
        gone = self._gone(row)
        if gone is None:
            return False
        return self._differs(gone, row.values) or any(
            self._differs(self._gone(one), one.values) for one in below if self._gone(one) is not None
        )

    def _differs(self, gone: Any, values: Mapping[str, str]) -> bool:
        form = self._form_for(type(gone))
        if form is None:
            return True
        shown = form(instance=gone)
        return any(
            name in values
            and not self._same(shown[name], values[name], as_posted(shown[name], shown[name].value()))
            for name in shown.fields
            if name not in ("id", "case", *self.fresh.parents.values())
        )

    def _form_for(self, model: type[models.Model]) -> type[ModelForm] | None:
        return next(
            (one.form for one in self.fresh.formsets.values() if one.model is model),
            None,
        )

    def _overlay(self, form: ModelForm, values: Mapping[str, str]) -> None:
        states = self.changed.get((type(form.instance), form.instance.pk))
        for name in type(form).base_fields:
            # What a formset adds says which row it is, and isn't typed.
            if name in form.fields and name not in OF_THE_FORM:
                self._overlay_field(form, name, values.get(name), states.before if states else None)
        extra = {
            name: value for name, value in values.items() if name not in form.fields and name != "DELETE"
        }
        if form is not self.fresh.form:
            self._set({form.add_prefix(name): value for name, value in extra.items()})
        if values.get("DELETE"):
            self._set({form.add_prefix("DELETE"): "on"})
            if states and states.before is not None:
                self.conflicts.append(Conflict(str(form.instance), "The whole entry", "changed", REMOVED))

    def _overlay_field(self, form: ModelForm, name: str, mine: str | None, before: Any) -> None:
        box = form[name]
        is_tick = isinstance(box.field.widget, forms.CheckboxInput)
        if mine is None and not is_tick:
            return
        stored = as_posted(box, box.value())
        shown = stored if before is None else as_posted(box, _value_of(form, name, before))
        if self._same(box, mine, shown):
            return
        if before is not None and shown != stored and not self._same(box, mine, stored):
            said = (_in_words(box, text) for text in (stored, mine))
            self.conflicts.append(Conflict(_name(form), str(box.label), *said))
        self.data.pop(box.html_name, None)
        if mine is not None:
            self.data[box.html_name] = mine

    def _same(self, box: BoundField, mine: str | None, shown: str | None) -> bool:
        mine, shown = _bare(mine), _bare(shown)
        if mine == shown or not mine or not shown or not isinstance(box.field, MomentInput):
            return mine == shown
        try:
            # Somebody else may have given the event that a date counts from another name.
            return parse_moment(mine, self.events) == parse_moment(shown, box.field.page.shown)
        except MomentParseError:
            return False

    def _manage(self) -> None:
        for table, total in self.totals.items():
            formset = self.fresh.formsets.get(table)
            initial = formset.initial_form_count() if formset else 0
            most = formset.max_num if formset else 1000
            for what, number in (("TOTAL", total), ("INITIAL", initial), ("MIN_NUM", 0), ("MAX_NUM", most)):
                self.data[f"{table}-{what}_FORMS"] = str(number)
        for name in self.mine:
            # Tables below rows that are new have no rows of their own yet, or would have been met above.
            if found := _MANAGED.fullmatch(name):
                moved = self._moved(name)
                if moved and moved not in self.data:
                    self.data[moved] = "0" if found["what"] != "MAX_NUM" else self.mine[name]

    def _moved(self, name: str) -> str:
        above = _above(name, self.places)
        if above is None:
            return name
        place = self.places[above]
        return "" if place is None else place + name.removeprefix(above)

    def _name_rows_anew(self) -> None:
        """Rows that are being added are chosen by the prefix of their form, which may be another now."""
        moved = {old: new for old, new in self.places.items() if new is not None and new != old}
        for row in self.rows:
            place = self.places[row.prefix]
            for name, value in row.values.items():
                if place is not None and value in moved and self.data.get(f"{place}-{name}") == value:
                    self.data[f"{place}-{name}"] = moved[value]

    def _set(self, values: Mapping[str, str]) -> None:
        for name, value in values.items():
            self.data[name] = value


def as_posted(box: BoundField, value: Any) -> str | None:
    """What a browser sends for a value; None where it sends nothing."""
    widget = box.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "on" if widget.check_test(value) else None
    if widget.needs_multipart_form:
        return None
    text = widget.format_value(value)
    if isinstance(text, (list, tuple, set)):
        text = next(iter(text), "")
    return "" if text is None else str(text)


def _value_of(form: ModelForm, name: str, row: models.Model) -> Any:
    """What the box of a field would hold if this were the row."""
    other = type(form)(instance=row)
    return other[name].value()


def _in_words(box: BoundField, text: str | None) -> str:
    if isinstance(box.field.widget, forms.CheckboxInput):
        return "yes" if text else "no"
    choices = getattr(box.field, "choices", None)
    if isinstance(box.field, forms.ModelChoiceField):
        row = box.field.queryset.filter(pk=text).first() if text and text.isdecimal() else None
        return str(row or "nothing")
    words = dict(choices).get(text, text) if choices else text
    return str(words) if text else "nothing"


def _name(form: ModelForm) -> str:
    return str(form.instance) if form.instance.pk else str(form.instance._meta.verbose_name)


def _bare(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


def _rows(data: Mapping[str, str], files: Mapping[str, Any]) -> list[_Mine]:
    """The posted rows, those above before those below, in the order of the page."""
    rows: dict[str, _Mine] = {}
    for name in (*data, *files):
        found = _BOX.fullmatch(name)
        if found and "__prefix__" not in name and not _MANAGED.fullmatch(name):
            row = rows.setdefault(found["row"], _Mine(found["row"], found["table"], int(found["number"]), {}))
            if name in data:
                row.values[found["field"]] = data[name]
    return sorted(rows.values(), key=lambda row: (row.prefix.count("-"), row.table, row.number))


def _above(name: str, prefixes: Iterable[str]) -> str | None:
    """The longest of the prefixes of rows below which a name stands."""
    return max((prefix for prefix in prefixes if name.startswith(f"{prefix}-")), key=len, default=None)


def _said(row: _Mine) -> Iterator[str]:
    return (value for name, value in row.values.items() if value and name not in ("exposure", "examination"))


def _last_word(prefix: str) -> str:
    return re.sub(r"-\d+$", "", prefix).rsplit("-", 1)[-1]


def _is_called(model: type[models.Model], related: str) -> bool:
    return any(
        key.is_relation and key.remote_field.get_accessor_name(model) == related
        for key in model._meta.concrete_fields
    )
