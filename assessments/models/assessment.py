"""Stored scores, computed and adjudicated, and the reviewers' answers that adjudicated ones rest on.

Nothing here overwrites anything: assessments are written once; a reviewer's answer is superseded, not
changed.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.models.base import case_key
from cases.models.triggers import append_only, counts_as_evidence
from scoring.result import Basis

BASIS_CHOICES = [(basis.value, basis.value.capitalize()) for basis in Basis]


class AssessmentKind(models.TextChoices):
    COMPUTED = "computed", "Computed from the evidence"
    ADJUDICATED = "adjudicated", "Adjudicated by a reviewer"


@append_only
class Assessment(models.Model):
    """One computation of an instrument, with all it took to make it, word for word."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = case_key("assessments")
    # The subject: the case as a whole, or one drug of it (causality instruments).
    exposure = models.ForeignKey(
        "cases.Exposure", on_delete=models.DO_NOTHING, db_constraint=False, null=True, blank=True
    )
    kind = models.CharField(max_length=12, choices=AssessmentKind.choices)
    instrument = models.CharField(max_length=20)
    rule_version = models.CharField(max_length=40)
    as_of = models.DateField(null=True, help_text="Date of the latest information it rests on.")
    evidence_version = models.BigIntegerField(
        help_text="The case's evidence counter when its rows were read."
    )
    facts = models.TextField(help_text="Canonical text of the facts.")
    facts_digest = models.CharField(max_length=64)
    answers = models.TextField(blank=True, help_text="Canonical text of the reviewer's answers that held.")
    result = models.TextField(help_text="Canonical text of the result.")
    total = models.SmallIntegerField()
    low = models.SmallIntegerField()
    high = models.SmallIntegerField()
    category = models.CharField(max_length=20)
    provisional = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="assessment_total_inside_interval",
                condition=Q(low__lte=F("total")) & Q(total__lte=F("high")),
                violation_error_message="A total lies inside its interval.",
            ),
        ]
        indexes = [models.Index(fields=["case", "kind", "-id"], name="assessment_latest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.total} [{self.low}, {self.high}] {self.category}"


@append_only
class AssessmentItem(models.Model):
    """One item of a stored score, so that cases can be filtered by it."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=20)
    answer = models.CharField(max_length=20)
    points = models.SmallIntegerField()
    low = models.SmallIntegerField()
    high = models.SmallIntegerField()
    basis = models.CharField(max_length=12, choices=BASIS_CHOICES)
    rule = models.TextField()
    needs = models.TextField(blank=True)
    evidence = ArrayField(models.UUIDField(), default=list)

    class Meta:
        ordering = ["assessment", "position"]
        constraints = [
            models.UniqueConstraint(name="assessment_item_once", fields=["assessment", "key"]),
            models.CheckConstraint(
                name="assessment_item_inside_interval",
                condition=Q(low__lte=F("points")) & Q(points__lte=F("high")),
                violation_error_message="The points of an item lie inside its interval.",
            ),
        ]
        indexes = [models.Index(fields=["key", "answer", "basis"], name="item_by_answer")]

    def __str__(self) -> str:
        return f"{self.key}: {self.points}"


@append_only
@counts_as_evidence()
class ReviewerAnswer(models.Model):
    """A named reviewer's answer to one item, with a reason. The latest for an item counts.

    It holds while the evidence of its item has the digest it had when the answer was given.
    """

    WITHDRAWN = ""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = case_key("reviewer_answers")
    instrument = models.CharField(max_length=20)
    key = models.CharField(max_length=20)
    answer = models.CharField(max_length=20, blank=True, help_text="Empty: the earlier answer is withdrawn.")
    reason = models.TextField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="reviewer_answers")
    at = models.DateTimeField(auto_now_add=True)
    evidence_digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["case", "key", "id"]
        constraints = [
            models.CheckConstraint(
                name="reviewer_answer_has_reason",
                condition=~Q(reason=""),
                violation_error_message="An answer needs a reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.answer or 'withdrawn'}"
