"""Exposures: the culprit, further suspects, concomitant drugs; doses, indications, drug-reaction pairs."""

from synthetic.generator import words
from synthetic.generator.draft import Draft
from synthetic.generator.story import as_reported
from synthetic.generator.tables import Cell, Medicine

ROUTES = (("oral", 0.7), ("intravenous", 0.25), ("subcutaneous", 0.05))
STRENGTHS = ("50", "100", "200", "300", "400", "500", "1000")


def exposures(draft: Draft) -> None:
    """The culprit first, then further suspects (role 1) and concomitant drugs (role 2)."""
    chance, story = draft.chance, draft.story
    _exposure(draft, 1, "1", story.culprit, story.latency, is_culprit=True)
    others = list(draft.medicines.values())
    position = 1
    for role, most in (("1", 1), ("2", 3)):
        for _ in range(chance.whole(0, most)):
            position += 1
            _exposure(draft, position, role, chance.pick(others), chance.whole(1, 600), is_culprit=False)


def _exposure(
    draft: Draft, position: int, role: str, medicine: Medicine, days_before: int, *, is_culprit: bool
) -> None:
    chance = draft.chance
    is_ongoing = chance.three_valued(0.7, 0.75)
    action = (
        chance.weighted((("1", 0.8), ("4", 0.1), ("0", 0.1))) if role == "1" else chance.pick(("4", "", "0"))
    )
    parent = draft.add(
        "Exposure", str(position), role, medicine.name, medicine.key, action, is_ongoing,
        medicine.half_life_low, medicine.half_life_high, medicine.half_lives, medicine.release,
    )  # fmt: skip
    for number in range(1, 1 + chance.weighted(((1, 0.8), (2, 0.15), (3, 0.05)))):
        _dose(draft, parent, number, days_before, is_culprit=is_culprit, is_ongoing=is_ongoing == "t")
        # A later period of doses begins nearer to the reaction.
        days_before = days_before * 2 // 3
    if chance.happens(0.3 + 0.6 * draft.story.thoroughness):
        draft.add("Indication", parent, chance.pick(words.INDICATIONS))


def _dose(
    draft: Draft, parent: str, number: int, days_before: int, *, is_culprit: bool, is_ongoing: bool
) -> None:
    chance = draft.chance
    amount = chance.pick(STRENGTHS) if draft.is_reported() else None
    every = chance.pick(("1", "1", "0.5", "7", "28"))
    is_regular = amount is not None and chance.happens(0.7)
    route = chance.weighted(ROUTES)
    draft.add(
        "Dose", parent, str(number), amount, "mg" if amount else "", every if is_regular else None,
        "d" if is_regular else "", *_from_to(draft, days_before, is_ongoing=is_ongoing),
        f"{amount} mg, {route}" if amount and chance.happens(0.4) else "",
        route if draft.is_reported() else "",
        uuid=draft.first_dose if is_culprit and number == 1 else None,
    )  # fmt: skip


def _from_to(draft: Draft, days_before: int, *, is_ongoing: bool) -> tuple[Cell, Cell]:
    """Start and end of a period of doses; none where the reaction is dated relative to the dose."""
    story = draft.story
    if story.dating == "relative" or not story.is_onset_known or not draft.is_reported():
        return None, None
    start = as_reported(story.date_of(-days_before), story.dating)
    if is_ongoing or not draft.is_reported():
        return start, None
    return start, as_reported(story.date_of(-draft.chance.whole(0, days_before)), story.dating)


def pairs(draft: Draft) -> None:
    """Each suspect with the main reaction; for some with the interval that the source states."""
    chance, story = draft.chance, draft.story
    for place, exposure in enumerate(draft.rows["Exposure"]):
        if exposure[2] == "1":
            is_stated = not place and story.is_onset_known and chance.happens(0.3)
            recurrence = chance.weighted((("4", 0.7), ("1", 0.03), ("", 0.27)))
            stated = (str(story.latency), "d") if is_stated else (None, "")
            draft.add("DrugReaction", str(place), "0", *stated, recurrence)
