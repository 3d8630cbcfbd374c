"""Words that head a column, a row or a report of laboratory results, in seven languages."""

from enum import StrEnum
from functools import cache, lru_cache

from vocabulary.folding import fold_name


class Role(StrEnum):
    """What a column holds."""

    NAME = "name"
    VALUE = "result"
    UNIT = "unit"
    LIMITS = "limits of normal"
    LOWER = "lower limit"
    UPPER = "upper limit"
    DATE = "date"
    TIME = "time of day"
    FLAG = "flag"
    REMARK = "remark"


# fmt: off
_WORDS = {
    Role.NAME: (
        "parameter | parameters | test | tests | test name | analyte | analyt | analyse | analysen | "
        "analysis | analyses | untersuchung | untersuchungen | bezeichnung | messgröße | laborwert | "
        "laborparameter | laboratory test | laboratory | labor | name | component | assay | examen | "
        "examens | examination | investigation | investigations | paramètre | paramètres | analito | "
        "prueba | pruebas | determinación | parametro | parâmetro | esame | esami | exame | exames | "
        "bepaling | onderzoek | item | marker | 検査項目 | 項目 | 検査名"
    ),
    Role.VALUE: (
        "result | results | value | values | wert | werte | ergebnis | ergebnisse | messwert | "
        "résultat | résultats | valeur | valeurs | resultado | resultados | valor | risultato | "
        "risultati | valore | uitslag | waarde | resultaat | 結果 | 測定値 | 検査結果"
    ),
    Role.UNIT: (
        "unit | units | einheit | einheiten | unité | unités | unite | unites | unidad | unidades | "
        "unità | unidade | eenheid | eenheden | dimension | dim | 単位"
    ),
    Role.LIMITS: (
        "ref | reference | references | reference range | reference interval | reference ranges | "
        "ref range | reference values | reference limits | normal | normal range | normal values | "
        "normal limits | range | limits | limits of normal | referenz | referenzbereich | referenzwert | "
        "referenzwerte | referenzintervall | ref bereich | ref wert | normbereich | normwert | "
        "normwerte | norm | normalbereich | normalwert | normalwerte | sollwert | référence | "
        "références | valeurs de référence | valeur de référence | valeurs usuelles | valeurs normales | "
        "normes | norme | intervalle de référence | vn | vr | valores de referencia | "
        "valor de referencia | intervalo de referencia | rango de referencia | rango | "
        "valori di riferimento | intervallo di riferimento | valori normali | valores de referência | "
        "referentiewaarde | referentiewaarden | referentie | 基準値 | 基準範囲 | 参考値"
    ),
    Role.LOWER: (
        "lower limit | lower | low | ref low | reference low | normal low | low limit | ref min | "
        "range low | lo | von | min | minimum | lln | untergrenze | untere grenze | untere normgrenze"
    ),
    Role.UPPER: (
        "upper limit | upper | high | ref high | reference high | normal high | high limit | ref max | "
        "range high | hi | bis | max | maximum | uln | obergrenze | obere grenze | obere normgrenze | "
        "upper limit of normal | limite supérieure"
    ),
    Role.DATE: (
        "date | dates | datum | tag | day | date time | collected | collection date | sample date | "
        "sampled | date of test | test date | date collected | entnahme | entnahmedatum | abnahme | "
        "abnahmedatum | probenentnahme | probendatum | entnahme am | abnahme am | prélèvement | "
        "date de prélèvement | prélevé le | date du prélèvement | fecha | fecha de toma | data | "
        "data prelievo | data da coleta | afnamedatum | 日付 | 採取日 | 検査日 | 採血日"
    ),
    Role.TIME: (
        "time | uhrzeit | zeit | heure | hora | ora | tijd | 時刻 | 採取時刻"
    ),
    Role.FLAG: (
        "flag | flags | abnormal | abnormal flag | markierung | bewertung | kennung | kennzeichen | "
        "h l | l h | interpretation | indicator | indicateur | anomalie | anormal | 判定"
    ),
    Role.REMARK: (
        "comment | comments | remark | remarks | note | notes | kommentar | bemerkung | bemerkungen | "
        "anmerkung | commentaire | commentaires | comentario | observaciones | commento | osservazioni | "
        "opmerking | method | methode | méthode | método | metodo | status | no | nr | code | loinc | "
        "specimen | material | sample | probe | matériel | muestra | device | gerät"
    ),
}
# Words before a date that say of what it is the date: when blood was taken, or when the report was made.
_TAKEN = (
    "entnahme abnahme entnommen abgenommen blutentnahme blutabnahme probenentnahme probenahme "
    "entnahmedatum abnahmedatum collected collection drawn draw sampled sampling taken specimen sample "
    "prelevement preleve prelevements preleves toma extraccion prelievo coleta coletado afname "
    "afgenomen 採取 採血 採取日 検査日"
)
_REPORT = (
    "befund laborbefund laborbericht laborwerte labor blutwerte werte vom am on of from report results "
    "result laboratory lab labs blood bloods bilan resultats analyses analyse du le del informe "
    "analitica laboratorio esami referto laudo exames uitslag datum date day tag fecha data ergebnisse "
    "blutbild visit followup follow up kontrolle control verlauf untersuchung dated"
)
_OTHER_DATES = (
    "geburtsdatum geburt geb geboren birth born dob nee ne naissance nacimiento nascita nascimento "
    "geboortedatum druck druckdatum gedruckt ausdruck printed print imprime impression eingang "
    "eingegangen received receipt recu reception freigabe freigegeben validiert validated validation "
    "authorised valide edite edition gesendet sent send envoye von from_mail wrote schrieb ecrit "
    "aufnahme admission admitted entlassung discharge page seite"
)
# fmt: on


@cache
def _roles() -> dict[str, Role]:
    return {fold_name(word): role for role, words in _WORDS.items() for word in words.split("|")}


@lru_cache(maxsize=4096)
def role_of(text: str) -> Role | None:
    """What a column under this heading holds; None where the heading is no word of ours."""
    return _roles().get(fold_name(text))


class DateOf(StrEnum):
    """Of what a date in a title is the date, the surest day of the results first."""

    SAMPLE = "sample"
    REPORT = "report"
    OTHER = "other"


def date_of(words: str) -> DateOf:
    """Of what the date is that stands behind these words; without any, of the results below it."""
    folded = fold_name(words).split()
    if any(word in _OTHER_DATES.split() for word in folded):
        return DateOf.OTHER
    if any(word in _TAKEN.split() for word in folded):
        return DateOf.SAMPLE
    if not folded or any(word in _REPORT.split() for word in folded):
        return DateOf.REPORT
    return DateOf.OTHER
