"""Resolution: from the first sign of the reaction to the last skin or organ sign."""

from collections.abc import Iterator

from scoring.facts import Course, Fact, Facts
from scoring.regiscar.v1.table import PARAMETERS
from scoring.result import NO, UNKNOWN, YES, Basis, Reading, closed, missing, reported
from values.spans import UNKNOWN_SPAN, Span

BOTH = (NO, YES)
DAYS = PARAMETERS.resolution_days
NEEDED = "The day of onset, and the day on which the last skin or organ sign was gone."


def resolution_inputs(facts: Facts) -> tuple[Fact, ...]:
    """The facts that `resolution` reads."""
    return (facts.course,) if facts.course else ()


def resolution(facts: Facts) -> Reading:
    """Yes at 15 days or more, No below. A relapse is no resolution; a death before day 15 leaves it open."""
    course = facts.course
    if course is None:
        return missing(BOTH, "Nothing is recorded on the course: Unknown scores -1.", NEEDED)
    rules = [rule for rule, until in _signs_until(course) if until.surely_at_least(DAYS)]
    if rules:
        return closed(YES, Basis.MEASURED, rules[0], [course.id])
    if course.is_resolved is None and course.died_after is not None:
        return _by_death(course, course.died_after)
    if course.is_resolved is False or _has_relapsed(course):
        return missing(BOTH, "The course up to day 15 is not known.", NEEDED, [course.id])
    return _by_duration(course)


def _signs_until(course: Course) -> Iterator[tuple[str, Span]]:
    """Each rule that may give Yes, with the day until which signs were present."""
    yield "It relapsed on day 15 or later.", course.relapsed_after
    if course.is_resolved:
        yield "Complete resolution took 15 days or more.", course.resolved_after
    if course.is_resolved is False:
        if course.died_after is not None:
            yield "The patient died unresolved on day 15 or later.", course.died_after
        yield "Signs remained on day 15 or later.", course.followed_for


def _by_death(course: Course, died: Span) -> Reading:
    if died.surely_at_least(DAYS):
        rule = "The patient died on day 15 or later; whether the reaction had resolved by then is not said."
        return reported(YES, BOTH, rule, [course.id], NEEDED)
    return missing(BOTH, "The course up to day 15 is not known.", NEEDED, [course.id])


def _has_relapsed(course: Course) -> bool:
    return course.relapsed_after != UNKNOWN_SPAN


def _by_duration(course: Course) -> Reading:
    evidence = [course.id, *filter(None, [course.days_from_treatment_evidence])]
    stated = course.days_from_treatment
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
    if course is None or course.died_after is not None:
        return False
    if course.is_resolved and not _has_relapsed(course):
        return False
    return course.followed_for.surely_below(DAYS) and resolution(facts).answer == UNKNOWN
