"""Clinical findings: temperatures, skin, lymph nodes, organs."""

from synthetic.generator import words
from synthetic.generator.draft import Draft

REACTION, BACKGROUND = "reaction", "background"


def temperatures(draft: Draft) -> None:
    chance, story = draft.chance, draft.story
    has_fever = story.has_sign(chance, 0.93)
    if not draft.is_reported():
        if chance.happens(0.5):
            draft.add("Temperature", "fever" if has_fever else "no fever", REACTION,
                      "positive" if has_fever else "negative", None, "", "f", None)  # fmt: skip
        return
    highest = chance.between(38.5, 40.6) if has_fever else chance.between(36.4, 38.3)
    site = chance.weighted((("", 0.5), ("core", 0.3), ("axillary", 0.2)))
    for day in range(chance.whole(1, 3)):
        celsius = max(36.2, highest - 0.4 * day)
        draft.add("Temperature", "", REACTION, "measured", f"{celsius:.1f}", site,
                  "t" if not day and draft.is_reported() else "f", draft.when(day))  # fmt: skip


def skin(draft: Draft) -> None:
    chance, story = draft.chance, draft.story
    stated = story.thoroughness
    if not chance.happens(0.5 + stated / 2):
        return
    percent = max(1, min(100, round(100 * story.severity * chance.between(0.6, 1.4))))
    is_measured = chance.happens(stated * 0.7)
    extent = "widespread" if percent > 50 else "localised"
    draft.add(
        "SkinExamination", REACTION, draft.when(chance.whole(0, 3)), chance.pick(words.SKIN),
        str(percent) if is_measured else None, "" if is_measured or not draft.is_reported() else extent,
        chance.three_valued(stated, 0.2 + 0.6 * story.severity),
        chance.three_valued(stated, 0.15 + 0.5 * story.severity),
        chance.three_valued(stated * 0.6, 0.25 * story.severity),
        chance.three_valued(stated * 0.8, 0.1 + 0.5 * story.severity),
        chance.three_valued(stated, 0.8), chance.three_valued(stated * 0.3, 0.2 + 0.7 * story.severity),
    )  # fmt: skip


def nodes(draft: Draft) -> None:
    chance, story = draft.chance, draft.story
    if not draft.is_reported():
        return
    are_enlarged = story.has_sign(chance, 0.6)
    examination = draft.add(
        "LymphNodeExamination", REACTION, "positive" if are_enlarged else "negative",
        chance.pick("tfff"), draft.when(chance.whole(0, 6)),
    )  # fmt: skip
    if are_enlarged and draft.is_reported():
        for site in words.NODE_SITES[: chance.whole(1, 3)]:
            size = f"{chance.between(0.6, 3.4):.1f}" if draft.is_reported() else None
            draft.add("LymphNodeSite", examination, site, size)


def organs(draft: Draft) -> None:
    """Organs involved by a finding; liver and kidney show mostly in the laboratory."""
    chance, story = draft.chance, draft.story
    named = 0
    for organ, basis in words.ORGAN_BASES.items():
        if story.has_sign(chance, 0.14) and draft.is_reported():
            named += 1
            explanation = chance.weighted((("not_known", 0.45), ("excluded", 0.45), ("present", 0.1)))
            draft.add("OrganInvolvement", REACTION, organ, "positive", basis,
                      chance.pick("tf") if draft.is_reported() else "f", explanation,
                      draft.when(chance.whole(1, 10)))  # fmt: skip
    if not named and chance.happens(0.3 * story.thoroughness):
        draft.add("OrganInvolvement", REACTION, "all_others", "negative", "", "f", "not_known", None)
