"""Sample messages: the project's own, on which every test runs, and the material of others.

Material of others isn't ours to hand on: ICH's schema set and tables of elements, messages and
acknowledgements that FDA, ICH and UMC published, the letter, published scores, lists of spellings and names.
It lies in ../shared, or in the folder that CONFORMANCE_MATERIAL names. Only tests marked `conformance` look
at it, and only through this module.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Made by the project's own writer: tests/exchange/icsr/own_samples.py.
OWN_ICSRS = sorted((ROOT / "fixtures" / "icsr").glob("*.xml"))
OWN_ACKNOWLEDGEMENTS = sorted((ROOT / "fixtures" / "acknowledgements").glob("*.ack"))

OTHERS = Path(os.environ.get("CONFORMANCE_MATERIAL") or ROOT.parent / "shared")
E2B = OTHERS / "e2b_r3"
SCHEMA = E2B / "schema"
ICSRS = sorted((E2B / "examples" / "icsr").glob("*.xml"))
ACKNOWLEDGEMENTS = sorted((E2B / "examples" / "ack").glob("*.ack"))
REFERENCE = sorted((E2B / "reference").glob("*.xml"))
# The older release: its elements, its codes, and files in it.
R2 = OTHERS / "e2b_r2"
R2_ELEMENTS, R2_CODES = R2 / "elements_r2.csv", R2 / "codes_r2.csv"
R2_ICSRS = sorted((R2 / "examples").rglob("*.xml"))
LETTER = OTHERS / "seed_case_report.txt"
VECTORS = OTHERS / "scoring" / "vectors_dev.json"
VOCABULARY = OTHERS / "reference" / "vocabulary"
# Half-lives of drugs with their conditions, sources and verdicts.
HALF_LIVES = OTHERS / "reference" / "drug_half_lives.csv"
# Cases reduced to one finding each, with what is right: keys right, why, expect, body.
CLINICAL_FINDINGS = sorted((OTHERS / "findings" / "clinical").glob("*.json"))
# Messages of one finding each; a comment at their beginning says what is wrong and what is right.
ICSR_FINDINGS = sorted((OTHERS / "findings" / "icsr").glob("*.xml"))
# An invented report by telephone, with a laboratory's table and a specialist's score.
TELEPHONE_REPORT = OTHERS / "findings" / "telephone_report.md"

IS_HERE = E2B.is_dir()
conformance = pytest.mark.conformance


def each(own: Sequence[Path], others: Sequence[Path]) -> pytest.MarkDecorator:
    """Parametrizes over files by name; those of others belong to the conformance set."""
    files = [*own, *(pytest.param(file, marks=conformance) for file in others)]
    return pytest.mark.parametrize("file", files, ids=[*(f.stem for f in own), *(f.stem for f in others)])


def each_set(own: Sequence[Path], others: Sequence[Path]) -> pytest.MarkDecorator:
    """Parametrizes over two lists of files as bytes: the own ones, and those of others for conformance."""
    sets = [
        [file.read_bytes() for file in own],
        pytest.param([file.read_bytes() for file in others], marks=conformance),
    ]
    return pytest.mark.parametrize("originals", sets, ids=["own", "others"])
