"""Where everything of a case stands on its form: for findings, and for links to what is missing.

The forms have read every row of the case already, so that nothing is read again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from django.contrib.admin.helpers import InlineAdminFormSet
from django.forms import BaseInlineFormSet, ModelForm

from cases.facts import Record
from cases.findings import Finding
from cases.models import Case, CaseRow

EMPTY = (None, "", False)


class Places:
    """The forms of one page by the rows they are about, and the tables they stand in."""

    def __init__(self, form: ModelForm, inlines: Iterable[InlineAdminFormSet]) -> None:
        self.case_form = form
        self.record = Record(form.instance)
        self._form_of: dict[str, ModelForm] = {}
        self._forms: dict[str, list[ModelForm]] = defaultdict(list)
        self._table: dict[str, str] = {}
        self._above: dict[int, tuple[str, ModelForm | None]] = {id(form): (FIELDS_OF_CASE, None)}
        self._tab: dict[str, str] = {"case": FIELDS_OF_CASE}
        for inline in inlines:
            self._walk(inline.formset, inline.opts.tab_key, None)

    def _walk(self, formset: BaseInlineFormSet, tab: str, above: ModelForm | None) -> None:
        name = str(formset.model._meta.model_name)
        self._table.setdefault(name, f"{formset.prefix}-data")
        self._tab.setdefault(name, tab)
        for form in formset.forms:
            self._above[id(form)] = (tab, above)
            self._forms[name].append(form)
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

    def is_of(self, model: str, row: str) -> bool:
        """Whether a row is on the page, and of this table."""
        form = self._form_of.get(row)
        return form is not None and form.instance._meta.model_name == model

    def tab(self, finding: Finding) -> str:
        form = self.form_of(finding.model, finding.row)
        return self._above[id(form)][0] if form else self._tab[finding.model]

    def with_those_above(self, form: ModelForm | None) -> Iterator[ModelForm]:
        """A form, and the forms of the rows it is nested in."""
        while form is not None:
            yield form
            form = self._above[id(form)][1]

    def link(self, model: str, field: str, row: str = "") -> str:
        """The address of a field on this page, or of its table where the row has yet to be entered."""
        form = self.form_of(model, row)
        return self._address(form, field) or f"#field-{self._table[model]}"

    def first_gap(self, model: type[Case] | type[CaseRow], field: str) -> str:
        """The address of a field in the first row that lacks it, else in the first row, else of the table."""
        name = str(model._meta.model_name)
        forms = [self.case_form] if name == "case" else self._forms[name]
        gaps = [form for form in forms if getattr(form.instance, field) in EMPTY]
        form = next(iter(gaps or forms), None)
        return self._address(form, field) or f"#field-{self._table[name]}"

    def _address(self, form: ModelForm | None, field: str) -> str:
        if form is None or field not in form.fields:
            return ""
        return f"#field-id_{form.add_prefix(field)}"


FIELDS_OF_CASE = "general"  # what unfold calls the tab that holds the fields of the object itself


def note(findings: Iterable[Finding], places: Places) -> Counter[str]:
    """Put findings where their fields are shown; returns how many there are in each tab."""
    counts: Counter[str] = Counter()
    for finding in findings:
        counts[places.tab(finding)] += 1
        form = places.form_of(finding.model, finding.row)
        if form is not None:
            form.notes = {**getattr(form, "notes", {})}
            form.notes[finding.field] = [*form.notes.get(finding.field, ()), finding.message]
        for touched in places.with_those_above(form):
            touched.to_look_at = getattr(touched, "to_look_at", 0) + 1
    return counts
