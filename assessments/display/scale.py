"""The geometry of the two pictures of a score: the scale of the score card, and its small form in lists.

The scale is discrete: every total has a cell, and a mark stands in the middle of its cell.
Horizontal places of the large picture are percentages, so that it fits any width without its
words growing or shrinking.
"""

from collections.abc import Sequence
from typing import Any

from assessments.display.badge import result_words
from assessments.display.words import capitalised, category_words, interval, number
from scoring.instrument import Band, Rules
from scoring.result import Result

HEAD, LANE, GROUND, FOOT = 44, 46, 8, 26
MINI_CELL, MINI_HEIGHT = 9, 18


class Scale:
    """The totals that an instrument can give, as cells from left to right."""

    def __init__(self, rules: Rules) -> None:
        self.low = sum(min(row.points.values()) for row in rules.TABLE)
        self.high = sum(max(row.points.values()) for row in rules.TABLE)
        self.bands = rules.BANDS
        self.cells = self.high - self.low + 1

    def left(self, points: int) -> float:
        """The left edge of a total's cell, 0 to 1; totals off the scale stay on its edge."""
        return (min(max(points, self.low), self.high) - self.low) / self.cells

    def middle(self, points: int) -> float:
        return self.left(points) + 0.5 / self.cells

    def width(self, low: int, high: int) -> float:
        return self.left(high) - self.left(low) + 1 / self.cells


def picture(
    rules: Rules,
    *,
    computed: Result,
    adjudicated: Result | None = None,
    reported: int | None = None,
    reported_category: str | None = None,
    reported_fits: bool = True,
) -> dict[str, Any]:
    """The large picture: bands, a lane for each kind of score, and the same in words."""
    scale = Scale(rules)
    lanes = [_interval_lane(scale, "computed", "Evidence alone", computed)]
    if adjudicated is not None:
        lanes.append(_interval_lane(scale, "adjudicated", "With reviewers’ answers", adjudicated))
    if reported is not None:
        lanes.append(_reported_lane(scale, reported, reported_fits))
    elif reported_category is not None:
        lanes.append(_class_lane(scale, reported_category, reported_fits))
    for at, lane in enumerate(lanes):
        lane |= {"y": HEAD + at * LANE, "label_y": HEAD + at * LANE + 13, "mark_y": HEAD + at * LANE + 29}
    bottom = HEAD + len(lanes) * LANE + GROUND
    return {
        "bands": [_band(scale, band) for band in scale.bands],
        "ticks": [
            {"x": percent(scale.middle(total)), "label": number(total)}
            for total in range(scale.low, scale.high + 1)
        ],
        "lanes": lanes,
        "bottom": bottom,
        "tick_y": bottom + 18,
        "height": bottom + FOOT,
        "title": f"RegiSCAR score on its scale from {number(scale.low)} to {scale.high}",
        "description": " ".join(lane["sentence"] for lane in lanes),
    }


def _band(scale: Scale, band: Band) -> dict[str, Any]:
    return {
        "key": band.category,
        "x": percent(scale.left(band.low)),
        "width": percent(scale.width(band.low, band.high)),
        "middle": percent((scale.left(band.low) + scale.left(band.high) + 1 / scale.cells) / 2),
        "label": capitalised(category_words(band.category)),
        "limits": _limits(scale, band.low, band.high),
    }


def _limits(scale: Scale, low: int, high: int) -> str:
    if low <= scale.low:
        return f"below {high + 1}"
    return f"above {low - 1}" if high >= scale.high else f"{low} or {high}"


def _interval_lane(scale: Scale, kind: str, label: str, result: Result) -> dict[str, Any]:
    reach = interval(result.low, result.high)
    remains = f"{reach} remains attainable" if result.low != result.high else "nothing is open"
    return {
        "kind": kind,
        "label": label,
        "bar": {"x": percent(scale.left(result.low)), "width": percent(scale.width(result.low, result.high))},
        "x": percent(scale.middle(result.total)),
        "value": number(result.total),
        "sentence": f"{label} {result_words(result)}; {remains}.",
    }


def _reported_lane(scale: Scale, total: int, fits: bool) -> dict[str, Any]:
    verdict = "attainable from the evidence" if fits else "contradicts the evidence"
    return {
        "kind": "reported" if fits else "reported contradicted",
        "label": "Reported" if fits else "Reported: contradicts the evidence",
        "bar": None,
        "x": percent(scale.middle(total)),
        "value": number(total),
        "sentence": f"Reported: {number(total)}, {verdict}.",
    }


def _class_lane(scale: Scale, category: str, fits: bool) -> dict[str, Any]:
    """A source that printed a class without a total: its band, and no mark."""
    band = next(band for band in scale.bands if band.category == category)
    verdict = "attainable from the evidence" if fits else "contradicts the evidence"
    return {
        "kind": "reported" if fits else "reported contradicted",
        "label": "Reported, class only",
        "bar": {"x": percent(scale.left(band.low)), "width": percent(scale.width(band.low, band.high))},
        "x": None,
        "value": "",
        "sentence": f"Reported: {category_words(category)}, without a total; {verdict}.",
    }


def mini(rules: Rules, result: Result, *, standing: int | None, origin: str) -> dict[str, Any]:
    """The small picture: where the interval lies, the total, and the standing total where it differs."""
    scale = Scale(rules)
    size = MINI_CELL * scale.cells

    def place(share: float) -> float:
        return round(share * size, 1)

    words = f"{number(result.total)} in {interval(result.low, result.high)}"
    other = standing is not None and standing != result.total
    return {
        "width": size,
        "height": MINI_HEIGHT,
        "bands": [
            {
                "key": band.category,
                "x": place(scale.left(band.low)),
                "width": place(scale.width(band.low, band.high)),
            }
            for band in scale.bands
        ],
        "bar": {"x": place(scale.left(result.low)), "width": place(scale.width(result.low, result.high))},
        "mark": place(scale.middle(result.total)),
        "standing": place(scale.middle(standing)) if other and standing is not None else None,
        "origin": origin,
        "title": f"Score {words}"
        + (f"; stands at {number(standing)}, {origin}" if other and standing is not None else ""),
    }


def percent(share: float) -> str:
    return f"{share * 100:.2f}%"


def reach(rules: Rules, low: int, high: int) -> Sequence[str]:
    """The classes that totals from low to high touch, in rising order."""
    return tuple(dict.fromkeys(rules.category(total) for total in range(low, high + 1)))
