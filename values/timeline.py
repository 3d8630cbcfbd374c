"""How long it was from one event of a case to another, given moments that refer to each other.

The letter that began this registry has not a single date: onset is ten days after the third
injection, the third injection is two months after the first. What lies between two events
follows from the chain of references that joins them, and only from that: where no chain does,
the answer is "unknown" and never a guess.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from values.dates import PartialDate, Precision
from values.moments import Moment
from values.spans import UNKNOWN_SPAN, Span

NO_TIME = Span.days(0)


class CircularReference(ValueError):
    """Two or more moments that are each told relative to the other. `events` names them."""

    def __init__(self, events: tuple[str, ...]) -> None:
        self.events = events
        super().__init__(f"These events are dated in a circle: {' -> '.join(events)}.")


class Timeline:
    """The dated and relatively dated events of one case, by their anchor names."""

    def __init__(self, events: Mapping[str, Moment]) -> None:
        self._events = events
        self._ways: dict[str, dict[str, Span]] = {}

    def between(self, start: str, end: str) -> Span:
        """Days from `start` to `end`, negative when `end` came first; unbounded where not known.

        Raises CircularReference.
        """
        if start == end:
            return NO_TIME
        from_start = self._way(start)
        for event, to_end in self._steps(end):
            if event in from_start:
                return to_end - from_start[event]
        return self._by_calendar(start, end)

    def calendar_date(self, event: str) -> PartialDate | None:
        """The date that was reported for an event itself; None when relative or absent."""
        moment = self._events.get(event)
        return None if moment is None else moment.date

    def check(self) -> None:
        """Raise CircularReference if any event is dated in a circle."""
        for event in self._events:
            self._way(event)

    def _way(self, event: str) -> dict[str, Span]:
        """The event itself, then each event it refers back to, with the days from there to it."""
        if event not in self._ways:
            self._ways[event] = dict(self._steps(event))
        return self._ways[event]

    def _steps(self, event: str) -> Iterator[tuple[str, Span]]:
        distance, seen = NO_TIME, [event]
        yield event, distance
        while (moment := self._events.get(event)) is not None and moment.offset is not None:
            event, distance = moment.anchor, distance + moment.offset.span
            if event in seen:
                raise CircularReference((*seen, event))
            seen.append(event)
            yield event, distance

    def _by_calendar(self, start: str, end: str) -> Span:
        (root, to_start), (other, to_end) = self._root(start), self._root(end)
        first, last = self.calendar_date(root), self.calendar_date(other)
        if first is None or last is None:
            return UNKNOWN_SPAN
        return days_between(first, last) + to_end - to_start

    def _root(self, event: str) -> tuple[str, Span]:
        *_, last = self._way(event).items()
        return last


def days_between(start: PartialDate, end: PartialDate) -> Span:
    """Days from one date to another, as wide as their precision leaves it.

    Counted in calendar days, as the field does (the 10th to the 25th is 15), unless both dates
    carry a time of day.
    """
    if min(start.precision, end.precision) >= Precision.HOUR:
        return Span.of_seconds(
            (end.earliest - start.latest).total_seconds(),
            (end.latest - start.earliest).total_seconds(),
        )
    (first, last), (earliest, latest) = _days_of(start), _days_of(end)
    return Span.days((earliest - last).days, (latest - first).days)


# The same dates come up again and again.
@lru_cache(maxsize=2**14)
def _days_of(told: PartialDate) -> tuple[date, date]:
    return told.first_day, told.last_day
