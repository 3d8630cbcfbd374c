"""Extent of the rash, its features, and the biopsy."""

from collections.abc import Iterable

from scoring.facts import (
    NO_RESULT,
    Biopsy,
    BiopsyConclusion,
    Fact,
    Facts,
    ResultKind,
    Sign,
    SkinExamination,
)
from scoring.regiscar.v1.signs import NO_SIGNS, ItemSigns, ids, sign_inputs, signs_of, terms
from scoring.regiscar.v1.table import PARAMETERS
from scoring.result import NO, UNKNOWN, YES, Basis, Reading, closed, missing, reported

EXTENT, SUGGESTING, BIOPSY = "extent", "suggesting", "biopsy"
BOTH = (NO, YES)
EXTENT_NEEDED = "The extent of the rash at its worst, in % of body surface area."
FEATURES = {
    "facial_oedema": "facial oedema",
    "infiltration": "infiltration",
    "purpura_beyond_legs": "purpura beyond the legs",
    "scaling": "scaling",
}
JUDGEMENT = "reporter_finds_suggestive"
FEATURES_NEEDED = f"Whether there were {', '.join(FEATURES.values())}: two of them make the rash suggestive."
BIOPSY_NEEDED = "A skin biopsy with the pathologist's conclusion."
TISSUE_NEEDED = "Whether the biopsy was one of skin (Examinations, Biopsy, Tissue)."


def extent_inputs(facts: Facts) -> tuple[Fact, ...]:
    """The facts that `extent` reads."""
    return (*facts.skin, *sign_inputs(facts, EXTENT))


def extent(facts: Facts) -> Reading:
    """Yes above half of the body surface, at the worst examination."""
    measured = [skin for skin in facts.skin if skin.extent_percent is not None]
    beyond = [skin.id for skin in measured if (skin.extent_percent or 0) > PARAMETERS.extent_percent]
    if beyond:
        return closed(YES, Basis.MEASURED, "The rash covered more than 50 % of the body surface.", beyond)
    widespread = [skin.id for skin in facts.skin if skin.is_widespread and skin.extent_percent is None]
    localised = [skin.id for skin in facts.skin if skin.is_widespread is False]
    signs = signs_of(facts, EXTENT)
    if widespread or signs.reported:
        return _widespread(widespread, [skin.id for skin in measured], localised, signs)
    if measured:
        ids_of_measured = [skin.id for skin in measured]
        rule = "The rash covered 50 % of the body surface or less."
        return closed(NO, Basis.MEASURED, rule, ids_of_measured)
    if localised:
        return closed(NO, Basis.DENIED, "The report says that the rash was localised.", localised)
    if signs.suggests:
        rule = f"{terms(signs.suggests)} does not say how much of the body surface was covered."
        return missing(BOTH, rule, EXTENT_NEEDED, ids(signs.suggests))
    return missing(BOTH, "Nothing is recorded on the extent of the rash.", EXTENT_NEEDED)


def _widespread(
    widespread: list[str], measured: list[str], localised: list[str], signs: ItemSigns
) -> Reading:
    """Widespread in words. A term leaves a measured extent as the answer, and open."""
    evidence = {*widespread, *measured, *localised, *ids(signs.reported)}
    words = f"{terms(signs.reported)}: the" if signs.reported else "The"
    rule = f"{words} rash is reported as widespread, without a percentage."
    if measured:
        rule += " Another entry gives 50 % of the body surface or less."
    elif localised:
        rule += " Another entry calls it localised."
    answer = NO if measured and not widespread else YES
    return reported(answer, BOTH, rule, evidence, EXTENT_NEEDED)


def suggesting_inputs(facts: Facts) -> tuple[Fact, ...]:
    """The facts that `suggesting` reads."""
    return (*facts.skin, *sign_inputs(facts, SUGGESTING))


def suggesting(facts: Facts) -> Reading:
    """Yes with two of four features; No when two can no longer be reached, or the source denies it."""
    signs = signs_of(facts, SUGGESTING)
    if not facts.skin and signs == NO_SIGNS:
        return missing(BOTH, "No feature is described.", FEATURES_NEEDED)
    features = [(skin.id, _features(skin)) for skin in facts.skin]
    present, absent = _features_with(features, True), _features_with(features, False)
    described = [row for row, answers in features if any(answer is not None for answer in answers.values())]
    both = _recorded_both_ways(present & absent)
    if len(present) >= PARAMETERS.suggesting_features:
        rule = f"Two or more of the four features: {_names(present)}.{both}"
        return closed(YES, Basis.MEASURED, rule, described)
    at_word, denied = _of_signs(signs.reported), _of_signs(signs.denied) - _of_signs(signs.suggests)
    evidence = [*described, *ids((*signs.reported, *signs.denied, *signs.suggests))]
    if len(present | at_word) >= PARAMETERS.suggesting_features:
        contradictions = _recorded_both_ways((present | at_word) & (absent | denied))
        rule = f"Two or more of the four features, at the word of the report: {_names(present | at_word)}."
        return reported(YES, BOTH, rule + contradictions, evidence, FEATURES_NEEDED)
    ruled_out = absent | denied
    if len(FEATURES) - len(ruled_out - present - at_word) < PARAMETERS.suggesting_features:
        rule = f"Fewer than two of the four features were there, after looking.{both}"
        return closed(NO, Basis.MEASURED, rule, [*described, *ids(signs.denied)])
    return _judged(facts, signs) or _too_few(present | at_word, both, signs, evidence)


def _judged(facts: Facts, signs: ItemSigns) -> Reading | None:
    """The source's own judgement of the rash."""
    terms_of_judgement = [sign for sign in signs.reported if _field(sign) == JUDGEMENT]
    for_it = [skin.id for skin in facts.skin if skin.reporter_finds_suggestive is True]
    for_it += ids(terms_of_judgement)
    if for_it:
        rule = "The source finds the rash suggestive, without describing two of the features."
        return reported(YES, BOTH, rule, for_it, FEATURES_NEEDED)
    against = [skin.id for skin in facts.skin if skin.reporter_finds_suggestive is False]
    if against:
        return closed(NO, Basis.DENIED, "The source finds the rash not suggestive of DRESS.", against)
    return None


def _too_few(present: set[str], both: str, signs: ItemSigns, evidence: list[str]) -> Reading:
    rule = "Too few of the four features are described to tell." if evidence else "No feature is described."
    if present:
        rule += f" Present: {_names(present)}."
    if signs.suggests:
        rule += f" {terms(signs.suggests)} may mean one and doesn't say so."
    return missing(BOTH, rule + both, FEATURES_NEEDED, evidence)


def _features(skin: SkinExamination) -> dict[str, bool | None]:
    return {
        "facial_oedema": skin.facial_oedema,
        "infiltration": skin.infiltration,
        "purpura_beyond_legs": skin.purpura_beyond_legs,
        "scaling": skin.scaling,
    }


def _features_with(features: list[tuple[str, dict[str, bool | None]]], answer: bool) -> set[str]:
    return {key for _, answers in features for key, value in answers.items() if value is answer}


def _field(sign: Sign) -> str:
    """The column of the skin examination that a sign speaks of."""
    return sign.field.partition(".")[2]


def _of_signs(signs: Iterable[Sign]) -> set[str]:
    return {_field(sign) for sign in signs} & FEATURES.keys()


def _names(features: set[str]) -> str:
    return ", ".join(FEATURES[key] for key in FEATURES if key in features)


def _recorded_both_ways(features: set[str]) -> str:
    return f" Recorded both as present and as absent: {_names(features)}." if features else ""


def biopsy_inputs(facts: Facts) -> tuple[Fact, ...]:
    """The facts that `biopsy` reads."""
    return (*facts.biopsies, *sign_inputs(facts, BIOPSY))


def biopsy(facts: Facts) -> Reading:
    """No only when the pathology gives another diagnosis; not done and unclear score as Unknown."""
    signs = signs_of(facts, BIOPSY)
    compatible = _concluded(facts, BiopsyConclusion.COMPATIBLE)
    other = _concluded(facts, BiopsyConclusion.OTHER_DIAGNOSIS)
    if other and (compatible or signs.reported):
        rule = "Biopsies disagree: one compatible with DRESS, one with another diagnosis."
        rows = [*ids(signs.reported), *[b.id for b in (*compatible, *other)]]
        return reported(YES, BOTH, rule, rows, "Which biopsy represents the reaction.")
    if compatible:
        return _by_conclusion(YES, compatible, "The biopsy is compatible with DRESS.")
    if other:
        return _by_conclusion(NO, other, "The biopsy gives another diagnosis.")
    return _biopsy_in_words(signs) or _without_conclusion(facts, signs)


def _concluded(facts: Facts, conclusion: BiopsyConclusion) -> list[Biopsy]:
    return [b for b in facts.biopsies if b.conclusion is conclusion]


def _by_conclusion(answer: str, biopsies: list[Biopsy], rule: str) -> Reading:
    """Closed by a biopsy of skin; open where its tissue is not named."""
    rows = [b.id for b in biopsies]
    if any(b.is_skin for b in biopsies):
        return closed(answer, Basis.MEASURED, rule, rows)
    rule += " Its tissue is not named: it is taken as skin."
    return reported(answer, BOTH, rule, rows, TISSUE_NEEDED)


def _biopsy_in_words(signs: ItemSigns) -> Reading | None:
    if signs.reported:
        contradiction = f" {terms(signs.denied)} says otherwise." if signs.denied else ""
        rule = f"{terms(signs.reported)}: compatible at the word of the report.{contradiction}"
        return reported(YES, BOTH, rule, ids((*signs.reported, *signs.denied)), BIOPSY_NEEDED)
    if signs.denied and not signs.suggests:
        rule = f"{terms(signs.denied)}: the biopsy gives another diagnosis."
        return closed(NO, Basis.DENIED, rule, ids(signs.denied))
    return None


def _without_conclusion(facts: Facts, signs: ItemSigns) -> Reading:
    taken = [b.id for b in facts.biopsies if b.kind not in NO_RESULT]
    in_words = ids((*signs.suggests, *signs.denied))
    if taken:
        rule = "A biopsy was taken, its conclusion is unclear or not given."
        return missing(BOTH, rule, BIOPSY_NEEDED, [*taken, *in_words])
    not_done = [b.id for b in facts.biopsies if b.kind is ResultKind.NOT_DONE]
    if not_done:
        return closed(UNKNOWN, Basis.DENIED, "No biopsy was taken: Unknown scores 0.", not_done)
    if in_words:
        rule = f"{terms((*signs.suggests, *signs.denied))} is no conclusion on DRESS."
        return missing(BOTH, rule, BIOPSY_NEEDED, in_words)
    return missing(BOTH, "Nothing is recorded on a biopsy.", BIOPSY_NEEDED)
