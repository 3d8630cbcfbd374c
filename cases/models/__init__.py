"""The record: one file per member of the case."""

from cases.models.assessment import (
    Assessment,
    AssessmentItem,
    AssessmentKind,
    CaseScore,
    Origin,
    ReportedScore,
    ReviewerAnswer,
)
from cases.models.base import CaseRow, Finding, Phase
from cases.models.case import Case, CaseState
from cases.models.drug import Drug, HalfLife
from cases.models.event import CaseEvent
from cases.models.examination import (
    BiopsyDetail,
    Examination,
    ExaminationKind,
    FunctionalDetail,
    GeneticDetail,
    ViralTest,
)
from cases.models.exchange import Batch, Direction, Message
from cases.models.exposure import (
    CausalityAssessment,
    Dose,
    DrugInformation,
    DrugReaction,
    Exposure,
    Indication,
    Substance,
)
from cases.models.finding import (
    LymphNodeExamination,
    LymphNodeSite,
    OrganInvolvement,
    SkinExamination,
    Symptom,
    Temperature,
)
from cases.models.parent import Parent, ParentMedicalHistory, ParentPastDrug
from cases.models.patient import (
    AutopsyCauseOfDeath,
    MedicalHistory,
    PastDrug,
    Patient,
    ReportedCauseOfDeath,
)
from cases.models.presence import Presence
from cases.models.reaction import DifferentialDiagnosis, Reaction, Treatment
from cases.models.report import (
    Document,
    DocumentKind,
    LinkedCase,
    LiteratureReference,
    Narrative,
    OtherIdentifier,
    Reporter,
    Sender,
    SenderDiagnosis,
    Study,
    StudyRegistration,
    Summary,
)
from cases.models.stored_file import StoredFile
from cases.models.version import CaseVersion, Significance, VersionKind

__all__ = [
    "Assessment",
    "AssessmentItem",
    "AssessmentKind",
    "AutopsyCauseOfDeath",
    "Batch",
    "BiopsyDetail",
    "Case",
    "CaseEvent",
    "CaseRow",
    "CaseScore",
    "CaseState",
    "CaseVersion",
    "CausalityAssessment",
    "DifferentialDiagnosis",
    "Direction",
    "Document",
    "DocumentKind",
    "Dose",
    "Drug",
    "DrugInformation",
    "DrugReaction",
    "Examination",
    "ExaminationKind",
    "Exposure",
    "Finding",
    "FunctionalDetail",
    "GeneticDetail",
    "HalfLife",
    "Indication",
    "LinkedCase",
    "LiteratureReference",
    "LymphNodeExamination",
    "LymphNodeSite",
    "MedicalHistory",
    "Message",
    "Narrative",
    "OrganInvolvement",
    "Origin",
    "OtherIdentifier",
    "Parent",
    "ParentMedicalHistory",
    "ParentPastDrug",
    "PastDrug",
    "Patient",
    "Phase",
    "Presence",
    "Reaction",
    "ReportedCauseOfDeath",
    "ReportedScore",
    "Reporter",
    "ReviewerAnswer",
    "Sender",
    "SenderDiagnosis",
    "Significance",
    "SkinExamination",
    "StoredFile",
    "Study",
    "StudyRegistration",
    "Substance",
    "Summary",
    "Symptom",
    "Temperature",
    "Treatment",
    "VersionKind",
    "ViralTest",
]
