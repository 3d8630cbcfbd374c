"""The page of a case for those who may not see whom it is about: the same table decides as for downloads."""

from dataclasses import replace
from typing import Any

from assessments.evidence import evidence_of
from cases.models import LinkedCase
from research.deidentified import Leaves, leaves
from web.case_page.case_data import Sheet

SOURCE = "the source"


def without_identities(sheet: Sheet) -> Sheet:
    """The sheet with nothing in it that could tell who it was; its rows are emptied where they stand.

    How long before or after onset a thing was is reckoned before the dates go.
    """
    told = sheet.evidence
    for row in sheet.record:
        empty(row)
    if sheet.card.reported:
        empty(sheet.card.reported)
        sheet.card.reported.source = SOURCE
    for assessment in (sheet.card.computed_row, sheet.card.adjudicated_row, *sheet.assessments):
        if assessment is not None:
            assessment.as_of = None
    for answer in sheet.log:
        answer.reason = ""
    shown = evidence_of(sheet.record)
    return replace(
        sheet,
        evidence={
            uuid: replace(one, days_from_onset=told[uuid].days_from_onset) for uuid, one in shown.items()
        },
        literature=[],
        documents=[],
        narrative=None,
        links=[_link(link) for link in sheet.links if link.other_id in sheet.reachable],
        events=[],
    )


def empty(row: Any) -> None:
    """Take out of a row what doesn't leave it."""
    for name, how in leaves(type(row)).items():
        if how is Leaves.NOT:
            field = row._meta.get_field(name)
            setattr(row, field.attname, None if field.null else {} if name == "null_flavors" else "")


def _link(link: LinkedCase) -> LinkedCase:
    empty(link)
    link.number = link.other.number
    return link
