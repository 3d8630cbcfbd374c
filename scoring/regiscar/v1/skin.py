"""Extent of the rash, its features, and the biopsy."""

from scoring.facts import BiopsyConclusion, Fact, Facts, ResultKind, SkinExamination
from scoring.regiscar.v1.table import PARAMETERS
from scoring.result import NO, UNKNOWN, YES, Basis, Reading, closed, missing, reported

BOTH = (NO, YES)
EXTENT_NEEDED = "The extent of the rash at its worst, in % of body surface area."
FEATURES = {
    "facial_oedema": "facial oedema",
    "infiltration": "infiltration",
    "purpura_beyond_legs": "purpura beyond the legs",
    "scaling": "scaling",
}
FEATURES_NEEDED = f"Whether there were {', '.join(FEATURES.values())}: two of them make the rash suggestive."
BIOPSY_NEEDED = "A skin biopsy with the pathologist's conclusion."


def extent_inputs(facts: Facts) -> tuple[Fact, ...]:
    """The facts that `extent` reads."""
    return facts.skin


def extent(facts: Facts) -> Reading:
    """Yes above half of the body surface, at the worst examination."""
    measured = [skin for skin in facts.skin if skin.extent_percent is not None]
    beyond = [skin.id for skin in measured if (skin.extent_percent or 0) > PARAMETERS.extent_percent]
    if beyond:
        return closed(YES, Basis.MEASURED, "The rash covered more than 50 % of the body surface.", beyond)
    widespread = [skin.id for skin in facts.skin if skin.is_widespread and skin.extent_percent is None]
    if widespread:
        rule = "The rash is reported as widespread, without a percentage."
        return reported(YES, BOTH, rule, widespread, EXTENT_NEEDED)
    if measured:
        ids = [skin.id for skin in measured]
        return closed(NO, Basis.MEASURED, "The rash covered 50 % of the body surface or less.", ids)
    localised = [skin.id for skin in facts.skin if skin.is_widespread is False]
    if localised:
        return closed(NO, Basis.DENIED, "The report says that the rash was localised.", localised)
    return missing(BOTH, "Nothing is recorded on the extent of the rash.", EXTENT_NEEDED)


def suggesting_inputs(facts: Facts) -> tuple[Fact, ...]:
    """The facts that `suggesting` reads."""
    return facts.skin


def suggesting(facts: Facts) -> Reading:
    """Yes with two of four features; No when two can no longer be reached, or the source denies it."""
    present, absent = _features_with(facts, True), _features_with(facts, False)
    described = [skin.id for skin in facts.skin if any(f is not None for f in _features(skin).values())]
    if len(present) >= PARAMETERS.suggesting_features:
        names = ", ".join(FEATURES[key] for key in FEATURES if key in present)
        return closed(YES, Basis.MEASURED, f"Two or more of the four features: {names}.", described)
    if len(FEATURES) - len(absent - present) < PARAMETERS.suggesting_features:
        rule = "Fewer than two of the four features were there, after looking."
        return closed(NO, Basis.MEASURED, rule, described)
    judged = {
        judgement: [skin.id for skin in facts.skin if skin.reporter_finds_suggestive is judgement]
        for judgement in (True, False)
    }
    if judged[True]:
        rule = "The source finds the rash suggestive, without describing two of the features."
        return reported(YES, BOTH, rule, judged[True], FEATURES_NEEDED)
    if judged[False]:
        return closed(NO, Basis.DENIED, "The source finds the rash not suggestive of DRESS.", judged[False])
    rule = "Too few of the four features are described to tell." if described else "No feature is described."
    return missing(BOTH, rule, FEATURES_NEEDED, described)


def _features(skin: SkinExamination) -> dict[str, bool | None]:
    return {
        "facial_oedema": skin.facial_oedema,
        "infiltration": skin.infiltration,
        "purpura_beyond_legs": skin.purpura_beyond_legs,
        "scaling": skin.scaling,
    }


def _features_with(facts: Facts, answer: bool) -> set[str]:
    return {key for skin in facts.skin for key, value in _features(skin).items() if value is answer}


def biopsy_inputs(facts: Facts) -> tuple[Fact, ...]:
    """The facts that `biopsy` reads."""
    return facts.biopsies


def biopsy(facts: Facts) -> Reading:
    """No only when the pathology gives another diagnosis; not done and unclear score as Unknown."""
    compatible = [b.id for b in facts.biopsies if b.conclusion is BiopsyConclusion.COMPATIBLE]
    other = [b.id for b in facts.biopsies if b.conclusion is BiopsyConclusion.OTHER_DIAGNOSIS]
    if compatible and other:
        rule = "Biopsies disagree: one compatible with DRESS, one with another diagnosis."
        return reported(YES, BOTH, rule, compatible + other, "Which biopsy represents the reaction.")
    if compatible:
        return closed(YES, Basis.MEASURED, "The biopsy is compatible with DRESS.", compatible)
    if other:
        return closed(NO, Basis.MEASURED, "The biopsy gives another diagnosis.", other)
    taken = [b.id for b in facts.biopsies if b.kind not in (ResultKind.NOT_DONE, ResultKind.NOT_STATED)]
    if taken:
        return missing(
            BOTH, "A biopsy was taken, its conclusion is unclear or not given.", BIOPSY_NEEDED, taken
        )
    not_done = [b.id for b in facts.biopsies if b.kind is ResultKind.NOT_DONE]
    if not_done:
        return closed(UNKNOWN, Basis.DENIED, "No biopsy was taken: Unknown scores 0.", not_done)
    return missing(BOTH, "Nothing is recorded on a biopsy.", BIOPSY_NEEDED)
