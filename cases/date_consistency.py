"""What is impossible across the rows of a case, and so beyond a single row's constraint."""

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
ELSEWHERE: dict[type[CaseRow], tuple[str, ...]] = {
    model: names
    for model in CASE_ROWS
    if model not in SOURCES
    and (names := tuple(field.name for field in model._meta.fields if isinstance(field, MomentField)))
}


def check_records(found: Iterable[CaseRecord]) -> None:
    """Raise ValidationError for moments that refer to nothing in their case, or to each other in a circle."""
    for record in found:
        _check_moments(record)


def dates_elsewhere(row: CaseRow) -> bool:
    """Whether a row of a table that no fact is read from is dated by another row."""
    told = (getattr(row, name) for name in ELSEWHERE.get(type(row), ()))
    return any(moment is not None and moment.is_relative for moment in told)


def check_elsewhere(found: Iterable[CaseRecord]) -> None:
    """As `check_records` for the tables that no fact is read from. A query for each of them and each case."""
    for record in found:
        known = _known_to(record)
        for model, names in ELSEWHERE.items():
            for row in model.objects.filter(case_id=record.case.pk):
                what = f"{row._meta.verbose_name} “{row}”"
                told = ((what, getattr(row, name)) for name in names)
                _check_known((one for one in told if one[1] is not None), known, record)


def _known_to(record: CaseRecord) -> set[str]:
    rows = [row for rows in record.rows.values() for row in rows]
    return {"birth", *(row.anchor for row in rows), *(f"{row.anchor}.end" for row in rows)}


def _check_known(told: Iterable[tuple[str, Moment]], known: set[str], record: CaseRecord) -> None:
    for what, moment in told:
        if moment.is_relative and moment.anchor not in known:
            raise ValidationError(
                f"{what} is dated relative to {moment.anchor}, which is not in case {record.case}. "
                "Choose an entry of this case, or give a date."
            )


def _check_moments(record: CaseRecord) -> None:
    told = dict(events(record))
    _check_known(told.items(), _known_to(record), record)
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
