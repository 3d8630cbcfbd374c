"""Of what people type, readers without identities are shown names of a dictionary, else “uncoded”."""

import pytest

from research.recognised import UNCODED, Recogniser, Words
from vocabulary.short_lists import CONDITIONS, read_word

pytestmark = pytest.mark.django_db

# Kind of words, as typed, as shown.
SHOWN = [
    (Words.CONDITION, "Fever", "fever"),
    (Words.CONDITION, "FACIAL OEDEMA", "facial oedema"),
    (Words.CONDITION, "MAS", "macrophage activation syndrome"),
    (Words.CONDITION, "arterial hypertension", "hypertension"),
    (Words.CONDITION, "fever of Mrs Miller", UNCODED),
    (Words.CONDITION, "", ""),
    (Words.CONDITION, "  ", ""),
    (Words.DRUG, "Anakinra", "anakinra"),
    (Words.DRUG, "the green pills of Dr Miller", UNCODED),
    (Words.TEST, "SGPT", "Alanine aminotransferase (ALT)"),
    (Words.TEST, "Panel of Dr Miller", UNCODED),
    (Words.UNIT, "/nl", "10*9/L"),
    (Words.UNIT, "G / l", "G/L"),  # giga or gram: the test decides
    (Words.UNIT, "Miller?", UNCODED),
    (Words.UNIT, "mg/kg", "mg/kg"),
    (Words.UNIT, "Millers", UNCODED),
    (Words.NODES, "left neck", "left cervical"),
    (Words.NODES, "where Dr Miller felt it", UNCODED),
    (Words.TISSUE, "Skin, left arm", "skin"),
    (Words.ORGAN, "Schilddrüse", "thyroid"),
    (Words.ORGAN, "Miller's organ", UNCODED),
    (Words.SPECIMEN, "Blood", "whole blood"),
    (Words.ROUTE, "i.v.", "intravenous"),
    (Words.FORM, "Tablets", "tablet"),
    (Words.HISTOLOGY, "Full-thickness", "full thickness"),
    (Words.METHOD, "who umc", "WHO-UMC"),
    (Words.CAUSALITY, "Probable", "probable"),
    (Words.MEDDRA, "10073508", "10073508"),
    (Words.MEDDRA, "20150315", UNCODED),  # a date is no code
    (Words.MEDDRA_VERSION, "28.1", "28.1"),
    (Words.MEDDRA_VERSION, "15.03", UNCODED),
    (Words.ROUTE_CODE, "20053000", "20053000"),
    (Words.ROUTE_CODE, "20150315", UNCODED),
    (Words.FORM_CODE, "10219000", "10219000"),
    (Words.GENE, "HLA-B", "HLA-B"),
    (Words.GENE, "MILLER1", UNCODED),
    (Words.ALLELE, "HLA-B*58:01", "HLA-B*58:01"),
    (Words.ALLELE, "B*58", "B*58"),
    (Words.ALLELE, "B*58:01 of Miller", UNCODED),
    (Words.COUNTRY, "FR", "FR"),
    (Words.COUNTRY, "XQ", UNCODED),
    (Words.LANGUAGE, "deu", "deu"),
    (Words.LANGUAGE, "mil", "mil"),  # Peñoles Mixtec
    (Words.INSTRUMENT, "regiscar", "regiscar"),
    (Words.INSTRUMENT, "miller", UNCODED),
]


@pytest.fixture
def recogniser(drugs):
    return Recogniser()


@pytest.mark.parametrize(("words", "typed", "shown"), SHOWN)
def test_what_is_shown_of_a_text(recogniser, words, typed, shown):
    assert recogniser.shown(words, typed) == shown


def test_every_kind_of_words_recognises_something_and_not_everything(recogniser):
    assert {words for words, _, shown in SHOWN if shown not in ("", UNCODED)} == set(Words) - {Words.FUNCTION}
    assert recogniser.shown(Words.FUNCTION, "perforin expression") == "perforin"
    for words in Words:
        assert recogniser.shown(words, "zq0017kw") == UNCODED


def test_what_the_row_says_beside_the_text_comes_first(recogniser):
    assert recogniser.shown(Words.TEST, "Panel of Dr Miller", "alt") == "Alanine aminotransferase (ALT)"
    assert recogniser.shown(Words.DRUG, "Miller's syringe", "anakinra") == "anakinra"
    assert recogniser.shown(Words.DRUG, "Miller's syringe", None) == UNCODED


def test_a_list_names_each_word_once():
    spellings = [word.strip().casefold() for same in CONDITIONS for word in same.split("|")]
    assert len(spellings) == len(set(spellings))
    assert read_word(CONDITIONS, "Kawasaki disease") == "Kawasaki disease"
    assert read_word(CONDITIONS, "a disease of Kawasaki") == ""
