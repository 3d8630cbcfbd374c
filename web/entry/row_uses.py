"""Beside the form: which of the stored rows count for the score, and which don't and why."""

from typing import NamedTuple

from assessments.facts.not_counted import NotCounted
from assessments.row_uses import PARTS, by_reason, row_uses, without_parts
from assessments.scorecards import ScoreCard
from cases.models import CaseRow, Examination, Finding, Reaction
from web.entry.form_locations import FormLocations

# Where to mend a row of a table; elsewhere it is the phase.
FIELD_TO_MEND: dict[type[CaseRow], str] = {Examination: "test", Reaction: "term"}


MOST_SHOWN = 50  # rows of one list; a case may have thousands


class ShownRow(NamedTuple):
    """A row with the address of its box, and the items that use it."""

    row: str
    link: str
    items: str = ""


class LeftOut(NamedTuple):
    """Rows that don't count for the same reason, and what would help."""

    rows: list[ShownRow]
    reason: str
    remedy: str
    more: int = 0  # rows that are not listed


class ShownRows(NamedTuple):
    """The rows of a case. `left_out`: to be looked at; `set_aside`: left out because somebody chose so."""

    counted: list[ShownRow]
    more_counted: int  # rows that are not listed
    left_out: list[LeftOut]
    set_aside: list[LeftOut]

    @property
    def number_left_out(self) -> int:
        return sum(len(group.rows) + group.more for group in self.left_out)

    @property
    def number_counted(self) -> int:
        return len(self.counted) + self.more_counted


def shown_rows(card: ScoreCard, places: FormLocations) -> ShownRows:
    """The rows of the case as they are stored. No query."""
    uses = row_uses(places.record, card.instrument.rules)
    labels = {row.key: row.label for row in card.instrument.items}
    used = [row for row in places.record if str(row.uuid) in uses.used and type(row) not in PARTS]
    counted = [
        _shown(row, places, items=", ".join(labels[key] for key in uses.used[str(row.uuid)]))
        for row in used[:MOST_SHOWN]
    ]
    groups = by_reason(without_parts(uses.not_counted))
    left_out = [_left_out(group, places) for group in groups if not group[0].is_set_aside]
    set_aside = [_left_out(group, places) for group in groups if group[0].is_set_aside]
    return ShownRows(counted, len(used) - len(counted), left_out, set_aside)


def _left_out(group: list[NotCounted], places: FormLocations) -> LeftOut:
    rows = [_shown(left_out.row, places) for left_out in group[:MOST_SHOWN]]
    return LeftOut(rows, group[0].reason, group[0].remedy, len(group) - len(rows))


def _shown(row: CaseRow, places: FormLocations, items: str = "") -> ShownRow:
    field = FIELD_TO_MEND.get(type(row), "phase" if isinstance(row, Finding) else "status")
    return ShownRow(str(row), places.link(str(row._meta.model_name), field, str(row.uuid)), items)
