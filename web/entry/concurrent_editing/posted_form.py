"""The rows of a case form as a browser posted them, by the names of their boxes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

MANAGEMENT = re.compile(r"(?P<table>.+)-(?P<what>TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS")
BOX = re.compile(r"(?P<row>(?P<table>.+)-(?P<number>\d+))-(?P<field>[^\W\d][\w-]*)", re.ASCII)

# Boxes that name the row above.
PARENT_KEYS = ("exposure", "examination")


@dataclass
class PostedRow:
    """A row as it was posted: the prefix of its form, its table and number there, the values of its boxes."""

    prefix: str
    table: str
    number: int
    values: dict[str, str] = field(default_factory=dict)

    @property
    def typed(self) -> Iterator[str]:
        """The values in it that aren't keys of the rows above."""
        return (
            value for name, value in self.values.items() if value and name not in ("exposure", "examination")
        )


def posted_rows(data: Mapping[str, Any], files: Mapping[str, Any]) -> list[PostedRow]:
    """The posted rows, those above before those below, in the order of the page."""
    rows: dict[str, PostedRow] = {}
    for name in (*data, *files):
        box = BOX.fullmatch(name)
        if box and "__prefix__" not in name and not MANAGEMENT.fullmatch(name):
            row = rows.setdefault(box["row"], PostedRow(box["row"], box["table"], int(box["number"])))
            if name in data:
                row.values[box["field"]] = data[name]
    return sorted(rows.values(), key=lambda row: (row.prefix.count("-"), row.table, row.number))


def prefix_above(name: str, prefixes: Iterable[str]) -> str | None:
    """The longest of the prefixes of rows below which a name stands."""
    return max((prefix for prefix in prefixes if name.startswith(f"{prefix}-")), key=len, default=None)
