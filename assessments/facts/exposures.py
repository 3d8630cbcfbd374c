"""What was taken, when relative to onset, and how long it stays."""

from collections.abc import Iterator
from decimal import Decimal

from assessments.facts.course import latest
from cases.models import Dose, DrugReaction, Exposure
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import CaseTimeline
from scoring import facts
from values.quantities import IncompatibleUnits, Quantity
from values.spans import UNKNOWN_SPAN, Span, TimeUnit

# Of a stretch of equal doses, so many of the latest are laid out one by one; what is left of earlier
# ones no longer changes the share that is still in the body.
MOST_DOSES = 400
TIME_UNITS = frozenset(TimeUnit)


def exposure_facts(record: CaseRecord, timeline: CaseTimeline) -> Iterator[facts.Exposure]:
    for row in record.all(Exposure):
        doses = [dose for dose in record.all(Dose) if dose.exposure_id == row.pk]
        stated = _stated(record, row, timeline)
        first = latest([_before_onset(dose.anchor, timeline) for dose in doses])
        yield facts.Exposure(
            id=str(row.uuid),
            name=row.name,
            is_suspect=row.is_suspect,
            first_dose=first if first != UNKNOWN_SPAN else stated_days(stated, "first_dose"),
            last_dose=_last_dose(row, doses, timeline, stated),
            doses=tuple(sorted(_single_doses(row, doses, timeline), key=_bounds)),
            is_continued=row.is_ongoing_at_onset,
            half_life_hours=row.half_life_hours,
        )


def _before_onset(event: str, timeline: CaseTimeline) -> Span:
    return -timeline.days_to(event)


def _stated(record: CaseRecord, row: Exposure, timeline: CaseTimeline) -> DrugReaction | None:
    """The intervals that the source itself gives for this drug and the assessed reaction."""
    wanted = {reaction.pk for reaction in timeline.reactions}
    pairs = [p for p in record.all(DrugReaction) if p.exposure_id == row.pk and p.reaction_id in wanted]
    return pairs[0] if pairs else None


def stated_days(stated: DrugReaction | None, which: str) -> Span:
    """An interval as the source states it, in days; none where its unit is no unit of time."""
    interval, unit = getattr(stated, f"{which}_interval", None), getattr(stated, f"{which}_unit", "")
    if interval is None or unit not in TIME_UNITS:
        return UNKNOWN_SPAN
    return Span.of(interval, interval, TimeUnit(unit))


def _last_dose(row: Exposure, doses: list[Dose], timeline: CaseTimeline, stated: DrugReaction | None) -> Span:
    ends = [_last_of(row, dose, timeline) for dose in doses]
    known = [span for span in ends if span.is_known]
    if not known:
        return stated_days(stated, "last_dose")
    return min(known, key=lambda span: span.low or Decimal(0))


def _last_of(row: Exposure, dose: Dose, timeline: CaseTimeline) -> Span:
    """From the last dose of a stretch to onset: its end, or within one interval if it still ran."""
    if dose.end:
        return _before_onset(f"{dose.anchor}.end", timeline)
    interval = _interval_days(dose)
    if interval is None:
        return _before_onset(dose.anchor, timeline)
    return Span(Decimal(0), interval) if row.is_ongoing_at_onset else UNKNOWN_SPAN


def _interval_days(dose: Dose) -> Decimal | None:
    if dose.interval is None:
        return None
    try:
        return Quantity(dose.interval, dose.interval_unit).to("d").value
    except IncompatibleUnits:
        return None


def _single_doses(row: Exposure, doses: list[Dose], timeline: CaseTimeline) -> Iterator[Span]:
    """Each dose before onset, as days before it; none for a stretch whose end is not known."""
    for dose in doses:
        start = _before_onset(dose.anchor, timeline)
        interval = _interval_days(dose)
        if not start.is_known:
            continue
        if interval is None:
            yield start
        elif row.is_ongoing_at_onset and not dose.end:
            yield from _laid_out(start, interval)


def _bounds(dose: Span) -> tuple[Decimal, Decimal]:
    return dose.low or Decimal(0), dose.high or Decimal(0)


def _laid_out(start: Span, interval: Decimal) -> Iterator[Span]:
    """A stretch of equal doses that still ran at onset, one by one; the last within one interval of it."""
    low, high = _bounds(start)
    count = int(low / interval) if interval else 0
    for step in range(max(0, count - MOST_DOSES), count - 1):
        yield Span(low - interval * step, high - interval * step)
    yield Span(Decimal(0), interval) if count else start
