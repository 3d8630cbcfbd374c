"""How many cases each value of a filter would find: three grouped queries, however many values.

A value is counted as if nothing else were chosen in its own filter, all other filters being as they are.
Beyond `MOST_LOOKED_AT` cases the newest of them are counted, so that no page pays for the whole table:
their keys are read once, and the groups are found by them. All are counted for who asks for it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from assessments.models import Standing
from cases.models import Case, CaseState, ViralTest
from research.filters import CaseFilter
from research.filters.class_by import CLASS_BY
from research.filters.conditions import VIRUS
from research.small_cells import Count
from scoring.instruments import PRIMARY

MOST_LOOKED_AT = 1_000
# Filter -> column, one query each.
OF_SCORE = {
    "category": "counted_class",
    "settled": "is_settled",
    "origin": "origin",
    "present": "case__summary__present_at_onset",
}
OF_CASE = {"state": "state", "report_type": "report_type", "synthetic": "is_synthetic", "sex": "patient__sex"}
OF_VIRUS = "virus"
SPELLED = {True: "yes", False: "no"}
# Cases without a value of the filter are counted under this; it is no value to choose.
NO_VALUE = ""


@dataclass(frozen=True)
class Facets:
    """Cases by filter and value. Not exact when only the newest cases were looked at.

    `settled`: of the cases by class those where one class alone is in reach; None where that is chosen. A
    count is text where it is withheld. `blank`: cases without a value, by filter.
    """

    counts: Mapping[str, Mapping[str, Count]] = field(default_factory=dict)
    settled: Mapping[str, Count] | None = None
    is_exact: bool = True
    blank: Mapping[str, int] = field(default_factory=dict)

    def count(self, name: str, value: str) -> Count | None:
        """The cases of a value; None where they aren't counted: nullified ones are left out."""
        if name not in self.counts:
            return None
        unless_counted = None if (name, value) == ("state", CaseState.NULLIFIED) else 0
        return self.counts[name].get(value, unless_counted)


def facets(filters: CaseFilter, *, of_all: bool = False) -> Facets:
    """The counts beside the values; none where a filter is wrong. `of_all`: without a limit.

    Three queries, one for the keys, and one more for each group of which something is chosen.
    """
    if not filters.is_valid():
        return Facets()
    keys = _Keys(filters, of_all=of_all)
    standings = _standings(filters).filter(case__in=keys.but(OF_SCORE))
    of_score = _combinations(filters, OF_SCORE, standings)
    of_case = _combinations(filters, OF_CASE, Case.objects.filter(pk__in=keys.but(OF_CASE)))
    counts = {
        **_folded(OF_SCORE, of_score),
        **_folded(OF_CASE, of_case),
        OF_VIRUS: _viruses(filters, keys.but([OF_VIRUS])),
    }
    blank = {name: of_values.pop(NO_VALUE, 0) for name, of_values in counts.items()}
    return Facets(counts, _settled(filters, of_score), is_exact=keys.are_all, blank=blank)


def _standings(filters: CaseFilter) -> QuerySet[Any]:
    counted = CLASS_BY[filters.class_by_chosen].expression
    standings = Standing.objects.filter(is_current=True, instrument=PRIMARY, exposure=None)
    return standings.annotate(counted_class=counted)


class _Keys:
    """The keys of the newest cases that fit, some filters being left out."""

    def __init__(self, filters: CaseFilter, *, of_all: bool) -> None:
        self.filters, self.of_all = filters, of_all
        self._read: dict[frozenset[str], list[int]] = {}

    def but(self, names: Iterable[str]) -> Any:
        """As a subquery: of one array, which the planner knows the length of, or of all that fit."""
        left_out = frozenset(names).intersection(self.filters.chosen)
        if self.of_all:
            return self._found(left_out).order_by().values("pk")
        if left_out not in self._read:
            newest = self._found(left_out).order_by("-pk").values_list("pk", flat=True)
            self._read[left_out] = list(newest[:MOST_LOOKED_AT])
        return RawSQL("SELECT unnest(%s::bigint[])", [self._read[left_out]])

    def _found(self, left_out: Iterable[str]) -> QuerySet[Case]:
        return self.filters.matching(self.filters.certainty_chosen, leaving_out=left_out)

    @property
    def are_all(self) -> bool:
        return all(len(keys) < MOST_LOOKED_AT for keys in self._read.values())


@dataclass(frozen=True)
class _Combination:
    """So many cases with these values. `misfits`: the filters of the group that don't choose their value."""

    values: dict[str, str]
    misfits: set[str]
    count: int


def _combinations(filters: CaseFilter, names: dict[str, str], rows: QuerySet[Any]) -> list[_Combination]:
    """Every combination of values of a group of filters, counted once. One query."""
    combinations = rows.order_by().values_list(*names.values()).annotate(CountOf("pk"))
    return [_combination(filters, names, values, count) for *values, count in combinations]


def _combination(filters: CaseFilter, names: Iterable[str], values: list[Any], count: int) -> _Combination:
    spelled = {name: SPELLED.get(value, value) for name, value in zip(names, values, strict=True)}
    chosen = {name: filters.chosen.get(name, ()) for name in spelled}
    misfits = {name for name, value in spelled.items() if chosen[name] and value not in chosen[name]}
    return _Combination(spelled, misfits, count)


def _folded(names: Iterable[str], combinations: list[_Combination]) -> dict[str, dict[str, int]]:
    """For each filter add up the combinations that the others of the group allow."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    for combination in combinations:
        for name, value in combination.values.items():
            if combination.misfits <= {name}:
                counts[name][value or NO_VALUE] += combination.count
    return {name: dict(counted) for name, counted in counts.items()}


def _settled(filters: CaseFilter, combinations: list[_Combination]) -> dict[str, int] | None:
    """The settled cases of each class; None where the search or the count is of settled or open ones."""
    if "settled" in filters.chosen or filters.class_by_chosen == "settled":
        return None
    counted: Counter[str] = Counter()
    for combination in combinations:
        if combination.misfits <= {"category"} and combination.values["settled"] == SPELLED[True]:
            counted[combination.values["category"]] += combination.count
    return counted


def _viruses(filters: CaseFilter, keys: RawSQL) -> dict[str, int]:
    """Cases by virus, all that is chosen of the test itself holding for the same test."""
    condition = Q()
    for name in filters.chosen:
        if filters.filters[name].subject == VIRUS and name != OF_VIRUS:
            condition &= filters.holds(name, filters.certainty_chosen)
    tests = ViralTest.objects.filter(VIRUS.only, condition, case__in=keys)
    counted = tests.order_by().values_list("virus").annotate(CountOf("case", distinct=True))
    return dict(counted)
