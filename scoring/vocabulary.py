"""The tests whose results the instruments understand, and the unit in which they compare them.

A unit of "" means: never compared as a number, or only as a multiple of its own reference limit,
so value and limit merely have to share a unit.
"""

from typing import NamedTuple


class KnownTest(NamedTuple):
    """How people call it, and the UCUM unit in which instruments compare it."""

    label: str
    unit: str = ""


TESTS = {
    # Blood counts
    "eosinophils": KnownTest("Eosinophils, absolute", "10*9/L"),
    "eosinophils_percent": KnownTest("Eosinophils, share of leukocytes", "%"),
    "leukocytes": KnownTest("Leukocytes", "10*9/L"),
    "atypical_lymphocytes": KnownTest("Atypical lymphocytes, share of leukocytes", "%"),
    # Organs
    "alt": KnownTest("Alanine aminotransferase (ALT)"),
    "ast": KnownTest("Aspartate aminotransferase (AST)"),
    "alp": KnownTest("Alkaline phosphatase (ALP)"),
    "bilirubin_total": KnownTest("Bilirubin, total"),
    "bilirubin_direct": KnownTest("Bilirubin, direct"),
    "liver_enzymes": KnownTest("Liver enzymes, unspecified"),
    "creatinine": KnownTest("Creatinine"),
    "urine_protein_daily": KnownTest("Urine protein per day", "g/d"),
    "haematuria": KnownTest("Haematuria"),
    "creatine_kinase": KnownTest("Creatine kinase (CK)"),
    "troponin_t": KnownTest("Troponin T", "ug/L"),
    "amylase": KnownTest("Amylase"),
    "lipase": KnownTest("Lipase"),
    # Other potential causes, the rows of the RegiSCAR table
    "ana": KnownTest("Antinuclear antibody"),
    "blood_culture": KnownTest("Blood culture"),
    "hepatitis_a": KnownTest("Hepatitis A serology, acute"),
    "hepatitis_b": KnownTest("Hepatitis B serology, acute"),
    "hepatitis_c": KnownTest("Hepatitis C serology"),
    "chlamydia": KnownTest("Chlamydia pneumoniae"),
    "mycoplasma": KnownTest("Mycoplasma pneumoniae"),
    # Known by name, read by no rule
    "crp": KnownTest("C-reactive protein"),
    "inflammatory_markers": KnownTest("Inflammatory markers, unspecified"),
    "perforin": KnownTest("Perforin expression"),
    "degranulation": KnownTest("Degranulation test"),
}
