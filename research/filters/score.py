"""Filters on the DRESS classification. All but “needs attention” speak of current scores only.

A case whose evidence has changed since it was scored belongs to no class until it is scored again.
"""

from typing import Any

import django_filters
from django.db.models import Q
from django_filters import FilterSet

from assessments.scorecards import INSTRUMENT
from cases.models import Origin
from cases.models.assessment import BASIS_CHOICES, CATEGORY_CHOICES
from research.filters.conditions import (
    ANY_SCORE,
    SCORE,
    AnyOf,
    AtLeast,
    AtMost,
    OfItem,
    OneOf,
    Touches,
)
from research.filters.form_fields import NumberField
from scoring.instruments import CURRENT
from scoring.tally import Row

TOTAL = ("computed_total",) * 2
NEEDS = {
    "outdated": ("Outdated score", Q(is_current=False)),
    "answers_due": ("Answers due for re-review", Q(is_current=True, answers_due__gt=0)),
}
ANSWERS = {
    "yes": "Yes", "no": "No", "unknown": "Unknown", "moderate": "Moderate", "marked": "Marked",
    "one": "One organ", "two_or_more": "Two or more organs",
}  # fmt: skip
TABLE = CURRENT[INSTRUMENT].TABLE


class ScoreFilters(FilterSet):
    category = OneOf(SCORE, "standing_category", CATEGORY_CHOICES, "Class", "The standing class by RegiSCAR.")
    origin = OneOf(
        SCORE,
        "standing_origin",
        Origin.choices,
        "Origin of the class",
        "Who or what gave the standing class.",
    )
    touches = Touches(
        SCORE,
        "",
        CATEGORY_CHOICES,
        "Class within reach",
        "A class that the attainable interval of the computed score touches.",
    )
    total_min = AtLeast(
        SCORE, TOTAL, "Computed total from", "Points from the evidence alone, −4 to 9.", NumberField
    )
    total_max = AtMost(
        SCORE, TOTAL, "Computed total to", "Points from the evidence alone, −4 to 9.", NumberField
    )
    attention = AnyOf(
        ANY_SCORE,
        NEEDS,
        "Needs attention",
        "Evidence has changed since the score was computed, or since a reviewer answered.",
    )


def _of_item(row: Row) -> dict[str, django_filters.Filter]:
    answers = [(answer, ANSWERS[answer]) for answer in row.points]
    basis = f"On what the answer to “{row.label}” rests in the standing score."
    return {
        f"item_{row.key}": OfItem(
            row.key, "answer", answers, row.label, f"Answer to “{row.label}” in the standing score."
        ),
        f"basis_{row.key}": OfItem(row.key, "basis", BASIS_CHOICES, f"{row.label}: basis", basis),
    }


_ITEMS: dict[str, Any] = {name: made for row in TABLE for name, made in _of_item(row).items()}
ItemFilters = type(
    "ItemFilters", (FilterSet,), {"__module__": __name__, "__doc__": "Each line of the score.", **_ITEMS}
)
