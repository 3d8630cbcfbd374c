"""Fill the summary of a case: what lists and filters ask for that is no score."""

from decimal import Decimal

from assessments.facts.age import age_in_years
from assessments.facts.completeness import report_facts
from assessments.facts.peaks import ALT, CREATININE, HIGHEST, peak
from cases.minimum_criteria import missing_criteria
from cases.models import CaseSummary
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import CaseTimeline
from scoring.facts import Exposure, Facts, ResultKind
from scoring.halflife import in_half_lives, presence
from scoring.vigigrade import completeness
from values.numbers import rounded
from values.spans import UNKNOWN_SPAN

MICRO = Decimal("0.000001")


def fill_summary(summary: CaseSummary, record: CaseRecord, timeline: CaseTimeline, facts: Facts) -> None:
    """Write everything that follows from the rows and facts of a case; saves nothing.

    The facts are those that were just made: read back from their text, they no longer show which drug
    was entered first.
    """
    fill_from_facts(summary, facts)
    fill_from_rows(summary, record, timeline)


def fill_from_facts(summary: CaseSummary, facts: Facts) -> None:
    """Latency, half-lives and presence of the first suspect drug, and the peak of eosinophils."""
    _describe_exposure(summary, facts)
    summary.eosinophil_peak = _eosinophil_peak(facts)


def fill_from_rows(summary: CaseSummary, record: CaseRecord, timeline: CaseTimeline) -> None:
    """Onset, age, the peaks of two tests, and how complete the report is."""
    summary.onset_earliest, summary.onset_latest = timeline.days_of_onset()
    age = age_in_years(record, timeline)
    summary.age_low, summary.age_high = age.low, age.high
    summary.alt_peak, summary.creatinine_peak = peak(record, ALT), peak(record, CREATININE)
    report = completeness(report_facts(record, timeline))
    summary.completeness = rounded(report.score, MICRO) if report else None
    summary.would_raise_most = report.would_raise_most if report else ""
    summary.missing_criteria = [criterion.key for criterion in missing_criteria(record)]


def first_suspect(facts: Facts) -> Exposure | None:
    """The suspect drug that a one-line summary speaks of: the first one entered."""
    return next((exposure for exposure in facts.exposures if exposure.is_suspect), None)


def _describe_exposure(summary: CaseSummary, facts: Facts) -> None:
    suspect = first_suspect(facts)
    first, last = (suspect.first_dose, suspect.last_dose) if suspect else (UNKNOWN_SPAN, UNKNOWN_SPAN)
    summary.latency_first_low, summary.latency_first_high = first.low, first.high
    summary.latency_last_low, summary.latency_last_high = last.low, last.high
    half_life = suspect.half_life_hours if suspect else None
    first, last = in_half_lives(first, half_life), in_half_lives(last, half_life)
    summary.half_lives_first_low, summary.half_lives_first_high = first.low, first.high
    summary.half_lives_last_low, summary.half_lives_last_high = last.low, last.high
    summary.present_at_onset = presence(suspect).present if suspect else ""


def _eosinophil_peak(facts: Facts) -> Decimal | None:
    counts = [
        test.number
        for test in facts.tests
        if test.name == "eosinophils"
        and test.kind is ResultKind.MEASURED
        and test.number is not None
        and not test.is_upper_bound
        and test.number < HIGHEST
    ]
    return max(counts, default=None)
