"""Terms of reactions and symptoms, read as signs: `read_sign`; and the test that a term states."""

from functools import cache, lru_cache

from vocabulary.folding import fold_name
from vocabulary.signs import course, general, organs, skin
from vocabulary.signs.record import Sign, SignGroup
from vocabulary.signs.results import TERMS_OF_TESTS

GROUPS: tuple[SignGroup, ...] = (*general.GROUPS, *skin.GROUPS, *organs.GROUPS, *course.GROUPS)

# Words of American spelling, and the British one of the tables.
# fmt: off
BRITISH_WORDS = {
    "edema": "oedema", "edematous": "oedematous", "anemia": "anaemia", "hematuria": "haematuria",
    "bacteremia": "bacteraemia", "viremia": "viraemia", "uremia": "uraemia", "uremic": "uraemic",
    "diarrhea": "diarrhoea", "dyspnea": "dyspnoea", "tachypnea": "tachypnoea", "esophagitis": "oesophagitis",
    "ischemic": "ischaemic", "hemorrhage": "haemorrhage", "hemorrhagic": "haemorrhagic",
    "hemodialysis": "haemodialysis", "hemolytic": "haemolytic", "hemophagocytic": "haemophagocytic",
    "hemophagocytosis": "haemophagocytosis", "hyperglycemia": "hyperglycaemia",
    "hyperkalemia": "hyperkalaemia",
    "hypertriglyceridemia": "hypertriglyceridaemia", "hyperbilirubinemia": "hyperbilirubinaemia",
    "hypertransaminasemia": "hypertransaminasaemia", "hyperamylasemia": "hyperamylasaemia",
    "azotemia": "azotaemia",
    "lymphedema": "lymphoedema", "generalized": "generalised",
    "localized": "localised", "necrotizing": "necrotising", "organizing": "organising", "tumor": "tumour",
    "leucocytosis": "leukocytosis", "leucopenia": "leukopenia", "celiac": "coeliac",
    "computerized": "computerised",
}
# fmt: on


@lru_cache(maxsize=8192)
def read_sign(term: str) -> tuple[Sign, ...]:
    """What a whole term is evidence of, by item or organ; nothing where no table has the term."""
    return tuple(_signs().get(_normalised(term), ()))


@lru_cache(maxsize=8192)
def named_test(term: str) -> str:
    """The test whose result a whole term states; "" where it speaks of an organ or of several tests."""
    return _tests().get(_normalised(term), "")


def _normalised(term: str) -> str:
    """The folded term in British spelling."""
    return " ".join(BRITISH_WORDS.get(word, word) for word in fold_name(term).split())


@cache
def _signs() -> dict[str, list[Sign]]:
    signs: dict[str, list[Sign]] = {}
    for group in GROUPS:
        sign = Sign(group.item, group.evidence, group.organ, group.field, group.note)
        for term in group.terms.split("|"):
            signs.setdefault(_normalised(term), []).append(sign)
    return {term: list(dict.fromkeys(listed)) for term, listed in signs.items()}


@cache
def _tests() -> dict[str, str]:
    return {_normalised(term): test for test, terms in TERMS_OF_TESTS.items() for term in terms.split("|")}
