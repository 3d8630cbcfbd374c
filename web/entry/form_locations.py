"""Where on the case form each row and field is: for remarks, and for links to what is missing.

Open tabs hold forms. Boxes of the others are named here as their forms will name them once somebody opens the
tab: by table and number of the row. Nothing is read for that: the record holds the rows of all.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from django.contrib.admin.helpers import InlineAdminFormSet

from cases.checks import Remark
from cases.models import CaseRow, Phase
from cases.record.case_record import CaseRecord, keys_to_rows
from web.entry.entry_form import EntryForm, nested_formsets

EMPTY = (None, "", False)
FIELDS_OF_CASE = "general"  # the tab that holds the fields of the object itself, by unfold's name


class AnyTab(Protocol):
    """A tab with its tables, which are inlines of the admin."""

    @property
    def key(self) -> str: ...
    @property
    def inlines(self) -> tuple[Any, ...]: ...


@dataclass(frozen=True, eq=False)
class Location:
    """Where a row stands, or would be entered: the prefix of its boxes, and the names of those.

    `form`: its form, in an open tab. `above`: the row that it is nested in.
    """

    row: Any
    tab: str
    prefix: str
    fields: Collection[str]
    above: "Location | None" = None
    form: EntryForm | None = None

    def address(self, field: str) -> str:
        """The address of a box on this page; "" if there is none."""
        if field not in self.fields:
            return ""
        return f"#field-id_{self.prefix}-{field}" if self.prefix else f"#field-id_{field}"


class FormLocations:
    """The rows of a case on its form. `record` holds them as stored, those of open tabs as they were typed.

    `closed` are the tabs that the page doesn't hold; `may_change`: whether their rows will have boxes.
    """

    def __init__(
        self,
        form: EntryForm,
        inlines: Iterable[InlineAdminFormSet],
        closed: Iterable[AnyTab],
        record: CaseRecord,
        *,
        may_change: bool,
    ) -> None:
        self.record, self.may_change = record, may_change
        record.case = form.instance
        self.case = Location(form.instance, FIELDS_OF_CASE, "", form.fields, form=form)
        self._stored = {str(row.uuid): row for row in record}
        self._of_row: dict[str, Location] = {}
        self._locations: dict[str, list[Location]] = defaultdict(list)
        self._table: dict[str, str] = {}
        self._tab: dict[str, str] = {"case": FIELDS_OF_CASE}
        for inline in inlines:
            opts: Any = inline.opts
            self._add_formset(inline.formset, opts.tab_key, None)
            self._add_nested_tables(opts, str(inline.formset.prefix))
        for tab in closed:
            for inline_class in tab.inlines:
                self._add_closed_table(inline_class, tab.key)

    def _add_formset(self, formset: Any, tab: str, above: Location | None) -> None:
        names = self._add_table(formset.model, formset.prefix, tab)
        for form in formset.forms:
            location = Location(form.instance, tab, form.prefix, form.fields, above, form)
            self._add(location, names)
            if form.is_bound:
                self._take_typed(form.instance)
            for nested in nested_formsets(form):
                self._add_formset(nested, tab, location)

    def _add_closed_table(self, inline: Any, tab: str) -> None:
        kind = getattr(inline, "kind", None)
        rows = [row for row in self.record.all(inline.model) if kind is None or row.kind == kind]
        self._add_closed_rows(inline, inline.prefix(), tab, rows, None)
        self._add_nested_tables(inline, inline.prefix())

    def _add_closed_rows(
        self, inline: Any, prefix: str, tab: str, rows: list[CaseRow], above: Location | None
    ) -> None:
        names = self._add_table(inline.model, prefix, tab)
        fields = inline.shown_fields() if self.may_change else ()
        if inline.single and not rows:
            rows = [inline.model()]
        for number, row in enumerate(rows):
            location = Location(row, tab, f"{prefix}-{number}", fields, above)
            self._add(location, names)
            for below in getattr(inline, "inlines", ()):
                key = next(key for key in keys_to_rows(below.model) if key.related_model is inline.model)
                name = key.remote_field.get_accessor_name()
                rows_below = self.record.below(below.model, key.name, row)
                self._add_closed_rows(below, f"{location.prefix}-{name}", tab, rows_below, location)

    def _add_nested_tables(self, inline: Any, prefix: str) -> None:
        """Tables nested in rows that have yet to be entered: what is missing there begins with the row."""
        for below in getattr(inline, "inlines", ()):
            name = str(below.model._meta.model_name)
            self._table.setdefault(name, f"{prefix}-data")
            self._tab.setdefault(name, self._tab[prefix])

    def _add_table(self, model: Any, prefix: str, tab: str) -> set[str]:
        """The names of a table: examinations stand in several, each under a name of its own."""
        names = {str(model._meta.model_name), prefix}
        for name in names:
            self._table.setdefault(name, f"{prefix}-data")
            self._tab.setdefault(name, tab)
        return names

    def _add(self, location: Location, names: Iterable[str]) -> None:
        for name in names:
            self._locations[name].append(location)
        if location.row.pk:
            self._of_row[str(location.row.uuid)] = location

    def _take_typed(self, row: CaseRow) -> None:
        """A refused form is judged by what was typed."""
        stored = self._stored.get(str(row.uuid))
        if stored is not None:
            for column in row._meta.concrete_fields:
                if not column.is_relation:
                    setattr(stored, column.attname, getattr(row, column.attname))

    def location(self, model: str, row: str = "") -> Location | None:
        """Where a row is; without one, or if it is gone, where the only row of its table is entered."""
        if model == "case":
            return self.case
        blank = (location for location in self._locations[model] if not location.row.pk)
        return self._of_row.get(row) or next(blank, None)

    def row_among(self, table: str, rows: Iterable[str]) -> str:
        """The first of these rows that stands in a table; "" if none does."""
        uuids = {str(location.row.uuid) for location in self._locations[table]}
        return next((row for row in rows if row in uuids), "")

    def tab(self, remark: Remark) -> str:
        location = self.location(remark.model, remark.row)
        return location.tab if location else self._tab[remark.model]

    def link(self, model: str, field: str, row: str = "") -> str:
        """The address of a field on this page, or of its table where the row has yet to be entered."""
        location = self.location(model, row)
        address = location.address(field) if location else ""
        return address or f"#field-{self._table.get(model, model)}"

    def first_gap(self, table: str, field: str) -> str:
        """The address of a field in the first row that lacks it, else in the first row, else of the table.

        Findings before and after the reaction are passed over: they are no evidence of it.
        """
        locations = [self.case] if table == "case" else self._locations[table]
        of_reaction = [
            location
            for location in locations
            if getattr(location.row, "phase", Phase.REACTION) == Phase.REACTION
        ]
        gaps = [location for location in of_reaction if getattr(location.row, field) in EMPTY]
        location = next(iter(gaps or of_reaction), None)
        return (location.address(field) if location else "") or f"#field-{self._table[table]}"


def with_those_above(location: Location | None) -> Iterator[Location]:
    """A row, and the rows it is nested in."""
    while location is not None:
        yield location
        location = location.above


def add_remarks(remarks: Iterable[Remark], locations: FormLocations) -> Counter[str]:
    """Put remarks at the fields they are about; returns how many there are in each tab."""
    counts: Counter[str] = Counter()
    for remark in remarks:
        counts[locations.tab(remark)] += 1
        location = locations.location(remark.model, remark.row)
        if location is not None and location.form is not None:
            location.form.add_remark(remark.field, remark.message)
        for touched in with_those_above(location):
            if touched.form is not None:
                touched.form.to_look_at += 1
    return counts
