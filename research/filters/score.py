"""Filters on the DRESS classification. All but “needs attention” speak of current scores only.

A case whose evidence has changed since it was scored belongs to no class until it is scored again.
"""

from typing import Any

import django_filters
from django.db.models import Q
from django_filters import FilterSet

from assessments.models import BASIS_CHOICES, Origin
from cases.models import Case
from research.filters.conditions import (
    SETTLED,
    SETTLED_HELP,
    AnyOf,
    AtLeast,
    AtMost,
    ClassOf,
    OfItem,
    OneOf,
    Subject,
    Touches,
    standing_by,
)
from research.filters.form_fields import NumberField
from scoring.instruments import PRIMARY, primary
from scoring.tally import Row

TOTAL = ("computed_total",) * 2
NEEDS = {
    "outdated": ("Outdated score", Q(summary__is_current=False)),
    "answers_due": (
        "Re-review due",
        Q(standing__is_current=True, standing__answers_due__gt=0),
    ),
}
STANDING = standing_by(PRIMARY)
# Of cases that are outdated too.
ATTENTION = Subject(Case, instrument=PRIMARY)


class ScoreFilters(FilterSet):
    category = ClassOf(
        STANDING, primary().category_choices, "Class", "The class by RegiSCAR, settled or open."
    )
    settled = AnyOf(STANDING, SETTLED, "Settled", SETTLED_HELP)
    origin = OneOf(
        STANDING,
        "origin",
        Origin.choices,
        "Origin of the class",
        "Who or what gave the standing class.",
    )
    touches = Touches(
        STANDING,
        "",
        primary().category_choices,
        "Class within reach",
        "A class that the attainable interval of the computed score touches.",
    )
    total_min = AtLeast(
        STANDING, TOTAL, "Computed total from", "Points from the evidence alone, −4 to 9.", NumberField
    )
    total_max = AtMost(
        STANDING, TOTAL, "Computed total to", "Points from the evidence alone, −4 to 9.", NumberField
    )
    attention = AnyOf(
        ATTENTION,
        NEEDS,
        "Needs attention",
        "Evidence has changed since the score was computed, or since a reviewer answered.",
    )


def _of_item(row: Row) -> dict[str, django_filters.Filter]:
    answers = [(choice.answer, choice.label) for choice in primary().choices(row)]
    basis = f"On what the answer to “{row.label}” rests in the standing score."
    return {
        f"item_{row.key}": OfItem(
            PRIMARY, row.key, "answer", answers, row.label, f"Answer to “{row.label}” in the standing score."
        ),
        f"basis_{row.key}": OfItem(PRIMARY, row.key, "basis", BASIS_CHOICES, f"{row.label}: basis", basis),
    }


_ITEMS: dict[str, Any] = {name: made for row in primary().items for name, made in _of_item(row).items()}
ItemFilters = type(
    "ItemFilters", (FilterSet,), {"__module__": __name__, "__doc__": "Each line of the score.", **_ITEMS}
)
