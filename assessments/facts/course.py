"""How the assessed reaction ran: from onset to end, relapse or death, and when the patient was last seen."""

from collections.abc import Iterator
from decimal import Decimal

from cases.models import (
    Dose,
    DrugReaction,
    Examination,
    Exposure,
    LymphNodeExamination,
    OrganInvolvement,
    Patient,
    Reaction,
    SkinExamination,
    Symptom,
    Temperature,
    Treatment,
)
from cases.models.exposure import Recurrence
from cases.models.reaction import Outcome, TreatmentResponse
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import DEATH, CaseTimeline, dated
from scoring.facts import Course
from scoring.facts import Outcome as Ending
from values.spans import UNKNOWN_SPAN, Span, TimeUnit

RESPONDED = (TreatmentResponse.RESOLVED, TreatmentResponse.EFFECTIVE)
# Findings by which the patient was seen. Documents, receipt and latest information are paperwork.
OBSERVATIONS = (
    Examination,
    Temperature,
    SkinExamination,
    LymphNodeExamination,
    OrganInvolvement,
    Symptom,
)
# E.i.7: of several reactions, the first ending in this order that one of them has holds for the whole.
ENDINGS = {
    Outcome.NOT_RECOVERED: Ending.RUNNING,
    Outcome.RECOVERING: Ending.RUNNING,
    Outcome.SEQUELAE: Ending.SEQUELAE,
}
ONSET = Span.days(0)
AFTER_ONSET = Span(Decimal(0), None)
# The end and the duration of a reaction may differ by a day: some count both ends.
ONE_DAY = Span.days(-1, 1)


def course_fact(record: CaseRecord, timeline: CaseTimeline) -> Course | None:
    """One course per case, named after the reaction that began it; None without a reaction."""
    reactions = timeline.reactions
    if not reactions:
        return None
    stated, evidence = _from_treatment(record, timeline)
    resolved = latest([_end(reaction, timeline) for reaction in reactions])
    relapsed = latest([_relapse(reaction, timeline) for reaction in reactions if reaction.relapse])
    first = _first(reactions, timeline)
    observations = list(_observations(record, timeline))
    followed_for = latest([span for _, span in observations])
    return Course(
        id=str(first.uuid),
        resolved_after=resolved,
        is_resolved=_is_resolved(reactions),
        days_from_treatment=stated,
        days_from_treatment_evidence=evidence,
        relapsed_after=relapsed,
        died_after=_death(reactions, timeline),
        followed_for=followed_for,
        seen_by=_last_of(observations, followed_for),
        outcome=_outcome(reactions),
        is_reexposed=_is_reexposed(record, timeline, resolved, relapsed),
        lacks_onset=first.onset is None,
    )


def latest(spans: list[Span]) -> Span:
    """When the last of several events came; unknown if there are none."""
    if not spans:
        return UNKNOWN_SPAN
    lows = [span.low for span in spans if span.low is not None]
    highs = [span.high for span in spans if span.high is not None]
    return Span(max(lows, default=None), max(highs) if len(highs) == len(spans) else None)


def _first(reactions: list[Reaction], timeline: CaseTimeline) -> Reaction:
    return next(reaction for reaction in reactions if reaction.anchor == timeline.onset)


def _end(reaction: Reaction, timeline: CaseTimeline) -> Span:
    """Days from onset to the end of a reaction, by E.i.5 and E.i.6; anything between them if they differ."""
    lasted = _duration(reaction)
    if lasted != UNKNOWN_SPAN:
        lasted = timeline.days_to(reaction.anchor) + lasted
    if reaction.end is None:
        return lasted
    end = timeline.days_to(f"{reaction.anchor}.end")
    if not (end.is_known and lasted.is_known) or _meet(end, lasted + ONE_DAY):
        return end if end != UNKNOWN_SPAN else lasted
    return Span(_least(end, lasted), latest([end, lasted]).high)


def _duration(reaction: Reaction) -> Span:
    if reaction.duration is None or reaction.duration_unit not in frozenset(TimeUnit):
        return UNKNOWN_SPAN
    return Span.of(reaction.duration, reaction.duration, TimeUnit(reaction.duration_unit))


def _least(*spans: Span) -> Decimal:
    return min(span.low for span in spans if span.low is not None)


def _meet(left: Span, right: Span) -> bool:
    """Whether two events may have come on the same day."""
    return not (_surely_before(left, right) or _surely_before(right, left))


def _surely_before(earlier: Span, later: Span) -> bool:
    return earlier.high is not None and later.low is not None and earlier.high < later.low


def _relapse(reaction: Reaction, timeline: CaseTimeline) -> Span:
    relapsed = timeline.days_to(f"{reaction.anchor}.relapse")
    return AFTER_ONSET if relapsed == UNKNOWN_SPAN else relapsed


def _is_resolved(reactions: list[Reaction]) -> bool | None:
    answers = {reaction.is_resolved for reaction in reactions}
    if False in answers:
        return False
    return True if answers == {True} else None


def _outcome(reactions: list[Reaction]) -> Ending | None:
    outcomes = {reaction.outcome for reaction in reactions}
    if outcomes == {Outcome.RECOVERED}:
        return Ending.RECOVERED
    return next((ending for outcome, ending in ENDINGS.items() if outcome in outcomes), None)


def _is_reexposed(record: CaseRecord, timeline: CaseTimeline, resolved: Span, relapsed: Span) -> bool | None:
    """Whether a suspect drug was given again before the relapse; None where that may be.

    Either the source says so of the drug and the reaction (G.k.9.i.4), or a dose began after the
    resolution. Where the resolution has no day, a dose between onset and relapse leaves it open.
    """
    if relapsed == UNKNOWN_SPAN:
        return False
    wanted = {reaction.pk for reaction in timeline.reactions}
    pairs = [pair for pair in record.all(DrugReaction) if pair.reaction_id in wanted]
    if any(pair.recurrence == Recurrence.RECURRED for pair in pairs):
        return True
    answers = {_is_between(start, resolved, relapsed) for start in _suspect_starts(record, timeline)}
    return True if True in answers else None if None in answers else False


def _suspect_starts(record: CaseRecord, timeline: CaseTimeline) -> Iterator[Span]:
    """When the doses of suspect drugs began; those without a day can't be placed after the resolution."""
    suspects = {exposure.pk for exposure in record.all(Exposure) if exposure.is_suspect}
    for dose in record.all(Dose):
        start = timeline.days_to(dose.anchor) if dose.exposure_id in suspects else UNKNOWN_SPAN
        if start.low is not None:
            yield start


def _is_between(start: Span, resolved: Span, relapsed: Span) -> bool | None:
    """Whether a dose began after the resolution and not after the relapse; None where it may have."""
    since = AFTER_ONSET if resolved == UNKNOWN_SPAN else resolved
    if not _surely_before(ONSET, start) or _surely_before(start, since) or _surely_before(relapsed, start):
        return False
    is_after = _surely_before(since, start)
    is_before = start.high is not None and relapsed.low is not None and start.high <= relapsed.low
    return True if is_after and is_before else None


def _last_of(observations: list[tuple[str, Span]], last: Span) -> tuple[str, ...]:
    """The rows that bound the day of the last observation."""
    return tuple(sorted({row for row, span in observations if _bounds(span, last)}))


def _bounds(span: Span, last: Span) -> bool:
    reaches_low = span.low is not None and span.low == last.low
    return reaches_low or span.high is None or span.high == last.high


def _observations(record: CaseRecord, timeline: CaseTimeline) -> Iterator[tuple[str, Span]]:
    """The rows by which the patient was seen or treated, with their days as far as they have a date."""
    for model in OBSERVATIONS:
        for row in record.of_reaction(model):
            if row.when is not None:  # type: ignore[attr-defined]
                yield str(row.uuid), timeline.days_to(row.anchor)
    for course in (*record.all(Treatment), *timeline.reactions):
        for column, event in dated(type(course)):
            if column != "onset" and getattr(course, column) is not None:
                yield str(course.uuid), timeline.days_to(event.format(course.anchor))
    died = timeline.days_to(DEATH)
    if died != UNKNOWN_SPAN and (patient := record.single(Patient)):
        yield str(patient.uuid), died


def _from_treatment(record: CaseRecord, timeline: CaseTimeline) -> tuple[Span, str]:
    """The first response that is stated in days from the start of a treatment, and its row."""
    for treatment in record.all(Treatment):
        if treatment.response in RESPONDED:
            span = timeline.between(treatment.anchor, f"{treatment.anchor}.response")
            if span.is_known:
                return span, str(treatment.uuid)
    return UNKNOWN_SPAN, ""


def _death(reactions: list[Reaction], timeline: CaseTimeline) -> Span | None:
    """Days from onset to death, else to the end of the reaction that was fatal; None if nobody died."""
    died = timeline.days_to(DEATH)
    if died != UNKNOWN_SPAN:
        return died
    fatal = [reaction for reaction in reactions if reaction.outcome == Outcome.FATAL]
    return latest([timeline.days_to(f"{reaction.anchor}.end") for reaction in fatal]) if fatal else None
