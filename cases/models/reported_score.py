"""Scores that the source published: part of the record (ADR 4)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from cases.models.base import CaseRow, case_key, evidence
from scoring.instrument import Instrument
from scoring.instruments import INSTRUMENTS, PRIMARY


def _total_message(instrument: Instrument) -> str:
    return f"A {instrument.title} total lies between {instrument.low} and {instrument.high}."


def _in_range(instrument: Instrument) -> models.CheckConstraint:
    """A constraint: a total of this instrument is one that it can give; NULL passes."""
    return models.CheckConstraint(
        name=f"reported_score_within_{instrument.key}",
        condition=~Q(instrument=instrument.key)
        | Q(total__isnull=True)
        | Q(total__gte=instrument.low, total__lte=instrument.high),
        violation_error_message=_total_message(instrument),
    )


def category_choices() -> list[tuple[str, str]]:
    """The classes of every instrument."""
    choices = {key: label for one in INSTRUMENTS.values() for key, label in one.category_choices}
    return list(choices.items())


@evidence
class ReportedScore(CaseRow):
    """A score that the source published. Audited against the evidence, never forced upon it."""

    case = case_key("reported_scores")
    instrument = models.CharField(max_length=20, default=PRIMARY)
    total = models.SmallIntegerField(null=True, blank=True)
    category = models.CharField(max_length=20, choices=category_choices, blank=True)
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
            *(_in_range(instrument) for instrument in INSTRUMENTS.values()),
            models.UniqueConstraint(
                name="reported_score_one_per_instrument",
                fields=["case", "instrument"],
                violation_error_message="This instrument has a reported score already: change that one.",
            ),
        ]

    def __str__(self) -> str:
        return f"{'' if self.total is None else self.total} {self.category_label}".strip()

    @property
    def category_label(self) -> str:
        """The class in words; empty where only a total was reported."""
        instrument = INSTRUMENTS.get(self.instrument)
        if instrument is None or self.category not in instrument.ranks:
            return self.category
        return instrument.category(self.category).label

    def clean(self) -> None:
        """Raises ValidationError for an instrument, a total or a class that there is none of."""
        super().clean()
        instrument = INSTRUMENTS.get(self.instrument)
        if instrument is None:
            known = ", ".join(INSTRUMENTS)
            raise ValidationError(
                {"instrument": f"There is no instrument {self.instrument!r}; known are {known}."}
            )
        if self.category and self.category not in instrument.ranks:
            classes = ", ".join(instrument.ranks)
            raise ValidationError(
                {"category": f"{instrument.title} has no such class; choose one of {classes}."}
            )
        if self.total is not None and not instrument.low <= self.total <= instrument.high:
            raise ValidationError({"total": _total_message(instrument)})
