"""Facets, comparisons and manifests for readers without identities: small counts are withheld."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace

from django.conf import settings

from cases.models.examination import Virus
from research.facets import NO_VALUE, OF_CASE, OF_SCORE, SPELLED, Facets
from research.filters import CaseFilter
from research.small_cells import Count, Sum, protect
from research.summaries import OPEN, Positivity, Summary

TOTAL = "total"
YES, NO = SPELLED[True], SPELLED[False]


def protected_facets(facets: Facets, filters: CaseFilter) -> Facets:
    """The facets of a search as they may be shown. The cases without a value are never shown."""
    if not facets.counts:
        return facets
    counts = _offered_counts(facets, filters)
    partitions = [name for name in (*OF_SCORE, *OF_CASE) if name in facets.counts]
    sums = [_partition(counts, name) for name in partitions]
    hidden = {(name, NO_VALUE) for name in partitions if (name, NO_VALUE) in counts}
    totals = {group.total for group in sums}
    if facets.settled is not None:
        sums += _settled_sums(counts, facets, filters, hidden)
    shown = protect(counts, sums, limit=settings.SMALL_CELLS_BELOW, exempt=totals, hidden=hidden)
    by_name = {name: _of(shown, name) for name in facets.counts}
    settled = None if facets.settled is None else _of(shown, "settled of class")
    return replace(facets, counts=by_name, settled=settled)


def _offered_counts(facets: Facets, filters: CaseFilter) -> dict[Hashable, int]:
    """The count of every value that is offered, and of cases without one; nullified ones only if counted."""
    counts: dict[Hashable, int] = {(name, NO_VALUE): blank for name, blank in facets.blank.items() if blank}
    for name in facets.counts:
        for value, _ in filters.filters[name].offered:
            if (count := facets.count(name, value)) is not None:
                counts[name, value] = int(count)
    return counts


def _partition(counts: dict[Hashable, int], name: str) -> Sum:
    """The values of a filter as parts of their total, which is added to the counts."""
    parts = tuple(key for key in counts if isinstance(key, tuple) and key[0] == name)
    counts[TOTAL, name] = sum(counts[key] for key in parts)
    return Sum((TOTAL, name), parts)


def _settled_sums(
    counts: dict[Hashable, int], facets: Facets, filters: CaseFilter, hidden: set[tuple[str, str]]
) -> list[Sum]:
    """Each class as its settled and its open cases, and all settled and open ones of the chosen classes."""
    classes = [value for value, _ in filters.filters["category"].offered]
    for value in classes:
        settled = int((facets.settled or {}).get(value, 0))
        counts["settled of class", value] = settled
        counts["open of class", value] = counts["category", value] - settled
        hidden.add(("open of class", value))
    chosen = filters.chosen.get("category") or classes
    of_classes = [
        Sum(("category", value), (("settled of class", value), ("open of class", value))) for value in classes
    ]
    of_all = [
        Sum(("settled", answer), tuple((words, value) for value in chosen))
        for answer, words in ((YES, "settled of class"), (NO, "open of class"))
    ]
    return of_classes + [group for group in of_all if _adds_up(counts, group)]


def _adds_up(counts: Mapping[Hashable, int], group: Sum) -> bool:
    """Not where cases without a class are counted as settled or open too."""
    return counts[group.total] == sum(counts[part] for part in group.parts)


def _of(shown: Mapping[Hashable, Count], name: str) -> dict[str, Count]:
    return {key[1]: count for key, count in shown.items() if isinstance(key, tuple) and key[0] == name}


def protected_pair(a: Summary, b: Summary) -> tuple[Summary, Summary]:
    """Two summaries side by side as they may be shown.

    A virus that was looked for in few cases of both is left out: its row would say that there are some.
    """
    sides = [_protected(side) for side in (a, b)]
    shown = {virus.virus for side in sides for virus in side.viruses if isinstance(virus.tested, int)}
    a, b = (
        replace(side, viruses=[virus for virus in side.viruses if virus.virus in shown]) for side in sides
    )
    return a, b


def _protected(side: Summary) -> Summary:
    scored = side.total - side.outdated
    classes = _protected_classes(side)
    return replace(
        side,
        classes=_of(classes, "class"),
        settled=_of(classes, "settled"),
        latency=protected_parts(side.latency, scored),
        half_lives=protected_parts(side.half_lives, scored),
        viruses=_protected_viruses(side.viruses),
    )


def _protected_classes(side: Summary) -> dict[Hashable, Count]:
    """Classes of the scored cases, each with its settled cases; the open ones are nowhere shown."""
    counts: dict[Hashable, int] = {("class", words): int(count) for words, count in side.classes.items()}
    sums = [_partition(counts, "class")]
    hidden = set()
    for words, settled in side.settled.items():
        if words != OPEN:
            counts["settled", words] = int(settled)
            counts["open", words] = counts["class", words] - int(settled)
            sums.append(Sum(("class", words), (("settled", words), ("open", words))))
            hidden.add(("open", words))
    limit, exempt = settings.SMALL_CELLS_BELOW, {sums[0].total}
    return protect(counts, sums, limit=limit, exempt=exempt, hidden=hidden)


def protected_parts(parts: Mapping[str, Count], total: int) -> dict[str, Count]:
    """Counts that exclude each other, of a total that is shown; what is in none of them is not shown."""
    counts: dict[Hashable, int] = {("part", words): int(count) for words, count in parts.items()}
    if blank := total - sum(counts.values()):
        counts["part", NO_VALUE] = blank
    group = _partition(counts, "part")
    limit, hidden = settings.SMALL_CELLS_BELOW, {("part", NO_VALUE)} & counts.keys()
    return _of(protect(counts, [group], limit=limit, exempt={group.total}, hidden=hidden), "part")


def _protected_viruses(viruses: Iterable[Positivity]) -> list[Positivity]:
    """Every virus, so that no row says that somebody was tested."""
    by_name = {virus.virus: virus for virus in viruses}
    return [
        _protected_virus(by_name.get(str(words), Positivity(str(words), 0, 0))) for _, words in Virus.choices
    ]


def _protected_virus(virus: Positivity) -> Positivity:
    tested, positive = int(virus.tested), int(virus.positive)
    counts: dict[Hashable, int] = {"tested": tested, "positive": positive, "negative": tested - positive}
    group = Sum("tested", ("positive", "negative"))
    shown = protect(counts, [group], limit=settings.SMALL_CELLS_BELOW, hidden={"negative"})
    return Positivity(virus.virus, shown["tested"], shown["positive"])


def protected_rows(rows: Mapping[str, int], exempt: Iterable[str]) -> dict[str, Count]:
    """Rows by table of a download, the sum of which is shown. `exempt`: tables that hold no data of cases,
    or as many rows as there are cases."""
    counts: dict[Hashable, int] = {("rows", table): count for table, count in rows.items()}
    group = _partition(counts, "rows")
    exempt_keys = {group.total, *(("rows", table) for table in exempt)}
    return _of(protect(counts, [group], limit=settings.SMALL_CELLS_BELOW, exempt=exempt_keys), "rows")
