"""Draw time against size of the registry, both logarithmic, as SVG."""

from math import log10
from pathlib import Path

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 420, 60, 170, 20, 50
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000", "#7f7f7f")


def growth(path: str, sizes: list[int], series: dict[str, list[float]]) -> None:
    """Draw one line per series: milliseconds at each size."""
    across = _scale([float(size) for size in sizes], LEFT, WIDTH - RIGHT)
    up = _scale([value for values in series.values() for value in values], HEIGHT - BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-size="12">',
        "<title>95th percentile of database time by size of the registry</title>",
        "<style>text { font-family: sans-serif }</style>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<path d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}" fill="none" stroke="#444"/>',
        f'<text x="{(WIDTH - RIGHT + LEFT) / 2}" y="{HEIGHT - 10}" text-anchor="middle">cases</text>',
    ]
    for size in sizes:
        at = across(size)
        parts.append(f'<text x="{at:.0f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{size:,}</text>')
    for tick in (0.01, 0.1, 1, 10, 100, 1000):
        if TOP <= up(tick) <= HEIGHT - BOTTOM:
            parts.append(f'<text x="{LEFT - 6}" y="{up(tick) + 4:.0f}" text-anchor="end">{tick:g} ms</text>')
            parts.append(f'<path d="M{LEFT} {up(tick):.0f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
    ends = sorted(series, key=lambda name: up(series[name][-1]))
    for number, name in enumerate(ends):
        colour = COLOURS[number % len(COLOURS)]
        points = zip(sizes, series[name], strict=True)
        line = " ".join(f"{across(size):.0f},{up(value):.1f}" for size, value in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(
            f'<text x="{WIDTH - RIGHT + 10}" y="{TOP + 20 + 20 * number}" fill="{colour}">{name}</text>'
        )
    Path(path).write_text("\n".join([*parts, "</svg>", ""]), encoding="utf-8")


def _scale(values: list[float], start: float, end: float):
    """A function from values to coordinates, by their logarithm."""
    low, high = log10(min(values)), log10(max(values))
    width = (high - low) or 1.0
    return lambda value: start + (end - start) * (log10(value) - low) / width
