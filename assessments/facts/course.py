"""How the assessed reaction ran: from onset to resolution, relapse, death or the latest information."""

from cases.models import Reaction, Treatment
from cases.models.reaction import Outcome, TreatmentResponse
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import DEATH, LATEST_INFORMATION, CaseTimeline
from scoring.facts import Course
from values.spans import UNKNOWN_SPAN, Span

RESPONDED = (TreatmentResponse.RESOLVED, TreatmentResponse.EFFECTIVE)


def course_fact(record: CaseRecord, timeline: CaseTimeline) -> Course | None:
    """One course per case, named after the reaction that began it; None without a reaction."""
    reactions = timeline.reactions
    if not reactions:
        return None
    stated, evidence = _from_treatment(record, timeline)
    return Course(
        id=str(_first(reactions, timeline).uuid),
        resolved_after=latest([timeline.days_to(f"{reaction.anchor}.end") for reaction in reactions]),
        is_resolved=_is_resolved(reactions),
        days_from_treatment=stated,
        days_from_treatment_evidence=evidence,
        relapsed_after=latest([timeline.days_to(f"{r.anchor}.relapse") for r in reactions if r.relapse]),
        died_after=timeline.days_to(DEATH) if _is_dead(record, reactions, timeline) else None,
        followed_for=timeline.days_to(LATEST_INFORMATION),
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


def _is_resolved(reactions: list[Reaction]) -> bool | None:
    answers = {reaction.is_resolved for reaction in reactions}
    if False in answers:
        return False
    return True if answers == {True} else None


def _from_treatment(record: CaseRecord, timeline: CaseTimeline) -> tuple[Span, str]:
    """The first response that is stated in days from the start of a treatment, and its row."""
    for treatment in record.all(Treatment):
        if treatment.response in RESPONDED:
            span = timeline.between(treatment.anchor, f"{treatment.anchor}.response")
            if span.is_known:
                return span, str(treatment.uuid)
    return UNKNOWN_SPAN, ""


def _is_dead(record: CaseRecord, reactions: list[Reaction], timeline: CaseTimeline) -> bool:
    fatal = any(reaction.outcome == Outcome.FATAL for reaction in reactions)
    return fatal or timeline.days_to(DEATH) != UNKNOWN_SPAN
