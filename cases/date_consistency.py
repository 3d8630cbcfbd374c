"""Refuse dates that contradict each other across the rows of a case; a constraint sees one row alone."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from cases.field_labels import label_of
from cases.models import CASE_ROWS, CaseRow
from cases.models.fields import MomentField
from cases.record.case_record import SOURCES, CaseRecord
from cases.record.case_timeline import events
from values.moments import Moment
from values.timeline import CircularReference, Timeline

# The moments of tables that no fact is read from.
OUTSIDE_SOURCES: dict[type[CaseRow], tuple[str, ...]] = {
    model: names
    for model in CASE_ROWS
    if model not in SOURCES
    and (names := tuple(field.name for field in model._meta.fields if isinstance(field, MomentField)))
}


def check_dates(records: Iterable[CaseRecord]) -> None:
    """Check the moments of `SOURCES`. Raises ValidationError.

    Refused are moments that refer to no row of their case, or to each other in a circle, and ends that lie
    before their start.
    """
    for record in records:
        _check_sources(record)


def is_dated_outside_sources(row: CaseRow) -> bool:
    """Whether a row of a table that no fact is read from is dated by another row."""
    moments = (getattr(row, name) for name in OUTSIDE_SOURCES.get(type(row), ()))
    return any(moment is not None and moment.is_relative for moment in moments)


def check_references_outside_sources(records: Iterable[CaseRecord]) -> None:
    """Check that moments of the other tables refer to rows of their case. Raises ValidationError.

    One query for each such table and each case.
    """
    for record in records:
        anchors = _anchors(record)
        for model, names in OUTSIDE_SOURCES.items():
            for row in model.objects.filter(case_id=record.case.pk):
                moments = ((f"{row._meta.verbose_name} “{row}”", getattr(row, name)) for name in names)
                _check_references(moments, anchors, record)


def _anchors(record: CaseRecord) -> set[str]:
    """The names that moments of a case may refer to."""
    return {"birth"} | {name for row in record for name in (row.anchor, f"{row.anchor}.end")}


def _check_references(
    moments: Iterable[tuple[str, Moment | None]], anchors: set[str], record: CaseRecord
) -> None:
    for event, moment in moments:
        if moment is not None and moment.is_relative and moment.anchor not in anchors:
            raise ValidationError(
                f"{event} is dated relative to {moment.anchor}, which is not in case {record.case}. "
                "Choose an entry of this case, or give a date."
            )


def _check_sources(record: CaseRecord) -> None:
    moments = dict(events(record))
    _check_references(moments.items(), _anchors(record), record)
    timeline = Timeline(moments)
    try:
        timeline.check()
    except CircularReference as error:
        raise ValidationError(f"{error} Give one of them a date of its own.") from None
    for row in record:
        _check_order(row, timeline)


def _check_order(row: CaseRow, timeline: Timeline) -> None:
    if not (row.ends and getattr(row, row.starts) and getattr(row, row.ends)):
        return
    duration = timeline.between(row.anchor, f"{row.anchor}.end")
    if duration.high is not None and duration.high < 0:
        fields = (row._meta.get_field(name) for name in (row.starts, row.ends))
        start, end = (label_of(field).lower() for field in fields)  # type: ignore[arg-type]
        raise ValidationError(
            f"{str(row._meta.verbose_name).capitalize()} “{row}”: its {end} lies before its {start}. "
            "Check both moments."
        )
