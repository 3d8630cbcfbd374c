"""The rows that are typed on one page, known to each other before any of them is saved.

A first report is entered in one go: its onset is "7 days after first dose of anakinra" when neither
drug nor dose has been saved. So rows that a page adds get their UUIDs as soon as they are read, the
names of their events are worked out from what was typed, and a pair may name two of them.
"""

import copy
import re
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from cases.event_names import AnchorRows, name_events, read_anchor_rows
from cases.models import Case, CaseRow, Dose, Exposure, MedicalHistory, Reaction, Treatment

Row = TypeVar("Row", bound=CaseRow)

_BOX = re.compile(r"(?P<table>.+)-(?P<number>\d+)-(?P<field>\w+)", re.ASCII)
_SAYS_NOTHING = ("id", "exposure", "case", "DELETE")
LAST = 1_000_000


@dataclass(frozen=True)
class AddedRow:
    """A row that a page adds: the prefix of its form, and what it is called."""

    prefix: str
    label: str


class PageRows:
    """What a page of the case form says of events: as it was shown, and with all that was typed into it."""

    def __init__(self, case: Case | None, data: Mapping[str, str] | None = None) -> None:
        self._stored = read_anchor_rows(case) if case and case.pk else AnchorRows()
        self._boxes = _sorted_out(data or {})
        self._uuids: dict[str, uuid.UUID] = defaultdict(uuid.uuid4)
        self.rows: dict[str, CaseRow] = {}  # by the prefix of its form, as soon as that is made
        self.shown = name_events(self._stored)
        # What was typed is the newer: "last dose" means the one that is being added.
        self.events = {**self.shown, **name_events(self._typed())} if data else self.shown

    def take(self, prefix: str, row: CaseRow) -> None:
        """Let a row that is being added go by the name that others on the page know it by."""
        row.uuid = self._uuids[prefix]
        self.rows[prefix] = row

    def added(self, table: str, named: str) -> list[AddedRow]:
        """The rows that are being added to a table, with what was typed into the field that names them."""
        return [
            AddedRow(f"{table}-{number}", values[named].strip())
            for number, values in self._kept(table)
            if not values.get("id") and values.get(named, "").strip()
        ]

    def _typed(self) -> AnchorRows:
        return AnchorRows(
            list(self._rows("reactions", Reaction, self._stored.reactions, "term")),
            list(self._doses()),
            list(self._rows("treatments", Treatment, self._stored.treatments, "name")),
            list(self._rows("medical_history", MedicalHistory, self._stored.history, "term")),
        )

    def _rows(self, table: str, model: type[Row], stored: list[Row], named: str) -> Iterator[Row]:
        by_key = {str(row.pk): row for row in stored}
        for number, values in self._kept(table):
            if values.get(named, "").strip():
                row = self._row(f"{table}-{number}", model, by_key.get(values.get("id", "")))
                setattr(row, named, values[named].strip())
                if model is Reaction:
                    row.is_assessed = "is_assessed" in values
                yield row

    def _doses(self) -> Iterator[Dose]:
        by_key = {str(row.pk): row for row in self._stored.doses}
        for drug, of_drug in self._kept("exposures"):
            exposure = Exposure(name=of_drug.get("name", "").strip())
            table = f"exposures-{drug}-doses"
            for number, values in self._kept(table):
                if any(value for field, value in values.items() if field not in _SAYS_NOTHING):
                    dose = self._row(f"{table}-{number}", Dose, by_key.get(values.get("id", "")))
                    dose.exposure = exposure
                    dose.end, dose.interval = values.get("end"), values.get("interval")
                    yield dose

    def _row(self, prefix: str, model: type[Row], stored: Row | None) -> Row:
        return copy.copy(stored) if stored else model(uuid=self._uuids[prefix])

    def _kept(self, table: str) -> list[tuple[int, dict[str, str]]]:
        """The rows of a table that aren't to be removed, in the order in which they will stand."""
        rows = self._boxes.get(table, {})
        kept = ((number, values) for number, values in rows.items() if not values.get("DELETE"))
        return sorted(kept, key=lambda row: (_place(row[1].get("position", "")), row[0]))


def _sorted_out(data: Mapping[str, str]) -> dict[str, dict[int, dict[str, str]]]:
    tables: dict[str, dict[int, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for name, value in data.items():
        if box := _BOX.fullmatch(name):
            tables[box["table"]][int(box["number"])][box["field"]] = value
    return tables


def _place(position: str) -> int:
    return int(position) if position.isdecimal() else LAST
