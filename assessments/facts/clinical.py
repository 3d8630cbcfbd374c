"""Clinical findings of the reaction: temperature, skin, lymph nodes, organs."""

from collections import defaultdict
from collections.abc import Iterator

from assessments.facts.tests import examined_temperatures
from cases.models import LymphNodeExamination, LymphNodeSite, OrganInvolvement, SkinExamination, Temperature
from cases.models.finding import Extent, TemperatureSite
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import CaseTimeline
from scoring import facts
from scoring.facts import Explanation, Organ, ResultKind

EXTENTS = {Extent.WIDESPREAD.value: True, Extent.LOCALISED.value: False}


def temperature_facts(record: CaseRecord, timeline: CaseTimeline) -> Iterator[facts.Temperature]:
    for row in record.of_reaction(Temperature):
        yield facts.Temperature(
            id=str(row.uuid),
            kind=ResultKind(row.result),
            celsius=row.celsius,
            axillary=row.site == TemperatureSite.AXILLARY,
            is_peak=row.is_peak,
            day=timeline.days_to(row.anchor),
        )
    yield from examined_temperatures(record, timeline)


def node_facts(record: CaseRecord) -> Iterator[facts.NodeExamination]:
    sites = defaultdict(list)
    for site in record.all(LymphNodeSite):
        sites[site.examination_id].append(facts.NodeSite(site.site.strip().lower(), site.size_cm))
    for row in record.of_reaction(LymphNodeExamination):
        yield facts.NodeExamination(
            id=str(row.uuid),
            kind=ResultKind(row.result),
            sites=tuple(sorted(sites[row.pk], key=lambda site: (site.site, str(site.size_cm)))),
            is_complete=row.is_complete,
        )


def skin_facts(record: CaseRecord) -> Iterator[facts.SkinExamination]:
    for row in record.of_reaction(SkinExamination):
        yield facts.SkinExamination(
            id=str(row.uuid),
            extent_percent=row.extent_percent,
            is_widespread=EXTENTS.get(row.extent),
            facial_oedema=row.facial_oedema,
            infiltration=row.infiltration,
            purpura_beyond_legs=row.purpura_beyond_legs,
            scaling=row.scaling,
            reporter_finds_suggestive=row.reporter_finds_suggestive,
        )


def organ_facts(record: CaseRecord) -> Iterator[facts.OrganFinding]:
    for row in record.of_reaction(OrganInvolvement):
        yield facts.OrganFinding(
            id=str(row.uuid),
            organ=Organ(row.organ),
            kind=ResultKind(row.result),
            meets_threshold=row.meets_threshold,
            explanation=Explanation(row.other_explanation),
        )
