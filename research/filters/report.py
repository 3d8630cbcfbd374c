"""Filters on identifiers and dates of the report, on the patient, on reactions and on the narrative."""

from django.db.models import Q
from django_filters import FilterSet

from cases.models import Case, CaseState, LinkedCase, OtherIdentifier, Patient, Reaction
from cases.models.reaction import SERIOUSNESS, Outcome
from research.filters.conditions import (
    CASE,
    PATIENT,
    REACTION,
    SUMMARY,
    AnyOf,
    AtLeast,
    AtMost,
    Contains,
    Country,
    Named,
    OneOf,
    Words,
)
from research.filters.form_fields import DayField, NumberField

RECEIVED, LATEST = ("first_received",) * 2, ("latest_information",) * 2
ONSET, AGE, COMPLETENESS = ("onset_earliest", "onset_latest"), ("age_low", "age_high"), ("completeness",) * 2
TYPES = Case._meta.get_field("report_type").choices
SEXES = Patient._meta.get_field("sex").choices
CRITERIA = (
    ("reporter", "Reporter"),
    ("patient", "Patient"),
    ("drug", "Suspect drug"),
    ("reaction", "Reaction"),
)
SERIOUS = {
    key: (words, Q(**{f"reporter_{key}": True}) | Q(**{f"company_{key}": True}))
    for key, words, _ in SERIOUSNESS
}
NAMES = ((OtherIdentifier, "identifier"), (LinkedCase, "number"))
SHARE = {"min_value": 0, "max_value": 1}


class ReportFilters(FilterSet):
    """Identifiers, state, dates and completeness."""

    words = Named(
        ("number",),
        ((Reaction, "term"),),
        "Case number or reaction",
        "Part of the case number, or of a reaction in the reporter's words.",
    )
    identifier = Named(
        ("number", "safety_report_id", "worldwide_id"),
        NAMES,
        "Identifier",
        "Part of a number that the case bears here, worldwide or earlier, or of a linked case.",
    )
    state = OneOf(CASE, "state", CaseState.choices, "State", "Where the case stands in the house.")
    report_type = OneOf(CASE, "report_type", TYPES, "Report type", "How the report came about.")
    received_min = AtLeast(
        CASE, RECEIVED, "First received from", "Received by the sender on this day or later.", DayField
    )
    received_max = AtMost(
        CASE, RECEIVED, "First received to", "Received by the sender on this day or earlier.", DayField
    )
    latest_min = AtLeast(
        CASE, LATEST, "Latest information from", "Latest information of this day or later.", DayField
    )
    latest_max = AtMost(
        CASE, LATEST, "Latest information to", "Latest information of this day or earlier.", DayField
    )
    country = Country(
        CASE, "Country", "Where it occurred or a reporter is; several with commas, such as FR,DE."
    )
    synthetic = AnyOf(
        CASE,
        {"yes": ("Yes", Q(is_synthetic=True)), "no": ("No", Q(is_synthetic=False))},
        "Synthetic",
        "Made by the generator: no patient stands behind it.",
    )
    completeness_min = AtLeast(
        SUMMARY,
        COMPLETENESS,
        "Completeness from",
        "vigiGrade, 0 to 1; above 0.8 a report is well documented.",
        NumberField,
        **SHARE,
    )
    completeness_max = AtMost(
        SUMMARY, COMPLETENESS, "Completeness to", "vigiGrade, 0 to 1.", NumberField, **SHARE
    )
    missing = AnyOf(
        SUMMARY,
        {key: (words, Q(missing_criteria__contains=[key])) for key, words in CRITERIA},
        "Minimum criterion not met",
        "Which of the four that make a report valid is missing.",
    )


class PatientFilters(FilterSet):
    """Sex and age."""

    sex = OneOf(PATIENT, "sex", SEXES, "Sex", "Of the patient.")
    age_min = AtLeast(
        SUMMARY,
        AGE,
        "Age from, years",
        "At onset: as stated, else from the birth date, else the bounds of the age group.",
        NumberField,
        min_value=0,
    )
    age_max = AtMost(
        SUMMARY,
        AGE,
        "Age to, years",
        "At onset. Whoever is 17 years and 6 months old is over 17.",
        NumberField,
        min_value=0,
    )


class ReactionFilters(FilterSet):
    """Reactions, onset and narrative."""

    reaction = Contains(
        REACTION,
        ("term", "translation", "meddra_code"),
        "Reaction",
        "Part of the reaction in the reporter's words, of its translation, or of its MedDRA code.",
    )
    outcome = OneOf(
        REACTION, "outcome", Outcome.choices, "Outcome", "Of the reaction at the last observation."
    )
    serious = AnyOf(
        REACTION,
        {"any": ("Any criterion", Q(*[q for _, q in SERIOUS.values()], _connector=Q.OR)), **SERIOUS},
        "Seriousness",
        "By the reporter or the company.",
    )
    onset_min = AtLeast(
        SUMMARY,
        ONSET,
        "Onset from",
        "The reaction began on this day or later; dates may be imprecise.",
        DayField,
    )
    onset_max = AtMost(SUMMARY, ONSET, "Onset to", "The reaction began on this day or earlier.", DayField)
    narrative = Words(
        "Words in the narrative",
        "In narrative and comments: “rashes” finds “rash”; quotes keep words together; a minus excludes; or.",
    )
