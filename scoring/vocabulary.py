"""The tests whose results the instruments read, and the unit in which they compare them.

A unit of "" means: never compared as a number, or only as a multiple of its own reference limit,
so that value and limit only have to be in the same unit.
"""

from typing import NamedTuple


class LaboratoryTest(NamedTuple):
    """The label of a test, and the UCUM unit in which instruments compare its values."""

    label: str
    unit: str = ""


TESTS = {
    # Blood counts
    "eosinophils": LaboratoryTest("Eosinophils, absolute", "10*9/L"),
    "eosinophils_percent": LaboratoryTest("Eosinophils, share of leukocytes", "%"),
    "leukocytes": LaboratoryTest("Leukocytes", "10*9/L"),
    "atypical_lymphocytes": LaboratoryTest("Atypical lymphocytes, share of leukocytes", "%"),
    # Organs
    "alt": LaboratoryTest("Alanine aminotransferase (ALT)"),
    "ast": LaboratoryTest("Aspartate aminotransferase (AST)"),
    "alp": LaboratoryTest("Alkaline phosphatase (ALP)"),
    "bilirubin_total": LaboratoryTest("Bilirubin, total"),
    "bilirubin_direct": LaboratoryTest("Bilirubin, direct"),
    "liver_enzymes": LaboratoryTest("Liver enzymes, unspecified"),
    "creatinine": LaboratoryTest("Creatinine"),
    "urine_protein_daily": LaboratoryTest("Urine protein per day", "g/d"),
    "haematuria": LaboratoryTest("Haematuria"),
    "creatine_kinase": LaboratoryTest("Creatine kinase (CK)"),
    "troponin_t": LaboratoryTest("Troponin T", "ug/L"),
    "amylase": LaboratoryTest("Amylase"),
    "lipase": LaboratoryTest("Lipase"),
    # Other potential causes, the rows of the RegiSCAR table
    "ana": LaboratoryTest("Antinuclear antibody"),
    "blood_culture": LaboratoryTest("Blood culture"),
    "hepatitis_a": LaboratoryTest("Hepatitis A serology, acute"),
    "hepatitis_b": LaboratoryTest("Hepatitis B serology, acute"),
    "hepatitis_c": LaboratoryTest("Hepatitis C serology"),
    "chlamydia": LaboratoryTest("Chlamydia pneumoniae"),
    "mycoplasma": LaboratoryTest("Mycoplasma pneumoniae"),
    # Recorded by name, read by no rule
    "crp": LaboratoryTest("C-reactive protein"),
    "inflammatory_markers": LaboratoryTest("Inflammatory markers, unspecified"),
    "perforin": LaboratoryTest("Perforin expression"),
    "degranulation": LaboratoryTest("Degranulation test"),
}
