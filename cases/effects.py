"""What follows from an amendment: `settings.AFTER_AMENDMENT`, in its order, before the transaction ends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import User
from cases.date_consistency import check_dates, check_references_outside_sources
from cases.models import CaseEvent
from cases.record.case_record import CaseRecord

if TYPE_CHECKING:
    from cases.amendment import Amendment


@dataclass(frozen=True)
class Amended:
    """Cases that have been changed and are still locked. `records` were read after the last change."""

    amendments: "Sequence[Amendment]"
    records: dict[int, CaseRecord]
    event_ids: dict[int, int]  # by case: the id set aside for its event
    by: User
    reason: str
    action: str


Effect = Callable[[Amended], None]


def run_effects(amended: Amended) -> None:
    """Run the effects in order. One that raises undoes the whole amendment."""
    for effect in _effects():
        effect(amended)


@cache
def _effects() -> tuple[Effect, ...]:
    return tuple(import_string(path) for path in settings.AFTER_AMENDMENT)


def check_cases(amended: Amended) -> None:
    """Refuse what is impossible across the rows of a case. Raises ValidationError."""
    check_dates(amended.records.values())
    check_references_outside_sources(
        amended.records[amendment.case.pk] for amendment in amended.amendments if amendment.may_break_dates
    )


def log_events(amended: Amended) -> None:
    """Log for each case who changed what, and why."""
    CaseEvent.objects.bulk_create(
        CaseEvent(
            id=amended.event_ids[amendment.case.pk],
            case_id=amendment.case.pk,
            case_number=amendment.case.number,
            action=amended.action,
            changes=amendment.changes,
            reason=amended.reason,
            by_id=amended.by.pk,
            by_name=amended.by.get_username(),
        )
        for amendment in amended.amendments
    )
