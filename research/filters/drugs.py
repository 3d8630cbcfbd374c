"""Filters on drugs and on the time from their first or last dose to onset.

Drug, substance, ATC, role and dose must hold for the same drug of the case. Latencies are those of the first
suspect drug, as the list shows them.
"""

from django_filters import FilterSet

from cases.models.exposure import Role
from cases.models.summary import PRESENT_CHOICES
from research.filters.conditions import (
    EXPOSURE,
    SUMMARY,
    Amount,
    Atc,
    AtLeast,
    AtMost,
    Contains,
    DrugName,
    OneOf,
)
from research.filters.form_fields import NumberField

FIRST, LAST = ("latency_first_low", "latency_first_high"), ("latency_last_low", "latency_last_high")
FIRST_HALF_LIVES = ("half_lives_first_low", "half_lives_first_high")
LAST_HALF_LIVES = ("half_lives_last_low", "half_lives_last_high")
DOSE = ("doses__amount", "doses__unit")


class DrugFilters(FilterSet):
    """Conditions on one exposure."""

    drug = DrugName(
        EXPOSURE, ("name", "drug__name"), "Drug", "Part of its name, as reported or in the dictionary."
    )
    substance = Contains(
        EXPOSURE,
        ("substances__name", "drug__substance"),
        "Substance",
        "Part of the name of a substance, as reported or in the dictionary.",
    )
    atc = Atc(
        EXPOSURE,
        "ATC code",
        "At any level, by its beginning: L04AC finds all interleukin inhibitors. Several with commas.",
    )
    role = OneOf(EXPOSURE, "role", Role.choices, "Role of the drug", "As the reporter sees it.")
    dose_min = Amount(
        EXPOSURE,
        *DOSE,
        "Single dose from",
        "With its unit, such as 100 mg or 2 mg/kg. Doses whose unit doesn't convert to it are not found.",
        lookup="gte",
        example="100 mg",
        kinds=("mass",),
    )
    dose_max = Amount(
        EXPOSURE,
        *DOSE,
        "Single dose to",
        "With its unit, such as 0.1 g.",
        lookup="lte",
        example="100 mg",
        kinds=("mass",),
    )


class LatencyFilters(FilterSet):
    """Time to onset, in days and in half-lives of the drug."""

    latency_first_min = AtLeast(
        SUMMARY, FIRST, "From first dose, days, from", "Days from first dose to onset, at least.", NumberField
    )
    latency_first_max = AtMost(
        SUMMARY, FIRST, "From first dose, days, to", "Days from first dose to onset, at most.", NumberField
    )
    latency_last_min = AtLeast(
        SUMMARY, LAST, "From last dose, days, from", "Days from last dose to onset, at least.", NumberField
    )
    latency_last_max = AtMost(
        SUMMARY, LAST, "From last dose, days, to", "Days from last dose to onset, at most.", NumberField
    )
    half_lives_first_min = AtLeast(
        SUMMARY,
        FIRST_HALF_LIVES,
        "From first dose, half-lives, from",
        "Half-lives of the drug from first dose to onset, at least.",
        NumberField,
    )
    half_lives_first_max = AtMost(
        SUMMARY,
        FIRST_HALF_LIVES,
        "From first dose, half-lives, to",
        "Half-lives of the drug from first dose to onset, at most.",
        NumberField,
    )
    half_lives_last_min = AtLeast(
        SUMMARY,
        LAST_HALF_LIVES,
        "From last dose, half-lives, from",
        "Half-lives of the drug from last dose to onset, at least.",
        NumberField,
    )
    half_lives_last_max = AtMost(
        SUMMARY,
        LAST_HALF_LIVES,
        "From last dose, half-lives, to",
        "Half-lives of the drug from last dose to onset, at most; 5 is the usual bound of presence.",
        NumberField,
    )
    present = OneOf(
        SUMMARY,
        "present_at_onset",
        PRESENT_CHOICES,
        "Drug present at onset",
        "Still given, or stopped no more than five of its longest half-lives before.",
    )
