"""What follows from the rows of a case and is no score: for lists and filters, one row per case."""

from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q

from scoring.result import NO, UNKNOWN, YES

PRESENT_CHOICES = [(YES, "Yes"), (NO, "No"), (UNKNOWN, "Not known")]


def _decimal(help_text: str) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=18, decimal_places=6, null=True, help_text=help_text)


class NewPseudonym(Func):
    """SQL: a new pseudonym, "P-" and 14 random hexadecimal digits (56 bits); it says nothing of the case."""

    template = "('P-' || upper(right(encode(uuid_send(gen_random_uuid()), 'hex'), 14)))"
    output_field = models.CharField()


def number_of(pseudonym: str) -> int:
    """A pseudonym as a number; numbers have the order of their pseudonyms."""
    return int(pseudonym.removeprefix("P-"), 16)


def pseudonym_of(number: int) -> str:
    return f"P-{number:014X}"


class CaseSummary(models.Model):
    """What lists and filters read of a case beside its scores: one untracked row per case, made with it.

    `evidence_version` is raised by triggers on every table that feeds the facts. The row is
    current exactly when it was made at that version.
    """

    case = models.OneToOneField(
        "cases.Case", on_delete=models.CASCADE, primary_key=True, related_name="summary"
    )
    pseudonym = models.CharField(
        max_length=16,
        unique=True,
        db_default=NewPseudonym(),
        editable=False,
        help_text="The case number that is shown to readers who may not see identities.",
    )
    evidence_version = models.BigIntegerField(default=1, db_default=1)
    summarised_version = models.BigIntegerField(default=0, db_default=0)
    is_current = models.GeneratedField(
        expression=Q(evidence_version=F("summarised_version")),  # type: ignore[arg-type] # Q isn't one to the stubs
        output_field=models.BooleanField(),
        db_persist=True,
    )
    facts_version = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="Of what makes facts from rows, when they were last made (ADR 14)."
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
    updated_at = models.DateTimeField(null=True, help_text="When anything of this row last changed.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="summary_not_ahead_of_evidence",
                condition=Q(summarised_version__lte=F("evidence_version")),
                violation_error_message="A summary can't be newer than the evidence it was made from.",
            ),
        ]
        indexes = [
            models.Index(fields=["case"], name="summary_outdated", condition=Q(is_current=False)),
            models.Index(
                fields=["latency_first_low", "latency_first_high", "case"],
                name="summary_by_latency",
                condition=Q(is_current=True),
            ),
            models.Index(
                fields=["case"],
                include=["eosinophil_peak"],
                name="summary_by_peak",
                condition=Q(is_current=True),
            ),
            # From where eosinophilia gives two points: a quarter of the cases.
            models.Index(
                fields=["case"],
                include=["eosinophil_peak"],
                name="summary_by_high_peak",
                condition=Q(is_current=True, eosinophil_peak__gte=Decimal("1.5")),
            ),
        ]

    def __str__(self) -> str:
        return f"evidence {self.evidence_version}" if self.is_current else "outdated"
