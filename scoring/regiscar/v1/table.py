"""The table as printed, in its own order, and the parameters that the prints leave open."""

from decimal import Decimal
from typing import NamedTuple

from scoring.facts import Organ
from scoring.regiscar.categories import Category
from scoring.result import NO, UNKNOWN, YES
from scoring.tally import Row

INSTRUMENT = "regiscar"
RULE_VERSION = "regiscar-kardaun-2007.1"

MODERATE, MARKED = "moderate", "marked"
ONE, TWO_OR_MORE = "one", "two_or_more"

# fmt: off
TABLE = (
    Row("fever",        "Fever ≥ 38.5 °C",                     {NO: -1, YES: 0, UNKNOWN: -1}),
    Row("nodes",        "Lymph nodes (≥ 2 sites, ≥ 1 cm)",     {NO: 0, YES: 1, UNKNOWN: 0}),
    Row("eosinophilia", "Eosinophilia",                        {NO: 0, MODERATE: 1, MARKED: 2, UNKNOWN: 0}),
    Row("atypical",     "Atypical lymphocytes",                {NO: 0, YES: 1, UNKNOWN: 0}),
    Row("extent",       "Rash > 50 % of body surface",         {NO: 0, YES: 1, UNKNOWN: 0}),
    Row("suggesting",   "Rash suggesting DRESS",               {NO: -1, YES: 1, UNKNOWN: 0}),
    Row("biopsy",       "Biopsy suggesting DRESS",             {NO: -1, YES: 0, UNKNOWN: 0}),
    Row("organs",       "Organ involvement",                   {NO: 0, ONE: 1, TWO_OR_MORE: 2, UNKNOWN: 0}),
    Row("resolution",   "Resolution in ≥ 15 days",             {NO: -1, YES: 0, UNKNOWN: -1}),
    Row("other_causes", "Evaluation of other potential causes",{NO: 0, YES: 1, UNKNOWN: 0}),
)
# fmt: on


class Band(NamedTuple):
    """The totals of one class, both ends included."""

    low: int
    high: int
    category: Category


BANDS = (
    Band(-4, 1, Category.NO_CASE),
    Band(2, 3, Category.POSSIBLE),
    Band(4, 5, Category.PROBABLE),
    Band(6, 9, Category.DEFINITE),
)


class Parameters(NamedTuple):
    """Where the prints differ or are silent. Units in the names."""

    fever_core_celsius: Decimal = Decimal("38.5")  # all prints with a threshold but one ("> 38.4")
    fever_axillary_celsius: Decimal = Decimal("38.0")  # not in the 2007 table; common practice
    node_sites: int = 2
    node_cm: Decimal = Decimal("1.0")  # "≥ 1 cm" in some prints, no size in others
    eosinophils_moderate: Decimal = Decimal("0.700")  # x10^9/L
    eosinophils_marked: Decimal = Decimal("1.500")
    eosinophils_moderate_percent: Decimal = Decimal(10)  # only below this many leukocytes:
    eosinophils_marked_percent: Decimal = Decimal(20)
    leukocytes_for_percent: Decimal = Decimal("4.0")  # x10^9/L, of the same sample
    # Counts cover the reaction, so that none between them was higher, where there are this many from onset
    # on, the first and the last so many days apart, the last not before this day, and none after a systemic
    # steroid had begun. No print says so: eosinophils rise late and fall within a day of a steroid.
    eosinophil_counts: int = 2
    eosinophil_days_apart: int = 5
    eosinophil_last_day: int = 10
    extent_percent: Decimal = Decimal(50)  # strictly more
    suggesting_features: int = 2  # of facial oedema, infiltration, purpura, scaling
    resolution_days: int = 15  # onset to the last skin or organ sign
    negative_causes: int = 3  # of the four rows below, and none positive


PARAMETERS = Parameters()

# Rows of the 2007 table; hepatitis A, B and C are one row. Herpes PCR counts neither way:
# reactivation is part of the disease.
CAUSE_ROWS = (
    ("ana",),
    ("blood_culture",),
    ("hepatitis_a", "hepatitis_b", "hepatitis_c"),
    ("chlamydia", "mycoplasma"),
)


class OrganLimit(NamedTuple):
    """A test beyond its limit on `dates` different dates means that the organ is involved.

    The limit is `upper` times the upper limit of normal, or `baseline` times the patient's own
    value, or `above` in the unit of the vocabulary; with none of these, a positive result.
    """

    organ: Organ
    test: str
    dates: int = 1
    upper: Decimal | None = None
    baseline: Decimal | None = None
    above: Decimal | None = None


# Working definitions of the RegiSCAR study group as quoted in secondary literature; the 2007
# table itself names organs only.
ORGAN_LIMITS = (
    OrganLimit(Organ.LIVER, "alt", dates=2, upper=Decimal(2)),
    OrganLimit(Organ.LIVER, "bilirubin_direct", dates=2, upper=Decimal(2)),
    OrganLimit(Organ.KIDNEY, "creatinine", dates=2, baseline=Decimal("1.5")),
    OrganLimit(Organ.KIDNEY, "urine_protein_daily", above=Decimal(1)),
    OrganLimit(Organ.KIDNEY, "haematuria"),
    OrganLimit(Organ.MUSCLE_HEART, "creatine_kinase", upper=Decimal(2)),
    OrganLimit(Organ.MUSCLE_HEART, "troponin_t", above=Decimal("0.01")),
    OrganLimit(Organ.PANCREAS, "amylase", upper=Decimal(2)),
    OrganLimit(Organ.PANCREAS, "lipase", upper=Decimal(2)),
)
# All three beyond twice their upper limit once also mean the liver.
LIVER_TRIAD = ("ast", "bilirubin_total", "alp")
LIVER_TRIAD_UPPER = Decimal(2)
# Reported in words only, these point to the liver too.
LIVER_WORDS = ("liver_enzymes",)
