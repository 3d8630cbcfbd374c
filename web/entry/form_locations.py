"""The forms and fields of the case form by what they hold: for remarks, and for links to what is missing.

The forms have read every row of the case already, so that nothing is read again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.admin.helpers import InlineAdminFormSet

from cases.checks import Remark
from cases.models import Phase
from cases.record.case_record import CaseRecord
from web.entry.entry_form import EntryForm, nested_formsets

EMPTY = (None, "", False)
FIELDS_OF_CASE = "general"  # the tab that holds the fields of the object itself, by unfold's name


class FormLocations:
    """The forms of one page by the rows they are about, and the tables they stand in.

    `record` holds the rows as they are stored.
    """

    def __init__(self, form: EntryForm, inlines: Iterable[InlineAdminFormSet]) -> None:
        self.case_form = form
        self.record = CaseRecord(form.instance)
        self._form_of: dict[str, EntryForm] = {}
        self._forms: dict[str, list[EntryForm]] = defaultdict(list)
        self._table: dict[str, str] = {}
        self._above: dict[int, tuple[str, EntryForm | None]] = {id(form): (FIELDS_OF_CASE, None)}
        self._tab: dict[str, str] = {"case": FIELDS_OF_CASE}
        for inline in inlines:
            opts: Any = inline.opts
            self._walk(inline.formset, opts.tab_key, None)

        # Tables nested in rows that have yet to be entered: what is missing there begins with the row.
        for inline in inlines:
            for below in getattr(inline.opts, "inlines", ()):
                self._table.setdefault(str(below.model._meta.model_name), f"{inline.formset.prefix}-data")

    def _walk(self, formset: Any, tab: str, above: EntryForm | None) -> None:
        # Examinations stand in several tables of the form, each under a name of its own.
        names = {str(formset.model._meta.model_name), formset.prefix}
        for name in names:
            self._table.setdefault(name, f"{formset.prefix}-data")
            self._tab.setdefault(name, tab)
        for form in formset.forms:
            self._above[id(form)] = (tab, above)
            for name in names:
                self._forms[name].append(form)
            if form.instance.pk:
                self._form_of[str(form.instance.uuid)] = form
                self.record.add([form.instance])
            for nested in nested_formsets(form):
                self._walk(nested, tab, form)

    def form_of(self, model: str, row: str = "") -> EntryForm | None:
        """The form of a row; without one, that of the only row that its table can have."""
        if model == "case":
            return self.case_form
        single = [form for form in self._forms[model] if not form.instance.pk]
        return self._form_of.get(row) or next(iter(single), None)

    def row_among(self, table: str, rows: Iterable[str]) -> str:
        """The first of these rows that stands in a table; "" if none does."""
        uuids = {str(form.instance.uuid) for form in self._forms[table]}
        return next((row for row in rows if row in uuids), "")

    def tab(self, remark: Remark) -> str:
        form = self.form_of(remark.model, remark.row)
        return self._above[id(form)][0] if form else self._tab[remark.model]

    def with_those_above(self, form: EntryForm | None) -> Iterator[EntryForm]:
        """A form, and the forms of the rows it is nested in."""
        while form is not None:
            yield form
            form = self._above[id(form)][1]

    def link(self, model: str, field: str, row: str = "") -> str:
        """The address of a field on this page, or of its table where the row has yet to be entered."""
        form = self.form_of(model, row)
        return self._address(form, field) or f"#field-{self._table.get(model, model)}"

    def first_gap(self, table: str, field: str) -> str:
        """The address of a field in the first row that lacks it, else in the first row, else of the table.

        Findings before and after the reaction are passed over: they are no evidence of it.
        """
        forms = [self.case_form] if table == "case" else self._forms[table]
        forms = [form for form in forms if getattr(form.instance, "phase", Phase.REACTION) == Phase.REACTION]
        gaps = [form for form in forms if getattr(form.instance, field) in EMPTY]
        form = next(iter(gaps or forms), None)
        return self._address(form, field) or f"#field-{self._table[table]}"

    def _address(self, form: EntryForm | None, field: str) -> str:
        if form is None or field not in form.fields:
            return ""
        return f"#field-id_{form.add_prefix(field)}"


def add_remarks(remarks: Iterable[Remark], locations: FormLocations) -> Counter[str]:
    """Put remarks at the fields they are about; returns how many there are in each tab."""
    counts: Counter[str] = Counter()
    for remark in remarks:
        counts[locations.tab(remark)] += 1
        form = locations.form_of(remark.model, remark.row)
        if form is not None:
            form.add_remark(remark.field, remark.message)
        for touched in locations.with_those_above(form):
            touched.to_look_at += 1
    return counts
