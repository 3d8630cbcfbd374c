"""The table as printed, in its own order, and the parameters that the prints leave open."""

from decimal import Decimal
from typing import NamedTuple

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
CAUSE_ROW_NAMES = ("antinuclear antibody", "blood culture", "hepatitis A, B or C", "Chlamydia or Mycoplasma")
# A nucleic acid stands for the serology of its virus: it shows a present infection, or that there is none.
NUCLEIC_ACIDS = {"hepatitis_b_dna": "hepatitis_b", "hepatitis_c_rna": "hepatitis_c"}
# The antibody stays after hepatitis C; without its RNA the infection is past, and no positive cause for sure.
PAST_WITHOUT_RNA = {"hepatitis_c": "hepatitis_c_rna"}
# Total antibody comes with any hepatitis A and stays: without it there is none. Where it is found it shows a
# past infection or a vaccination. Anti-HBc and IgG of Mycoplasma and Chlamydia are late: they do neither.
NEGATIVE_ONLY = {"hepatitis_a_total": "hepatitis_a"}

# Parts of the facts that no item of the score reads: it classifies the reaction, whatever the drug was.
SECTIONS_NOT_READ = frozenset({"exposures"})

# Tests of the vocabulary that no item of the score reads.
TESTS_NOT_READ = (
    # Parts of the blood count of which the table has no item.
    "neutrophils", "neutrophils_percent", "lymphocytes", "lymphocytes_percent", "luc", "platelets",
    "haemoglobin", "bone_marrow",
    # Haemolysis, nutrition, any tissue: they speak of no single organ.
    "bilirubin_indirect", "albumin", "ldh",
    # Sugar is raised by steroids, and diabetes comes after the reaction: a finding of an organ, if anything.
    "anti_gad", "glucose", "hba1c",
    # Inflammation, and measures of macrophage activation: severity.
    "crp", "esr", "procalcitonin", "inflammatory_markers", "ferritin", "triglycerides", "fibrinogen",
    "sil2r", "nk_activity", "perforin", "degranulation", "ige", "immunoglobulins",
    # Vaccination, or an infection of which the time is not known.
    "hepatitis_b_core_total", "hepatitis_b_surface_antibody", "mycoplasma_igg", "chlamydia_igg",
    # Infections that are no row of the 2007 table.
    "hepatitis_e", "hiv", "parvovirus_b19", "measles", "streptococcal",
    # Herpes viruses count neither way.
    "hhv6_pcr", "hhv6_igg", "hhv6_igm", "hhv7_pcr", "hhv7_serology", "ebv_pcr", "ebv_vca_igm", "ebv_vca_igg",
    "ebv_ebna", "heterophile", "cmv_pcr", "cmv_antigenaemia", "cmv_igm", "cmv_igg", "hsv_vzv",
    # They ask which drug it was, or who is at risk.
    "hla", "patch_test", "ltt",
    # Read from rows of their own: a temperature, a biopsy of the skin.
    "body_temperature", "skin_biopsy",
)  # fmt: skip
