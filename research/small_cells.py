"""Small counts are withheld from readers without identities, and whatever would give them away.

A count below a limit is shown as "<5" (nought as well). Where numbers add up, a count withheld alone could be
worked out by subtraction, so the next smallest is withheld too, until no withheld count has only one possible
value. In the end those are shown after all that protect nothing. Differences between two searches are not
looked at.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

WITHHELD = "withheld"
Count = int | str
# Ranges narrow in a few rounds, as sums have two levels; more would only be slow.
MOST_ROUNDS = 20


@dataclass(frozen=True)
class Sum:
    """A count that its parts add up to; all are keys of the counts."""

    total: Hashable
    parts: tuple[Hashable, ...]

    @property
    def members(self) -> tuple[Hashable, ...]:
        return (self.total, *self.parts)


@dataclass(frozen=True)
class Reading:
    """What a reader knows: counts, the limit, and which counts are not shown.

    `small`: shown as below the limit; `others`: withheld so that no small one is given away, and therefore
    known to be at the limit or above; `hidden`: never shown at all.
    """

    counts: Mapping[Hashable, int]
    sums: tuple[Sum, ...]
    limit: int
    small: frozenset[Hashable]
    others: frozenset[Hashable]
    hidden: frozenset[Hashable]

    @property
    def unknown(self) -> frozenset[Hashable]:
        return self.small | self.others | self.hidden

    def given_away(self) -> frozenset[Hashable]:
        """The withheld counts, and the small hidden ones, that a reader can work out."""
        secret = self.small | self.others | {key for key in self.hidden if 0 < self.counts[key] < self.limit}
        return frozenset(secret & (self._by_range() | self._by_subtraction()))

    def _by_range(self) -> set[Hashable]:
        """What has one possible value left: each count at least and at most, narrowed by every sum."""
        ranges = {key: self._range(key) for group in self.sums for key in group.members}
        for _ in range(MOST_ROUNDS):
            before = dict(ranges)
            for group in self.sums:
                _narrow(ranges, group)
            if ranges == before:
                break
        return {key for key, (low, high) in ranges.items() if low == high}

    def _range(self, key: Hashable) -> tuple[float, float]:
        if key in self.small:
            return 0, self.limit - 1
        if key in self.unknown:
            return (self.limit if key in self.others else 0), float("inf")
        return self.counts[key], self.counts[key]

    def _by_subtraction(self) -> set[Hashable]:
        """What follows from several sums together: they are solved as linear equations."""
        keys = [key for key in self.counts if key in self.unknown]
        rows = [_equation(group, keys) for group in self.sums]
        return {
            keys[places[0]]
            for row in _solved(rows, len(keys))
            if len(places := [at for at, factor in enumerate(row) if factor]) == 1
        }


def protect(
    counts: Mapping[Hashable, int],
    sums: Iterable[Sum] = (),
    *,
    limit: int,
    exempt: Collection[Hashable] = (),
    hidden: Collection[Hashable] = (),
) -> dict[Hashable, Count]:
    """The counts as they may be shown: a number, "<5" (of `limit` 5), or "withheld".

    `exempt`: shown whatever they are. `hidden`: part of a sum, but nowhere shown; a reader must not be able
    to work out a small one of them, and may work out that there is none.
    """
    protected: dict[Hashable, Count] = {}
    for group in _independent(counts, tuple(sums)):
        of_group = {key: counts[key] for key in group.members}
        protected |= _protect(of_group, group.sums, limit, frozenset(exempt), frozenset(hidden))
    return {key: protected[key] for key in counts if key not in hidden}


class _Independent(NamedTuple):
    """Counts that no sum joins to others, with the sums of theirs."""

    members: tuple[Hashable, ...]
    sums: tuple[Sum, ...]


def _independent(counts: Mapping[Hashable, int], sums: tuple[Sum, ...]) -> list[_Independent]:
    """The counts in groups that share no sum: each is protected for itself, which is much faster."""
    groups = [_Independent((key,), ()) for key in counts]
    for group in sums:
        joined = [other for other in groups if not set(other.members).isdisjoint(group.members)]
        groups = [other for other in groups if other not in joined]
        members = tuple(key for other in joined for key in other.members)
        groups.append(_Independent(members, (*(own for other in joined for own in other.sums), group)))
    return groups


def _protect(
    counts: Mapping[Hashable, int],
    sums: tuple[Sum, ...],
    limit: int,
    exempt: frozenset[Hashable],
    hidden: frozenset[Hashable],
) -> dict[Hashable, Count]:
    shown = [key for key in counts if key not in hidden]
    small = frozenset(key for key in shown if key not in exempt and counts[key] < limit)
    free = sorted((key for key in shown if key not in exempt and key not in small), key=counts.__getitem__)
    reading = Reading(counts, sums, limit, small, frozenset(), hidden & counts.keys())
    while free and (given_away := reading.given_away()):
        free.remove(following := _next_smallest(free, given_away, reading.sums))
        reading = replace(reading, others=reading.others | {following})
    reading = _narrowed(reading)
    return {key: _shown(reading, key) for key in shown}


def _narrowed(reading: Reading) -> Reading:
    """Without those that needn't be withheld after all: they were taken before the one that protects most.

    The parts of a sum together, as of two that protect each other neither can be shown alone; then each.
    """
    if reading.given_away():
        return reading
    largest_first = sorted(reading.others, key=reading.counts.__getitem__, reverse=True)
    for keys in (*(group.parts for group in reading.sums), *((key,) for key in largest_first)):
        narrower = replace(reading, others=reading.others.difference(keys))
        if narrower.others != reading.others and not narrower.given_away():
            reading = narrower
    return reading


def _next_smallest(free: list[Hashable], given_away: frozenset[Hashable], sums: tuple[Sum, ...]) -> Hashable:
    """The smallest count that stands in a sum with one that is given away; else the smallest of all."""
    beside = {key for group in sums if not given_away.isdisjoint(group.members) for key in group.members}
    return next((key for key in free if key in beside), free[0])


def _shown(reading: Reading, key: Hashable) -> Count:
    if key in reading.small:
        return f"<{reading.limit}"
    return WITHHELD if key in reading.others else reading.counts[key]


def _narrow(ranges: dict[Hashable, tuple[float, float]], group: Sum) -> None:
    """Narrow the ranges of a total and its parts by each other."""
    low, high = (sum(ranges[key][end] for key in group.parts) for end in (0, 1))
    ranges[group.total] = _both(ranges[group.total], low, high)
    least, most = ranges[group.total]
    for key in group.parts:
        others = [ranges[other] for other in group.parts if other != key]
        ranges[key] = _both(
            ranges[key], least - sum(end for _, end in others), most - sum(end for end, _ in others)
        )


def _both(known: tuple[float, float], low: float, high: float) -> tuple[float, float]:
    return max(known[0], low), min(known[1], high)


def _equation(group: Sum, keys: list[Hashable]) -> list[Fraction]:
    """The factors of the unknown counts in "total minus parts"."""
    return [Fraction((key == group.total) - (key in group.parts)) for key in keys]


def _solved(rows: list[list[Fraction]], width: int) -> list[list[Fraction]]:
    """The equations in reduced row echelon form."""
    done = 0
    for at in range(width):
        pivot = next((row for row in range(done, len(rows)) if rows[row][at]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [factor / rows[done][at] for factor in rows[done]]
        for row in range(len(rows)):
            if row != done and (times := rows[row][at]):
                rows[row] = [a - times * b for a, b in zip(rows[row], rows[done], strict=True)]
        done += 1
    return rows
