"""Recognition of test names, units and results as people write them.

Only names that mean one thing are listed; anything else stays what it was. Codes of MedDRA are licensed
and therefore not listed. Names are compared in lower case, without signs between their letters.
"""

import re
from functools import lru_cache

from scoring.facts import ResultKind

# The test of the score, and the names that people give it.
# fmt: off
NAMES = {
    "eosinophils": (
        "eosinophils", "eosinophil", "eosinophil count", "eosinophils count", "eosinophils absolute",
        "absolute eosinophil count", "absolute eosinophils", "blood eosinophils", "blood eosinophil count",
        "eos", "eos abs", "eos absolute", "aec",
    ),
    "eosinophils_percent": (
        "eosinophils percent", "eosinophil percent", "eosinophils percentage", "eosinophil percentage",
        "eosinophils relative", "eos percent", "eosinophils share of leukocytes",
    ),
    "leukocytes": (
        "leukocytes", "leukocyte count", "leucocytes", "leucocyte count", "white blood cells",
        "white blood cell count", "white cell count", "white blood count", "wbc", "wbc count",
        "leukozyten",
    ),
    "atypical_lymphocytes": (
        "atypical lymphocytes", "atypical lymphocyte", "atypical lymphocyte count", "reactive lymphocytes",
        "lymphocytes atypical", "atypical lymphocytes percent",
    ),
    "alt": (
        "alt", "alat", "sgpt", "gpt", "alanine aminotransferase", "alanine transaminase",
        "alanine aminotransferase alt", "alt sgpt", "serum alt",
    ),
    "ast": (
        "ast", "asat", "sgot", "got", "aspartate aminotransferase", "aspartate transaminase",
        "aspartate aminotransferase ast", "ast sgot", "serum ast",
    ),
    "alp": ("alp", "alkaline phosphatase", "blood alkaline phosphatase", "alkaline phosphatase alp"),
    "bilirubin_total": ("bilirubin total", "total bilirubin", "bilirubin", "blood bilirubin"),
    "bilirubin_direct": (
        "bilirubin direct", "direct bilirubin", "conjugated bilirubin", "bilirubin conjugated",
    ),
    "liver_enzymes": ("liver enzymes", "hepatic enzymes", "transaminases"),
    "creatinine": ("creatinine", "serum creatinine", "blood creatinine", "creatinine serum", "crea"),
    "creatine_kinase": (
        "creatine kinase", "ck", "cpk", "creatine phosphokinase", "blood creatine phosphokinase",
    ),
    "troponin_t": ("troponin t", "tnt", "hs troponin t", "hstnt"),
    "amylase": ("amylase", "serum amylase", "blood amylase"),
    "lipase": ("lipase", "serum lipase", "blood lipase"),
    "urine_protein_daily": ("urine protein per day", "24 hour urine protein", "proteinuria 24 h"),
    "haematuria": ("haematuria", "hematuria"),
    "ana": ("ana", "antinuclear antibody", "antinuclear antibodies"),
    "blood_culture": ("blood culture", "blood cultures"),
    "hepatitis_a": ("hepatitis a igm", "anti hav igm", "hav igm"),
    "hepatitis_b": ("hepatitis b surface antigen", "hbsag", "hbs ag", "anti hbc igm"),
    "hepatitis_c": ("hepatitis c antibody", "anti hcv", "hcv antibody"),
    "chlamydia": ("chlamydia pneumoniae", "chlamydia pneumoniae igm", "chlamydia pneumoniae serology"),
    "mycoplasma": ("mycoplasma pneumoniae", "mycoplasma pneumoniae igm", "mycoplasma pneumoniae serology"),
    "crp": ("crp", "c reactive protein", "c reactive protein crp"),
}
# fmt: on

# In per cent it is a share and no count, whatever the name.
PERCENT = {"eosinophils": "eosinophils_percent"}
# A count and not a share: then the name means another quantity than the one the score compares.
SHARES = ("eosinophils_percent", "atypical_lymphocytes")

# Viruses and methods in a name.
VIRUSES = {
    "hhv6": r"hhv ?6[ab]?|human herpes ?virus ?(type )?6[ab]?",
    "hhv7": r"hhv ?7|human herpes ?virus ?(type )?7",
    "ebv": r"ebv|epstein barr( virus)?",
    "cmv": r"cmv|cytomegalovirus|cytomegalo virus",
}
METHODS = {
    "pcr": r"pcr|dna|viral load|polymerase chain reaction|nucleic acid",
    "serology": r"ig ?[mg]|antibod(y|ies)|serology|vca|ebna|anti",
}

# An examination of tissue, and a type of HLA, by the name of the test.
BIOPSIES = {"skin biopsy": "skin", "biopsy skin": "skin", "biopsy of skin": "skin"}
HLA = re.compile(r"\bHLA[- ]?(?P<allele>[A-Z]{1,3}\d?\*\d{2,3}(:\d{2,3})*)?", re.ASCII)

# Names of the reaction that the score is about.
DRESS = re.compile(
    r"\b(dress|dihs|drug (reaction|rash|eruption) with eosinophilia|drug induced hypersensitivity syndrome)\b"
)

TEMPERATURES = ("body temperature", "temperature", "temp", "fever temperature", "core temperature")

# Units that laboratories print -> UCUM.
# fmt: off
UNITS = {
    "giga/l": "10*9/L", "Giga/L": "10*9/L", "Gpt/l": "10*9/L", "Gpt/L": "10*9/L", "/nl": "/nL",
    "G/l": "10*9/L", "x10E9/L": "10*9/L", "x10e9/L": "10*9/L", "10E9/L": "10*9/L", "10**9/L": "10*9/L",
    "x10*9/L": "10*9/L", "10^9/l": "10*9/L", "x10^9/l": "10*9/L", "10*9/l": "10*9/L", "billion/L": "10*9/L",
    "thou/uL": "10*3/uL", "thou/mm3": "10*3/mm3", "K/mm3": "10*3/mm3", "10^3/mm3": "10*3/mm3",
    "x10^3/mm3": "10*3/mm3", "10E3/uL": "10*3/uL", "10e3/uL": "10*3/uL", "x10E3/uL": "10*3/uL",
    "/cumm": "/mm3", "cells/cumm": "{cells}/mm3", "cells/mm^3": "{cells}/mm3", "/mm^3": "/mm3",
    "/microL": "/uL", "cells/microL": "{cells}/uL", "/mcL": "/uL", "cells/mcL": "{cells}/uL",
    "mcmol/L": "umol/L", "micromol/L": "umol/L", "mcg/L": "ug/L", "ng/ml": "ng/mL",
    "degC": "Cel", "deg C": "Cel", "celsius": "Cel", "Celsius": "Cel",
    "degF": "[degF]", "deg F": "[degF]", "fahrenheit": "[degF]", "Fahrenheit": "[degF]",
    "copies/ml": "{copies}/mL", "cp/mL": "{copies}/mL",
}
# fmt: on

# Results in words that say no more than yes or no.
# fmt: off
RESULTS = {
    "positive": ResultKind.POSITIVE, "detected": ResultKind.POSITIVE, "present": ResultKind.POSITIVE,
    "negative": ResultKind.NEGATIVE, "not detected": ResultKind.NEGATIVE, "absent": ResultKind.NEGATIVE,
    "not done": ResultKind.NOT_DONE, "not performed": ResultKind.NOT_DONE,
    "not stated": ResultKind.NOT_STATED, "not reported": ResultKind.NOT_STATED,
}
# fmt: on

_TESTS = {name: test for test, names in NAMES.items() for name in names}
_VIRUS = {virus: re.compile(rf"\b({pattern})\b") for virus, pattern in VIRUSES.items()}
_METHOD = {method: re.compile(rf"\b({pattern})\b") for method, pattern in METHODS.items()}


@lru_cache(maxsize=4096)
def normalised(name: str) -> str:
    """A name in lower case, its signs as single spaces; per cent in words."""
    return " ".join(re.sub(r"[^a-z0-9%]+", " ", name.lower()).replace("%", " percent ").split())


def score_test_of(name: str, unit: str) -> str:
    """The score's test of this name; empty where there is none."""
    test = _TESTS.get(normalised(name), "")
    if unit == "%":
        return PERCENT.get(test, test)
    return "" if unit and test in SHARES else test


@lru_cache(maxsize=4096)
def virus_of(name: str) -> tuple[str, str]:
    """The virus and the method in a name; empty where the name has none, or several."""
    text = normalised(name)
    viruses = [virus for virus, pattern in _VIRUS.items() if pattern.search(text)]
    methods = [method for method, pattern in _METHOD.items() if pattern.search(text)]
    if len(viruses) != 1:
        return "", ""
    return viruses[0], methods[0] if len(methods) == 1 else ""


def unit_of(unit: str) -> str:
    """The unit in UCUM where it is a known spelling, else as it came."""
    return UNITS.get(unit.strip().replace("µ", "u").replace("μ", "u"), unit)


def is_temperature(name: str) -> bool:
    """Whether a test of this name measures the body temperature."""
    return normalised(name) in TEMPERATURES


def tissue_of(name: str) -> str:
    """The tissue of a biopsy by its name; empty where it is no biopsy."""
    return BIOPSIES.get(normalised(name), "")


def hla_of(name: str) -> tuple[str, str]:
    """The gene and the allele of an HLA test by its name; empty for any other test."""
    match = HLA.search(name)
    return ("HLA", match["allele"] or "") if match else ("", "")


def is_dress(*names: str) -> bool:
    """Whether one of the names of a reaction means DRESS."""
    return any(DRESS.search(normalised(name)) for name in names)


def result_of(words: str) -> ResultKind | None:
    """The result that words state without anything else; None for all others."""
    return RESULTS.get(words.strip().rstrip(".").lower())
