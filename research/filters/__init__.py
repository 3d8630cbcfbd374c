"""The filters of cases: one set for pages, API, commands and exports, each addressable as URL.

    ?category=probable,definite&atc=L04AC&virus=hhv6&virus_result=positive&specimen=blood

Several values of one filter widen it, several filters narrow the result.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.db.models import Q, QuerySet

from cases.models import Case
from research.filters.drugs import DrugFilters, LatencyFilters
from research.filters.examinations import FindingFilters, LaboratoryFilters, VirusFilters
from research.filters.kinds import CERTAINLY, POSSIBLY, SCORE, Condition, Subject
from research.filters.report import PatientFilters, ReactionFilters, ReportFilters
from research.filters.score import ItemFilters, ScoreFilters

CHAPTERS: tuple[tuple[str, type[django_filters.FilterSet]], ...] = (
    ("DRESS classification", ScoreFilters),
    ("Drug", DrugFilters),
    ("Virus", VirusFilters),
    ("Time to onset", LatencyFilters),
    ("Peaks", LaboratoryFilters),
    ("Biopsy, organs, HLA", FindingFilters),
    ("Reaction and story", ReactionFilters),
    ("Patient", PatientFilters),
    ("Report", ReportFilters),
    ("Items of the score", ItemFilters),
)
CERTAINTIES = [
    (CERTAINLY, "Certainly: unknown and imprecise values don't fit"),
    (POSSIBLY, "Possibly: they fit unless they can't"),
]


class Certainty(django_filters.ChoiceFilter):
    """How ranges read what the report leaves open. No condition of its own."""

    def __init__(self) -> None:
        super().__init__(
            label="Ranges fit",
            choices=CERTAINTIES,
            empty_label=None,
            help_text="How dates, ages, latencies and peaks that are imprecise or unknown are taken.",
        )


class CaseFilter(
    ScoreFilters,
    DrugFilters,
    VirusFilters,
    LatencyFilters,
    LaboratoryFilters,
    FindingFilters,
    ReactionFilters,
    PatientFilters,
    ReportFilters,
    ItemFilters,  # type: ignore[misc, valid-type]
):
    """All of them. Where any value is wrong, nothing is found, and `errors` says what is wrong."""

    certainty = Certainty()

    class Meta:
        model = Case
        fields: list[str] = []

    @property
    def chosen(self) -> dict[str, Any]:
        """The conditions that are set, by name; none where a value is wrong."""
        if not self.is_valid():
            return {}
        return {name: value for name, value in self.form.cleaned_data.items() if self._is_set(name, value)}

    @property
    def certainty_chosen(self) -> str:
        return str(self.form.cleaned_data.get("certainty") or CERTAINLY) if self.is_valid() else CERTAINLY

    def filter_queryset(self, queryset: QuerySet[Case]) -> QuerySet[Case]:
        return self.found(self.certainty_chosen)

    def found(self, certainty: str, leaving_out: Iterable[str] = ()) -> QuerySet[Case]:
        """The cases that fit, ranges being read in this way; some of the filters may be left out."""
        found: QuerySet[Case] = self.queryset
        if not self.is_valid():
            return found.none()
        by_subject: dict[Subject, Q] = {}
        for name in self.chosen:
            subject = self.filters[name].subject
            if name not in leaving_out:
                by_subject[subject] = by_subject.get(subject, Q()) & self.holds(name, certainty)
        case = "score__pk" if any(subject.is_of_score for subject in by_subject) else "pk"
        for subject, condition in by_subject.items():
            found = found.filter(subject.has(condition, case))
        return found

    def holds(self, name: str, certainty: str) -> Q:
        """What a filter that is set asks of its table. What it has to look up is looked up once."""
        if (name, certainty) not in self._held:
            self._held[name, certainty] = self.filters[name].holds(self.chosen[name], certainty)
        return self._held[name, certainty]

    @cached_property
    def _held(self) -> dict[tuple[str, str], Q]:
        return {}

    @property
    def has_ranges(self) -> bool:
        return any(self.filters[name].is_of_interval for name in self.chosen)

    def undetermined(self) -> QuerySet[Case]:
        """The cases that would fit if what the report leaves open turned out so: neither yes nor no."""
        if not self.has_ranges:
            return Case.objects.none()
        surely = self.found(CERTAINLY).order_by().values("pk")
        return self.found(POSSIBLY).exclude(pk__in=surely)

    @property
    def speaks_of_scores(self) -> bool:
        """Whether outdated cases are left out."""
        return any(self.filters[name].subject == SCORE for name in self.chosen)

    @property
    def address(self) -> str:
        """The filters that are set as the query of an address, one spelling for one set."""
        told = {name: self.data_of(name) for name in (*self.chosen, "certainty")}
        return urlencode({name: value for name, value in told.items() if value})

    def data_of(self, name: str) -> str:
        """The value of one filter as it is written in an address."""
        widget = self.form.fields[name].widget
        told = widget.value_from_datadict(self.form.data, {}, name)
        return ",".join(told) if isinstance(told, list) else str(told or "").strip()

    def unknown(self, beside: Iterable[str] = ()) -> list[str]:
        """Names in the address that are no filter, nor one of those that the caller knows."""
        return sorted(set(self.data) - set(self.filters) - set(beside))

    def _is_set(self, name: str, value: Any) -> bool:
        return isinstance(self.filters[name], Condition) and value not in (None, "", [])
