"""Filters on the scores by other instruments than the primary one, made from what each instrument is."""

from collections.abc import Mapping

from assessments.models import BASIS_CHOICES
from research.filters.conditions import (
    SETTLED,
    SETTLED_HELP,
    AnyOf,
    AtLeast,
    AtMost,
    ClassOf,
    Condition,
    OfItem,
    Touches,
    standing_by,
)
from research.filters.form_fields import NumberField
from scoring.instrument import Instrument, Subject
from scoring.instruments import others
from scoring.tally import Row

TOTAL = ("computed_total",) * 2


def chapters_of_others() -> list[tuple[str, Mapping[str, Condition]]]:
    """A chapter of filters for each other instrument that assesses cases, with its title."""
    return [
        (f"{instrument.title}: {instrument.purpose}", filters_of(instrument))
        for instrument in others()
        if instrument.subject is Subject.CASE
    ]


def filters_of_others() -> dict[str, Condition]:
    """The filters of all these chapters by their names."""
    return {name: condition for _, chapter in chapters_of_others() for name, condition in chapter.items()}


def filters_of(instrument: Instrument) -> dict[str, Condition]:
    """The filters on one instrument; their names begin with its key."""
    key, choices, standing = instrument.key, instrument.category_choices, standing_by(instrument.key)
    points = f"Points from the evidence alone, {instrument.low} to {instrument.high}."
    filters: dict[str, Condition] = {
        f"{key}_category": ClassOf(
            standing, choices, "Class", f"The class by {instrument.title}, settled or open."
        ),
        f"{key}_settled": AnyOf(standing, SETTLED, "Settled", SETTLED_HELP),
        f"{key}_touches": Touches(
            standing, "", choices, "Class within reach", "A class that the attainable interval touches."
        ),
        f"{key}_total_min": AtLeast(standing, TOTAL, "Computed total from", points, NumberField),
        f"{key}_total_max": AtMost(standing, TOTAL, "Computed total to", points, NumberField),
    }
    for row in instrument.items:
        filters |= _filters_of_item(instrument, row)
    return filters


def _filters_of_item(instrument: Instrument, row: Row) -> dict[str, Condition]:
    answers = [(choice.answer, choice.label) for choice in instrument.choices(row)]
    answered = f"Answer to “{row.label}” in the standing score."
    basis = f"On what the answer to “{row.label}” rests in the standing score."
    return {
        f"{instrument.key}_item_{row.key}": OfItem(
            instrument.key, row.key, "answer", answers, row.label, answered
        ),
        f"{instrument.key}_basis_{row.key}": OfItem(
            instrument.key, row.key, "basis", BASIS_CHOICES, f"{row.label}: basis", basis
        ),
    }
