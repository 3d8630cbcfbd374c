"""What is shown of a box that people type into, to readers without the right to identities: a name that a
dictionary or a list of this product has, or `UNCODED`.

A recognised text is shown as the dictionary spells it, never as it was typed.
"""

import hashlib
import re
from collections.abc import Callable
from enum import StrEnum, auto
from functools import lru_cache
from typing import Any

import pycountry

from cases.models import Drug
from e2b.codelists import CODE_LISTS
from scoring.instruments import INSTRUMENTS
from vocabulary import short_lists
from vocabulary.folding import fold_name, fold_unit
from vocabulary.other_organs import is_other_organ, read_other_organ
from vocabulary.short_lists import read_word
from vocabulary.signs import named_test, read_sign
from vocabulary.sites import read_node_site, read_tissue
from vocabulary.test_names import TESTS, read_test_name
from vocabulary.units import Certainty, read_unit

UNCODED = "uncoded"


class Words(StrEnum):
    """What kind of words a column holds, and by which dictionary or list they are recognised."""

    CONDITION = auto()  # signs of the vocabulary, tests named as terms, names of diseases
    DRUG = auto()  # names and substances of the drug dictionary
    TEST = auto()
    UNIT = auto()  # UCUM, by any accepted spelling
    NODES = auto()  # regions of lymph nodes
    TISSUE = auto()
    ORGAN = auto()
    SPECIMEN = auto()
    HISTOLOGY = auto()
    FUNCTION = auto()
    ROUTE = auto()
    FORM = auto()
    METHOD = auto()  # of assessing causality
    CAUSALITY = auto()
    MEDDRA = auto()
    MEDDRA_VERSION = auto()
    ROUTE_CODE = auto()  # ICH's three digits, or EDQM
    FORM_CODE = auto()  # EDQM
    GENE = auto()
    ALLELE = auto()
    COUNTRY = auto()  # ISO 3166-1 alpha-2
    LANGUAGE = auto()  # ISO 639-2
    INSTRUMENT = auto()


# Spellings that a table has, whatever the test makes of them.
IN_TABLES = (Certainty.ACCEPTED, Certainty.ONLY_IF_KIND, Certainty.SUGGESTED)
# The column that says beside a text which drug of the dictionary, or which test, it is.
CODED_BY = {Words.DRUG: "drug", Words.TEST: "test"}
# Codes of EDQM end in 000, MedDRA's begin with 10: no date fits.
CODES = {
    Words.MEDDRA: re.compile(r"10\d{6}"),
    Words.MEDDRA_VERSION: re.compile(r"\d{1,2}\.[01]"),
    Words.ROUTE_CODE: re.compile(r"0\d\d|20\d{3}000"),
    Words.FORM_CODE: re.compile(r"1[0-3]\d{3}000"),
    Words.GENE: re.compile(r"HLA-(?:A|B|C|DRB[1-9]|DQA1|DQB1|DPA1|DPB1|DRA)"),
    Words.ALLELE: re.compile(
        r"(?:HLA-)?(?:A|B|C|DRB[1-9]|DQA1|DQB1|DPA1|DPB1)\*\d{2,3}(?::\d{2,3}){0,3}[A-Z]?"
    ),
}
LISTS = {
    Words.SPECIMEN: short_lists.SPECIMENS,
    Words.HISTOLOGY: short_lists.HISTOLOGY,
    Words.FUNCTION: short_lists.FUNCTIONS,
    Words.ROUTE: short_lists.ROUTES,
    Words.FORM: short_lists.FORMS,
    Words.METHOD: short_lists.CAUSALITY_METHODS,
    Words.CAUSALITY: short_lists.CAUSALITY_RESULTS,
}


class Recogniser:
    """Recognises texts. Holds the names of the drug dictionary: one query when it is made.

    `digest`: of these names; another one may recognise other texts.
    """

    def __init__(self) -> None:
        self._drugs: dict[str, str] = {}
        self._by_key: dict[int, str] = {}
        for key, name, substance in Drug.objects.order_by("-name").values_list("pk", "name", "substance"):
            self._drugs.setdefault(fold_name(substance), substance)
            self._drugs[fold_name(name)] = self._by_key[key] = name
        self.digest = hashlib.sha256(repr((self._drugs, self._by_key)).encode()).hexdigest()

    def shown(self, words: Words, text: str, coded: Any = None) -> str:
        """The recognised name of a text; `UNCODED` for any other text, "" for none.

        `coded`: what the row says beside the text (`CODED_BY`): the drug as key or name in the dictionary,
        or the key of a test.
        """
        if words is Words.DRUG and coded:
            return self._by_key[coded] if coded in self._by_key else str(coded)
        if words is Words.TEST and coded in TESTS:
            return TESTS[coded].label
        return (self.name(words, text) or UNCODED) if text and text.strip() else ""

    def name(self, words: Words, text: str) -> str:
        """The recognised name of a text; "" where it isn't recognised."""
        if words is Words.DRUG:
            return self._drugs.get(fold_name(text), "")
        return _name(words, text.strip())


@lru_cache(maxsize=2**14)
def _name(words: Words, text: str) -> str:
    if words in CODES:
        return text if CODES[words].fullmatch(text) else ""
    if words in LISTS:
        return read_word(LISTS[words], text)
    return _READERS[words](text)


def _condition(text: str) -> str:
    is_term = bool(read_sign(text) or named_test(text))
    return read_word(short_lists.CONDITIONS, text) or (fold_name(text) if is_term else "")


def _test(text: str) -> str:
    key = read_test_name(text).key
    return TESTS[key].label if key else ""


def _unit(text: str) -> str:
    reading = read_unit(text)
    if reading.is_accepted and reading.ucum:
        return reading.ucum
    if reading.certainty in IN_TABLES:
        return fold_unit(text)
    return text if text in CODE_LISTS["unit"].codes else ""


def _nodes(text: str) -> str:
    reading = read_node_site(text)
    return " ".join(filter(None, (reading.side, reading.region)))


def _organ(text: str) -> str:
    return read_other_organ(text).replace("_", " ") if is_other_organ(text) else ""


def _country(text: str) -> str:
    return text if pycountry.countries.get(alpha_2=text) else ""


def _language(text: str) -> str:
    return text if pycountry.languages.get(alpha_3=text) else ""


_READERS: dict[Words, Callable[[str], str]] = {
    Words.CONDITION: _condition,
    Words.TEST: _test,
    Words.UNIT: _unit,
    Words.NODES: _nodes,
    Words.TISSUE: lambda text: read_tissue(text).tissue.replace("_", " "),
    Words.ORGAN: _organ,
    Words.COUNTRY: _country,
    Words.LANGUAGE: _language,
    Words.INSTRUMENT: lambda text: text if text in INSTRUMENTS else "",
}
