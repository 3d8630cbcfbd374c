"""Where a case stands: the one row that lists and filters read, filled from its scores."""

from decimal import Decimal
from types import ModuleType

from assessments.facts.age import age_in_years
from assessments.facts.completeness import report_facts
from assessments.facts.peaks import ALT, CREATININE, peak
from cases.minimum_criteria import missing_criteria
from cases.models import CaseScore, Origin, ReportedScore
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import CaseTimeline
from scoring.adjudication import Adjudication
from scoring.facts import Exposure, Facts, ResultKind
from scoring.halflife import in_half_lives, presence
from scoring.result import Category, Result
from scoring.vigigrade import completeness
from values.spans import UNKNOWN_SPAN

MICRO = Decimal("0.000001")


def settle_result(
    score: CaseScore,
    rules: ModuleType,
    computed: Result,
    adjudication: Adjudication | None,
    reported: ReportedScore | None,
) -> None:
    """Write the standing classification and the interval into the score row; saves nothing.

    Adjudicated where a reviewer's answer holds, else reported where the evidence allows it, else
    computed.
    """
    attainable = is_attainable(rules, computed, reported)
    if adjudication is not None and adjudication.held:
        best = adjudication.result
        _stand(score, Origin.ADJUDICATED, best.total, best.category)
    elif reported is not None and attainable:
        _stand(score, Origin.REPORTED, reported.total, _category(rules, reported))
    else:
        _stand(score, Origin.COMPUTED, computed.total, computed.category)
    score.reported_is_attainable = attainable
    score.computed_total, score.low, score.high = computed.total, computed.low, computed.high
    score.lowest_category = computed.categories[0].value
    score.highest_category = computed.categories[-1].value
    score.provisional = computed.provisional
    score.answers_due = len(adjudication.due) if adjudication else 0


def settle_facts(score: CaseScore, facts: Facts) -> None:
    """Write what filters ask of the facts into the score row; saves nothing.

    Of facts as they were made: read back from their text, they no longer say which drug was entered first.
    """
    _describe_exposure(score, facts)
    score.eosinophil_peak = _eosinophil_peak(facts)


def settle_completeness(score: CaseScore, record: CaseRecord, timeline: CaseTimeline) -> None:
    """Write how complete the report is into the score row, and what else filters ask of it; saves nothing.

    That is the age, when the reaction began, and the peaks of two tests.
    """
    score.onset_earliest, score.onset_latest = timeline.days_of_onset()
    age = age_in_years(record, timeline)
    score.age_low, score.age_high = age.low, age.high
    score.alt_peak, score.creatinine_peak = peak(record, ALT), peak(record, CREATININE)
    found = completeness(report_facts(record, timeline))
    score.completeness = found.score.quantize(MICRO) if found else None
    score.would_raise_most = found.would_raise_most if found else ""
    score.missing_criteria = [criterion.key for criterion in missing_criteria(record)]


def is_attainable(rules: ModuleType, computed: Result, reported: ReportedScore | None) -> bool | None:
    """Whether the evidence allows the reported score; None without one."""
    if reported is None:
        return None
    # Each open item can come to any of the points between its ends, so the sum can too.
    within_reach = range(computed.low, computed.high + 1)
    totals = within_reach if reported.total is None else {reported.total}.intersection(within_reach)
    return any(reported.category in ("", rules.category(total)) for total in totals)


def first_suspect(facts: Facts) -> Exposure | None:
    """The suspect drug that a one-line summary speaks of: the first one entered."""
    return next((exposure for exposure in facts.exposures if exposure.is_suspect), None)


def _stand(score: CaseScore, origin: Origin, total: int | None, category: Category) -> None:
    score.standing_origin, score.standing_total = origin, total
    score.standing_category = category.value


def _category(rules: ModuleType, reported: ReportedScore) -> Category:
    return Category(reported.category or rules.category(reported.total))


def _describe_exposure(score: CaseScore, facts: Facts) -> None:
    suspect = first_suspect(facts)
    first, last = (suspect.first_dose, suspect.last_dose) if suspect else (UNKNOWN_SPAN, UNKNOWN_SPAN)
    score.latency_first_low, score.latency_first_high = first.low, first.high
    score.latency_last_low, score.latency_last_high = last.low, last.high
    known = suspect.half_life_hours if suspect else None
    first, last = in_half_lives(first, known), in_half_lives(last, known)
    score.half_lives_first_low, score.half_lives_first_high = first.low, first.high
    score.half_lives_last_low, score.half_lives_last_high = last.low, last.high
    score.present_at_onset = presence(suspect).present if suspect else ""


def _eosinophil_peak(facts: Facts) -> Decimal | None:
    counts = [
        test.value
        for test in facts.tests
        if test.name == "eosinophils" and test.kind is ResultKind.MEASURED and test.value is not None
    ]
    return max(counts, default=None)
