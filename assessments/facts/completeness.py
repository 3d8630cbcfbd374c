"""How complete a report is: from rows to what vigiGrade asks for."""

from collections.abc import Iterator

from assessments.facts.course import latest
from assessments.facts.exposures import stated_days
from cases.minimum_criteria import is_informative
from cases.models import (
    Dose,
    DrugReaction,
    Exposure,
    Indication,
    Narrative,
    Patient,
    Reaction,
    Reporter,
)
from cases.models.reaction import Outcome
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import CaseTimeline
from scoring.vigigrade import Age, PairFacts, ReportFacts, time_to_onset_penalty
from values.spans import UNKNOWN_SPAN, Span

# A narrative of fewer words is none ("see attached letter").
FEWEST_WORDS = 5
REPORT_TYPE_NOT_AVAILABLE = "4"
# In decades or trimesters an age says no more than an age group.
COARSE_AGES = ("{decade}", "{trimester}")


def report_facts(record: CaseRecord, timeline: CaseTimeline) -> ReportFacts:
    """What vigiGrade looks at. What is reported as unknown is missing."""
    reporter = primary_reporter(record)
    patient = _only(record, Patient)
    return ReportFacts(
        pairs=tuple(_pairs(record, timeline)),
        sex=bool(patient and patient.sex),
        age=_age(patient, timeline),
        country=any(row.country for row in record.all(Reporter))
        or any(row.country for row in record.all(Reaction)),
        qualification=bool(reporter and reporter.qualification),
        report_type=record.case.report_type not in ("", REPORT_TYPE_NOT_AVAILABLE),
        comments=any(map(_tells_something, record.all(Narrative))),
    )


def primary_reporter(record: CaseRecord) -> Reporter | None:
    """The primary source; where none is marked, the first one entered."""
    reporters = record.all(Reporter)
    return next((reporter for reporter in reporters if reporter.is_primary), next(iter(reporters), None))


def _pairs(record: CaseRecord, timeline: CaseTimeline) -> Iterator[PairFacts]:
    stated = {(pair.exposure_id, pair.reaction_id): pair for pair in record.all(DrugReaction)}
    for exposure in record.all(Exposure):
        if not exposure.is_suspect:
            continue
        doses = [dose for dose in record.all(Dose) if dose.exposure_id == exposure.pk]
        indication = any(
            is_informative(row.text) or bool(row.meddra_code)
            for row in record.all(Indication)
            if row.exposure_id == exposure.pk
        )
        for reaction in record.all(Reaction):
            yield PairFacts(
                drug=str(exposure.uuid),
                reaction=str(reaction.uuid),
                time_to_onset=_time_to_onset(
                    doses, reaction, timeline, stated.get((exposure.pk, reaction.pk))
                ),
                indication=indication,
                outcome=reaction.outcome not in ("", Outcome.UNKNOWN),
                dose=any(dose.amount is not None and dose.unit for dose in doses),
            )


def _time_to_onset(
    doses: list[Dose], reaction: Reaction, timeline: CaseTimeline, stated: DrugReaction | None
) -> Span:
    """From the first dose to the reaction: as dated, or as the source states it, whichever says more."""
    spans = [timeline.between(dose.anchor, reaction.anchor) for dose in doses]
    # What is dated later than a first dose without date says nothing about the first.
    dated = latest([span for span in spans if span.is_known]) if spans and spans[0].is_known else UNKNOWN_SPAN
    return min(dated, stated_days(stated, "first_dose"), key=time_to_onset_penalty)


def _age(patient: Patient | None, timeline: CaseTimeline) -> Age:
    if patient is None:
        return Age.MISSING
    if patient.age is not None and patient.age_unit not in COARSE_AGES:
        return Age.KNOWN
    if patient.birth_date and timeline.days_to(patient.anchor).is_known:
        return Age.KNOWN
    return Age.GROUP if patient.age_group or patient.age is not None else Age.MISSING


def _tells_something(narrative: Narrative) -> bool:
    texts = (narrative.case_narrative, narrative.reporter_comments, narrative.sender_comments)
    return any(is_informative(text) and len(text.split()) >= FEWEST_WORDS for text in texts)


def _only(record: CaseRecord, model: type[Patient]) -> Patient | None:
    return next(iter(record.all(model)), None)
