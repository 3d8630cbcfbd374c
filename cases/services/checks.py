"""What is impossible across the rows of a case, and so beyond a single row's constraint."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from cases.facts.clock import events
from cases.facts.record import Record
from cases.models import CaseRow
from cases.queries.field_labels import label_of
from values.timeline import CircularReference, Timeline


def check_records(found: Iterable[Record]) -> None:
    """Raise ValidationError for moments that refer to nothing in their case, or to each other in a circle."""
    for record in found:
        _check_moments(record)


def _check_moments(record: Record) -> None:
    known = {"birth"}
    for rows in record.rows.values():
        for row in rows:
            known |= {row.anchor, f"{row.anchor}.end"}
    told = dict(events(record))
    for event, moment in told.items():
        if moment.is_relative and moment.anchor not in known:
            raise ValidationError(
                f"{event} is dated relative to {moment.anchor}, which is not in case {record.case}. "
                "Choose an entry of this case, or give a date."
            )
    timeline = Timeline(told)
    try:
        timeline.check()
    except CircularReference as error:
        raise ValidationError(f"{error} Give one of them a date of its own.") from None
    for rows in record.rows.values():
        for row in rows:
            _check_order(row, timeline)


def _check_order(row: CaseRow, timeline: Timeline) -> None:
    if not (row.ends and getattr(row, row.starts) and getattr(row, row.ends)):
        return
    lasts = timeline.between(row.anchor, f"{row.anchor}.end")
    if lasts.high is not None and lasts.high < 0:
        fields = (row._meta.get_field(name) for name in (row.starts, row.ends))
        start, end = (label_of(field).lower() for field in fields)  # type: ignore[arg-type]
        raise ValidationError(
            f"{str(row._meta.verbose_name).capitalize()} “{row}”: its {end} lies before its {start}. "
            "Check both moments."
        )
