"""Organs that the RegiSCAR table sums up as "other": words people use, read as one key for each organ.

Each of them counts by itself, so two words of one organ must not become two organs. Words are English,
German, French, Spanish and Italian; terms of a sign ("Encephalitis") name the organ that it is a sign of.
"""

from functools import lru_cache

from vocabulary.folding import fold_name

# fmt: off
OTHER_ORGANS = {
    "spleen": (
        "spleen | splenic | splenomegaly | hepatosplenomegaly | enlarged spleen | splenic enlargement | "
        "splenic infarction | Milz | Splenomegalie | Milzvergrößerung | Hepatosplenomegalie | Milzinfarkt | "
        "rate | splénomégalie | bazo | esplenomegalia | milza | splenomegalia"
    ),
    "brain": (
        "brain | central nervous system | CNS | meninges | encephalitis | meningitis | aseptic meningitis | "
        "meningitis aseptic | meningoencephalitis | limbic encephalitis | encephalopathy | "
        "cerebrospinal fluid | CSF test abnormal | headache | confusional state | confusion | seizure | "
        "ataxia | altered state of consciousness | photophobia | neck stiffness | dizziness | "
        "Gehirn | Hirn | Zentralnervensystem | zentrales Nervensystem | ZNS | Hirnhaut | Enzephalitis | "
        "Meningoenzephalitis | Enzephalopathie | cerveau | encéphalite | méningite | cerebro | encefalitis | "
        "cervello | encefalite"
    ),
    "peripheral_nerves": (
        "nerves | peripheral nerves | peripheral nervous system | polyneuropathy | neuropathy | "
        "peripheral neuropathy | Guillain-Barre syndrome | Nerven | periphere Nerven | "
        "peripheres Nervensystem | Polyneuropathie | nerfs | nervios | nervi"
    ),
    "gut": (
        "gut | bowel | intestine | colon | gastrointestinal tract | GI tract | gastrointestinal | stomach | "
        "oesophagus | esophagus | colitis | enterocolitis | haemorrhagic colitis | hemorrhagic colitis | "
        "immune-mediated enterocolitis | gastrointestinal haemorrhage | gastrointestinal hemorrhage | "
        "oesophagitis | esophagitis | gastritis | enteritis | diarrhoea | diarrhea | bloody diarrhoea | "
        "bloody diarrhea | dysphagia | melaena | melena | Darm | Dickdarm | Dünndarm | Kolon | Magen | "
        "Magen-Darm-Trakt | Gastrointestinaltrakt | Kolitis | Enterokolitis | Speiseröhre | Ösophagus | "
        "Durchfall | intestin | côlon | colite | intestino"
    ),
    "thyroid": (
        "thyroid | thyroid gland | thyroiditis | autoimmune thyroiditis | hypothyroidism | "
        "hyperthyroidism | thyroid function test abnormal | "
        "blood thyroid stimulating hormone increased | blood thyroid stimulating hormone decreased | "
        "Schilddrüse | Thyreoiditis | Hypothyreose | Hyperthyreose | thyroïde | tiroides | tiroide"
    ),
    "adrenal": "adrenal | adrenal gland | adrenals | adrenalitis | Nebenniere | Nebennieren | surrénale",
    "pituitary": (
        "pituitary | pituitary gland | hypophysis | hypophysitis | SIADH | "
        "inappropriate antidiuretic hormone secretion | Hypophyse"
    ),
    "eye": "eye | eyes | uveitis | Auge | Augen | œil | yeux | ojo | occhio",
    "gallbladder": (
        "gallbladder | gall bladder | cholecystitis | cholecystitis acalculous | acalculous cholecystitis | "
        "Gallenblase | Cholezystitis | vésicule biliaire | vesícula biliar"
    ),
    "salivary_glands": "salivary glands | salivary gland | parotid | Speicheldrüse | Speicheldrüsen",
    "testis": "testis | testicle | orchitis | Hoden | Orchitis",
    "prostate": "prostate | prostatitis | Prostata",
    "bladder": "bladder | urinary bladder | Harnblase | Blase",
}
# fmt: on


def _keys() -> dict[str, str]:
    return {fold_name(word): key for key, words in OTHER_ORGANS.items() for word in words.split("|")}


_KEYS = _keys()


@lru_cache(maxsize=2048)
def read_other_organ(text: str) -> str:
    """The key of the organ that a word names; its folded text where no table has it, "" for no text."""
    folded = fold_name(text)
    return _KEYS.get(folded, folded)


def is_other_organ(text: str) -> bool:
    """Whether the tables know which organ a word names."""
    return fold_name(text) in _KEYS
