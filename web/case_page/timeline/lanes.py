"""The content of the time line before it has an axis: lanes of bars and marks, in days from onset."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from assessments.display.words import from_onset
from cases.models import CaseRow, Phase
from cases.record.case_timeline import CaseTimeline
from values.moment_text import format_moment
from values.moments import Moment
from values.spans import UNKNOWN_SPAN, Span
from web.case_page.timeline.share import Share

REACTION = Phase.REACTION.value
BACKGROUND = Phase.BACKGROUND.value


@dataclass(frozen=True)
class Mark:
    """Something of one day. `event` is its name on the time line, `shape` how it is drawn."""

    event: str
    days: Span
    text: str
    shape: str = "dot"  # dot, dose, positive, negative, words, not_done, relapse, death, response
    word: str = ""
    phase: str = REACTION
    value: float | None = None
    when: str = ""  # as it was reported


@dataclass(frozen=True)
class Bar:
    """Something that lasted. An end that is open goes on beyond the picture."""

    events: tuple[str, ...]
    start: Span
    end: Span
    text: str
    style: str = ""  # thin: what joins single doses
    is_open: bool = False
    phase: str = REACTION
    when: str = ""

    @property
    def days(self) -> Span:
        """From the earliest start to the latest end."""
        low, high = self.start.low, self.end.high
        # Two relative dates can contradict each other; the checks remark on it, the picture still opens.
        return Span(low, high if low is None or high is None else max(low, high))


@dataclass(frozen=True)
class Bracket:
    """The time from a dose to onset: in short, and whole with half-lives."""

    days: Span
    short: str
    text: str


@dataclass(frozen=True)
class Measure:
    """The upright scale of a series: its unit, its ends, and lines worth seeing."""

    unit: str
    low: float
    high: float
    thresholds: tuple[tuple[float, str], ...] = ()


@dataclass
class Lane:
    """One line of the picture. `kind` gives its colour."""

    group: str
    kind: str
    label: str
    notes: list[str] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    brackets: list[Bracket] = field(default_factory=list)
    share: Share | None = None
    measure: Measure | None = None

    @property
    def note(self) -> str:
        return "; ".join(self.notes)

    def placed(self) -> Iterator[Bar | Mark]:
        yield from self.bars
        yield from self.marks


@dataclass(frozen=True)
class Undated:
    """What has no place on the axis."""

    event: str
    text: str
    when: str = ""
    phase: str = REACTION
    shape: str = "dot"


@dataclass
class Chart:
    """The lanes to be drawn, and what has no day."""

    lanes: list[Lane] = field(default_factory=list)
    undated: list[Undated] = field(default_factory=list)

    def add_mark(self, lane: Lane, mark: Mark) -> None:
        """Put a mark on its lane if its day is known at all, else among what is not dated."""
        if is_placed(mark.days):
            lane.marks.append(mark)
        else:
            self.undated.append(Undated(mark.event, mark.text, mark.when, mark.phase, mark.shape))

    def add_lane(self, lane: Lane) -> None:
        """Add a lane, if it holds something."""
        if lane.bars or lane.marks or lane.brackets:
            self.lanes.append(lane)


@dataclass(frozen=True)
class CaseDates:
    """The dates of a case in days from onset and in words, without calendar dates if need be."""

    timeline: CaseTimeline
    names: Mapping[str, str]
    shows_dates: bool = True

    def days(self, row: CaseRow, ending: str = "") -> Span:
        return self.timeline.days_to(f"{row.anchor}{ending}")

    def days_of(self, moment: Moment | None) -> Span:
        """The days of a moment that is no event of the time line."""
        if moment is None or self.timeline.onset is None:
            return UNKNOWN_SPAN
        return self.timeline.days_at(moment)

    def when(self, moment: Moment | None) -> str:
        """A moment as it was reported; empty where there are no words for it or it may not be seen."""
        if moment is None or (not moment.is_relative and not self.shows_dates):
            return ""
        words = format_moment(moment, self.names)
        return "" if moment.is_relative and words == str(moment) else words

    def between(self, start: Moment | None, end: Moment | None) -> str:
        """Both ends as they were reported; once if they are the same."""
        return " to ".join(dict.fromkeys(filter(None, (self.when(start), self.when(end)))))


def is_placed(days: Span) -> bool:
    return days != UNKNOWN_SPAN


def at(days: Span) -> str:
    """Where on the axis, in words: "at onset", "66 to 72 days before onset", "at onset or later"."""
    return from_onset(days) or "day not stated"


def during(bar: Bar) -> str:
    """From when to when a bar lasts."""
    if bar.start == bar.end:
        return at(bar.start)
    start, end = (at(days).removeprefix("at ") for days in (bar.start, bar.end))
    if bar.is_open:
        return f"from {start}, goes on"
    if bar.end.high is None and (bar.end.low is None or bar.end.low == bar.start.low):
        return f"from {start}, end not known"
    return f"from {start} until {end}"


def sentence(drawn: Bar | Mark) -> str:
    """The text of the tip of something drawn."""
    when = f" ({drawn.when})" if drawn.when else ""
    days = during(drawn) if isinstance(drawn, Bar) else at(drawn.days)
    return f"{drawn.text}: {days}{when}"
