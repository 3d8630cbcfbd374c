"""Dates that lie in the future, ends without a start, and phases that the dates contradict."""

from collections.abc import Iterator
from functools import cache

from cases.checks.result import CheckedCase, FieldRemark
from cases.models import CaseRow, Dose, Finding, Phase, Reaction, Treatment
from cases.models.fields import MomentField
from values.calendar_text import format_date
from values.dates import PartialDate
from values.moment_text import format_moment

# A condition may well be known by its end alone ("appendectomy 2009"); these are not.
ENDING = (Dose, Reaction, Treatment)
# What was found so long before the onset doesn't belong to the reaction: prodromes are shorter.
LONGEST_PRODROME_DAYS = 31


def in_the_future(checked: CheckedCase) -> Iterator[FieldRemark]:
    """A year or month is in the future when all of it is."""
    case = checked.record.case
    for name in ("first_received", "latest_information"):
        day = getattr(case, name)
        if day is not None and day > checked.today:
            yield FieldRemark(case, name, _in_future(format_date(PartialDate.of(day))))
    for model, rows in checked.record.rows.items():
        for name in _moments(model):
            for row in rows:
                moment = getattr(row, name)
                if moment is not None and moment.possible and moment.possible.first_day > checked.today:
                    yield FieldRemark(row, name, _in_future(format_moment(moment, {})))


def _in_future(words: str) -> str:
    return f"{words} lies in the future. Check the date."


def end_without_start(checked: CheckedCase) -> Iterator[FieldRemark]:
    for model in ENDING:
        for row in checked.record.all(model):
            if getattr(row, row.ends) and not getattr(row, row.starts):
                yield FieldRemark(
                    row, row.starts, "The end is known, but not the start. Enter when it began."
                )


def phase_against_date(checked: CheckedCase) -> Iterator[FieldRemark]:
    """Only dates that leave no doubt."""
    for model in checked.record.rows:
        if issubclass(model, Finding):
            for row in checked.record.all(model):
                if contradiction := _contradiction(checked, row):
                    yield FieldRemark(row, "phase", f"{contradiction} Check the phase and the date.")


def _contradiction(checked: CheckedCase, row: Finding) -> str:
    days = checked.timeline.days_to(row.anchor)
    if row.phase == Phase.BACKGROUND and days.surely_at_least(1):
        return "This was found after the reaction had begun."
    if row.phase == Phase.AFTER and days.surely_below(0):
        return "This was found before the reaction began."
    if row.phase == Phase.REACTION and days.surely_below(-LONGEST_PRODROME_DAYS):
        return "This was found more than a month before the reaction began, and counts as evidence of it."
    return ""


@cache
def _moments(model: type[CaseRow]) -> tuple[str, ...]:
    return tuple(field.name for field in model._meta.fields if isinstance(field, MomentField))
