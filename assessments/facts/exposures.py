"""What was taken, when relative to onset, and how long it stays.

Treatment that isn't known to have ended is no single dose: its last dose lies anywhere up to onset.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import ceil

from assessments.facts.age import age_in_years
from assessments.facts.course import latest
from assessments.facts.kidneys import renal_impairment
from cases.models import Dose, DrugReaction, Exposure
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import CaseTimeline
from scoring import facts
from scoring.facts import Condition, HalfLife
from scoring.halflife import applicable
from values.quantities import IncompatibleUnits, Quantity
from values.spans import UNKNOWN_SPAN, Span, TimeUnit

# Of a stretch of equal doses, so many of the latest are laid out one by one; what is left of earlier
# ones no longer changes the share that is still in the body.
MOST_DOSES = 400
TIME_UNITS = frozenset(TimeUnit)
ONSET, NO_TIME = Span.days(0), Decimal(0)
# A dosage in words that states one dose, and what makes it one of many.
ONE_DOSE = re.compile(
    r"\bsingle (oral |intravenous |i v )?(dose|injection|infusion|administration|shot)\b"
    r"|\bonly one dose\b|\bone dose only\b|\bonce only\b|\bone time only\b",
    re.IGNORECASE,
)
REPEATED = re.compile(r"\b(daily|weekly|monthly|every|each|per|times|a day|a week|a month)\b|/d\b", re.I)
# Half-lives that depend on the patient: only for these are age, kidneys and length of treatment read.
OF_PATIENTS = frozenset(
    {Condition.CHILD, Condition.NEWBORN, Condition.CHRONIC, Condition.RENAL_IMPAIRMENT, Condition.CLEARANCE}
)


@dataclass(frozen=True)
class _Given:
    """One row of doses: from its first to its last dose before onset, in days before it.

    `doses`: each of them, None where they aren't known one by one.
    """

    first: Span
    last: Span
    doses: tuple[Span, ...] | None = None
    is_end_known: bool = True


@dataclass(frozen=True)
class _PatientFacts:
    """What half-lives depend on, worked out once for all drugs, and only if one asks."""

    record: CaseRecord
    timeline: CaseTimeline

    @cached_property
    def age_years(self) -> Span:
        return age_in_years(self.record, self.timeline)

    @cached_property
    def renal_impairment(self) -> bool:
        return renal_impairment(self.record)


def exposure_facts(record: CaseRecord, timeline: CaseTimeline) -> Iterator[facts.Exposure]:
    patient = _PatientFacts(record, timeline)
    for row in record.all(Exposure):
        doses = [dose for dose in record.all(Dose) if dose.exposure_id == row.pk]
        stated = _stated(record, row, timeline)
        given = [_given(row, dose, doses, timeline) for dose in doses]
        first = latest([stretch.first for stretch in given])
        first = first if first != UNKNOWN_SPAN else stated_days(stated, "first_dose")
        last = _last_dose(given, stated_days(stated, "last_dose"))
        reference = _reference(row, patient, first, last)
        yield facts.Exposure(
            id=str(row.uuid),
            name=row.name,
            is_suspect=row.is_suspect,
            first_dose=first,
            last_dose=last,
            doses=tuple(sorted(_one_by_one(given), key=_bounds)),
            is_continued=row.is_ongoing_at_onset,
            half_life_hours=row.stated_half_life_hours or _first_number(reference),
            is_half_life_stated=row.stated_half_life_hours is not None,
            reference=reference,
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
    return _length(interval, unit)


def _length(count: Decimal | None, unit: str) -> Span:
    """So many of a unit of time, in days; unknown where it is none."""
    if count is None or unit not in TIME_UNITS:
        return UNKNOWN_SPAN
    return Span.of(count, count, TimeUnit(unit))


def is_single(exposure: Exposure, dose: Dose, doses: list[Dose]) -> bool:
    """Whether a row of doses is one dose: stated so, ended as it began, or one of a list of equal doses.

    A list of equal doses names each of them only of a drug that is known to have been given on: else the
    last of them may have begun a stretch.
    """
    if dose.interval is not None or dose.duration is not None:
        return False
    if dose.end is not None:
        return bool(dose.end == dose.start)
    words = re.sub("[-. ]+", " ", dose.text)
    if ONE_DOSE.search(words) and not REPEATED.search(words):
        return True
    equal = [d for d in doses if _is_bare(d) and (d.amount, d.unit) == (dose.amount, dose.unit)]
    return bool(exposure.is_ongoing_at_onset) and dose.amount is not None and len(equal) == len(doses) > 1


def _is_bare(dose: Dose) -> bool:
    return dose.interval is None and dose.duration is None and dose.end is None


def _given(row: Exposure, dose: Dose, doses: list[Dose], timeline: CaseTimeline) -> _Given:
    start = _before_onset(dose.anchor, timeline)
    if is_single(row, dose, doses):
        return _Given(start, start, (start,))
    end, interval = _end(dose, start, timeline), _interval_days(dose)
    if end != UNKNOWN_SPAN:
        return _Given(start, end, _laid_out(start, end, interval))
    if not row.is_ongoing_at_onset:
        return _Given(start, _up_to_onset(start), is_end_known=False)
    if not interval:
        return _Given(start, ONSET)
    if start.high is not None and 0 <= start.high < interval:
        return _Given(start, start, (start,))
    last = Span(NO_TIME, interval)
    return _Given(start, last, _laid_out(start, last, interval))


def _end(dose: Dose, start: Span, timeline: CaseTimeline) -> Span:
    """Days before onset on which a stretch ended, by its end or its duration."""
    if dose.end is not None:
        return _before_onset(f"{dose.anchor}.end", timeline)
    return start - _length(dose.duration, dose.duration_unit)


def _up_to_onset(start: Span) -> Span:
    """Anywhere from the start to onset; unknown where the start is, or begun after onset."""
    return start if start.surely_below(NO_TIME) else Span(NO_TIME, start.high)


def _interval_days(dose: Dose) -> Decimal | None:
    if dose.interval is None:
        return None
    if dose.interval_unit in TIME_UNITS:
        return Span.of(dose.interval, dose.interval, TimeUnit(dose.interval_unit)).high
    try:
        return Quantity(dose.interval, dose.interval_unit).to("d").value
    except IncompatibleUnits:
        return None


def _last_dose(given: list[_Given], stated: Span) -> Span:
    """The last dose before onset; as the source states it where no row of doses has its day or its end."""
    before = [stretch for stretch in given if not stretch.first.surely_below(NO_TIME)] or given
    ends = [stretch.last for stretch in before if stretch.last != UNKNOWN_SPAN]
    if not ends or (stated != UNKNOWN_SPAN and not all(stretch.is_end_known for stretch in before)):
        return stated
    high = min([end.high for end in ends if end.high is not None], default=None)
    low = min([NO_TIME if end.low is None else end.low for end in ends])
    return Span(low if high is None else min(low, high), high)


def _one_by_one(given: list[_Given]) -> Iterator[Span]:
    """Every dose before onset where all of them are known; else none."""
    if all(stretch.doses is not None for stretch in given):
        for stretch in given:
            yield from stretch.doses or ()


def _bounds(dose: Span) -> tuple[Decimal, Decimal]:
    return dose.low or NO_TIME, dose.high or NO_TIME


def _laid_out(start: Span, last: Span, interval: Decimal | None) -> tuple[Span, ...] | None:
    """The doses of a stretch one by one, the last as it is; None where days or interval aren't known."""
    if not interval or start.low is None or start.high is None or last.high is None or (last.low or 0) < 0:
        return None
    before_last = max(0, ceil((start.low - last.high) / interval))
    steps = range(max(0, before_last - MOST_DOSES + 1), before_last)
    return (*(Span(start.low - interval * step, start.high - interval * step) for step in steps), last)


def _reference(row: Exposure, patient: _PatientFacts, first: Span, last: Span) -> tuple[HalfLife, ...]:
    """The half-lives of the dictionary that may hold for the patient, the usual one first."""
    half_lives = row.half_lives
    if not any(half_life.condition in OF_PATIENTS for half_life in half_lives):
        return half_lives[:1]
    return applicable(
        half_lives,
        age_years=patient.age_years,
        treated_days=_treated(first, last),
        renal_impairment=patient.renal_impairment,
    )


def _treated(first: Span, last: Span) -> Span:
    """Days from the first to the last dose before onset."""
    if first.low is None or first.high is None:
        return UNKNOWN_SPAN
    length = first - last
    return Span(None if length.low is None else max(length.low, NO_TIME), length.high)


def _first_number(reference: tuple[HalfLife, ...]) -> tuple[Decimal, Decimal] | None:
    return next(
        (row.hours for row in reference if row.hours and row.condition is not Condition.CLEARANCE), None
    )
