"""Systemic steroids, by whichever part of the record names them: a treatment of the reaction, or a drug."""

from collections.abc import Iterator

from cases.models import Dose, Exposure, Treatment
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import CaseTimeline
from scoring.facts import Steroid
from values.spans import UNKNOWN_SPAN, Span
from vocabulary.steroids import is_systemic_steroid


def steroid_facts(record: CaseRecord, timeline: CaseTimeline) -> Iterator[Steroid]:
    """Each systemic steroid with the day of its first dose, counted from onset."""
    for treatment in record.all(Treatment):
        if treatment.is_systemic_steroid or is_systemic_steroid(treatment.name, treatment.route):
            yield Steroid(str(treatment.uuid), treatment.name, timeline.days_to(treatment.anchor))
    for exposure in record.all(Exposure):
        if is_systemic_steroid(exposure.name):
            yield Steroid(str(exposure.uuid), exposure.name, _first_dose(record, exposure, timeline))


def _first_dose(record: CaseRecord, exposure: Exposure, timeline: CaseTimeline) -> Span:
    doses = [dose for dose in record.all(Dose) if dose.exposure_id == exposure.pk]
    return timeline.days_to(doses[0].anchor) if doses else UNKNOWN_SPAN
