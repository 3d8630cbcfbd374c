"""What every row below a case has in common."""

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Q
from django.db.models.sql.compiler import SQLCompiler

from accounts.tracking import keep_history
from cases.models.ich import check_null_flavors
from cases.models.triggers import ModelType, counts_as_evidence
from scoring.facts import ResultKind

if TYPE_CHECKING:
    from cases.models.case import Case


class Phase(models.TextChoices):
    """To which part of the course a finding or test belongs."""

    BACKGROUND = "background", "Before this reaction"
    REACTION = "reaction", "During the reaction"
    AFTER = "after", "After the reaction"


RESULT_CHOICES = [
    (ResultKind.MEASURED.value, "Measured: a number"),
    (ResultKind.POSITIVE.value, "Positive, present, abnormal"),
    (ResultKind.NEGATIVE.value, "Negative, absent, normal"),
    (ResultKind.QUALITATIVE.value, "In words only (“slightly elevated”)"),
    (ResultKind.NOT_DONE.value, "Not done"),
    (ResultKind.NOT_STATED.value, "Not stated"),
]


def tracked(model: ModelType) -> ModelType:
    """Class decorator: every change of a row is stored in its history, with who, when and why."""
    return keep_history(model)


def evidence(model: ModelType) -> ModelType:
    """Class decorator of a tracked row whose change can change the score."""
    return tracked(counts_as_evidence()(model))


def case_key(related_name: str) -> "models.ForeignKey[Any, Any]":
    """The case a row belongs to. A case is never deleted, and so its evidence isn't either."""
    return models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name=related_name)


class CaseRow(models.Model):
    """A row below a case, with a UUID that survives export and import."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    null_flavors = models.JSONField(
        default=dict,
        blank=True,
        editable=False,
        help_text="Why a value is missing, by ICH element: MSK, UNK, ASKU, NASK ...",
    )
    verbatim = models.TextField(
        blank=True, help_text="The words of the report that this entry rests on.", verbose_name="as reported"
    )

    if TYPE_CHECKING:  # declared by each row, under a related name of its own
        case: "Case"
        case_id: int | None
        objects: ClassVar[models.Manager[Any]]

    # Which of its moments begin and end this row, if any.
    starts = ends = ""

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        check_null_flavors(self, self.null_flavors)

    def prepare(self) -> None:
        """Fill in what follows from the rest, before the row is saved. Nothing, for most rows."""

    @property
    def anchor(self) -> str:
        """The name under which moments of other rows refer to the start of this one."""
        return f"{self._meta.model_name}:{self.uuid}"


class Finding(CaseRow):
    """A clinical finding with the phase to which it belongs."""

    starts = "when"

    phase = models.CharField(max_length=12, choices=Phase.choices, default=Phase.REACTION)

    class Meta:
        abstract = True


def known_choices(
    name: str, field: str, choices: Iterable[tuple[str, Any]], message: str
) -> models.CheckConstraint:
    """A constraint: a column holds one of its choices."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{field}__in": [value for value, _ in choices]}),
        violation_error_message=message,
    )


def within(name: str, field: str, low: int | None, high: int | None, message: str) -> models.CheckConstraint:
    """A constraint: a number lies between two bounds, None leaving that side open; NULL passes."""
    bounds = {}
    if low is not None:
        bounds[f"{field}__gte"] = low
    if high is not None:
        bounds[f"{field}__lte"] = high
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{field}__isnull": True}) | Q(**bounds),
        violation_error_message=message,
    )


class InOrder(Func):
    """SQL: whether a moment can lie before another. Only dates that leave no doubt are out of order.

    Compared as far as both are known, at most to the day. Relative moments, and times of different
    zones, are left to `cases.date_consistency`, which knows the whole time line.
    """

    output_field = BooleanField()
    arity = 2

    def as_sql(  # type: ignore[override] # the template and separator of Func have no part in it
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, list[Any]]:
        (start, at_start), (end, at_end) = map(compiler.compile, self.get_source_expressions())
        plain = r"~ '^\d{4}(-\d{2}(-\d{2}(T[0-9:.]+)?)?)?$'"
        precision = f"LEAST(LENGTH({start}), LENGTH({end}), 10)"
        in_order = f"LEFT({start}, {precision}) <= LEFT({end}, {precision})"
        unknown = f"{start} IS NULL OR {end} IS NULL OR NOT ({start} {plain}) OR NOT ({end} {plain})"
        # Columns bring no parameters. A form that checks a row before it is saved compares values.
        both = [*at_start, *at_end]
        return f"({unknown} OR {in_order})", [*both, *both, *at_start, *both, *at_end, *both]


def not_before(name: str, start: str, end: str, message: str) -> models.CheckConstraint:
    """A constraint: what ends doesn't end before it begins."""
    return models.CheckConstraint(
        name=name, condition=InOrder(F(start), F(end)), violation_error_message=message
    )


def not_negative(name: str, field: str, what: str) -> models.CheckConstraint:
    """A constraint: a number of days, doses or weights is zero or more; NULL passes."""
    return within(name, field, 0, None, f"{what} can't be negative.")
