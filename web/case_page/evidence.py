"""Everything recorded of a case, by phase and section. Only the reaction's own phase is evidence."""

from collections.abc import Iterable, Mapping
from typing import Any

from assessments.evidence import Evidence
from cases.models import CaseRow, Phase
from web.case_page.details import details
from web.case_page.items import evidence_line

SECTIONS = (
    ("The reaction", ("reaction",)),
    ("Temperature", ("temperature",)),
    ("Skin", ("skinexamination",)),
    ("Lymph nodes", ("lymphnodeexamination",)),
    ("Organs", ("organinvolvement",)),
    ("Tests", ("examination",)),
    ("Other signs and symptoms", ("symptom",)),
    ("Treatment of the reaction", ("treatment",)),
    ("History", ("medicalhistory",)),
    ("Earlier drugs", ("pastdrug",)),
)
# These are always of the time before the reaction.
BEFORE = frozenset({"medicalhistory", "pastdrug"})
# Rows that are shown with the row they belong to, by the name of that link.
PARTS = {"biopsydetail": "examination_id", "lymphnodesite": "examination_id"}
OWNERS = {"biopsydetail": "examination", "lymphnodesite": "lymphnodeexamination"}

PHASES = (
    (Phase.REACTION.value, "During the reaction", "Only this is evidence for the score."),
    (Phase.AFTER.value, "After the reaction", "Not evidence for the score."),
    (Phase.BACKGROUND.value, "Before this reaction", "Not evidence for the score."),
)


def evidence_view(evidence: Mapping[str, Evidence], rows: Mapping[str, CaseRow]) -> list[dict[str, Any]]:
    """Phases with their sections, each with its rows; empty ones left out."""
    shown = list(evidence.values())
    parts = _parts(shown, rows)
    phases = []
    for phase, title, note in PHASES:
        of_phase = [item for item in shown if item.model not in PARTS and phase_of(item) == phase]
        sections = [
            {"title": name, "rows": [_row(item, rows, parts) for item in of_phase if item.model in models]}
            for name, models in SECTIONS
        ]
        if sections := [section for section in sections if section["rows"]]:
            phases.append({"key": phase, "title": title, "note": note, "sections": sections})
    return phases


def phase_of(row: Evidence) -> str:
    return Phase.BACKGROUND.value if row.model in BEFORE else row.phase or Phase.REACTION.value


def _parts(shown: Iterable[Evidence], rows: Mapping[str, CaseRow]) -> dict[tuple[str, int], list[Evidence]]:
    """Rows that belong to another, by the model and id of that one."""
    parts: dict[tuple[str, int], list[Evidence]] = {}
    for item in shown:
        if item.model in PARTS:
            owner = (OWNERS[item.model], getattr(rows[str(item.uuid)], PARTS[item.model]))
            parts.setdefault(owner, []).append(item)
    return parts


def _row(
    item: Evidence, rows: Mapping[str, CaseRow], parts: Mapping[tuple[str, int], list[Evidence]]
) -> dict[str, Any]:
    row = rows.get(str(item.uuid))
    return {
        **evidence_line(item),
        "details": details(row) if row is not None else [],
        "parts": [_row(part, rows, {}) for part in parts.get((item.model, item.pk), [])],
    }
