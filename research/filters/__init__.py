"""The filters of cases, for pages, API, commands and exports alike; the query of an address holds them.

    ?category=probable,definite&atc=L04AC&virus=hhv6&virus_result=positive&specimen=blood

Several values of one filter widen it, several filters narrow the result.
"""

from collections.abc import Iterable
from copy import deepcopy
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.db.models import Q, QuerySet

from assessments.standings import with_standing
from cases.models import Case, CaseState
from research.filters.conditions import CERTAINLY, POSSIBLY, Condition, Subject
from research.filters.drugs import DrugFilters, LatencyFilters
from research.filters.examinations import FindingFilters, LaboratoryFilters, VirusFilters
from research.filters.instruments import chapters_of_others, filters_of_others
from research.filters.report import PatientFilters, ReactionFilters, ReportFilters
from research.filters.score import ItemFilters, ScoreFilters
from research.filters.switches import INCLUDE, LEAVE_OUT, ONLY, certainty, class_by, nullified
from research.filters.without_identities import narrowed

SWITCHES = ("class_by", "certainty", "nullified")
NULLIFIED = Q(state=CaseState.NULLIFIED)
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


WITHHELD = "“{}” searches by what is shown only to readers who may see identities."


def all_chapters() -> list[tuple[str, list[str]]]:
    """The chapters of the search page with the names of their filters."""
    own = [(title, list(chapter.base_filters)) for title, chapter in CHAPTERS]
    return own + [(title, list(chapter)) for title, chapter in chapters_of_others()]


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
    """All filters together. Where any value is invalid, no case is found, and `errors` names the problem."""

    certainty, class_by, nullified = certainty(), class_by(), nullified()

    class Meta:
        model = Case
        fields: list[str] = []

    def __init__(self, *args: Any, identities: bool = False, **kwargs: Any) -> None:
        """`identities`: for a reader who may see them; others search by what they are shown."""
        super().__init__(*args, **kwargs)
        every = {**deepcopy(self.base_filters), **filters_of_others()}
        self.filters: dict[str, Any] = every if identities else narrowed(every)
        for condition in self.filters.values():
            condition.parent, condition.model = self, Case
        self.identities = identities

    @classmethod
    def all_filters(cls) -> dict[str, django_filters.Filter]:
        """Every filter by its name, those of other instruments included."""
        return {**cls.base_filters, **filters_of_others()}

    @property
    def chosen(self) -> dict[str, Any]:
        """The values of the filters that are set, by name; none where any value is invalid."""
        if not self.is_valid():
            return {}
        return {name: value for name, value in self.form.cleaned_data.items() if self._is_set(name, value)}

    @property
    def certainty_chosen(self) -> str:
        """`certainly` or `possibly`."""
        return self.switched("certainty")

    @property
    def class_by_chosen(self) -> str:
        """A key of `CLASS_BY`: which class of a case is searched and counted."""
        return self.switched("class_by")

    @property
    def nullified_chosen(self) -> str:
        """`leave_out`, `include` or `only`. Who searches for the state isn't left without it."""
        chosen = self.switched("nullified")
        is_searched = CaseState.NULLIFIED in self.chosen.get("state", ())
        return INCLUDE if chosen == LEAVE_OUT and is_searched else chosen

    def switched(self, name: str) -> str:
        """The choice of a switch; its default where none is set or any value is invalid."""
        chosen = self.form.cleaned_data.get(name) if self.is_valid() else ""
        return str(chosen or self.filters[name].default)

    @property
    def switches_set(self) -> list[str]:
        """The switches that don't stand at their default."""
        return [name for name in SWITCHES if self.switched(name) != self.filters[name].default]

    def filter_queryset(self, queryset: QuerySet[Case]) -> QuerySet[Case]:
        return self.matching(self.certainty_chosen)

    @property
    def all_cases(self) -> QuerySet[Case]:
        """The cases among which is searched: with the nullified ones, without them, or these only."""
        return self._all_cases(self.nullified_chosen)

    def _all_cases(self, nullified: str) -> QuerySet[Case]:
        cases: QuerySet[Case] = self.queryset
        if nullified == INCLUDE:
            return cases
        return cases.filter(NULLIFIED if nullified == ONLY else ~NULLIFIED)

    def nullified_left_out(self) -> QuerySet[Case]:
        """The nullified cases that all filters would find, and that are left out."""
        if self.nullified_chosen != LEAVE_OUT:
            return Case.objects.none()
        return self.matching(self.certainty_chosen, nullified=ONLY)

    def matching(
        self, certainty: str, leaving_out: Iterable[str] = (), nullified: str = ""
    ) -> QuerySet[Case]:
        """The cases that match all filters but those left out, ranges with this certainty.

        `nullified`: another choice than the one that is set.
        """
        if not self.is_valid():
            return Case.objects.none()
        cases = self._all_cases(nullified or self.nullified_chosen)
        by_subject: dict[Subject, Q] = {}
        for name in self.chosen:
            subject = self.filters[name].subject
            if name not in leaving_out:
                by_subject[subject] = by_subject.get(subject, Q()) & self.holds(name, certainty)
        case = next((subject.key for subject in by_subject if subject.relation), "pk")
        for instrument in {subject.instrument for subject in by_subject if subject.instrument}:
            cases = with_standing(cases, instrument)
        # In one call: with each further one, Django would join the standing once more.
        return cases.filter(*[subject.has(condition, case) for subject, condition in by_subject.items()])

    def holds(self, name: str, certainty: str) -> Q:
        """The condition of a filter on its table; cached, as some filters look up drugs for it."""
        if (name, certainty) not in self._conditions:
            self._conditions[name, certainty] = self.filters[name].holds(self.chosen[name], certainty)
        return self._conditions[name, certainty]

    @cached_property
    def _conditions(self) -> dict[tuple[str, str], Q]:
        return {}

    @property
    def has_ranges(self) -> bool:
        """Whether a range is set, so that cases can be undetermined."""
        return any(self.filters[name].is_of_interval for name in self.chosen)

    def undetermined(self) -> QuerySet[Case]:
        """The cases that possibly match, but not certainly."""
        if not self.has_ranges:
            return Case.objects.none()
        certain = self.matching(CERTAINLY).order_by().values("pk")
        return self.matching(POSSIBLY).exclude(pk__in=certain)

    @property
    def needs_current_score(self) -> bool:
        """Whether a filter is set that leaves out cases with outdated scores."""
        return any(self.filters[name].subject.relation for name in self.chosen)

    @property
    def address(self) -> str:
        """The filters that are set, as the query of an address; the same filters give the same text."""
        values = {name: self.data_of(name) for name in (*self.chosen, *SWITCHES)}
        return urlencode({name: value for name, value in values.items() if value})

    def data_of(self, name: str) -> str:
        """The value of one filter as it is written in an address."""
        chosen = self.form.cleaned_data.get(name) if self.is_valid() else None
        if isinstance(chosen, date):
            return chosen.isoformat()
        widget = self.form.fields[name].widget
        value = widget.value_from_datadict(self.form.data, {}, name)
        return ",".join(value) if isinstance(value, list) else str(value or "").strip()

    def unknown(self, other_parameters: Iterable[str] = ()) -> list[str]:
        """Names in the address that are neither a filter nor another parameter of the page."""
        return sorted(set(self.data) - set(self.all_filters()) - set(other_parameters))

    def withheld(self) -> list[str]:
        """The labels of filters in the address that search by what this reader isn't shown."""
        asked = set(self.data) & set(self.all_filters()) - set(self.filters)
        return sorted(str(self.all_filters()[name].label) for name in asked)

    def _is_set(self, name: str, value: Any) -> bool:
        return isinstance(self.filters[name], Condition) and value not in (None, "", [])
