"""Stored scores: computed, adjudicated and reported, side by side, and where the case stands.

Nothing here overwrites anything: assessments are written once; a reviewer's answer is superseded,
not changed; the reported score is part of the record.
"""

import uuid
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.models.base import CaseRow, case_key, evidence, within
from cases.models.triggers import append_only, counts_as_evidence
from scoring.result import NO, UNKNOWN, YES, Basis, Category


def _decimal(help_text: str) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=18, decimal_places=6, null=True, help_text=help_text)


class AssessmentKind(models.TextChoices):
    COMPUTED = "computed", "Computed from the evidence"
    ADJUDICATED = "adjudicated", "Adjudicated by a reviewer"


class Origin(models.TextChoices):
    """Where the standing classification of a case comes from."""

    ADJUDICATED = "adjudicated", "Adjudicated"
    REPORTED = "reported", "Reported"
    COMPUTED = "computed", "Computed"


CATEGORY_CHOICES = [
    (Category.NO_CASE.value, "No case"),
    (Category.POSSIBLE.value, "Possible"),
    (Category.PROBABLE.value, "Probable"),
    (Category.DEFINITE.value, "Definite"),
]
PRESENT_CHOICES = [(YES, "Yes"), (NO, "No"), (UNKNOWN, "Not known")]
BASIS_CHOICES = [(basis.value, basis.value.capitalize()) for basis in Basis]


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
    category = models.CharField(max_length=10, choices=CATEGORY_CHOICES)
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


@evidence
class ReportedScore(CaseRow):
    """A score that the source published. Audited against the evidence, never forced upon it."""

    case = case_key("reported_scores")
    instrument = models.CharField(max_length=20, default="regiscar")
    total = models.SmallIntegerField(null=True, blank=True)
    category = models.CharField(max_length=10, choices=CATEGORY_CHOICES, blank=True)
    source = models.CharField(max_length=500, help_text="Who said so.")
    literature = models.ForeignKey(
        "cases.LiteratureReference", on_delete=models.SET_NULL, null=True, blank=True, related_name="scores"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reported_score_says_something",
                condition=Q(total__isnull=False) | ~Q(category=""),
                violation_error_message="A reported score has a total, a class, or both.",
            ),
            within(
                "reported_score_within_regiscar",
                "total",
                -4,
                9,
                "A RegiSCAR total lies between -4 and 9.",
            ),
            models.UniqueConstraint(
                name="reported_score_one_per_instrument",
                fields=["case", "instrument"],
                violation_error_message="This instrument has a reported score already: change that one.",
            ),
        ]

    def __str__(self) -> str:
        return f"{'' if self.total is None else self.total} {self.get_category_display()}".strip()


class CaseScore(models.Model):
    """Where a case stands: one untracked row per case, made with it, that lists and filters read.

    `evidence_version` is raised by triggers on every table that feeds the facts. The row is
    current exactly when it was scored at that version.
    """

    case = models.OneToOneField(
        "cases.Case", on_delete=models.CASCADE, primary_key=True, related_name="score"
    )
    evidence_version = models.BigIntegerField(default=1, db_default=1)
    scored_version = models.BigIntegerField(default=0, db_default=0)
    is_current = models.GeneratedField(
        expression=Q(evidence_version=F("scored_version")),  # type: ignore[arg-type] # Q isn't one to the stubs
        output_field=models.BooleanField(),
        db_persist=True,
    )
    rule_version = models.CharField(max_length=40, blank=True, db_default="")
    facts_version = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="Of what makes facts from rows, when they were last made (ADR 14)."
    )

    standing_origin = models.CharField(max_length=12, choices=Origin.choices, blank=True, db_default="")
    standing_total = models.SmallIntegerField(null=True)
    standing_category = models.CharField(max_length=10, choices=CATEGORY_CHOICES, blank=True, db_default="")
    computed_total = models.SmallIntegerField(null=True)
    low = models.SmallIntegerField(null=True)
    high = models.SmallIntegerField(null=True)
    lowest_category = models.CharField(max_length=10, choices=CATEGORY_CHOICES, blank=True, db_default="")
    highest_category = models.CharField(max_length=10, choices=CATEGORY_CHOICES, blank=True, db_default="")
    provisional = models.BooleanField(default=False, db_default=False)
    reported_is_attainable = models.BooleanField(null=True)
    answers_due = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="Reviewer's answers whose evidence has changed since."
    )
    latency_first_low = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    latency_first_high = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    latency_last_low = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    latency_last_high = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    eosinophil_peak = models.DecimalField(
        max_digits=18, decimal_places=6, null=True, help_text="Highest of the reaction, x10^9/L."
    )
    alt_peak = models.DecimalField(
        max_digits=18, decimal_places=6, null=True, help_text="Highest of the reaction, U/L."
    )
    creatinine_peak = models.DecimalField(
        max_digits=18, decimal_places=6, null=True, help_text="Highest of the reaction, umol/L."
    )
    half_lives_first_low = _decimal("Half-lives of the first suspect drug, from its first dose to onset.")
    half_lives_first_high = _decimal("The same, at most.")
    half_lives_last_low = _decimal("Half-lives of the first suspect drug, from its last dose to onset.")
    half_lives_last_high = _decimal("The same, at most.")
    present_at_onset = models.CharField(
        max_length=7,
        choices=PRESENT_CHOICES,
        blank=True,
        db_default="",
        help_text="Was the first suspect drug still in the body at onset? Empty without a suspect drug.",
    )
    onset_earliest = models.DateField(null=True, help_text="No earlier did the reaction begin.")
    onset_latest = models.DateField(null=True, help_text="No later did the reaction begin.")
    age_low = _decimal("Age at onset in years, at least.")
    age_high = _decimal("Age at onset in years, at most.")
    completeness = models.DecimalField(
        max_digits=7, decimal_places=6, null=True, help_text="vigiGrade, 0 to 1; above 0.8: well documented."
    )
    would_raise_most = models.CharField(
        max_length=20, blank=True, db_default="", help_text="The vigiGrade dimension to complete first."
    )
    missing_criteria = ArrayField(
        models.CharField(max_length=10),
        default=list,
        db_default=[],
        help_text="Those of the four minimum criteria of a valid report that are not met.",
    )
    computed = models.ForeignKey(Assessment, on_delete=models.PROTECT, null=True, related_name="+")
    adjudicated = models.ForeignKey(Assessment, on_delete=models.PROTECT, null=True, related_name="+")
    scored_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="score_not_ahead_of_evidence",
                condition=Q(scored_version__lte=F("evidence_version")),
                violation_error_message="A score can't be newer than the evidence it was made from.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["standing_category", "case"], name="score_by_category", condition=Q(is_current=True)
            ),
            models.Index(fields=["case"], name="score_outdated", condition=Q(is_current=False)),
            models.Index(
                fields=["latency_first_low", "latency_first_high", "case"],
                name="score_by_latency",
                condition=Q(is_current=True),
            ),
            models.Index(
                fields=["case"],
                include=["eosinophil_peak"],
                name="score_by_peak",
                condition=Q(is_current=True),
            ),
            # From where eosinophilia gives two points: a quarter of the cases.
            models.Index(
                fields=["case"],
                include=["eosinophil_peak"],
                name="score_by_high_peak",
                condition=Q(is_current=True, eosinophil_peak__gte=Decimal("1.5")),
            ),
        ]

    def __str__(self) -> str:
        if not self.is_current:
            return "outdated"
        return f"{self.standing_category} {self.standing_total} ({self.standing_origin})"
