"""Rows in words, for what is sent as text because E2B has no element for it."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from math import ceil, floor
from typing import Any

from django.db import models

from cases.event_names import name_events
from cases.models import CaseRow
from cases.record.case_record import CaseRecord
from values.calendar_text import format_date
from values.date_ranges import ReportedDate
from values.dates import PartialDate
from values.moment_text import format_moment
from values.moments import Moment
from values.numbers import plain_number
from values.spans import Span
from values.timeline import ZERO_DAYS

# Columns that hold a row together or record how it was entered, and are no statement about the patient.
NOT_DESCRIBED = {"id", "uuid", "case", "null_flavors", "position", "created_at", "verbatim", "literature"}


class RowDescriber:
    """Describes the rows of one case; relative moments by the names of the events that they count from."""

    def __init__(self, record: CaseRecord) -> None:
        self._record = record
        self._names: dict[str, str] | None = None
        self._moments: dict[str, Moment] | None = None

    def row(self, row: CaseRow) -> str:
        """A row as one line: its kind, then every statement of it."""
        parts = [
            f"{field.verbose_name}: {words}"
            for field in described_fields(type(row))
            if (words := self.field(row, field))
        ]
        return f"{capital(row._meta.verbose_name)}: {'; '.join(parts) or 'no details'}"

    def field(self, row: models.Model, field: "models.Field[Any, Any]") -> str:
        """One statement; empty where the field has no answer."""
        value = getattr(row, field.name)
        if is_unanswered(field, value):
            return ""
        if isinstance(value, Moment):
            return self.moment(value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, Decimal):
            return plain_number(value)
        return str(dict(field.flatchoices).get(value, value) if field.choices else value)

    def moment(self, moment: Moment) -> str:
        if not moment.is_relative:
            return format_moment(moment, {})
        if self._names is None:
            self._names = name_events(self._record.anchor_rows)
        has_name = moment.anchor in self._names.values()
        words = format_moment(moment, self._names) if has_name else "at a time told by another entry"
        between = self.dates_of(moment)
        return f"{words} ({between})" if between else words

    def dates_of(self, moment: Moment) -> str:
        """The day that a moment means, or between which days it lies; empty where no date follows."""
        days = self._days_of(moment)
        if days is None:
            return ""
        words = [format_date(PartialDate.of(day)) for day in days]
        return f"on {words[0]}" if days[0] == days[1] else f"between {words[0]} and {words[1]}"

    def day_of(self, moment: Moment | None) -> date | None:
        """The day that a moment means; None where it may mean several."""
        days = self._days_of(moment) if moment else None
        return days[0] if days and days[0] == days[1] else None

    def _days_of(self, moment: Moment) -> tuple[date, date] | None:
        """The first and the last day of a moment that is dated, or counts from a dated one."""
        if self._moments is None:
            self._moments = dict(_moments(self._record))
        span, event, seen = ZERO_DAYS, moment, set[str]()
        while event.offset is not None:
            span = span + event.span
            following = self._moments.get(event.anchor)
            if following is None or event.anchor in seen:
                return None
            seen.add(event.anchor)
            event = following
        return None if event.possible is None else _days(event.possible, span)


def _days(reported: ReportedDate, span: Span) -> tuple[date, date] | None:
    """The days that lie a span of days after a date; None where the span has no end."""
    if span.low is None or span.high is None:
        return None
    try:
        first = reported.first_day + timedelta(days=floor(span.low))
        return first, reported.last_day + timedelta(days=ceil(span.high))
    except OverflowError:
        return None


def is_unanswered(field: "models.Field[Any, Any]", value: Any) -> bool:
    """Whether a field has no answer; no is an answer only where the field can also be empty."""
    return value is None or value == "" or (value is False and not field.null)


def capital(words: object) -> str:
    """The words with a capital letter first."""
    text = str(words)
    return text[:1].upper() + text[1:]


@cache
def described_fields(model: type[CaseRow]) -> tuple["models.Field[Any, Any]", ...]:
    return tuple(
        field for field in model._meta.fields if field.name not in NOT_DESCRIBED and not hasattr(field, "ich")
    )


def _moments(record: CaseRecord) -> Iterator[tuple[str, Moment]]:
    """Every event with a moment, by the anchor that other moments count from."""
    for row in record:
        for column, anchor in ((row.starts, row.anchor), (row.ends, f"{row.anchor}.end")):
            moment = getattr(row, column) if column else None
            if moment is not None:
                yield anchor, moment
