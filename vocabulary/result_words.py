"""Results in words that say one thing as a whole: `read_result_word`.

Sources: usage of laboratories in seven languages. "Below quantification" is a detected virus.
"""

from functools import cache, lru_cache

from vocabulary.folding import fold_name

# fmt: off
RESULT_WORDS = {
    "negative": (
        "negative | neg | test negative | not detected | not detectable | undetectable | undetected | "
        "absent | "
        "not present | below detection | below detection limit | below the limit of detection | "
        "below limit of detection | normal | within normal limits | WNL | within normal range | "
        "within reference range | unremarkable | not raised | not elevated | not increased | no growth | "
        "sterile | non-reactive | nonreactive | not reactive | negativ | nicht nachweisbar | "
        "nicht nachgewiesen | unauffällig | im Normbereich | kein Wachstum | nicht erhöht | négatif | "
        "négative | non détecté | indétectable | normale | dans les normes | stérile | negativo | negativa | "
        "no detectado | no detectable | indetectable | dentro de límites normales | non rilevato | "
        "nella norma | não detectado | não reagente | negatief | niet aantoonbaar | normaal | geen groei"
    ),
    "positive": (
        "positive | pos | test positive | detected | detectable | present | reactive | "
        "below quantification | below limit of quantification | below the limit of quantification | "
        "detected below quantification | detected below the limit of quantification | positiv | "
        "nachweisbar | nachgewiesen | positif | détecté | présent | positivo | positiva | detectado | "
        "presente | rilevato | reagente | positief | aantoonbaar | aanwezig"
    ),
    "qualitative": (
        "elevated | raised | increased | high | slightly elevated | mildly elevated | moderately elevated | "
        "markedly elevated | slightly raised | abnormal | borderline | trace | few | occasional | erhöht | "
        "leicht erhöht | stark erhöht | auffällig | grenzwertig | augmenté | élevé | aumentado | elevado | "
        "aumentato | elevato | verhoogd | licht verhoogd"
    ),
    "not_stated": (
        "pending | result pending | results pending | awaited | to follow | in progress | unknown | "
        "not stated | not reported | ausstehend | steht aus | folgt | en cours | en attente | pendiente | "
        "in corso | pendente | volgt"
    ),
    "not_done": (
        "not done | not performed | not tested | not taken | not measured | nicht durchgeführt | "
        "nicht bestimmt | nicht gemacht | non fait | non réalisé | no realizado | non eseguito | "
        "não realizado | niet bepaald | niet gedaan"
    ),
}
# fmt: on


@lru_cache(maxsize=2048)
def read_result_word(text: str) -> str:
    """negative, positive, qualitative, not_stated or not_done; "" where the text says anything else."""
    return _words().get(fold_name(text), "")


@cache
def _words() -> dict[str, str]:
    return {fold_name(word): kind for kind, words in RESULT_WORDS.items() for word in words.split("|")}
