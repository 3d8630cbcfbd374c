"""Reactions, their treatment, and differential diagnoses."""

from synthetic.generator import words
from synthetic.generator.draft import Draft
from synthetic.generator.story import as_reported
from synthetic.generator.tables import Cell


def reactions(draft: Draft) -> None:
    chance, story = draft.chance, draft.story
    country = chance.pick(words.COUNTRIES)
    onset, end = _onset(draft), _end(draft)
    outcome = "5" if story.is_fatal else chance.weighted((("1", 0.5), ("2", 0.2), ("3", 0.08), ("0", 0.22)))
    is_resolved = (
        "f" if story.is_fatal or outcome == "3" else "t" if outcome == "1" and draft.is_reported() else None
    )
    relapse = draft.when(story.duration + 14) if chance.happens(0.06) else None
    course = (onset, end if is_resolved == "t" else None, is_resolved, relapse, outcome, country)
    serious = (chance.three_valued(0.8, 0.7), chance.three_valued(0.6, 0.15), "t" if story.is_fatal else None)
    term = chance.weighted(words.MAIN_REACTIONS)
    draft.add("Reaction", "1", term, "eng", "t", *course, *serious, uuid=draft.onset)
    for position in range(2, 2 + chance.weighted(((0, 0.35), (1, 0.35), (2, 0.2), (3, 0.1)))):
        # Terms may repeat, as they do in real reports.
        term = chance.pick(words.FURTHER_REACTIONS[:5] if chance.happens(0.4) else words.FURTHER_REACTIONS)
        not_stated = (None, None, None)
        onset = draft.when(chance.whole(0, 5))
        draft.add(
            "Reaction", str(position), term, "eng", "f", onset, *not_stated, outcome, country, *not_stated
        )


def _onset(draft: Draft) -> Cell:
    """The onset: a date, days after the first dose, or None where it is not reported."""
    story = draft.story
    if not story.is_onset_known:
        return None
    if story.dating == "relative":
        wide = draft.chance.happens(0.25)
        reach = f"{story.latency}..{story.latency + 3}" if wide else str(story.latency)
        return f"dose:{draft.first_dose}+{reach}d"
    return as_reported(story.date_of(0), story.dating)


def _end(draft: Draft) -> Cell:
    story = draft.story
    if not draft.is_reported():
        return None
    if story.dating == "relative":
        return f"reaction:{draft.onset}+{story.duration}d"
    return as_reported(story.date_of(story.duration), story.dating)


def treatment(draft: Draft) -> None:
    chance, story = draft.chance, draft.story
    if not chance.happens(0.75):
        return
    name, amount, unit = chance.pick(words.TREATMENTS)
    medicine = draft.medicines.get(name)
    responds = draft.is_reported() and not story.is_fatal
    uuid = chance.uuid()
    draft.add(
        "Treatment", "1", name, medicine.key if medicine else None, "f" if name == "ciclosporin" else "t",
        amount if draft.is_reported() else None, unit, draft.when(chance.whole(1, 6)),
        ("resolved" if chance.happens(0.4) else "effective") if responds else "",
        f"treatment:{uuid}+0..{max(5, story.duration - 4)}d" if responds and chance.happens(0.5) else None,
        uuid=uuid,
    )  # fmt: skip


def diagnoses(draft: Draft) -> None:
    chance = draft.chance
    for _ in range(chance.whole(0, 2)):
        if chance.happens(0.5 * draft.story.thoroughness):
            status = "excluded" if chance.happens(0.7) else "considered"
            draft.add(
                "DifferentialDiagnosis", chance.pick(words.OTHER_DIAGNOSES), status, chance.pick("tfff")
            )
