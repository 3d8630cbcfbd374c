"""Drugs on the picture of a case: what was given when, how long it stays, and how long before onset."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, inf

from assessments.display.words import STILL_TAKEN, from_onset, is_still_taken, readable_units
from assessments.facts.exposures import exposure_facts, is_single
from cases.models import Dose, Exposure
from cases.models.exposure import Action, Role
from cases.record.case_record import CaseRecord
from scoring import facts
from scoring.halflife import in_half_lives
from values.numbers import plain_number
from values.quantities import IncompatibleUnits, Quantity
from values.spans import UNKNOWN_SPAN, Span, TimeUnit
from web.case_page.drugs import plain_span, share
from web.case_page.timeline.lanes import (
    Bar,
    Bracket,
    CaseDates,
    Chart,
    Lane,
    Mark,
    Undated,
    is_placed,
)
from web.case_page.timeline.share import Bounds, Given, Share, share_of

GROUP = "Drugs"
ONSET = Span.days(0)
# Doses of a stretch that are drawn one by one; more of them would be a blur.
FEW = 60
# The first day of a stretch counts as known if it is known to this part of the dosing interval.
KNOWN_TO = Decimal("0.25")
NOT_KNOWN = "half-life not known"
# Below this share it says "under 1 %".
LITTLE = 0.01


@dataclass(frozen=True)
class _Stretch:
    """Equal doses `every` so many days (None: not stated) from `start` to `end`."""

    dose: Dose
    start: Span
    end: Span
    every: Decimal | None
    goes_on: bool


def add_drugs(chart: Chart, record: CaseRecord, dates: CaseDates) -> None:
    """A lane for each drug: suspects first, each in the order of the record."""
    facts_by_id = {fact.id: fact for fact in exposure_facts(record, dates.timeline)}
    doses = record.all(Dose)
    for exposure in sorted(record.all(Exposure), key=lambda row: not row.is_suspect):
        own = [dose for dose in doses if dose.exposure_id == exposure.pk]
        _add_drug(chart, exposure, own, facts_by_id[str(exposure.uuid)], dates)


def _add_drug(
    chart: Chart, exposure: Exposure, doses: list[Dose], fact: facts.Exposure, dates: CaseDates
) -> None:
    kind = "suspect" if exposure.is_suspect else "concomitant"
    lane = Lane(GROUP, kind, exposure.name)
    single, stretches = [], []
    undated = [dose for dose in doses if not is_placed(dates.days(dose))]
    for dose in doses:
        start = dates.days(dose)
        if not is_placed(start):
            # Where only the end is known, it began some time before.
            start = Span(None, dates.days(dose, ".end").high) if dose.end else UNKNOWN_SPAN
        if is_placed(start) and not is_single(exposure, dose, doses):
            stretches.append(_stretch(exposure, dose, start, dates))
        elif is_placed(start):
            single.append((dose, start))
    chart.undated += [_not_dated(exposure, dose, dates) for dose in undated]
    with_end = [stretch.dose for stretch in stretches if is_placed(stretch.end)]
    chart.undated += [
        Undated(f"{dose.anchor}.end", f"{exposure.name}, {_dose(dose)}: end", dates.when(dose.end))
        for dose in doses
        if dose.end and dose not in with_end
    ]
    lane.bars += [_stretch_bar(exposure, stretch, dates) for stretch in stretches]
    lane.bars += _joined(exposure, [start for _, start in single])
    lane.marks += [_dose_mark(exposure, dose, start, dates) for dose, start in single]
    lane.marks += [
        _dose_mark(exposure, stretch.dose, stretch.start, dates)
        for stretch in stretches
        if stretch.dose not in undated
    ]
    if not lane.bars and not lane.marks:
        lane.bars += _as_stated(exposure, fact)
    lane.share = _share(exposure, fact, [start for _, start in single], stretches)
    if exposure.is_suspect:
        lane.brackets = _brackets(fact)
    lane.notes = [
        _note(exposure, fact, lane),
        *(["doses without a day left out"] if undated and lane.share else []),
    ]
    if lane.bars or lane.marks or lane.brackets:
        chart.add_lane(lane)
    elif not doses:
        chart.undated.append(Undated(exposure.anchor, f"{exposure.name} ({_role(exposure)})"))


def _role(exposure: Exposure) -> str:
    return exposure.get_role_display().lower()


def _dose(dose: Dose) -> str:
    """ "4 mg/kg, every 28 d"."""
    every = f"every {plain_number(dose.interval)} {dose.interval_unit}" if dose.interval is not None else ""
    amount = (
        f"{plain_number(dose.amount)} {readable_units(dose.unit)}" if dose.amount is not None else dose.text
    )
    return ", ".join(filter(None, (amount.strip(), every, dose.route))) or "dose"


def _not_dated(exposure: Exposure, dose: Dose, dates: CaseDates) -> Undated:
    return Undated(dose.anchor, f"{exposure.name}, {_dose(dose)}", dates.when(dose.start), shape="dose")


def _dose_mark(exposure: Exposure, dose: Dose, start: Span, dates: CaseDates) -> Mark:
    return Mark(
        dose.anchor, start, f"{exposure.name}, {_dose(dose)}", shape="dose", when=dates.when(dose.start)
    )


def _stretch(exposure: Exposure, dose: Dose, start: Span, dates: CaseDates) -> _Stretch:
    every = _in_days(dose.interval, dose.interval_unit)
    end = _end(exposure, dose, start, dates)
    return _Stretch(dose, start, end, every, goes_on=end == UNKNOWN_SPAN and _goes_on(exposure))


def _end(exposure: Exposure, dose: Dose, start: Span, dates: CaseDates) -> Span:
    """When a stretch ended; unknown where nothing is stated."""
    if dose.end:
        return dates.days(dose, ".end")
    if dose.duration is not None and dose.duration_unit in frozenset(TimeUnit):
        return start + Span.of(dose.duration, dose.duration, TimeUnit(dose.duration_unit))
    if exposure.is_ongoing_at_onset and not _goes_on(exposure):
        return Span(Decimal(0), None)
    return UNKNOWN_SPAN


def _goes_on(exposure: Exposure) -> bool:
    """Whether the drug was still given at onset, and its dose not changed for the reaction."""
    return bool(exposure.is_ongoing_at_onset) and exposure.action_taken == Action.NOT_CHANGED


def _in_days(count: Decimal | None, unit: str) -> Decimal | None:
    if count is None:
        return None
    if unit in frozenset(TimeUnit):
        span = Span.of(count, count, TimeUnit(unit))
        return span.low
    try:
        return Quantity(count, unit).to("d").value
    except IncompatibleUnits:
        return None


def _stretch_bar(exposure: Exposure, stretch: _Stretch, dates: CaseDates) -> Bar:
    dose = stretch.dose
    ends = dose.end is not None and is_placed(stretch.end)
    return Bar(
        (dose.anchor, f"{dose.anchor}.end") if ends else (dose.anchor,),
        stretch.start,
        stretch.end if is_placed(stretch.end) or stretch.goes_on else Span(stretch.start.low, None),
        f"{exposure.name}, {_dose(dose)}",
        is_open=stretch.goes_on,
        when=dates.between(dose.start, dose.end),
    )


def _joined(exposure: Exposure, days: list[Span]) -> list[Bar]:
    """A thin line from the first single dose to the last, or to onset where treatment still ran then."""
    starts = [day for day in days if day.low is not None]
    if not starts:
        return []
    first = min(starts, key=lambda day: day.low or 0)
    last = max(starts, key=lambda day: day.low or 0)
    end = ONSET if exposure.is_ongoing_at_onset and (last.high or 0) < 0 else last
    return [Bar((), first, end, f"{exposure.name}, treatment", style="thin")] if end != first else []


def _as_stated(exposure: Exposure, fact: facts.Exposure) -> list[Bar]:
    """Where no dose has its day: the time to onset as the source states it."""
    first, last = fact.first_dose, fact.last_dose
    if not is_placed(first) and not is_placed(last):
        return []
    text = f"{exposure.name}, as the source states the time to onset"
    start = -first if is_placed(first) else -last
    end = -last if is_placed(last) else ONSET if fact.is_continued else Span(start.low, None)
    return [Bar((exposure.anchor,), start, end, text, style="stated")]


def _share(
    exposure: Exposure, fact: facts.Exposure, single: list[Span], stretches: list[_Stretch]
) -> Share | None:
    """The curve of what is in the body; none if the day of a dose is open on one side."""
    spans = [*single, *(stretch.start for stretch in stretches)]
    if not all(span.is_known for span in spans):
        return None
    given = [Given.once(span) for span in single]
    for stretch in stretches:
        given += _given(exposure, stretch)
    return share_of(given, fact.half_life_hours)


def _given(exposure: Exposure, stretch: _Stretch) -> Iterator[Given]:
    """The doses one by one where their days are known and few, else as a level."""
    start, end, every = stretch.start, _last_dose(exposure, stretch), stretch.every
    low, high = start.low or Decimal(0), start.high or Decimal(0)
    if every and end.low is not None and end.high is not None and high - low <= every * KNOWN_TO:
        before_last = range(ceil((end.low - low) / every))
        if 0 < len(before_last) <= FEW:
            for step in before_last:
                yield Given.once(Span(low + every * step, high + every * step))
            yield Given.once(end)
            return
    soonest = inf if stretch.goes_on else float(low if end.low is None else max(end.low, low))
    last = inf if end.high is None else max(float(end.high), soonest)
    yield Given((float(low), float(high)), (soonest, last), float(every or 0))


def _last_dose(exposure: Exposure, stretch: _Stretch) -> Span:
    """When the last dose of a stretch was given.

    What was withdrawn because of the reaction, nobody says when, is drawn as if onset had ended it. As
    in the score, its last dose then came within one interval of it.
    """
    if stretch.dose.end or not exposure.is_ongoing_at_onset or stretch.end.high is not None:
        return stretch.end
    if stretch.goes_on:
        return UNKNOWN_SPAN
    low = stretch.start.low or Decimal(0)
    return Span(min(max(-(stretch.every or Decimal(0)), low), Decimal(0)), Decimal(0))


def _brackets(fact: facts.Exposure) -> list[Bracket]:
    """The times from first and last dose to onset, in days and in half-lives."""
    latencies = [("first", fact.first_dose), ("last", fact.last_dose)]
    if fact.first_dose == fact.last_dose:
        latencies = [("only", fact.first_dose)]
    return [
        Bracket(-span, f"{name} dose: {span}", _latency(name, span, fact.half_life_hours))
        for name, span in latencies
        if is_placed(span) and (span.high is None or span.high >= 0)
    ]


def _latency(name: str, span: Span, half_life: tuple[Decimal, Decimal] | None) -> str:
    halves = in_half_lives(span, half_life)
    text = f"{name} dose: {from_onset(-span)}"
    return f"{text} = {plain_span(_rounded(halves))} half-lives" if halves.is_known else text


def _rounded(span: Span) -> Span:
    return Span(*(round(end, 1) if end is not None else None for end in (span.low, span.high)))


def _at_onset(bounds: Bounds) -> str:
    """How much was in the body at onset; bounds that leave everything open are no information."""
    if bounds[0] < LITTLE and bounds[1] >= 1:
        return "amount at onset not known"
    return f"{share(bounds)} of its peak at onset"


def _note(exposure: Exposure, fact: facts.Exposure, lane: Lane) -> str:
    """Role, and how much was in the body at onset."""
    parts = [_role(exposure)]
    if exposure.role == Role.NOT_ADMINISTERED:
        return parts[0]
    if is_still_taken(fact.last_dose):
        parts.append(STILL_TAKEN)
    elif lane.share:
        parts.append(_at_onset(lane.share.at(0)))
    elif fact.half_life_hours is None:
        parts.append(NOT_KNOWN)
    return "; ".join(parts)
