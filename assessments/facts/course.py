"""How the assessed reaction ran: from onset to resolution, relapse, death or the latest information."""

from cases.models import Reaction, Treatment
from cases.models.reaction import Outcome, TreatmentResponse
from cases.record.clock import DEATH, LATEST_INFORMATION, Clock
from cases.record.scored_record import Record
from scoring.facts import Course
from values.spans import UNKNOWN_SPAN, Span

RESPONDED = (TreatmentResponse.RESOLVED, TreatmentResponse.EFFECTIVE)


def course_fact(record: Record, clock: Clock) -> Course | None:
    """One course per case, named after the reaction that began it; None without a reaction."""
    reactions = clock.reactions
    if not reactions:
        return None
    stated, evidence = _from_treatment(record, clock)
    return Course(
        id=str(_first(reactions, clock).uuid),
        resolved_after=latest([clock.days_to(f"{reaction.anchor}.end") for reaction in reactions]),
        is_resolved=_is_resolved(reactions),
        days_from_treatment=stated,
        days_from_treatment_evidence=evidence,
        relapsed_after=latest([clock.days_to(f"{r.anchor}.relapse") for r in reactions if r.relapse]),
        died_after=clock.days_to(DEATH) if _is_dead(record, reactions, clock) else None,
        followed_for=clock.days_to(LATEST_INFORMATION),
    )


def latest(spans: list[Span]) -> Span:
    """When the last of several events came; unknown if there are none."""
    if not spans:
        return UNKNOWN_SPAN
    lows = [span.low for span in spans if span.low is not None]
    highs = [span.high for span in spans if span.high is not None]
    return Span(max(lows, default=None), max(highs) if len(highs) == len(spans) else None)


def _first(reactions: list[Reaction], clock: Clock) -> Reaction:
    return next(reaction for reaction in reactions if reaction.anchor == clock.onset)


def _is_resolved(reactions: list[Reaction]) -> bool | None:
    answers = {reaction.is_resolved for reaction in reactions}
    if False in answers:
        return False
    return True if answers == {True} else None


def _from_treatment(record: Record, clock: Clock) -> tuple[Span, str]:
    """The first response that is stated in days from the start of a treatment, and its row."""
    for treatment in record.all(Treatment):
        if treatment.response in RESPONDED:
            span = clock.between(treatment.anchor, f"{treatment.anchor}.response")
            if span.is_known:
                return span, str(treatment.uuid)
    return UNKNOWN_SPAN, ""


def _is_dead(record: Record, reactions: list[Reaction], clock: Clock) -> bool:
    fatal = any(reaction.outcome == Outcome.FATAL for reaction in reactions)
    return fatal or clock.days_to(DEATH) != UNKNOWN_SPAN
