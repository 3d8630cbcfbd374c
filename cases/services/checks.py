"""What is impossible across the rows of a case, and so beyond a single row's constraint."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from cases.facts.clock import events
from cases.facts.record import Record
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
    try:
        Timeline(told).check()
    except CircularReference as error:
        raise ValidationError(f"{error} Give one of them a date of its own.") from None
