"""The page of a case for those who may not see identities: the same table decides as for downloads."""

from dataclasses import replace
from typing import Any

from accounts.models import User
from assessments.evidence import evidence_of
from cases.models import LinkedCase
from research.deidentified import Leaves, leaves
from web.case_page.case_data import Sheet

SOURCE = "the source"
SOMEBODY = User(first_name="A reviewer")


def without_identities(sheet: Sheet) -> Sheet:
    """The sheet without anything that could identify a person; its rows are emptied in place.

    Days from onset are worked out before the dates go.
    """
    before = sheet.evidence
    for row in sheet.record:
        empty(row)
    for card in sheet.other_cards:
        if card.exposure:
            empty(card.exposure)
    if sheet.card.reported:
        empty(sheet.card.reported)
        sheet.card.reported.source = SOURCE
    _leave_out_times(sheet)
    shown = evidence_of(sheet.record)
    return replace(
        sheet,
        evidence={
            uuid: replace(item, days_from_onset=before[uuid].days_from_onset) for uuid, item in shown.items()
        },
        literature=[],
        documents=[],
        narrative=None,
        links=[_link(link) for link in sheet.links if link.other_id in sheet.reachable],
        events=[],
    )


def _leave_out_times(sheet: Sheet) -> None:
    """Take out who answered, and the times of answers and scores: beside them days from onset are dates."""
    for assessment in (sheet.card.computed_row, sheet.card.adjudicated_row, *sheet.assessments):
        if assessment is not None:
            assessment.as_of = None
            vars(assessment)["created_at"] = None
    for answer in sheet.log:
        answer.reason = ""
        answer.by = SOMEBODY
        vars(answer)["at"] = None
    for card in (sheet.card, *sheet.other_cards):
        if card.standing is not None:
            vars(card.standing)["scored_at"] = None


def empty(row: Any) -> None:
    """Take out of a row what doesn't leave it."""
    for name, rule in leaves(type(row)).items():
        if rule is Leaves.NOT:
            field = row._meta.get_field(name)
            setattr(row, field.attname, None if field.null else {} if name == "null_flavors" else "")


def _link(link: LinkedCase) -> LinkedCase:
    empty(link)
    link.number = link.other.number if link.other else ""
    return link
