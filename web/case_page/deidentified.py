"""The page of a case for readers who may not see identities: by the same table as for downloads."""

from dataclasses import replace

from accounts.models import User
from assessments.evidence import evidence_of
from cases.models import Exposure, LinkedCase
from research.masking import mask_cards, mask_row
from research.recognised import Recogniser
from web.case_page.case_data import Sheet

SOMEBODY = User(first_name="A reviewer")


def without_identities(sheet: Sheet) -> Sheet:
    """The sheet without anything that could identify a person; its rows are emptied in place.

    Days from onset are worked out before the dates go. No technical time stays: beside days from onset it
    would date the reaction.
    """
    before, recogniser = sheet.evidence, Recogniser()
    for row in sheet.record:
        mask_row(row, recogniser)
    names = {str(drug.uuid): drug.name for drug in sheet.record.all(Exposure)}
    mask_cards((sheet.card, *sheet.other_cards), names)
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
        links=[_link(link, recogniser) for link in sheet.links if link.other_id in sheet.reachable],
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


def _link(link: LinkedCase, recogniser: Recogniser) -> LinkedCase:
    """The link by the pseudonym of the other case, which is known where the other case may be read."""
    mask_row(link, recogniser)
    if link.other:
        link.number = link.other.number = link.other.summary.pseudonym
    return link
