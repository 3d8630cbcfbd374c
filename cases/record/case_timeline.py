"""The time line of a case: days from the onset of its reaction to any other event."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from math import ceil, floor

from cases.models import CaseRow, Reaction
from cases.record.case_record import SOURCES, CaseRecord
from values.dates import PartialDate
from values.moments import Moment
from values.spans import UNKNOWN_SPAN, Span
from values.timeline import CircularReference, Timeline, days_between

LATEST_INFORMATION = "report.latest_information"
DEATH = "patient.death"
# A day from which calendar dates are counted, as an event like any other.
DAY_ZERO, ZERO = "calendar.zero", date(1900, 1, 1)
# Moments beside the start and the end of a row, with the name of the event; {} is the row's anchor.
EVENTS = (("response_at", "{}.response"), ("relapse", "{}.relapse"), ("death_date", DEATH))


class CaseTimeline:
    """The time line of one case, counted from the onset of the assessed reaction.

    Events bear the anchors of their rows. Days are intervals, since dates may be partial or relative.
    """

    def __init__(self, record: CaseRecord) -> None:
        self._timeline = Timeline({**dict(events(record)), DAY_ZERO: _on(ZERO)})
        self._days: dict[str, Span] = {}
        self.reactions = assessed_reactions(record)
        self.onset = self._earliest([reaction.anchor for reaction in self.reactions])

    def days_to(self, event: str) -> Span:
        """Days from onset to an event; negative before it; unbounded where not known."""
        if self.onset is None:
            return UNKNOWN_SPAN
        if event not in self._days:
            self._days[event] = self.between(self.onset, event)
        return self._days[event]

    def between(self, start: str, end: str) -> Span:
        """Days between two events. Events dated in a circle are no information."""
        try:
            return self._timeline.between(start, end)
        except CircularReference:
            return UNKNOWN_SPAN

    def days_of_onset(self) -> tuple[date | None, date | None]:
        """The first and the last day on which the reaction can have begun; None where not known."""
        since = self.between(DAY_ZERO, self.onset) if self.onset else UNKNOWN_SPAN
        return (
            None if since.low is None else _after_zero(floor(since.low)),
            None if since.high is None else _after_zero(ceil(since.high)),
        )

    def days_at(self, moment: Moment) -> Span:
        """Days from onset to a moment of a row that is no event of the time line."""
        if moment.possible is None:
            return self.days_to(moment.anchor) + moment.span
        return self.days_to(DAY_ZERO) + days_between(PartialDate.of(ZERO), moment.possible)

    def _earliest(self, events: list[str]) -> str | None:
        """The first of several onsets; where their order isn't known, the first entered."""
        if not events:
            return None
        earliest = events[0]
        for event in events[1:]:
            gap = self.between(earliest, event)
            if gap.high is not None and gap.high < 0:
                earliest = event
        return earliest


def assessed_reactions(record: CaseRecord) -> list[Reaction]:
    """The reactions that the score is about: those marked so, else the first one entered."""
    reactions = record.all(Reaction)
    return [reaction for reaction in reactions if reaction.is_assessed] or reactions[:1]


def events(record: CaseRecord) -> Iterator[tuple[str, Moment]]:
    """Every event of a case that has a moment, by the name under which others refer to it."""
    for model in SOURCES:
        for row in record.all(model):
            yield from _moments_of(row)
    if record.case.latest_information:
        yield LATEST_INFORMATION, _on(record.case.latest_information)


def _moments_of(row: CaseRow) -> Iterator[tuple[str, Moment]]:
    for name, event in dated(type(row)):
        moment = getattr(row, name)
        if moment is not None:
            yield event.format(row.anchor), moment


@cache
def dated(model: type[CaseRow]) -> list[tuple[str, str]]:
    """The columns of a model that hold moments, with the events that these are."""
    columns = {field.name for field in model._meta.fields}
    named = ((model.starts, "{}"), (model.ends, "{}.end"), *EVENTS)
    return [(name, event) for name, event in named if name in columns]


def _after_zero(days: int) -> date | None:
    """A calendar date; None for one beyond the calendar."""
    try:
        return ZERO + timedelta(days=days)
    except OverflowError:
        return None


def _on(day: date) -> Moment:
    return Moment(date=PartialDate.of(day))
