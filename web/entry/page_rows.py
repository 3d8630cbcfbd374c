"""The rows typed on one page, which may refer to each other before any of them is saved.

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
from cases.receipt_days import written_on
from cases.record.case_record import CaseRecord

Row = TypeVar("Row", bound=CaseRow)

_BOX = re.compile(r"(?P<table>.+)-(?P<number>\d+)-(?P<field>\w+)", re.ASCII)
# Boxes that are filled in though nobody typed anything into the row.
_NOT_TYPED = ("id", "exposure", "case", "DELETE")
LAST_POSITION = 1_000_000


@dataclass(frozen=True)
class AddedRow:
    """A row that a page adds: the prefix of its form, and its label in choices."""

    prefix: str
    label: str


class PageRows:
    """The rows of a page of the case form that others are dated by, stored and typed.

    `stored_events` and `events` map names of events to anchors: of the stored rows, and of all.
    `written_on`: the days by which texts such as "today" and 1.9.26 are read. `added` holds the rows that are
    being added, by the prefix of their form, once that is made.
    """

    def __init__(
        self, case: Case | None, data: Mapping[str, str] | None = None, record: CaseRecord | None = None
    ) -> None:
        if record is not None:
            self._stored = record.anchor_rows
        else:
            self._stored = read_anchor_rows(case) if case and case.pk else AnchorRows()
        self._boxes = _boxes_by_table(data or {})
        self._uuids: dict[str, uuid.UUID] = defaultdict(uuid.uuid4)
        self.added: dict[str, CaseRow] = {}
        self.stored_events = name_events(self._stored)
        # What was typed is the newer: "last dose" means the one that is being added.
        self.events = {**self.stored_events, **name_events(self._typed())} if data else self.stored_events
        self.written_on = written_on(case, data or {})

    def add(self, prefix: str, row: CaseRow) -> None:
        """Give a row that is being added the UUID by which others on the page refer to it."""
        row.uuid = self._uuids[prefix]
        self.added[prefix] = row

    def added_rows(self, table: str, label_field: str) -> list[AddedRow]:
        """The rows that are being added to a table, labelled by what was typed into a field."""
        return [
            AddedRow(f"{table}-{number}", values[label_field].strip())
            for number, values in self._remaining(table)
            if not values.get("id") and values.get(label_field, "").strip()
        ]

    def _typed(self) -> AnchorRows:
        return AnchorRows(
            list(self._reactions()),
            list(self._doses()),
            [row for row, _ in self._named("treatments", Treatment, self._stored.treatments, "name")],
            [row for row, _ in self._named("medical_history", MedicalHistory, self._stored.history, "term")],
        )

    def _named(
        self, table: str, model: type[Row], stored: list[Row], name: str
    ) -> Iterator[tuple[Row, dict[str, str]]]:
        """The rows of a table whose name was typed, each with its boxes."""
        by_key = {str(row.pk): row for row in stored}
        for number, values in self._remaining(table):
            if values.get(name, "").strip():
                row = self._row(f"{table}-{number}", model, by_key.get(values.get("id", "")))
                setattr(row, name, values[name].strip())
                yield row, values

    def _reactions(self) -> Iterator[Reaction]:
        for reaction, values in self._named("reactions", Reaction, self._stored.reactions, "term"):
            reaction.is_assessed = "is_assessed" in values
            yield reaction

    def _doses(self) -> Iterator[Dose]:
        by_key = {str(row.pk): row for row in self._stored.doses}
        for drug, of_drug in self._remaining("exposures"):
            exposure = Exposure(name=of_drug.get("name", "").strip())
            table = f"exposures-{drug}-doses"
            for number, values in self._remaining(table):
                if any(value for field, value in values.items() if field not in _NOT_TYPED):
                    dose = self._row(f"{table}-{number}", Dose, by_key.get(values.get("id", "")))
                    dose.exposure = exposure
                    dose.end, dose.interval = values.get("end"), values.get("interval")
                    yield dose

    def _row(self, prefix: str, model: type[Row], stored: Row | None) -> Row:
        return copy.copy(stored) if stored else model(uuid=self._uuids[prefix])

    def _remaining(self, table: str) -> list[tuple[int, dict[str, str]]]:
        """The rows of a table that aren't to be removed, in the order in which they will stand."""
        rows = self._boxes.get(table, {})
        remaining = ((number, values) for number, values in rows.items() if not values.get("DELETE"))
        return sorted(remaining, key=lambda row: (_position(row[1].get("position", "")), row[0]))


def _boxes_by_table(data: Mapping[str, str]) -> dict[str, dict[int, dict[str, str]]]:
    tables: dict[str, dict[int, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for name, value in data.items():
        if box := _BOX.fullmatch(name):
            tables[box["table"]][int(box["number"])][box["field"]] = value
    return tables


def _position(text: str) -> int:
    return int(text) if text.isdecimal() else LAST_POSITION
