"""Where a case stands by an instrument: what lists, filters and exports read of its scores."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from assessments.display.badge import Badge, badge
from assessments.models.assessment import Assessment
from cases.models import CaseSummary
from scoring.instrument import Instrument
from scoring.instruments import INSTRUMENTS


class Origin(models.TextChoices):
    """Where the standing classification of a case comes from."""

    ADJUDICATED = "adjudicated", "Adjudicated"
    REPORTED = "reported", "Reported"
    COMPUTED = "computed", "Computed"


def _by_answers_else(end: str) -> Coalesce:
    """The class at one end of the interval with reviewers' answers, or of the evidence where none holds."""
    return Coalesce(F(f"adjudicated_{end}"), F(end))


_INTERVAL = (
    "adjudicated_low",
    "adjudicated_high",
    "adjudicated_lowest_category",
    "adjudicated_highest_category",
)
_NOT_ADJUDICATED = ~Q(origin=Origin.ADJUDICATED) & Q(**{f"{name}__isnull": True for name in _INTERVAL})
_ADJUDICATED = (
    Q(origin=Origin.ADJUDICATED)
    & Q(**{f"{name}__isnull": False for name in _INTERVAL})
    & Q(adjudicated_low__lte=F("total"), total__lte=F("adjudicated_high"))
)


class Standing(models.Model):
    """Where a case, or one suspect drug of it, stands by one instrument. Untracked; made by scoring.

    `evidence_version` follows that of the case (`CaseSummary`), carried on by a trigger. The row is
    current exactly when it was scored at that version.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="standings", db_index=False)
    instrument = models.CharField(max_length=20)
    # The subject: the case as a whole, or one drug of it. Scoring removes the row of a drug that is gone.
    exposure = models.ForeignKey(
        "cases.Exposure",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="standings",
    )
    evidence_version = models.BigIntegerField()
    scored_version = models.BigIntegerField(default=0)
    is_current = models.GeneratedField(
        expression=Q(evidence_version=F("scored_version")),  # type: ignore[arg-type] # Q isn't one to the stubs
        output_field=models.BooleanField(),
        db_persist=True,
    )
    rule_version = models.CharField(max_length=40)

    origin = models.CharField(max_length=12, choices=Origin.choices)
    total = models.SmallIntegerField(null=True)
    category = models.CharField(max_length=20)
    # The evidence alone: the total by the table, its class, and what remains attainable.
    computed_total = models.SmallIntegerField(help_text="Points from the evidence alone.")
    computed_category = models.CharField(max_length=20, help_text="The class of the computed total.")
    low = models.SmallIntegerField(help_text="The lowest total that the evidence alone leaves attainable.")
    high = models.SmallIntegerField(help_text="The highest total that the evidence alone leaves attainable.")
    lowest_category = models.CharField(max_length=20, help_text="The class of the lowest attainable total.")
    highest_category = models.CharField(max_length=20, help_text="The class of the highest attainable total.")
    # The same with reviewers' answers; empty where none holds.
    adjudicated_low = models.SmallIntegerField(
        null=True, help_text="The lowest total that remains attainable with reviewers' answers."
    )
    adjudicated_high = models.SmallIntegerField(
        null=True, help_text="The highest total that remains attainable with reviewers' answers."
    )
    adjudicated_lowest_category = models.CharField(
        max_length=20, null=True, help_text="The class of the lowest total with reviewers' answers."
    )
    adjudicated_highest_category = models.CharField(
        max_length=20, null=True, help_text="The class of the highest total with reviewers' answers."
    )
    is_settled = models.GeneratedField(
        expression=Exact(_by_answers_else("lowest_category"), _by_answers_else("highest_category")),
        output_field=models.BooleanField(),
        db_persist=True,
        help_text="Whether evidence and reviewers' answers leave one class only; no report settles it.",
    )
    provisional = models.BooleanField(default=False)
    reported_is_attainable = models.BooleanField(null=True)
    answers_due = models.PositiveSmallIntegerField(
        default=0, help_text="Reviewer's answers whose evidence has changed since."
    )
    computed = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    adjudicated = models.ForeignKey(Assessment, on_delete=models.PROTECT, null=True, related_name="+")
    scored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="standing_not_ahead_of_evidence",
                condition=Q(scored_version__lte=F("evidence_version")),
                violation_error_message="A score can't be newer than the evidence it was made from.",
            ),
            models.UniqueConstraint(
                name="standing_once_for_subject",
                fields=["case", "instrument", "exposure"],
                nulls_distinct=False,
                violation_error_message="A case, or a drug of it, stands once by an instrument.",
            ),
            models.CheckConstraint(
                name="standing_computed_inside_interval",
                condition=Q(low__lte=F("computed_total"), computed_total__lte=F("high")),
                violation_error_message="A computed total lies inside its interval.",
            ),
            models.CheckConstraint(
                name="standing_adjudicated_with_interval",
                condition=_ADJUDICATED | _NOT_ADJUDICATED,
                violation_error_message="An adjudicated class, and no other, comes with the interval of the "
                "answers that it rests on.",
            ),
        ]
        indexes = [
            # Each class that cases are searched by: a rare one is found without reading all standings. With
            # the drug in them, standings of cases are known from those of drugs without reading rows.
            *(
                models.Index(
                    fields=["instrument", column, "case"],
                    include=["exposure"],
                    name=f"standing_by_{column}",
                    condition=Q(is_current=True),
                )
                for column in ("category", "computed_category", "lowest_category", "highest_category")
            ),
            models.Index(
                fields=["instrument", "category", "case"],
                include=["exposure"],
                name="standing_settled",
                condition=Q(is_current=True, is_settled=True),
            ),
            models.Index(fields=["case"], name="standing_outdated", condition=Q(is_current=False)),
        ]

    def __str__(self) -> str:
        if not self.is_current:
            return "outdated"
        return f"{self.category} {self.total} ({self.origin})"

    @property
    def definition(self) -> Instrument:
        """The instrument. Raises KeyError for one that this release does not carry."""
        return INSTRUMENTS[self.instrument]

    @property
    def badge(self) -> Badge:
        """The class in words: settled, or open with the classes in reach."""
        return badge(self)

    @property
    def result_id(self) -> int:
        """The assessment whose items are shown: adjudicated where it is, else computed."""
        return self.adjudicated_id or self.computed_id


# The evidence counter of a case is that of its standings. Summaries are locked before, in the order of the
# cases, by whoever raises it; here standings follow, in the order of (case, instrument, exposure).
_CARRY = """
    IF EXISTS (SELECT 1 FROM new_rows n JOIN old_rows o USING (case_id)
               WHERE n.evidence_version <> o.evidence_version) THEN
        PERFORM 1 FROM assessments_standing WHERE case_id IN (SELECT case_id FROM new_rows)
            ORDER BY case_id, instrument, exposure_id FOR UPDATE;
        UPDATE assessments_standing s SET evidence_version = n.evidence_version
            FROM new_rows n WHERE s.case_id = n.case_id AND s.evidence_version <> n.evidence_version;
    END IF;
    RETURN NULL;
"""
pgtrigger.register(
    pgtrigger.Trigger(
        name="carry_evidence_version",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        referencing=pgtrigger.Referencing(old="old_rows", new="new_rows"),
        func=_CARRY,
    )
)(CaseSummary)
