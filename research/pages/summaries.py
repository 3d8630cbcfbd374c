"""Two summaries beside each other, as tables with shares."""

from collections.abc import Mapping, Sequence
from typing import Any

from research.summaries import Summary


def side_by_side(one: Summary, other: Summary) -> list[dict[str, Any]]:
    """What the page shows: a table for classes, times and half-lives, one for viruses."""
    scored = [side.total - side.outdated for side in (one, other)]
    return [
        _table("Cases", {"found": one.total, "of these outdated, in no class": one.outdated},
               {"found": other.total, "of these outdated, in no class": other.outdated}, [None, None]),
        _table("Standing class", one.classes, other.classes, scored),
        _table("First dose to onset", one.latency, other.latency, scored),
        _table("Last dose to onset", one.half_lives, other.half_lives, scored),
        _viruses(one, other),
    ]  # fmt: skip


def _table(
    title: str, one: Mapping[str, int], other: Mapping[str, int], of: Sequence[int | None]
) -> dict[str, Any]:
    rows = [
        {"label": label, "cells": _of_sides([_cell(one[label], of[0]), _cell(other[label], of[1])])}
        for label in one
    ]
    return {"title": title, "note": "", "rows": rows}


def _of_sides(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**cell, "side": side} for cell, side in zip(cells, "ab", strict=True)]


def _viruses(one: Summary, other: Summary) -> dict[str, Any]:
    found = [{virus.virus: virus for virus in side.viruses} for side in (one, other)]
    rows = []
    for name in dict.fromkeys([*found[0], *found[1]]):
        told = [side.get(name) for side in found]
        cells = [
            _cell(virus.positive, virus.tested, "tested") if virus else _cell(0, 0, "tested")
            for virus in told
        ]
        rows.append({"label": name, "cells": _of_sides(cells)})
    return {
        "title": "Virus found",
        "note": "of the cases in which it was looked for during the reaction, with a result",
        "rows": rows,
    }


def _cell(count: int, whole: int | None, words: str = "") -> dict[str, Any]:
    """A count, its share of a whole for a bar, and both in words."""
    share = count / whole if whole else None
    beside = "" if whole is None else "none tested" if words and not whole else ""
    if share is not None:
        beside = f"{share:.0%}".replace("%", " %") + (f" of {whole:,} {words}" if words else "")
    return {"count": f"{count:,}", "beside": beside, "width": round(100 * (share or 0))}
