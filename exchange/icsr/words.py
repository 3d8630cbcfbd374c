"""Rows in words, for what leaves the house as text because E2B has no element for it."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from functools import cache
from math import ceil, floor
from typing import Any

from django.db import models

from cases.event_names import name_events
from cases.models import CaseRow
from cases.record.case_record import CaseRecord
from values.moment_text import format_moment
from values.moments import Moment
from values.numbers import plain_number

# Columns that hold a row together or say how it was entered, and are no statement about the patient.
SILENT = {"id", "uuid", "case", "null_flavors", "position", "created_at", "verbatim", "literature"}


class Teller:
    """Tells the rows of one case; relative moments by the names of what they are counted from."""

    def __init__(self, whole: CaseRecord) -> None:
        self._whole = whole
        self._names: dict[str, str] | None = None
        self._moments: dict[str, Moment] | None = None

    def row(self, row: CaseRow) -> str:
        """A row as one line: what it is, then every statement of it."""
        parts = [
            f"{field.verbose_name}: {words}"
            for field in spoken_fields(type(row))
            if (words := self.field(row, field))
        ]
        return f"{capital(row._meta.verbose_name)}: {'; '.join(parts) or 'no details'}"

    def field(self, row: models.Model, field: "models.Field[Any, Any]") -> str:
        """One statement; empty where a row says nothing by it."""
        value = getattr(row, field.name)
        if says_nothing(field, value):
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
            return str(moment)
        if self._names is None:
            self._names = name_events(self._whole.anchor_rows)
        known = moment.anchor in self._names.values()
        told = format_moment(moment, self._names) if known else "at a time told by another entry"
        between = self._between(moment)
        return f"{told} ({between})" if between else told

    def _between(self, moment: Moment) -> str:
        """The days between which a relative moment lies, where it is counted from a dated event."""
        if self._moments is None:
            self._moments = dict(_moments(self._whole))
        span, anchor, seen = moment.offset.span, moment.anchor, {moment.anchor}  # type: ignore[union-attr]
        while (known := self._moments.get(anchor)) is not None and known.offset is not None:
            span, anchor = span + known.offset.span, known.anchor
            if anchor in seen:
                return ""
            seen.add(anchor)
        if known is None or known.date is None or span.low is None or span.high is None:
            return ""
        try:
            first = known.date.first_day + timedelta(days=floor(span.low))
            last = known.date.last_day + timedelta(days=ceil(span.high))
        except OverflowError:
            return ""
        return f"on {first}" if first == last else f"between {first} and {last}"


def says_nothing(field: "models.Field[Any, Any]", value: Any) -> bool:
    """No is an answer only where nobody might have said."""
    return value is None or value == "" or (value is False and not field.null)


def capital(words: object) -> str:
    text = str(words)
    return text[:1].upper() + text[1:]


@cache
def spoken_fields(model: type[CaseRow]) -> tuple["models.Field[Any, Any]", ...]:
    return tuple(
        field for field in model._meta.fields if field.name not in SILENT and not hasattr(field, "ich")
    )


def _moments(whole: CaseRecord) -> Iterator[tuple[str, Moment]]:
    """Every dated or relatively dated event, by the anchor that others name it by."""
    for row in whole:
        for column, anchor in ((row.starts, row.anchor), (row.ends, f"{row.anchor}.end")):
            moment = getattr(row, column) if column else None
            if moment is not None:
                yield anchor, moment
