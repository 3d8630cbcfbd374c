"""Clinical findings of the reaction: temperature, skin, lymph nodes, organs."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from assessments.facts.tests import examined_temperatures
from cases.models import LymphNodeExamination, LymphNodeSite, OrganInvolvement, SkinExamination, Temperature
from cases.models.finding import Extent, TemperatureSite
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import CaseTimeline
from scoring import facts
from scoring.facts import Explanation, Organ, ResultKind
from vocabulary.sites import SiteCount, read_node_site

# What joins regions in one text, in the languages of the vocabulary.
JOINED = re.compile(r"[,;/+&]|\b(?:and|und|et|y|e|en)\b", re.IGNORECASE)
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
        sites[site.examination_id].append(_node_site(site))
    for row in record.of_reaction(LymphNodeExamination):
        yield facts.NodeExamination(
            id=str(row.uuid),
            kind=ResultKind(row.result),
            sites=tuple(sorted(sites[row.pk], key=lambda site: (site.site, str(site.size_cm)))),
            is_complete=row.is_complete,
        )


def _node_site(row: LymphNodeSite) -> facts.NodeSite:
    """The site by its region; a text that names several regions stands for two or more."""
    reading = read_node_site(row.site)
    return facts.NodeSite(
        row.site.strip().lower(),
        row.size_cm,
        reading.region,
        reading.area,
        is_several=reading.count is SiteCount.SEVERAL or _names_several(row.site),
    )


@lru_cache(maxsize=1024)
def _names_several(text: str) -> bool:
    """Whether a text joins two regions or more: "cervical and axillary", "neck, groin"."""
    parts = [read_node_site(part) for part in JOINED.split(text) if part.strip()]
    regions = {part.region for part in parts}
    return len(regions) > 1 and "" not in regions


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
