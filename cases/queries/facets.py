"""How many cases each value of a filter would find: three grouped queries, however many values.

A value is counted as if nothing else were chosen in its own filter, all other filters being as they are.
Beyond `MOST_LOOKED_AT` cases the newest of them are counted, so that no page pays for the whole table.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from cases.models import Case, CaseScore, ViralTest
from cases.queries.filters import CaseFilter
from cases.queries.filters.kinds import VIRUS

MOST_LOOKED_AT = 10_000
# Filter -> column, one query each.
OF_SCORE = {
    "category": "standing_category",
    "origin": "standing_origin",
    "present": "present_at_onset",
}
OF_CASE = {"state": "state", "report_type": "report_type", "synthetic": "is_synthetic", "sex": "patient__sex"}
OF_VIRUS = "virus"
SPELLED = {True: "yes", False: "no"}


@dataclass(frozen=True)
class Facets:
    """Cases by filter and value. Not exact when only the newest cases were looked at."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    is_exact: bool = True


def facets(filters: CaseFilter) -> Facets:
    """The counts beside the values; none where a filter is wrong. Three queries."""
    if not filters.is_valid():
        return Facets()
    scores = CaseScore.objects.filter(is_current=True, case__in=_looked_at(filters, OF_SCORE))
    counts = {
        **_folded(filters, OF_SCORE, scores),
        **_folded(filters, OF_CASE, Case.objects.filter(pk__in=_looked_at(filters, OF_CASE))),
        OF_VIRUS: _viruses(filters),
    }
    looked_at = max(sum(counts[name].values()) for name in ("category", "state"))
    return Facets(counts, is_exact=looked_at < MOST_LOOKED_AT)


def _looked_at(filters: CaseFilter, leaving_out: Iterable[str]) -> QuerySet[Any]:
    found = filters.found(filters.certainty_chosen, leaving_out=leaving_out)
    return found.order_by("-pk").values("pk")[:MOST_LOOKED_AT]


def _folded(filters: CaseFilter, names: dict[str, str], rows: QuerySet[Any]) -> dict[str, dict[str, int]]:
    """Count the combinations once; then add up for each filter those that the others of the group allow."""
    combinations = rows.order_by().values_list(*names.values()).annotate(Count("pk"))
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    chosen = [filters.chosen.get(name, ()) for name in names]
    for *values, count in combinations:
        told = [SPELLED.get(value, value) for value in values]
        fits = [not wanted or value in wanted for value, wanted in zip(told, chosen, strict=True)]
        for at, name in enumerate(names):
            if all(fits[:at] + fits[at + 1 :]) and told[at] not in ("", None):
                counts[name][told[at]] += count
    return {name: dict(counted) for name, counted in counts.items()}


def _viruses(filters: CaseFilter) -> dict[str, int]:
    """Cases by virus, all that is chosen of the test itself holding for the same test."""
    condition = Q()
    for name, value in filters.chosen.items():
        known = filters.filters[name]
        if known.subject == VIRUS and name != OF_VIRUS:
            condition &= known.holds(value, filters.certainty_chosen)
    tests = ViralTest.objects.filter(VIRUS.only, condition, case__in=_looked_at(filters, [OF_VIRUS]))
    counted = tests.order_by().values_list("virus").annotate(Count("case", distinct=True))
    return dict(counted)
