"""By which days a date without its year or century is read: that of entry, and when the report came in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from cases.models import Case
from values.calendar_text import WrittenOn
from values.moment_reading import parse_day
from values.moment_text import MomentParseError

RECEIPTS = ("first_received", "latest_information")


def written_on(case: Case | None, given: Mapping[str, Any]) -> WrittenOn:
    """Today, with the last receipt of a case: as given for its columns, else as stored."""
    entered = WrittenOn(timezone.localdate())
    received = filter(None, (_receipt(case, name, given.get(name), entered) for name in RECEIPTS))
    return WrittenOn(entered.entered, max(received, default=None))


def _receipt(case: Case | None, name: str, text: Any, entered: WrittenOn) -> date | None:
    try:
        return parse_day(text, entered) if isinstance(text, str) else getattr(case, name, None)
    except MomentParseError:
        return getattr(case, name, None)
