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
from cases.models.case import Case, CaseState, ReportType
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
from cases.models.exposure import Dose, DrugReaction, Exposure
from cases.models.finding import (
    LymphNodeExamination,
    LymphNodeSite,
    OrganInvolvement,
    SkinExamination,
    Symptom,
    Temperature,
)
from cases.models.patient import MedicalHistory, PastDrug, Patient
from cases.models.reaction import DifferentialDiagnosis, Reaction, Treatment
from cases.models.report import LinkedCase, LiteratureReference, Narrative, Reporter

__all__ = [
    "Assessment",
    "AssessmentItem",
    "AssessmentKind",
    "BiopsyDetail",
    "Case",
    "CaseEvent",
    "CaseRow",
    "CaseScore",
    "CaseState",
    "DifferentialDiagnosis",
    "Dose",
    "Drug",
    "DrugReaction",
    "Examination",
    "ExaminationKind",
    "Exposure",
    "Finding",
    "FunctionalDetail",
    "GeneticDetail",
    "HalfLife",
    "LinkedCase",
    "LiteratureReference",
    "LymphNodeExamination",
    "LymphNodeSite",
    "MedicalHistory",
    "Narrative",
    "OrganInvolvement",
    "Origin",
    "PastDrug",
    "Patient",
    "Phase",
    "Reaction",
    "ReportType",
    "ReportedScore",
    "Reporter",
    "ReviewerAnswer",
    "SkinExamination",
    "Symptom",
    "Temperature",
    "Treatment",
    "ViralTest",
]
