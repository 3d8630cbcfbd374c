"""The filters for the search page: chapters, tokens of what is set, shortcuts, columns to choose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.forms import BoundField

from research.facets import Facets
from research.filters import SWITCHES, CaseFilter, all_chapters
from research.filters.conditions import ClassOf, OneOf
from research.small_cells import Count
from values.calendar_text import format_date
from values.dates import PartialDate

# Chapters that are open from the start.
OPEN = frozenset({"DRESS classification", "Drug", "Virus"})
# Frequent searches. Each sets its filters and leaves the others as they are.
SHORTCUTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("Probable or definite", {"category": "probable,definite"}),
    ("Under an interleukin-1 inhibitor", {"atc": "L04AC03,L04AC04,L04AC08", "role": "1,3"}),
    ("HHV-6 in the blood", {"virus": "hhv6", "virus_result": "positive", "specimen": "blood"}),
    ("Within five half-lives of the last dose", {"half_lives_last_max": "5"}),
    ("Settled", {"settled": "yes"}),
    ("Re-review due", {"attention": "answers_due"}),
    ("Outdated", {"attention": "outdated"}),
)


@dataclass(frozen=True)
class ColumnChoice:
    """A column of the list that can be shown or not."""

    key: str
    label: str
    is_usual: bool = True


COLUMNS = (
    ColumnChoice("class", "Standing class"),
    ColumnChoice("evidence", "From the evidence"),
    ColumnChoice("decides", "Would decide", is_usual=False),
    ColumnChoice("drug", "Suspect drug"),
    ColumnChoice("onset", "Onset"),
    ColumnChoice("virus", "Viruses"),
    ColumnChoice("state", "State", is_usual=False),
    ColumnChoice("age", "Age", is_usual=False),
    ColumnChoice("peaks", "Peaks", is_usual=False),
    ColumnChoice("present", "Present at onset", is_usual=False),
    ColumnChoice("completeness", "Completeness", is_usual=False),
)
USUAL = frozenset(column.key for column in COLUMNS if column.is_usual)
OTHER_PARAMETERS = frozenset({"columns", "sort", "older_than", "newer_than", "count", "beside"})


def chapters(filters: CaseFilter, facets: Facets) -> list[dict[str, Any]]:
    """The chapters of filters; one with a filter that is set or invalid is open."""
    chosen, invalid = filters.chosen, filters.errors
    shown = []
    for title, every in all_chapters():
        names = [name for name in every if name in filters.filters]
        used = [name for name in names if name in chosen or name in invalid]
        fields = [_field(filters, name, facets) for name in names]
        is_open = bool(used) or title in OPEN
        shown.append({"title": title, "fields": fields, "set": len(used), "open": is_open})
    return shown


def _field(filters: CaseFilter, name: str, facets: Facets) -> dict[str, Any]:
    bound: BoundField = filters.form[name]
    condition = filters.filters[name]
    field = {"bound": bound, "help": condition.extra["help_text"], "choices": None}
    if isinstance(condition, OneOf):
        values = set(bound.value() or ())
        field["choices"] = [
            {
                "value": value,
                "label": label,
                "id": f"{bound.auto_id}_{value}",
                "checked": value in values,
                "count": facets.count(name, value),
                "settled": _settled_of(value, facets) if name == "category" else None,
            }
            for value, label in condition.offered
        ]
    return field


def _settled_of(category: str, facets: Facets) -> Count | None:
    return None if facets.settled is None else facets.settled.get(category, 0)


def switches(filters: CaseFilter) -> list[dict[str, Any]]:
    """How the filters are taken: each switch with its choices."""
    return [
        {
            "name": name,
            "label": filters.form[name].label,
            "choices": [
                {"value": value, "label": label, "checked": filters.switched(name) == value}
                for value, label in filters.filters[name].offered
            ],
        }
        for name in SWITCHES
    ]


def tokens(filters: CaseFilter, data: Mapping[str, str]) -> list[dict[str, str]]:
    """The filters that are set, each in words and with the address without it."""
    return [
        {"words": in_words(filters, name), "without": without(data, name)}
        for name in (*filters.chosen, *filters.switches_set)
    ]


def in_words(filters: CaseFilter, name: str) -> str:
    """One filter as a person reads it: “Class: probable or definite, settled or open”."""
    if name in SWITCHES:
        switch = filters.filters[name]
        return str(switch.in_words(filters.switched(name)))
    value = filters.data_of(name)
    condition = filters.filters[name]
    if isinstance(condition, OneOf):
        labels = dict(condition.offered)
        value = " or ".join(_uncapitalised(labels[key]) for key in filters.chosen[name])
    elif isinstance(chosen := filters.chosen[name], date):
        value = format_date(PartialDate.of(chosen))
    if isinstance(condition, ClassOf) and not _settled_only(filters, name):
        value += ", settled or open"
    return f"{condition.label}: {value}"


def _settled_only(filters: CaseFilter, name: str) -> bool:
    """Whether of these classes settled ones alone are found, or open ones alone."""
    is_narrowed = len(filters.chosen.get(name.replace("category", "settled"), ())) == 1
    return is_narrowed or filters.class_by_chosen == "settled"


def _uncapitalised(label: str) -> str:
    """“Probable” inside a sentence; abbreviations stay."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def sentence(filters: CaseFilter) -> str:
    """All filters that are set, in one line."""
    set_ = (*filters.chosen, *filters.switches_set)
    return "; ".join(in_words(filters, name) for name in set_) or "all cases"


def shortcuts(filters: CaseFilter, data: Mapping[str, str]) -> list[dict[str, Any]]:
    """The frequent searches; the address of one that is set removes it."""
    shown = []
    for label, wanted in SHORTCUTS:
        is_set = all(filters.data_of(name) == value for name, value in wanted.items())
        target = without(data, *wanted) if is_set else with_(data, **wanted)
        shown.append({"label": label, "is_set": is_set, "address": target})
    return shown


def with_(data: Mapping[str, str], **changes: str) -> str:
    """The address with some values replaced, at its first page."""
    remaining = {k: v for k, v in data.items() if k not in {*changes, "older_than", "newer_than", "count"}}
    return f"?{urlencode({**remaining, **changes})}"


def without(data: Mapping[str, str], *names: str) -> str:
    """The address without some parameters, at its first page."""
    remaining = {k: v for k, v in data.items() if k not in {*names, "older_than", "newer_than", "count"}}
    return f"?{urlencode(remaining)}"


def shown_columns(wanted: Iterable[str]) -> list[ColumnChoice]:
    """The columns to show, in the order of the table; the usual ones where none is chosen."""
    chosen = set(wanted) or USUAL
    return [column for column in COLUMNS if column.key in chosen]
