"""Beside the form: which of the stored rows count for the score, and which don't and why."""

from dataclasses import dataclass

from assessments.facts.not_counted import NotCounted
from assessments.row_uses import PARTS, row_uses, without_parts
from assessments.scorecards import ScoreCard
from cases.models import CaseRow, Examination, Finding, Reaction
from web.entry.form_locations import FormLocations

# Where to mend a row of a table; elsewhere it is the phase.
FIELD_TO_MEND: dict[type[CaseRow], str] = {Examination: "test", Reaction: "term"}


@dataclass(frozen=True)
class ShownRow:
    """A row with the items that use it, or with why it doesn't count and what would help."""

    row: str
    link: str
    items: str = ""
    reason: str = ""
    remedy: str = ""


@dataclass(frozen=True)
class ShownRows:
    counted: list[ShownRow]
    not_counted: list[ShownRow]


def shown_rows(card: ScoreCard, places: FormLocations) -> ShownRows:
    """The rows of the case as they are stored. No query."""
    uses = row_uses(places.record, card.instrument.rules)
    labels = {row.key: row.label for row in card.instrument.items}
    counted = [
        ShownRow(
            str(row),
            _link(row, places),
            items=", ".join(labels[key] for key in uses.used[str(row.uuid)]),
        )
        for row in places.record
        if str(row.uuid) in uses.used and type(row) not in PARTS
    ]
    return ShownRows(counted, [_left_out(row, places) for row in without_parts(uses.not_counted)])


def _left_out(left_out: NotCounted, places: FormLocations) -> ShownRow:
    row = left_out.row
    return ShownRow(str(row), _link(row, places), reason=left_out.reason, remedy=left_out.remedy)


def _link(row: CaseRow, places: FormLocations) -> str:
    field = FIELD_TO_MEND.get(type(row), "phase" if isinstance(row, Finding) else "status")
    return places.link(str(row._meta.model_name), field, str(row.uuid))
