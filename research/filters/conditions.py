"""The classes of filters: each turns a value into a condition on the rows of one table.

All conditions on a table must hold for the same row of it: a drug and a role mean a drug in that role. Tables
are searched by EXISTS, so that no case comes twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from assessments.models import AssessmentItem, Standing
from assessments.standings import relation_of
from cases.drugs.names import drugs_below, exposures_named
from cases.models import (
    BiopsyDetail,
    Case,
    CaseSummary,
    Exposure,
    GeneticDetail,
    OrganInvolvement,
    Patient,
    Phase,
    Reaction,
    Reporter,
    ViralTest,
)
from research.case_search import narrative_matches
from research.filters import form_fields
from research.filters.class_by import CLASS_BY
from research.filters.units import convertible
from values.quantities import Quantity

CERTAINLY, POSSIBLY = "certainly", "possibly"


@dataclass(frozen=True)
class Subject:
    """The table that a filter searches, and which of its rows (`only`).

    `relation`: the way from a case to the row, where each case has one; other tables are asked by EXISTS.
    `instrument`: whose standing has to be joined for that.
    """

    model: type[Model]
    only: Q = field(default_factory=Q)
    relation: str = ""
    instrument: str = ""

    @property
    def key(self) -> str:
        """The key of the case in the row, on the way from the case."""
        return f"{self.relation}__case_id"

    def has(self, condition: Q, case: str = "pk") -> Q:
        """The condition on cases that one of their rows fulfils the whole condition.

        `case` is the key by which other tables are joined. Where summary or standing are filtered too, it is
        theirs: PostgreSQL then reads them and rows side by side in the order of the list, and cases last.
        """
        if self.model is Case:
            return condition
        if self.relation:
            return _by_way_of(self.relation, self.only & condition)
        rows: QuerySet[Model] = self.model._default_manager.filter(self.only, condition, case=OuterRef(case))
        return Q(Exists(rows))


def _by_way_of(relation: str, condition: Q) -> Q:
    """A condition on the one row of a case as one on the case. Subqueries speak of the case."""
    parts = (
        _by_way_of(relation, part)
        if isinstance(part, Q)
        else (f"{relation}__{part[0]}", part[1])
        if isinstance(part, tuple)
        else part
        for part in condition.children
    )
    return Q(*parts, _connector=condition.connector, _negated=condition.negated)


def standing_by(instrument: str) -> Subject:
    """Where a case stands by an instrument, as long as its evidence is what it was scored from."""
    return Subject(Standing, Q(is_current=True), relation_of(instrument), instrument)


CASE = Subject(Case)
SUMMARY = Subject(CaseSummary, Q(is_current=True), "summary")
PATIENT = Subject(Patient)
REACTION = Subject(Reaction)
EXPOSURE = Subject(Exposure)
SETTLED = {
    "yes": ("Yes: one class in reach", Q(is_settled=True)),
    "no": ("No, open: several classes in reach", Q(is_settled=False)),
}
SETTLED_HELP = (
    "Whether the evidence, or with it the reviewers’ answers that hold, leaves one class only, whatever "
    "the origin of the standing class. A report settles nothing by itself."
)
OF_REACTION = Phase.REACTION.value
VIRUS = Subject(ViralTest, Q(examination__phase=OF_REACTION))
BIOPSY = Subject(BiopsyDetail, Q(examination__phase=OF_REACTION))
GENE = Subject(GeneticDetail)
ORGAN = Subject(OrganInvolvement, Q(phase=OF_REACTION))


class Condition(django_filters.Filter):
    """A filter: its table, its label and help text, and how a value becomes a condition."""

    # Whether the report can leave open if a case fits.
    is_of_interval: ClassVar[bool] = False
    # The columns that are read, as paths from the table of the subject.
    paths: tuple[str, ...] = ()

    def __init__(self, subject: Subject, label: str, help_text: str, **kwargs: Any) -> None:
        super().__init__(label=label, help_text=help_text, **kwargs)
        self.subject = subject

    def holds(self, value: Any, certainty: str) -> Q:
        """The condition on rows of the table. `certainty`: how ranges treat what the report leaves open."""
        raise NotImplementedError


class OneOf(Condition):
    """A column holds any of the values."""

    field_class = form_fields.ChoicesField

    def __init__(self, subject: Subject, column: str, choices: Any, label: str, help_text: str) -> None:
        offered = [(str(key), words) for key, words in choices if key not in ("", None)]
        super().__init__(subject, label, help_text, choices=offered)
        self.column, self.offered = column, offered
        self.paths = (column,) if column else ()

    def holds(self, value: list[str], certainty: str) -> Q:
        return Q(**{f"{self.column}__in": value})


class AnyOf(OneOf):
    """Any of several conditions, each under a name."""

    def __init__(
        self, subject: Subject, conditions: dict[str, tuple[str, Q]], label: str, help_text: str
    ) -> None:
        choices = [(key, words) for key, (words, _) in conditions.items()]
        super().__init__(subject, "", choices, label, help_text)
        self.conditions = {key: condition for key, (_, condition) in conditions.items()}
        self.paths = tuple({path for condition in self.conditions.values() for path in _paths(condition)})

    def holds(self, value: list[str], certainty: str) -> Q:
        condition = Q()
        for key in value:
            condition |= self.conditions[key]
        return condition


def _paths(condition: Q) -> Iterator[str]:
    """The columns that a condition reads, as paths."""
    for part in condition.children:
        if isinstance(part, Q):
            yield from _paths(part)
        elif isinstance(part, tuple):
            yield part[0]


class Contains(Condition):
    """Any of the columns contains the text, whatever its case."""

    field_class = forms.CharField

    def __init__(
        self,
        subject: Subject,
        columns: tuple[str, ...],
        label: str,
        help_text: str,
        lookup: str = "icontains",
    ) -> None:
        super().__init__(subject, label, help_text, max_length=form_fields.MAX_LENGTH)
        self.columns = self.paths = columns
        self.lookup = lookup

    def holds(self, value: str, certainty: str) -> Q:
        condition = Q()
        for column in self.columns:
            condition |= Q(**{f"{column}__{self.lookup}": value})
        return condition


class Allele(Contains):
    """An HLA allele or the beginning of one: B*58, HLA-B*58:01."""

    def __init__(self, subject: Subject, column: str, label: str, help_text: str) -> None:
        super().__init__(subject, (column,), label, help_text, "istartswith")

    def holds(self, value: str, certainty: str) -> Q:
        bare = value.upper().removeprefix("HLA-")
        return super().holds(bare, certainty) | super().holds(f"HLA-{bare}", certainty)


class Atc(Condition):
    """A drug of the dictionary whose ATC code begins with any of these."""

    paths = ("drug__atc",)
    field_class = form_fields.AtcField

    def holds(self, value: list[str], certainty: str) -> Q:
        return Q(drug__in=drugs_below(tuple(value)))


class DrugName(Contains):
    """A drug with this in its name, as it was reported or in the dictionary."""

    def holds(self, value: str, certainty: str) -> Q:
        return exposures_named(value)


class Country(Condition):
    """Where the reaction occurred, or where a reporter is."""

    paths = ("reactions__country", "reporters__country")
    field_class = form_fields.CountryField

    def holds(self, value: list[str], certainty: str) -> Q:
        here = {"case": OuterRef("pk"), "country__in": value}
        return Q(Exists(Reaction.objects.filter(**here))) | Q(Exists(Reporter.objects.filter(**here)))


class Named(Contains):
    """As `Contains`, on columns of the case or of rows of other tables."""

    def __init__(self, columns: tuple[str, ...], rows: tuple[tuple[type[Model], str], ...], label: str,
                 help_text: str) -> None:  # fmt: skip
        super().__init__(CASE, columns, label, help_text)
        self.rows = rows

    def holds(self, value: str, certainty: str) -> Q:
        condition = super().holds(value, certainty)
        for model, column in self.rows:
            rows = model._default_manager.filter(**{f"{column}__icontains": value}, case=OuterRef("pk"))
            condition |= Q(Exists(rows))
        return condition


class Words(Condition):
    """Words of the narrative, by its full-text index."""

    paths = ("narrative__case_narrative",)
    field_class = forms.CharField

    def __init__(self, label: str, help_text: str) -> None:
        super().__init__(CASE, label, help_text, max_length=form_fields.MAX_LENGTH)

    def holds(self, value: str, certainty: str) -> Q:
        return narrative_matches(value, "websearch_to")


class Bound(Condition):
    """One end of a range. `columns`: lower and upper bound of the interval that is compared with it."""

    is_of_interval = True

    def __init__(
        self,
        subject: Subject,
        columns: tuple[str, str],
        label: str,
        help_text: str,
        form_field: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(subject, label, help_text, **kwargs)
        self.low, self.high, self.form_field = *columns, form_field
        self.paths = columns

    @property
    def field_class(self) -> Any:
        return self.form_field


class AtLeast(Bound):
    """Certainly: the lower bound is high enough. Possibly: the upper bound is, or is not known."""

    def holds(self, value: Any, certainty: str) -> Q:
        if certainty == CERTAINLY:
            return Q(**{f"{self.low}__gte": value})
        return Q(**{f"{self.high}__gte": value}) | Q(**{f"{self.high}__isnull": True})


class AtMost(Bound):
    """Certainly: the upper bound is low enough. Possibly: the lower bound is, or is not known."""

    def holds(self, value: Any, certainty: str) -> Q:
        if certainty == CERTAINLY:
            return Q(**{f"{self.high}__lte": value})
        return Q(**{f"{self.low}__lte": value}) | Q(**{f"{self.low}__isnull": True})


class Amount(Condition):
    """A number and its unit as reported, compared in every text of a unit that rows have and that converts.

    `kinds`: of `vocabulary.units`, by which those texts are read.
    """

    def __init__(
        self,
        subject: Subject,
        number: str,
        unit: str,
        label: str,
        help_text: str,
        *,
        lookup: str,
        example: str,
        kinds: tuple[str, ...],
    ) -> None:
        super().__init__(subject, label, help_text, example=example, kinds=kinds)
        self.number, self.unit, self.lookup, self.kinds = number, unit, lookup, kinds
        self.paths = (number, unit)

    field_class = form_fields.QuantityField

    def holds(self, value: Quantity, certainty: str) -> Q:
        condition = Q(pk__in=[])
        for size, texts in convertible(value.unit, self._stored_texts(), self.kinds).items():
            bound = {f"{self.number}__{self.lookup}": value.value * size}
            condition |= Q(**{f"{self.unit}__in": texts}, **bound)
        return condition

    def _stored_texts(self) -> list[str]:
        """The texts of units that rows have: a few dozen, whatever the number of rows."""
        rows = self.subject.model._default_manager.filter(**{f"{self.number}__isnull": False})
        return list(rows.order_by(self.unit).values_list(self.unit, flat=True).distinct())


class ClassOf(OneOf):
    """A class of the standing: the one that classes are counted by, as the switch of the filters says."""

    def __init__(self, subject: Subject, choices: Any, label: str, help_text: str) -> None:
        super().__init__(subject, "category", choices, label, help_text)

    def holds(self, value: list[str], certainty: str) -> Q:
        return CLASS_BY[self.parent.class_by_chosen].among(value)


class Touches(OneOf):
    """A class that the attainable interval touches."""

    def holds(self, value: list[str], certainty: str) -> Q:
        order = [key for key, _ in self.offered]
        condition = Q()
        for category in value:
            at = order.index(category)
            condition |= Q(lowest_category__in=order[: at + 1], highest_category__in=order[at:])
        return condition


class OfItem(OneOf):
    """What the standing score says of one item: as adjudicated where it is, else as computed."""

    def __init__(
        self, instrument: str, key: str, column: str, choices: Any, label: str, help_text: str
    ) -> None:
        super().__init__(standing_by(instrument), column, choices, label, help_text)
        self.key, self.paths = key, ()

    def holds(self, value: list[str], certainty: str) -> Q:
        relation = self.subject.relation
        shown = Coalesce(OuterRef(f"{relation}__adjudicated_id"), OuterRef(f"{relation}__computed_id"))
        items = AssessmentItem.objects.filter(super().holds(value, certainty), key=self.key)
        return Q(Exists(items.filter(assessment_id=shown)))
