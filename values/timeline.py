"""The days between two events of a case, from moments that refer to each other.

A case report may have no date at all: onset is ten days after the third injection, the third
injection is two months after the first. The days between two events follow from the chain of
references that joins them, and only from that: where no chain does, they are unknown, never guessed.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from values.date_ranges import ReportedDate
from values.dates import Precision
from values.moments import Moment
from values.spans import UNKNOWN_SPAN, Span

ZERO_DAYS = Span.days(0)


class CircularReference(ValueError):
    """Two or more moments that are each dated relative to the other. `events` names them."""

    def __init__(self, events: tuple[str, ...]) -> None:
        self.events = events
        super().__init__(f"These events are dated in a circle: {' -> '.join(events)}.")


class Timeline:
    """The dated and relatively dated events of one case, by their anchor names."""

    def __init__(self, events: Mapping[str, Moment]) -> None:
        self._events = events
        self._chains: dict[str, dict[str, Span]] = {}

    def between(self, start: str, end: str) -> Span:
        """Days from `start` to `end`, negative when `end` came first; unbounded where unknown.

        Raises CircularReference.
        """
        if start == end:
            return ZERO_DAYS
        from_start = self._chain(start)
        for event, distance in self._steps(end):
            if event in from_start:
                return distance - from_start[event]
        return self._by_calendar(start, end)

    def calendar_date(self, event: str) -> ReportedDate | None:
        """The dates that an event itself can have, as reported; None when relative or absent."""
        moment = self._events.get(event)
        return None if moment is None else moment.possible

    def check(self) -> None:
        """Raise CircularReference if any event is dated in a circle."""
        for event in self._events:
            self._chain(event)

    def _chain(self, event: str) -> dict[str, Span]:
        """The event itself, then each event it refers back to, with the days from there to it."""
        if event not in self._chains:
            self._chains[event] = dict(self._steps(event))
        return self._chains[event]

    def _steps(self, event: str) -> Iterator[tuple[str, Span]]:
        distance, seen = ZERO_DAYS, [event]
        yield event, distance
        while (moment := self._events.get(event)) is not None and moment.offset is not None:
            event, distance = moment.anchor, distance + moment.span
            if event in seen:
                raise CircularReference((*seen, event))
            seen.append(event)
            yield event, distance

    def _by_calendar(self, start: str, end: str) -> Span:
        (start_root, start_distance), (end_root, end_distance) = self._root(start), self._root(end)
        start_date, end_date = self.calendar_date(start_root), self.calendar_date(end_root)
        if start_date is None or end_date is None:
            return UNKNOWN_SPAN
        return days_between(start_date, end_date) + end_distance - start_distance

    def _root(self, event: str) -> tuple[str, Span]:
        *_, last = self._chain(event).items()
        return last


def days_between(start: ReportedDate, end: ReportedDate) -> Span:
    """Days from one date to another, as wide as their precision leaves it.

    Counted in calendar days, as is usual in case reports (the 10th to the 25th is 15), unless both
    dates have a time of day.
    """
    if min(start.precision, end.precision) >= Precision.HOUR:
        return Span.of_seconds(
            (end.earliest - start.latest).total_seconds(),
            (end.latest - start.earliest).total_seconds(),
        )
    (first, last), (earliest, latest) = _days_of(start), _days_of(end)
    return Span.days((earliest - last).days, (latest - first).days)


# Dates repeat from row to row and from case to case.
@lru_cache(maxsize=2**14)
def _days_of(reported: ReportedDate) -> tuple[date, date]:
    return reported.first_day, reported.last_day
