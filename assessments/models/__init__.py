"""Stored scores: assessments, reviewers' answers, and where each case stands."""

from assessments.models.assessment import (
    BASIS_CHOICES,
    Assessment,
    AssessmentItem,
    AssessmentKind,
    ReviewerAnswer,
)
from assessments.models.standing import Origin, Standing

__all__ = [
    "BASIS_CHOICES",
    "Assessment",
    "AssessmentItem",
    "AssessmentKind",
    "Origin",
    "ReviewerAnswer",
    "Standing",
]
