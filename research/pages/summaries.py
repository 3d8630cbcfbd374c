"""Two summaries side by side, as tables with shares."""

from collections.abc import Mapping, Sequence
from typing import Any

from research.small_cells import Count
from research.summaries import Summary


def side_by_side(a: Summary, b: Summary, classes: str) -> list[dict[str, Any]]:
    """One table each for cases, classes, times, half-lives and viruses. `classes`: the title of theirs."""
    scored = [side.total - side.outdated for side in (a, b)]
    return [
        _table("Cases", _cases(a), _cases(b), [None, None]),
        _classes(classes, a, b, scored),
        _table("First dose to onset", a.latency, b.latency, scored),
        _table("Last dose to onset", a.half_lives, b.half_lives, scored),
        _viruses(a, b),
    ]


def _cases(side: Summary) -> dict[str, Count]:
    return {
        "found": side.total,
        "of these outdated, in no class": side.outdated,
        "nullified, left out": side.nullified,
    }


def _classes(title: str, a: Summary, b: Summary, scored: Sequence[int]) -> dict[str, Any]:
    """The classes, each with how many of its cases are settled; the others are open."""
    table = _table(title, a.classes, b.classes, scored)
    for row in table["rows"]:
        for side, cell in zip((a, b), row["cells"], strict=True):
            if row["label"] in side.settled:
                words = f"{_in_figures(side.settled[row['label']])} settled"
                cell["beside"] = ", ".join(filter(None, (cell["beside"], words)))
    return {**table, "note": "by RegiSCAR; what isn’t settled is open"}


def _table(
    title: str, a: Mapping[str, Count], b: Mapping[str, Count], totals: Sequence[int | None]
) -> dict[str, Any]:
    rows = [
        {"label": label, "cells": _of_sides([_cell(a[label], totals[0]), _cell(b[label], totals[1])])}
        for label in a
    ]
    return {"title": title, "note": "", "rows": rows}


def _of_sides(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**cell, "side": side} for cell, side in zip(cells, "ab", strict=True)]


def _viruses(a: Summary, b: Summary) -> dict[str, Any]:
    by_name = [{virus.virus: virus for virus in side.viruses} for side in (a, b)]
    rows = []
    for name in dict.fromkeys([*by_name[0], *by_name[1]]):
        pair = [side.get(name) for side in by_name]
        cells = [
            _cell(virus.positive, virus.tested, "tested") if virus else _cell(0, 0, "tested")
            for virus in pair
        ]
        rows.append({"label": name, "cells": _of_sides(cells)})
    return {
        "title": "Virus found",
        "note": "of the cases in which it was looked for during the reaction, with a result",
        "rows": rows,
    }


def _cell(count: Count, whole: Count | None, words: str = "") -> dict[str, Any]:
    """A count, its share of a whole for a bar, and both in words. Of what is withheld there is no share."""
    share = count / whole if isinstance(count, int) and isinstance(whole, int) and whole else None
    of_whole = "" if whole is None or not words else f"of {_in_figures(whole)} {words}"
    beside = f"none {words}" if words and whole == 0 else of_whole
    if share is not None:
        beside = f"{share:.0%} {of_whole}".replace("%", " %").strip()
    return {"count": _in_figures(count), "beside": beside, "width": round(100 * (share or 0))}


def _in_figures(count: Count) -> str:
    return f"{count:,}" if isinstance(count, int) else count
