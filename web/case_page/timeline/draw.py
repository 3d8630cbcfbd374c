"""Lanes on an axis, as the template draws them: places across in % of the width, down in pixels.

Across in %, so that the picture fits any width without its words growing or shrinking.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from values.spans import Span
from web.case_page.timeline.axis import Axis, ticks
from web.case_page.timeline.lanes import Bar, Bracket, Lane, Mark, Measure, sentence
from web.case_page.timeline.share import Share

HEAD, TITLE, LABEL, NOTE, GAP, FOOT = 40, 26, 18, 15, 9, 8
BRACKET = 17
HEIGHT = 16
CURVE, SERIES = 32, 68
# The bar of a drug lies below its curve.
BAR = 7
DRUGS = ("suspect", "concomitant")
# A curve is drawn on a field of this size, which is then stretched over its track.
FIELD = (1000, 100)
STEPS = 150
# Widths of the picture, in pixels, at which words must not run into each other; and of a letter.
ROOMS = {"narrow": 310, "wide": 900}
LETTER = 6.2
MOST_LABEL, MOST_NOTE = 42, 56
# Brackets that begin beyond this have their words to the left.
LEFT_OF = 36.0
# Marks beyond this have theirs there, too.
LEFT_BEYOND = 89.0
DAY_15 = 15.0


def draw(key: str, name: str, axis: Axis, lanes: Sequence[Lane], onset: date | None) -> dict[str, Any]:
    """One picture. `key` keeps its ids apart from those of another on the same page."""
    top, groups = HEAD, []
    for title, of_group in groupby(lanes, key=lambda lane: lane.group):
        drawn, heading = [], top + TITLE - 8
        top += TITLE
        for lane in of_group:
            drawn.append(_lane(lane, axis, top))
            top += drawn[-1]["height"] + GAP
        groups.append({"title": title, "y": heading, "lanes": drawn})
    return {
        "key": key,
        "name": name,
        "height": top + FOOT,
        "bottom": top,
        "head": HEAD,
        "groups": groups,
        "ticks": ticks(axis, onset),
        "seams": axis.seams,
        "onset": axis.x(0),
        "day_15": axis.x(DAY_15),
        "kinds": sorted({lane.kind for lane in lanes}),
    }


def _lane(lane: Lane, axis: Axis, top: float) -> dict[str, Any]:
    track = top - 1 if _fits_beside(lane, axis) else top + LABEL + NOTE * len(lane.notes)
    height = SERIES if lane.measure else CURVE if lane.share else HEIGHT
    below = BAR + 3 if lane.kind in DRUGS else 0
    foot = track + height + below
    brackets = [_bracket(each, axis, foot + BRACKET * at) for at, each in enumerate(lane.brackets)]
    return {
        "kind": lane.kind,
        "label": _short(lane.label, MOST_LABEL),
        "label_y": top + 12,
        "notes": [
            {"text": _short(note, MOST_NOTE), "y": top + LABEL + 9 + NOTE * at}
            for at, note in enumerate(lane.notes)
        ],
        "text": "; ".join([lane.label, *lane.notes]),
        "track": track,
        "track_height": height,
        "track_bottom": track + height,
        "has_ground": bool(lane.measure),
        "curve": _curve(lane.share, axis) if lane.share else None,
        "bars": [_bar(bar, axis, *_depth(bar, lane, track, height)) for bar in lane.bars],
        "marks": _marks(lane, axis, track, height),
        "measure": _measure(lane.measure, track, height) if lane.measure else None,
        "joins": _joins(lane, axis, track, height) if lane.measure else [],
        "brackets": brackets,
        "height": foot - top + BRACKET * len(brackets),
    }


def _fits_beside(lane: Lane, axis: Axis) -> bool:
    """Whether all that is drawn lies to the right of the label, so that both can share a line."""
    if lane.notes or lane.measure or lane.share or lane.brackets:
        return False
    width = (min(len(lane.label), MOST_LABEL) * LETTER * 1.2 + 16) * 100 / ROOMS["narrow"]
    starts = [drawn.days.low for drawn in lane.placed()]
    return all(low is not None and axis.x(float(low)) > width for low in starts)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _depth(bar: Bar, lane: Lane, track: float, height: float) -> tuple[float, float]:
    """Where a bar lies: in a drug's lane below the curve."""
    if lane.kind in DRUGS:
        return track + height + 1, 3 if bar.style == "thin" else BAR
    return track + (height - 12) / 2, 12


def _bar(bar: Bar, axis: Axis, y: float, height: float) -> dict[str, Any]:
    end = axis.high if bar.end.high is None else float(bar.end.high)
    return {
        "y": y,
        "height": height,
        "middle": y + height / 2,
        "pieces": _pieces(bar, axis),
        "style": bar.style,
        "phase": bar.phase,
        "text": sentence(bar),
        "goes_on": bar.is_open or end > axis.high,
        "is_endless": bar.end.high is None and not bar.is_open,
        "since_before": bar.start.low is not None and bar.start.low < axis.low,
        "x": axis.x(axis.low if bar.start.low is None else float(bar.start.low)),
        "end_x": axis.x(end),
    }


def _pieces(bar: Bar, axis: Axis) -> list[dict[str, Any]]:
    """Whole where it surely ran; fading from the earliest to the latest day of an uncertain end."""
    first = axis.low if bar.start.low is None else float(bar.start.low)
    latest = axis.high if bar.start.high is None else float(bar.start.high)
    last = axis.high if bar.end.high is None else float(bar.end.high)
    soonest = axis.high if bar.is_open else latest if bar.end.low is None else float(bar.end.low)
    if bar.start.high is None or (latest > soonest and bar.end.high is None):
        pieces = [(first, last, "out")]
    elif latest > soonest:
        pieces = [(first, last, "both")]
    else:
        pieces = [(first, latest, "in"), (latest, soonest, "whole"), (soonest, max(last, soonest), "out")]
    drawn = [_piece(axis.x(start), axis.x(end), fill) for start, end, fill in pieces if end > start]
    return drawn or [_piece(axis.x(first), axis.x(first), "whole")]


def _piece(left: float, right: float, fill: str) -> dict[str, Any]:
    return {"x": left, "width": max(round(right - left, 3), 0.3), "fill": fill}


def _marks(lane: Lane, axis: Axis, track: float, height: float) -> list[dict[str, Any]]:
    # The highest value comes first, so that its number has room before any other's.
    ordered = sorted(lane.marks, key=lambda mark: -(mark.value if mark.value is not None else -1))
    places = [axis.x(_middle(mark.days)) for mark in ordered if lane.measure is None]
    taken = {name: [(x, x) for x in places] for name in ROOMS}
    drawn = [_mark(mark, lane, axis, track, height, taken) for mark in ordered]
    return sorted(drawn, key=lambda mark: mark["x"])


def _mark(
    mark: Mark,
    lane: Lane,
    axis: Axis,
    track: float,
    height: float,
    taken: dict[str, list[tuple[float, float]]],
) -> dict[str, Any]:
    x = axis.x(_middle(mark.days))
    is_value = mark.value is not None
    word = _short(_number(mark.value) if mark.value is not None else mark.word, 24)
    if lane.bars and not mark.days.is_known:
        # It would stand on the bar, at a day that nobody gave; the note of the lane has it.
        word = ""
    y = _height_of(mark, lane.measure, track, height)
    return {
        "x": x,
        "y": y if mark.shape != "dose" else track + height - 5,
        "shape": mark.shape,
        "phase": mark.phase,
        "text": sentence(mark),
        "reach": _reach(mark.days, axis),
        "is_open": not mark.days.is_known,
        "word": word,
        "word_at": _room(x, word, taken, is_above=is_value) if word else "",
        "side": "above" if is_value else "left" if x > LEFT_BEYOND else "right",
    }


def _number(value: float) -> str:
    """Three figures or so: 2100, 39.4, 0.55."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if digits else text


def _middle(days: Span) -> float:
    low, high = days.low, days.high
    if low is None or high is None:
        return float(low if high is None else high)  # type: ignore[arg-type]
    return float(low + high) / 2


def _height_of(mark: Mark, measure: Measure | None, track: float, height: float) -> float:
    """Values by their size; what has no number stands at the foot of a series, else in the middle."""
    if measure is None:
        return track + height / 2
    if mark.value is None:
        return track + height - 6
    return _level(mark.value, measure, track, height)


def _level(value: float, measure: Measure, track: float, height: float) -> float:
    share = (value - measure.low) / (measure.high - measure.low)
    return round(track + height - 6 - share * (height - 26), 1)


def _reach(days: Span, axis: Axis) -> dict[str, Any] | None:
    """The days that a mark may mean, where that is more than one."""
    if days.low == days.high:
        return None
    low = axis.low if days.low is None else float(days.low)
    high = axis.high if days.high is None else float(days.high)
    left, right = axis.x(low), axis.x(high)
    return {
        "x": left,
        "end": right,
        "width": max(round(right - left, 3), 0.1),
        "fill": "out" if days.high is None else "in" if days.low is None else "both",
        "is_open": not days.is_known,
        "left_cap": days.low is not None and low >= axis.low,
        "right_cap": days.high is not None and high <= axis.high,
    }


def _room(x: float, word: str, taken: dict[str, list[tuple[float, float]]], *, is_above: bool) -> str:
    """On which widths a word has room beside its mark: both, wide, or none ("")."""
    free = []
    for name, pixels in ROOMS.items():
        gap, width = 6 * 100 / pixels, (len(word) * LETTER + 8) * 100 / pixels
        start, end = (x - width - gap, x - gap) if x > LEFT_BEYOND else (x + gap, x + width + gap)
        if is_above:
            start, end = x - width / 2, x + width / 2
        if start >= -1 and end <= 101 and all(end < left or start > right for left, right in taken[name]):
            taken[name].append((start, end))
            free.append(name)
    return "both" if len(free) == len(ROOMS) else "".join(free)


def _joins(lane: Lane, axis: Axis, track: float, height: float) -> list[dict[str, float]]:
    """Lines between values whose days are known and follow each other."""
    marks = [mark for mark in lane.marks if mark.value is not None and mark.days.is_known]
    marks.sort(key=lambda mark: _middle(mark.days))
    points = [(axis.x(_middle(mark.days)), _height_of(mark, lane.measure, track, height)) for mark in marks]
    return [{"x1": a, "y1": b, "x2": c, "y2": d} for (a, b), (c, d) in pairwise(points)]


def _measure(measure: Measure, track: float, height: float) -> dict[str, Any]:
    return {
        "unit": measure.unit,
        "lines": [
            # The label of the lower line hangs below it: two lines can lie close together.
            {"y": _level(value, measure, track, height), "label": label, "shift": -2 if at else 10}
            for at, (value, label) in enumerate(measure.thresholds)
            if measure.low <= value <= measure.high
        ],
    }


def _bracket(bracket: Bracket, axis: Axis, y: float) -> dict[str, Any]:
    low = axis.low if bracket.days.low is None else float(bracket.days.low)
    high = 0.0 if bracket.days.high is None else min(float(bracket.days.high), 0.0)
    left = axis.x(low)
    return {
        "x": left,
        "sure": axis.x(high),
        "end": axis.x(0),
        "y": y + 9,
        "short": bracket.short,
        "text": bracket.text,
        "is_left": left > LEFT_OF,
    }


def _curve(share: Share, axis: Axis) -> dict[str, str]:
    """What is surely, and what may be in the body, as filled areas."""
    days = sorted({*axis.days(STEPS), *(day for day in share.turns() if axis.low <= day <= axis.high)})
    bounds = [(axis.x(day) * FIELD[0] / 100, *share.at(day)) for day in days]
    return {
        "sure": _area((x, low) for x, low, _ in bounds),
        "most": _area((x, high) for x, _, high in bounds),
    }


def _area(points: Iterable[tuple[float, float]]) -> str:
    """A closed path from the ground up; what lies on a level line is left out."""
    rounded = ((round(x), round(FIELD[1] * (1 - share))) for x, share in points)
    placed = [point for point, _ in groupby(rounded)]
    corners = [
        point
        for before, point, after in zip([None, *placed], placed, [*placed[1:], None], strict=False)
        if not (before and after and before[1] == point[1] == after[1])
    ]
    path = " ".join(f"{x} {y}" for x, y in corners)
    return f"M{corners[0][0]} {FIELD[1]} {path} {corners[-1][0]} {FIELD[1]}Z"
