"""The ways to give each case a class: as it stands, by its evidence or a bound of it, or where settled."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, CharField, F, Q, Value, When


@dataclass(frozen=True)
class CountedClass:
    """One of these ways. `column`: of the standing; `only_settled`: among those with one class in reach."""

    title: str
    label: str
    column: str
    only_settled: bool = False

    def among(self, categories: Sequence[str], relation: str = "") -> Q:
        """The condition on a standing, or on what leads to it by `relation`, that it is of these classes."""
        of_column = Q(**{f"{relation}{self.column}__in": categories})
        return of_column & Q(**{f"{relation}is_settled": True}) if self.only_settled else of_column

    @property
    def expression(self) -> F | Case:
        """The class of a standing; empty where it isn't counted."""
        if not self.only_settled:
            return F(self.column)
        counted = When(is_settled=True, then=F(self.column))
        return Case(counted, default=Value(""), output_field=CharField())


# What classes are searched and counted by.
CLASS_BY: dict[str, CountedClass] = {
    "standing": CountedClass(
        "Standing class",
        "Standing: as adjudicated, reported or computed, settled or open",
        "category",
    ),
    "evidence": CountedClass(
        "Class by evidence",
        "Evidence: the total by the table, without reports and answers",
        "computed_category",
    ),
    "lower": CountedClass(
        "Class by lower bound",
        "Lower bound: the lowest class that the evidence leaves in reach",
        "lowest_category",
    ),
    "upper": CountedClass(
        "Class by upper bound",
        "Upper bound: the highest class that the evidence leaves in reach",
        "highest_category",
    ),
    "settled": CountedClass(
        "Settled class",
        "Settled only: where one class alone is in reach",
        "category",
        only_settled=True,
    ),
}
