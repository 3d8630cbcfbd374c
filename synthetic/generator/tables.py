"""The columns that the generator fills, table by table, parents before the tables below them.

A cell is text in PostgreSQL's COPY format, or None for NULL. A parent row is named by its position in its
table of the same case; the writer replaces it by a key. Columns that are not listed hold their defaults.
"""

from typing import NamedTuple

Cell = str | None
Row = tuple[Cell, ...]


class Medicine(NamedTuple):
    """A drug of the dictionary, as cells: its key there, and the half-lives that are copied from it."""

    key: str
    name: str
    half_life_low: Cell
    half_life_high: Cell
    half_lives: Cell
    release: str


COLUMNS: dict[str, tuple[str, ...]] = {
    "Patient": (
        "uuid", "null_flavors", "initials", "birth_date", "age", "age_unit", "age_group", "weight_kg",
        "height_cm", "sex", "death_date",
    ),
    "MedicalHistory": ("uuid", "term", "start", "is_continuing"),
    "Reporter": (
        "uuid", "given_name", "family_name", "reporter_organisation", "city", "country", "qualification",
        "is_primary",
    ),
    "Reaction": (
        "uuid", "position", "term", "language", "is_assessed", "onset", "end", "is_resolved", "relapse",
        "outcome", "country", "reporter_hospitalisation", "reporter_life_threatening", "reporter_death",
    ),
    "Exposure": (
        "uuid", "position", "role", "name", "drug_id", "action_taken", "is_ongoing_at_onset",
        "reference_half_life_low_hours", "reference_half_life_high_hours", "reference_half_lives",
        "reference_release",
    ),
    "Dose": (
        "uuid", "exposure_id", "position", "amount", "unit", "interval", "interval_unit", "start", "end",
        "text", "route",
    ),
    "Indication": ("uuid", "exposure_id", "text"),
    "DrugReaction": (
        "uuid", "exposure_id", "reaction_id", "first_dose_interval", "first_dose_unit", "recurrence",
    ),
    "Temperature": ("uuid", "verbatim", "phase", "result", "celsius", "site", "is_peak", "when"),
    "SkinExamination": (
        "uuid", "phase", "when", "description", "extent_percent", "extent", "facial_oedema",
        "infiltration", "purpura_beyond_legs", "scaling", "itch", "reporter_finds_suggestive",
    ),
    "LymphNodeExamination": ("uuid", "phase", "result", "is_complete", "when"),
    "LymphNodeSite": ("uuid", "examination_id", "site", "size_cm"),
    "OrganInvolvement": (
        "uuid", "phase", "organ", "result", "basis", "meets_threshold", "other_explanation", "when",
    ),
    "Examination": (
        "uuid", "phase", "position", "kind", "when", "name", "test", "result", "qualifier", "value",
        "unit", "text", "upper_limit", "sample",
    ),
    "ViralTest": ("uuid", "examination_id", "virus", "assay", "specimen"),
    "BiopsyDetail": ("uuid", "examination_id", "tissue", "infiltrate", "conclusion"),
    "Treatment": (
        "uuid", "position", "name", "drug_id", "is_systemic_steroid", "amount", "unit", "start",
        "response", "response_at",
    ),
    "DifferentialDiagnosis": ("uuid", "diagnosis", "status", "of_background"),
    "ReportedScore": ("uuid", "instrument", "total", "category", "source"),
    "Narrative": ("uuid", "case_narrative", "reporter_comments"),
    "Case": (
        "uuid", "number", "state", "safety_report_id", "created_at", "report_type", "first_received",
        "latest_information", "is_expedited", "worldwide_id", "first_sender",
    ),
    "CaseVersion": (
        "uuid", "number", "kind", "received", "day_zero", "held_by", "source", "significance", "reason",
        "opened_at", "closed_at",
    ),
}  # fmt: skip

# Tables whose rows came with the follow-up, where there is one; version 1 is frozen without them.
OF_FOLLOW_UP = ("Treatment", "DifferentialDiagnosis", "ReportedScore")

# Column -> the table of the same case whose row it names.
PARENTS: dict[str, dict[str, str]] = {
    "Dose": {"exposure_id": "Exposure"},
    "Indication": {"exposure_id": "Exposure"},
    "DrugReaction": {"exposure_id": "Exposure", "reaction_id": "Reaction"},
    "LymphNodeSite": {"examination_id": "LymphNodeExamination"},
    "ViralTest": {"examination_id": "Examination"},
    "BiopsyDetail": {"examination_id": "Examination"},
}
