"""Where everything of a case stands on its form: for findings, and for links to what is missing.

The forms have read every row of the case already, so that nothing is read again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from django.contrib.admin.helpers import InlineAdminFormSet
from django.forms import BaseInlineFormSet, ModelForm

from cases.checks import Remark
from cases.models import Phase
from cases.record.case_record import CaseRecord

EMPTY = (None, "", False)


class FormLocations:
    """The forms of one page by the rows they are about, and the tables they stand in."""

    def __init__(self, form: ModelForm, inlines: Iterable[InlineAdminFormSet]) -> None:
        self.case_form = form
        self.record = CaseRecord(form.instance)
        self._form_of: dict[str, ModelForm] = {}
        self._forms: dict[str, list[ModelForm]] = defaultdict(list)
        self._table: dict[str, str] = {}
        self._above: dict[int, tuple[str, ModelForm | None]] = {id(form): (FIELDS_OF_CASE, None)}
        self._tab: dict[str, str] = {"case": FIELDS_OF_CASE}
        for inline in inlines:
            self._walk(inline.formset, inline.opts.tab_key, None)

        # Tables nested in rows that have yet to be entered: what is missing there begins with the row.
        for inline in inlines:
            for below in getattr(inline.opts, "inlines", ()):
                self._table.setdefault(str(below.model._meta.model_name), f"{inline.formset.prefix}-data")

    def _walk(self, formset: BaseInlineFormSet, tab: str, above: ModelForm | None) -> None:
        # Examinations stand in several tables of the form, each under a name of its own.
        name = str(formset.model._meta.model_name)
        for known in (name, formset.prefix):
            self._table.setdefault(known, f"{formset.prefix}-data")
            self._tab.setdefault(known, tab)
        for form in formset.forms:
            self._above[id(form)] = (tab, above)
            for known in {name, formset.prefix}:
                self._forms[known].append(form)
            if form.instance.pk:
                self._form_of[str(form.instance.uuid)] = form
                self.record.add([form.instance])
            for nested in getattr(form, "nested_formsets", ()):
                self._walk(nested.formset, tab, form)

    def form_of(self, model: str, row: str = "") -> ModelForm | None:
        """The form of a row; without one, that of the only row that its table can have."""
        if model == "case":
            return self.case_form
        single = [form for form in self._forms[model] if not form.instance.pk]
        return self._form_of.get(row) or next(iter(single), None)

    def row_among(self, table: str, rows: Iterable[str]) -> str:
        """The first of these rows that stands in a table; "" if none does."""
        there = {str(form.instance.uuid) for form in self._forms[table]}
        return next((row for row in rows if row in there), "")

    def tab(self, remark: Remark) -> str:
        form = self.form_of(remark.model, remark.row)
        return self._above[id(form)][0] if form else self._tab[remark.model]

    def with_those_above(self, form: ModelForm | None) -> Iterator[ModelForm]:
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

    def _address(self, form: ModelForm | None, field: str) -> str:
        if form is None or field not in form.fields:
            return ""
        return f"#field-id_{form.add_prefix(field)}"


FIELDS_OF_CASE = "general"  # what unfold calls the tab that holds the fields of the object itself


def note(remarks: Iterable[Remark], places: FormLocations) -> Counter[str]:
    """Put remarks where their fields are shown; returns how many there are in each tab."""
    counts: Counter[str] = Counter()
    for remark in remarks:
        counts[places.tab(remark)] += 1
        form = places.form_of(remark.model, remark.row)
        if form is not None:
            form.notes = {**getattr(form, "notes", {})}
            form.notes[remark.field] = [*form.notes.get(remark.field, ()), remark.message]
        for touched in places.with_those_above(form):
            touched.to_look_at = getattr(touched, "to_look_at", 0) + 1
    return counts
