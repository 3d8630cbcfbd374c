"""Recognition of test names, units and results as people write them, by the vocabulary and a few tables here.

Only what means one thing is recognised; anything else stays what it was. Names of viruses, biopsies and the
reaction are compared in lower case, without signs between their letters.
"""

import re
from functools import lru_cache

from cases.recognition import read_test_unit
from scoring.facts import ResultKind
from vocabulary.test_names import read_test_name

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
HLA = re.compile(r"\bHLA[- ]?(?P<allele>[A-Z]{1,3}\d?\*\d{2,3}(:\d{2,3})*)?", re.ASCII)

# Names of the reaction that the score is about.
DRESS = re.compile(
    r"\b(dress|dihs|drug (reaction|rash|eruption) with eosinophilia|drug induced hypersensitivity syndrome)\b"
)

TEMPERATURES = ("body temperature", "temperature", "temp", "fever temperature", "core temperature")

# Results in words that say no more than yes or no.
# fmt: off
RESULTS = {
    "positive": ResultKind.POSITIVE, "detected": ResultKind.POSITIVE, "present": ResultKind.POSITIVE,
    "negative": ResultKind.NEGATIVE, "not detected": ResultKind.NEGATIVE, "absent": ResultKind.NEGATIVE,
    "not done": ResultKind.NOT_DONE, "not performed": ResultKind.NOT_DONE,
    "not stated": ResultKind.NOT_STATED, "not reported": ResultKind.NOT_STATED,
}
# fmt: on

_VIRUS = {virus: re.compile(rf"\b({pattern})\b") for virus, pattern in VIRUSES.items()}
_METHOD = {method: re.compile(rf"\b({pattern})\b") for method, pattern in METHODS.items()}


@lru_cache(maxsize=4096)
def normalised(name: str) -> str:
    """A name in lower case, its signs as single spaces; per cent in words."""
    return " ".join(re.sub(r"[^a-z0-9%]+", " ", name.lower()).replace("%", " percent ").split())


@lru_cache(maxsize=4096)
def virus_of(name: str) -> tuple[str, str]:
    """The virus and the method in a name; empty where the name has none, or several."""
    text = normalised(name)
    viruses = [virus for virus, pattern in _VIRUS.items() if pattern.search(text)]
    methods = [method for method, pattern in _METHOD.items() if pattern.search(text)]
    if len(viruses) != 1:
        return "", ""
    return viruses[0], methods[0] if len(methods) == 1 else ""


def unit_of(unit: str, name: str = "") -> str:
    """The unit in UCUM where it means one thing, for a test of this name if it is given; else as it came."""
    reading = read_test_unit(read_test_name(name, unit).key or read_test_name(name).key, unit)
    return reading.ucum if reading.is_accepted and reading.ucum else unit


def is_temperature(name: str) -> bool:
    """Whether a test of this name measures the body temperature."""
    return normalised(name) in TEMPERATURES


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
