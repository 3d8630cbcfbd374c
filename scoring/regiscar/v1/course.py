"""Resolution: from the first sign of the reaction to the last skin or organ sign."""

from scoring.facts import Course, Facts
from scoring.regiscar.v1.table import PARAMETERS
from scoring.result import NO, UNKNOWN, YES, Basis, Reading, closed, missing, reported
from values.spans import Span

BOTH = (NO, YES)
DAYS = PARAMETERS.resolution_days
NEEDED = "The day of onset, and the day on which the last skin or organ sign was gone."


def resolution_inputs(facts: Facts) -> tuple[object, ...]:
    course = facts.course
    if course is None:
        return ()
    spans = (course.resolved_after, course.days_from_treatment, course.relapsed_after, course.followed_for)
    died = None if course.died_after is None else str(course.died_after)
    return (*(str(span) for span in spans), course.is_resolved, died)


def resolution(facts: Facts) -> Reading:
    """Yes at 15 days or more, No below. A relapse is no resolution; a death before day 15 leaves it open."""
    course = facts.course
    if course is None:
        return missing(BOTH, "Nothing is recorded on the course: Unknown scores -1.", NEEDED)
    if course.relapsed_after.low is not None:
        return _still_running(course, course.relapsed_after, "It relapsed on day 15 or later.")
    if course.died_after is not None:
        return _still_running(course, course.died_after, "The patient died unresolved on day 15 or later.")
    if course.is_resolved is False:
        return _still_running(course, course.followed_for, "Signs remained on day 15 or later.")
    return _by_duration(course)


def _still_running(course: Course, until: Span, rule: str) -> Reading:
    if until.surely_at_least(DAYS):
        return closed(YES, Basis.MEASURED, rule, [course.id])
    return missing(BOTH, "The course up to day 15 is not known.", NEEDED, [course.id])


def _by_duration(course: Course) -> Reading:
    evidence = [course.id, *filter(None, [course.days_from_treatment_evidence])]
    stated = course.days_from_treatment
    if course.is_resolved and course.resolved_after.surely_at_least(DAYS):
        return closed(YES, Basis.MEASURED, "Complete resolution took 15 days or more.", [course.id])
    if course.is_resolved and course.resolved_after.surely_below(DAYS):
        return closed(NO, Basis.MEASURED, "Complete resolution took less than 15 days.", [course.id])
    if stated.surely_at_least(DAYS):
        rule = "Resolution took 15 days or more even from treatment, so from onset as well."
        return closed(YES, Basis.MEASURED, rule, evidence)
    if stated.surely_below(DAYS):
        rule = "Stated as less than 15 days, but counted from treatment and not from onset."
        return reported(NO, BOTH, rule, evidence, NEEDED)
    return missing(BOTH, "How long the reaction lasted is not known.", NEEDED, [course.id])


def is_provisional(facts: Facts) -> bool:
    """Whether the reaction may still run and its fifteenth day has not come."""
    course = facts.course
    if course is None or course.is_resolved or course.died_after is not None:
        return False
    return course.followed_for.surely_below(DAYS) and resolution(facts).answer == UNKNOWN
