"""From the rows of a case to the facts that the instruments see: the only bridge to `scoring/`.

Only the reaction's own phase is evidence. What the report doesn't say becomes no fact at all.
"""

from assessments.facts.clinical import node_facts, organ_facts, skin_facts, temperature_facts
from assessments.facts.course import course_fact
from assessments.facts.exposures import exposure_facts
from assessments.facts.not_counted import NotCounted, counted
from assessments.facts.steroids import steroid_facts
from assessments.facts.tests import biopsy_facts, test_facts
from assessments.facts.words import diagnosis_facts, sign_facts
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import LATEST_INFORMATION, CaseTimeline
from scoring.facts import Facts

__all__ = ["FACTS_VERSION", "facts_of", "read_facts"]

# Of all that stands between the rows of a case and its score row, the rules left out: time line, facts,
# completeness, where the case stands, and what filters ask for. Raised whenever equal rows would give
# anything else, it makes `rescore` read the rows of every case again (ADR 14). A test holds it to that.
FACTS_VERSION = 2


def facts_of(record: CaseRecord, timeline: CaseTimeline | None = None) -> Facts:
    """The facts of one case, as of its latest information. `timeline`: its own, where it was made already."""
    return read_facts(record, timeline)[0]


def read_facts(record: CaseRecord, timeline: CaseTimeline | None = None) -> tuple[Facts, list[NotCounted]]:
    """The facts of one case, and the rows that could have been facts and are not, each with its reason."""
    timeline = timeline or CaseTimeline(record)
    latest = record.case.latest_information
    left_out: list[NotCounted] = []
    facts = Facts(
        as_of=latest.isoformat() if latest else "",
        informed_for=timeline.days_to(LATEST_INFORMATION),
        temperatures=counted(temperature_facts(record, timeline), left_out),
        nodes=counted(node_facts(record), left_out),
        tests=counted(test_facts(record, timeline), left_out),
        skin=counted(skin_facts(record), left_out),
        biopsies=counted(biopsy_facts(record), left_out),
        organs=counted(organ_facts(record), left_out),
        exposures=tuple(exposure_facts(record, timeline)),
        course=course_fact(record, timeline),
        signs=counted(sign_facts(record, timeline), left_out),
        diagnoses=counted(diagnosis_facts(record), left_out),
        steroids=tuple(steroid_facts(record, timeline)),
    )
    return facts, left_out
