"""The filters as a page shows them: chapters, what is set, shortcuts, columns to choose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.forms import BoundField

from research.facets import Facets
from research.filters import CERTAINTIES, CHAPTERS, CaseFilter
from research.filters.kinds import OneOf

# Open from the start: what most questions are about.
OPEN = frozenset({"DRESS classification", "Drug", "Virus"})
# One click for what is asked often. Each sets its filters and leaves the others as they are.
SHORTCUTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("Probable or definite", {"category": "probable,definite"}),
    ("Under an interleukin-1 inhibitor", {"atc": "L04AC03,L04AC04,L04AC08", "role": "1,3"}),
    ("HHV-6 in the blood", {"virus": "hhv6", "virus_result": "positive", "specimen": "blood"}),
    ("Within five half-lives of the last dose", {"half_lives_last_max": "5"}),
    ("Outdated", {"attention": "outdated"}),
)


@dataclass(frozen=True)
class ColumnChoice:
    """A column of the list that can be shown or not."""

    key: str
    label: str
    is_usual: bool = True


COLUMNS = (
    ColumnChoice("drug", "Suspect drug, time to onset"),
    ColumnChoice("class", "Standing class"),
    ColumnChoice("evidence", "From the evidence"),
    ColumnChoice("decides", "Would decide"),
    ColumnChoice("virus", "Viruses"),
    ColumnChoice("state", "State", is_usual=False),
    ColumnChoice("age", "Age", is_usual=False),
    ColumnChoice("peaks", "Peaks", is_usual=False),
    ColumnChoice("present", "Present at onset", is_usual=False),
    ColumnChoice("completeness", "Completeness", is_usual=False),
)
USUAL = frozenset(column.key for column in COLUMNS if column.is_usual)
BESIDE = frozenset({"columns", "sort", "older_than", "newer_than", "count", "beside"})


def chapters(filters: CaseFilter, facets: Facets) -> list[dict[str, Any]]:
    """The folded groups of filters; one with something set, or something wrong, is open."""
    chosen, wrong = filters.chosen, filters.errors
    told = []
    for title, chapter in CHAPTERS:
        names = list(chapter.base_filters)
        busy = [name for name in names if name in chosen or name in wrong]
        fields = [_field(filters, name, facets) for name in names]
        told.append({"title": title, "fields": fields, "set": len(busy), "open": bool(busy) or title in OPEN})
    return told


def _field(filters: CaseFilter, name: str, facets: Facets) -> dict[str, Any]:
    bound: BoundField = filters.form[name]
    known = filters.filters[name]
    told = {"bound": bound, "help": known.extra["help_text"], "choices": None}
    if isinstance(known, OneOf):
        values = set(bound.value() or ())
        counts = facets.counts.get(name)
        told["choices"] = [
            {
                "value": value,
                "label": label,
                "id": f"{bound.auto_id}_{value}",
                "checked": value in values,
                "count": None if counts is None else counts.get(value, 0),
            }
            for value, label in known.offered
        ]
    return told


def tokens(filters: CaseFilter, data: Mapping[str, str]) -> list[dict[str, str]]:
    """What is set, each in words and with the address without it."""
    told = []
    for name in (*filters.chosen, *(["certainty"] if filters.certainty_chosen == "possibly" else [])):
        words = in_words(filters, name)
        told.append({"words": words, "without": without(data, name)})
    return told


def in_words(filters: CaseFilter, name: str) -> str:
    """One filter as a person reads it: “Class: probable or definite”."""
    value = filters.data_of(name)
    if name == "certainty":
        return dict(CERTAINTIES)[value].split(":")[0] + " fitting"
    known = filters.filters[name]
    if isinstance(known, OneOf):
        labels = dict(known.offered)
        value = " or ".join(_uncapitalised(labels[one]) for one in filters.chosen[name])
    return f"{known.label}: {value}"


def _uncapitalised(label: str) -> str:
    """“Probable” inside a sentence; abbreviations stay."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def sentence(filters: CaseFilter) -> str:
    """All that is set in one line."""
    told = [in_words(filters, name) for name in filters.chosen]
    return "; ".join(told) or "all cases"


def shortcuts(filters: CaseFilter, data: Mapping[str, str]) -> list[dict[str, Any]]:
    told = []
    for label, wanted in SHORTCUTS:
        is_set = all(filters.data_of(name) == value for name, value in wanted.items())
        target = without(data, *wanted) if is_set else with_(data, **wanted)
        told.append({"label": label, "is_set": is_set, "address": target})
    return told


def with_(data: Mapping[str, str], **changes: str) -> str:
    """The address with some values exchanged, from the first page on."""
    kept = {k: v for k, v in data.items() if k not in {*changes, "older_than", "newer_than", "count"}}
    return f"?{urlencode({**kept, **changes})}"


def without(data: Mapping[str, str], *names: str) -> str:
    kept = {k: v for k, v in data.items() if k not in {*names, "older_than", "newer_than", "count"}}
    return f"?{urlencode(kept)}"


def shown_columns(wanted: Iterable[str]) -> list[ColumnChoice]:
    """The columns to show, in the order of the table; the usual ones where none is chosen."""
    chosen = set(wanted) or USUAL
    return [column for column in COLUMNS if column.key in chosen]
