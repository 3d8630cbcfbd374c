"""Resolution: from the first sign of the reaction to the last skin or organ sign.

The patient's days count, never those of the paperwork: what is not resolved is so until the patient was
last seen. The end, the duration and the outcome of the reaction (E.i.5, E.i.6, E.i.7) are its course in
the reporter's words. A relapse is no resolution, but one on re-exposure is an episode of its own.
"""

from collections.abc import Iterator

from scoring.facts import Course, Fact, Facts, Outcome, Sign
from scoring.regiscar.v1.signs import ids, sign_inputs, terms
from scoring.regiscar.v1.table import PARAMETERS
from scoring.result import NO, UNKNOWN, YES, Basis, Reading, closed, missing, reported
from values.spans import UNKNOWN_SPAN, Span
from vocabulary.signs import Evidence

BOTH = (NO, YES)
DAYS = PARAMETERS.resolution_days
ITEM = "resolution"

NOTHING = "Nothing is recorded on the course: Unknown scores -1."
NEEDS_ALL = "The day of onset, and the day on which the last skin or organ sign was gone."
NEEDS_ONSET = "The day of onset (Reactions, Onset)."
NEEDS_END = "The day on which the last skin or organ sign was gone (Reactions, End)."
NEEDS_SIGHT = (
    "Whether skin or organ signs remained 15 days after onset: a later finding with its day, or the day on "
    "which the last sign was gone (Reactions, End)."
)
NEEDS_RESOLUTION = "Whether all skin and organ signs were gone by then (Reactions, Completely resolved)."
NEEDS_CHOICE = "Which of the two holds: correct the outcome, the end or the resolution (Reactions)."
NEEDS_RELAPSE = "Whether a suspect drug was given again before the relapse: its doses with their days."
NEEDS_DEATH = "The day on which all skin and organ signs were gone, if that came before the death."


def resolution_inputs(facts: Facts) -> tuple[Fact, ...]:
    """The facts that `resolution` reads: the course, and what was reported of it in words."""
    return (*((facts.course,) if facts.course else ()), *sign_inputs(facts, ITEM))


def resolution(facts: Facts) -> Reading:
    """Yes at 15 days or more, No below. A relapse is no resolution; a death before day 15 leaves it open."""
    course, signs = facts.course, sign_inputs(facts, ITEM)
    if course is None:
        return _in_words(signs) if signs else missing(BOTH, NOTHING, NEEDS_ALL)
    contradiction = _contradiction(course, signs)
    if contradiction:
        evidence = [course.id, *ids(signs)]
        return missing(BOTH, contradiction, NEEDS_CHOICE, evidence)
    reading = _of_course(course)
    if reading.basis is Basis.MISSING and signs:
        words = _in_words(signs)
        return reading._replace(rule=words.rule, evidence=tuple(sorted((*reading.evidence, *words.evidence))))
    return reading


def _in_words(signs: tuple[Sign, ...]) -> Reading:
    rule = f"The course is reported in words only, without a day: {terms(signs)}."
    return missing(BOTH, rule, NEEDS_ALL, ids(signs))


def _contradiction(course: Course, signs: tuple[Sign, ...]) -> str:
    """What two statements on the course say against each other; empty where they agree."""
    running = course.outcome is Outcome.RUNNING
    if course.is_resolved and running and not _has_relapsed(course):
        return "Complete resolution is stated, but the outcome says that the reaction was still running."
    if course.is_resolved is False and course.outcome is Outcome.RECOVERED:
        return "The outcome is recovered, but complete resolution is denied."
    if _is_unresolved(course) and course.resolved_after.surely_below(DAYS) and _was_seen_later(course):
        return "The reaction has an end before day 15, but is said not to have resolved."
    stated = {sign.evidence for sign in signs}
    if Evidence.REPORTED in stated and _is_unresolved(course):
        return f"{_in_words(signs).rule[:-1]}, but resolution is denied."
    if Evidence.DENIED in stated and course.is_resolved and not _has_relapsed(course):
        return f"{_in_words(signs).rule[:-1]}, but complete resolution is stated."
    return ""


def _is_unresolved(course: Course) -> bool:
    """Whether the reaction is said not to have resolved as of when the patient was last seen."""
    if course.is_resolved is None:
        return course.outcome is Outcome.RUNNING
    return course.is_resolved is False


def _was_seen_later(course: Course) -> bool:
    return course.followed_for.surely_at_least(DAYS)


def _has_relapsed(course: Course) -> bool:
    return course.relapsed_after != UNKNOWN_SPAN


def _of_course(course: Course) -> Reading:
    rules = [rule for rule, until in _signs_until(course) if until.surely_at_least(DAYS)]
    if rules:
        return closed(YES, Basis.MEASURED, rules[0], [course.id])
    if course.died_after is not None and course.is_resolved is None and course.outcome is None:
        return _by_death(course, course.died_after)
    if _has_relapsed(course) and course.is_reexposed is not True:
        return _by_relapse(course)
    if _is_unresolved(course):
        return _by_follow_up(course)
    return _by_duration(course)


def _signs_until(course: Course) -> Iterator[tuple[str, Span]]:
    """Each rule that may give Yes, with the day until which signs were present."""
    if course.is_reexposed is False:
        yield "It relapsed on day 15 or later.", course.relapsed_after
    if course.is_resolved:
        yield "Complete resolution took 15 days or more.", course.resolved_after
    if _is_unresolved(course) and course.is_reexposed is False:
        if course.died_after is not None:
            yield "The patient died unresolved on day 15 or later.", course.died_after
        yield "Signs remained on day 15 or later.", course.followed_for


def _by_death(course: Course, died: Span) -> Reading:
    if died.surely_at_least(DAYS):
        rule = "The patient died on day 15 or later; whether the reaction had resolved by then is not said."
        return reported(YES, BOTH, rule, [course.id], NEEDS_RESOLUTION)
    return _died_before(course, died)


def _died_before(course: Course, died: Span) -> Reading:
    if died.surely_below(DAYS):
        rule = "The patient died before the fifteenth day: how long it would have lasted can't be settled."
        return missing(BOTH, rule, NEEDS_DEATH, [course.id])
    return missing(BOTH, "The day of death is not known.", "The day of death (Patient).", [course.id])


def _by_relapse(course: Course) -> Reading:
    if course.is_reexposed is None:
        rule = "It relapsed, perhaps on re-exposure: then the first episode counts."
        return missing(BOTH, rule, NEEDS_RELAPSE, [course.id])
    return missing(BOTH, "It relapsed before day 15, or nobody says when.", NEEDS_SIGHT, [course.id])


def _by_follow_up(course: Course) -> Reading:
    if course.died_after is not None:
        return _died_before(course, course.died_after)
    if course.is_reexposed:
        rule = "Not resolved after re-exposure; how long the first episode lasted is not known."
        return missing(BOTH, rule, NEEDS_END, [course.id])
    if course.followed_for == UNKNOWN_SPAN:
        rule = "Not resolved, but no day is recorded on which the patient was last seen."
    else:
        rule = f"Not resolved when last seen, {course.followed_for} after onset."
    return missing(BOTH, rule, NEEDS_ONSET if course.lacks_onset else NEEDS_SIGHT, [course.id])


def _by_duration(course: Course) -> Reading:
    evidence = [course.id, *filter(None, [course.days_from_treatment_evidence])]
    until, from_treatment = course.resolved_after, course.days_from_treatment
    if course.is_resolved and until.surely_below(DAYS):
        return closed(NO, Basis.MEASURED, "Complete resolution took less than 15 days.", [course.id])
    if from_treatment.surely_at_least(DAYS):
        rule = "Resolution took 15 days or more even from treatment, so from onset as well."
        return closed(YES, Basis.MEASURED, rule, evidence)
    if course.is_resolved is None and until.surely_at_least(DAYS):
        rule = "The reaction lasted 15 days or more, as reported; complete resolution is not stated."
        return reported(YES, BOTH, rule, [course.id], NEEDS_RESOLUTION)
    if course.is_resolved is None and course.outcome is not Outcome.SEQUELAE and until.surely_below(DAYS):
        rule = "The reaction lasted less than 15 days, as reported; complete resolution is not stated."
        return reported(NO, BOTH, rule, [course.id], NEEDS_RESOLUTION)
    if from_treatment.surely_below(DAYS):
        rule = "Stated as less than 15 days, but counted from treatment and not from onset."
        return reported(NO, BOTH, rule, evidence, NEEDS_ALL if course.lacks_onset else NEEDS_END)
    return _without_duration(course)


def _without_duration(course: Course) -> Reading:
    if course.outcome is Outcome.SEQUELAE and course.resolved_after.surely_below(DAYS):
        rule = "Recovered with sequelae before day 15: whether skin and organs were free by then is not said."
        return missing(BOTH, rule, NEEDS_RESOLUTION, [course.id])
    if course.resolved_after.is_known:
        rule = f"It lasted {course.resolved_after}: less or more than 15 days."
        return missing(BOTH, rule, "The exact day of the end, or of the onset (Reactions).", [course.id])
    if course.is_resolved or course.outcome:
        rule = "It resolved, but how long it lasted is not known."
    else:
        rule = "How long the reaction lasted is not known."
    return missing(BOTH, rule, NEEDS_ALL if course.lacks_onset else NEEDS_END, [course.id])


def is_provisional(facts: Facts) -> bool:
    """Whether the reaction may still run and its fifteenth day has not come, for patient or report.

    Here the date of the report counts, as a day of the calendar: after day 15 there is nothing to wait
    for, only something to ask. Points, total and interval don't depend on it.
    """
    course = facts.course
    if course is None or course.died_after is not None:
        return False
    resolved = course.is_resolved or (course.is_resolved is None and course.outcome in OVER)
    if resolved and (not _has_relapsed(course) or course.is_reexposed):
        return False
    seen = (course.followed_for, facts.informed_for)
    is_early = any(span.surely_below(DAYS) for span in seen) and not any(_may_reach(span) for span in seen)
    return is_early and resolution(facts).answer == UNKNOWN


OVER = (Outcome.RECOVERED, Outcome.SEQUELAE)


def _may_reach(span: Span) -> bool:
    """Whether a day that is known at all may be the fifteenth or later."""
    return span != UNKNOWN_SPAN and not span.surely_below(DAYS)
