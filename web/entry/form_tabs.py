"""The tabs of the case form: which inlines each shows, and how many errors and remarks wait in it.

Unfold gives every inline a tab of its own; two dozen tabs would be too many. Here a tab is a chapter.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import InlineAdminFormSet
from django.db.models import Model
from django.forms import Media

from cases.models import Case, Exposure
from web.entry.django_types import AnyModelForm
from web.entry.entry_form import nested_formsets
from web.entry.fields import StoredAutocomplete
from web.entry.form_locations import FIELDS_OF_CASE
from web.entry.rows import RowInline
from web.entry.tabs import drugs, examinations, findings, narrative, patient, reactions, report


@dataclass(frozen=True)
class Tab:
    key: str
    title: str
    inlines: tuple[type[RowInline], ...]


TABS = (
    Tab(FIELDS_OF_CASE, "Report", report.INLINES),
    Tab("tab-patient", "Patient", patient.INLINES),
    Tab("tab-drugs", "What was taken", drugs.INLINES),
    Tab("tab-reactions", "What happened", reactions.INLINES),
    Tab("tab-findings", "Findings", findings.INLINES),
    Tab("tab-tests", "Tests", examinations.INLINES),
    Tab("tab-narrative", "Narrative", narrative.INLINES),
    Tab("tab-score", "Reported score", narrative.SCORE_INLINES),
)
INLINES = tuple(inline for tab in TABS for inline in tab.inlines)
TAB_OF = {inline: tab.key for tab in TABS for inline in tab.inlines}


def models_of(key: str) -> set[type[Model]]:
    """The tables of the database that a tab shows rows of, nested ones included."""
    inlines = next(tab.inlines for tab in TABS if tab.key == key)
    nested = [below for inline in inlines for below in getattr(inline, "inlines", ())]
    return {inline.model for inline in (*inlines, *nested)}


@cache
def form_media(site: AdminSite) -> Media:
    """The scripts and styles of all tabs: those of a tab that is opened later have to be there already."""
    media: Media = StoredAutocomplete(Exposure._meta.get_field("drug"), site).media
    for inline in INLINES:
        media += inline(Case, site).media
    return media


@dataclass(frozen=True)
class ShownTab:
    key: str
    title: str
    errors: int
    remarks: int
    tables: str  # the names of its tables, between spaces
    is_open: bool = True  # whether the page holds it; else it comes when somebody opens it

    @property
    def waiting(self) -> str:
        """What waits in the tab, in words."""
        counts = ((self.remarks, "to look at"), (self.errors, "to correct"))
        return ", ".join(f"{count} {what}" for count, what in counts if count)


def shown_tabs(
    form: AnyModelForm,
    inlines: Iterable[InlineAdminFormSet],
    remarks: Mapping[str, int],
    open_tabs: Collection[str],
) -> list[ShownTab]:
    """The tabs of a page, each with the number of things to correct, and to look at, in it."""
    counts = Counter({FIELDS_OF_CASE: sum(name in form.fields and name != "reason" for name in form.errors)})
    for inline in inlines:
        inline_class: Any = type(inline.opts)
        counts[TAB_OF[inline_class]] += sum(1 for _ in errors_in(inline.formset))
    return [
        ShownTab(
            tab.key,
            tab.title,
            counts[tab.key],
            remarks.get(tab.key, 0),
            tables=" ".join(inline.prefix() for inline in tab.inlines),
            is_open=tab.key in open_tabs,
        )
        for tab in TABS
    ]


def errors_in(formset: Any) -> Iterator[str]:
    """Every message of a formset and of those nested in it."""
    if not formset.is_bound:
        return
    yield from formset.non_form_errors()
    for form in formset.forms:
        if formset.can_delete and formset._should_delete_form(form):
            continue  # it goes, and what is wrong with it goes with it
        for messages in form.errors.values():
            yield from messages
        for nested in nested_formsets(form):
            yield from errors_in(nested)
