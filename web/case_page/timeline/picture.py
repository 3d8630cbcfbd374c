"""The picture of a case: drugs, reaction, treatment and results on one axis of days from onset.

Drawn by a template as SVG, with a table that holds the same. What has no place on the axis is
listed, never drawn at an invented one.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from cases.models import Phase
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import CaseTimeline
from values.calendar_text import format_date
from values.dates import PartialDate
from values.spans import Span
from web.case_page.timeline.axis import Axis, even, folded, window
from web.case_page.timeline.draw import draw
from web.case_page.timeline.drugs import add_drugs
from web.case_page.timeline.findings import (
    add_findings,
    add_history,
    add_reactions,
    add_treatments,
)
from web.case_page.timeline.lanes import (
    BACKGROUND,
    Bar,
    CaseDates,
    Chart,
    Lane,
    Mark,
    Undated,
    at,
    during,
    sentence,
)
from web.case_page.timeline.series import add_measurements, add_other_tests

# Other drugs don't stretch the axis beyond this; bars of older ones begin at its edge.
YEAR = 366
PHASES = (
    (Phase.REACTION.value, "During the reaction"),
    (Phase.AFTER.value, "After the reaction"),
    (Phase.BACKGROUND.value, "Before this reaction"),
)


def timeline_view(
    record: CaseRecord,
    names: Mapping[str, str],
    *,
    shows_dates: bool = True,
) -> dict[str, Any]:
    """The picture on one or two scales, what is not dated, and the same as a table.

    `names` are the events of the case by which others are dated, with their anchors. Without
    `shows_dates` nothing reveals a calendar date.
    """
    dates = CaseDates(CaseTimeline(record), names, shows_dates)
    chart = lay_out(record, dates)
    low, high = window(_days_to_show(chart.lanes))
    beyond = _remove_beyond(chart, even(low, high))
    onset = _onset_day(dates)
    return {
        "pictures": _pictures(chart, low, high, onset),
        "onset": format_date(PartialDate.of(onset)) if onset else "",
        "summary": [lane_summary(lane) for lane in chart.lanes if lane.group == "Drugs"],
        "kinds": {lane.kind for lane in chart.lanes},
        "has_curve": any(lane.share for lane in chart.lanes),
        "has_response": any(mark.shape == "response" for lane in chart.lanes for mark in lane.marks),
        "beyond": beyond,
        "undated": _by_phase(chart.undated),
        "table": [_table_part(lane) for lane in chart.lanes],
    }


def lay_out(record: CaseRecord, dates: CaseDates) -> Chart:
    """Everything with a day on lanes, in the order in which a physician reads it; the rest apart."""
    chart = Chart()
    add_drugs(chart, record, dates)
    add_reactions(chart, record, dates)
    add_treatments(chart, record, dates)
    add_measurements(chart, record, dates)
    add_other_tests(chart, record, dates)
    add_findings(chart, record, dates)
    add_history(chart, record, dates)
    return chart


def lane_summary(lane: Lane) -> str:
    """A drug in one line: how long before onset, and how much was left."""
    latencies = [bracket.text for bracket in lane.brackets]
    return f"{lane.label}: {'; '.join([*lane.notes, *latencies])}."


def _pictures(chart: Chart, low: float, high: float, onset: date | None) -> list[dict[str, Any]]:
    """Even first, and folded where that differs; none where there is nothing but the onset itself."""
    if not any(_has_content(drawn) for lane in chart.lanes for drawn in (*lane.placed(), *lane.brackets)):
        return []
    lanes, flat, bent = chart.lanes, even(low, high), folded(low, high)
    if bent == flat:
        return [draw("even", "", flat, lanes, onset)]
    return [
        draw("even", "Even scale", flat, lanes, onset),
        draw("folded", "Reaction enlarged", bent, lanes, onset),
    ]


def _has_content(drawn: Any) -> bool:
    """Whether something shows more than that the reaction began."""
    if isinstance(drawn, Bar):
        return drawn.style != "endless" or drawn.start != Span.days(0)
    return True


def _onset_day(dates: CaseDates) -> date | None:
    """The calendar day of onset, if it is one day and may be seen."""
    first, last = dates.timeline.days_of_onset()
    return first if dates.shows_dates and first == last else None


def _days_to_show(lanes: Iterable[Lane]) -> list[Span]:
    """What the axis must reach: suspects, reaction and treatment whole; others as far as a year back."""
    spans = []
    for lane in lanes:
        for drawn in lane.placed():
            if drawn.phase == BACKGROUND:
                continue
            days = drawn.days
            if lane.kind == "concomitant" and days.low is not None and days.low < -YEAR:
                days = Span(None, days.high if days.high is not None and days.high >= -YEAR else None)
            spans.append(days)
        spans += [bracket.days for bracket in lane.brackets]
    return spans


def _remove_beyond(chart: Chart, axis: Axis) -> list[dict[str, str]]:
    """Take what lies wholly beyond the picture off its lanes; returns what and where it is."""
    beyond: list[Bar | Mark] = []
    for lane in chart.lanes:
        seen = {event for bar in lane.bars if axis.reaches(bar.days) for event in bar.events}
        beyond += [
            drawn for drawn in lane.placed() if not axis.reaches(drawn.days) and _event(drawn) not in seen
        ]
        lane.bars = [bar for bar in lane.bars if axis.reaches(bar.days)]
        lane.marks = [mark for mark in lane.marks if axis.reaches(mark.days)]
    chart.lanes = [lane for lane in chart.lanes if lane.bars or lane.marks or lane.brackets]
    return [{"event": _event(drawn), "text": sentence(drawn)} for drawn in beyond]


def _event(drawn: Bar | Mark) -> str:
    return " ".join(drawn.events) if isinstance(drawn, Bar) else drawn.event


def _by_phase(undated: Sequence[Undated]) -> list[dict[str, Any]]:
    return [
        {"title": title, "rows": rows}
        for phase, title in PHASES
        if (rows := [row for row in undated if row.phase == phase])
    ]


def _table_part(lane: Lane) -> dict[str, Any]:
    """The rows of a lane, in the order of their days."""
    in_order = sorted(lane.placed(), key=lambda drawn: (drawn.days.low is None, drawn.days.low or 0))
    return {
        "title": lane.label,
        "group": lane.group,
        "note": "; ".join([*lane.notes, *(bracket.text for bracket in lane.brackets)]),
        "rows": [
            {
                "event": _event(drawn),
                "text": drawn.text,
                "at": during(drawn) if isinstance(drawn, Bar) else at(drawn.days),
                "when": drawn.when,
                "phase": "" if drawn.phase == Phase.REACTION else dict(PHASES)[drawn.phase].lower(),
            }
            for drawn in in_order
        ],
    }
