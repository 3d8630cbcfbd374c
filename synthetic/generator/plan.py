"""All rows of one synthetic case, made from a seed and an ordinal."""

from synthetic.generator import drugs, examinations, findings, reactions, report
from synthetic.generator.chance import Chance
from synthetic.generator.draft import Draft, Plan
from synthetic.generator.story import make_story
from synthetic.generator.tables import Medicine

SECTIONS = (
    report.patient,
    report.reporters,
    reactions.reactions,
    drugs.exposures,
    drugs.pairs,
    findings.temperatures,
    findings.skin,
    findings.nodes,
    findings.organs,
    examinations.laboratory,
    examinations.other_causes,
    examinations.viruses,
    examinations.biopsy,
    reactions.treatment,
    reactions.diagnoses,
    report.reported_score,
    report.narrative,
    report.root,
)


def number_of(seed: int, labs: int, ordinal: int) -> str:
    """The case number: seed, laboratory results a case, ordinal."""
    return f"SYN-{seed}-{labs}-{ordinal:07d}"


def plan_case(seed: int, labs: int, ordinal: int, medicines: dict[str, Medicine]) -> Plan:
    """The rows of case `ordinal` (from 1), with `labs` laboratory results in dated series."""
    chance = Chance(seed, labs, ordinal)
    draft = Draft(number_of(seed, labs, ordinal), labs, chance, make_story(chance, medicines), medicines)
    for section in SECTIONS:
        section(draft)
    return draft.rows
