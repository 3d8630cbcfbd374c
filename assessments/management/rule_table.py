"""What other rules would change, as tables for people and as data for machines."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from rich.table import Table

from assessments.rule_changes import Preview

# Beyond, ask for --json.
MOST_SHOWN = 50


def change_tables(preview: Preview, version: str) -> list[Table | str]:
    """How many cases would change class, by which items, and which cases."""
    moves = Counter((moved.before, moved.after) for moved in preview.moved)
    summary = f"{len(preview.moved)} of {preview.done} cases would change class under {version}."
    if not preview.items:
        return [summary]
    return [summary, _moves(moves), _items(preview), _cases(preview)]


def _moves(moves: Counter[tuple[str, str]]) -> Table:
    table = Table("class now", "class then", "cases", title="Changes of class")
    for (before, after), count in sorted(moves.items()):
        table.add_row(_words(before), _words(after), str(count))
    return table


def _items(preview: Preview) -> Table:
    table = Table("item", "cases", title="Items that would be read otherwise")
    for words, count in preview.items.most_common():
        table.add_row(words, str(count))
    return table


def _cases(preview: Preview) -> Table:
    table = Table("case", "class now", "class then", "total", "why", title="Cases that would change class")
    for moved in preview.moved[:MOST_SHOWN]:
        total = f"{moved.total_before} → {moved.total_after}"
        table.add_row(
            moved.number, _words(moved.before), _words(moved.after), total, "\n".join(moved.reasons)
        )
    if len(preview.moved) > MOST_SHOWN:
        table.caption = f"{len(preview.moved) - MOST_SHOWN} more: --json lists all."
    return table


def _words(category: str) -> str:
    return category.replace("_", " ") or "not scored"


def as_data(preview: Preview, version: str) -> dict[str, Any]:
    """All of it, for `rescore --dry-run --json`."""
    return {
        "rule_version": version,
        "cases": preview.done,
        "changing_class": len(preview.moved),
        "items": dict(preview.items.most_common()),
        "moved": [asdict(moved) for moved in preview.moved],
    }
