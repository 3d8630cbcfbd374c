"""Patient, reporters, reported score, narrative, and the case itself with its versions."""

from datetime import date

from synthetic.generator import rates, words
from synthetic.generator.draft import Draft

CLASS_OF = {
    **dict.fromkeys(range(-4, 2), "no_case"),
    2: "possible",
    3: "possible",
    4: "probable",
    5: "probable",
}


def patient(draft: Draft) -> None:
    chance, story = draft.chance, draft.story
    is_age_stated = chance.happens(0.45 + story.thoroughness / 2)
    group = "3" if story.age < 12 else "4" if story.age < 18 else "5" if story.age < 65 else "6"
    is_masked = chance.happens(0.3)
    born = date.fromordinal(story.onset).year - story.age - 1
    draft.add(
        "Patient",
        '{"D.1": "MSK"}' if is_masked else "{}",
        ""
        if is_masked or not draft.is_reported()
        else f"{chance.pick('ABCDEFGHJKLM')}{chance.pick('NOPRSTVWZ')}",
        str(born) if is_age_stated and chance.happens(0.3) else None,
        str(story.age) if is_age_stated else None,
        "a" if is_age_stated else "",
        group if not is_age_stated and draft.is_reported() else "",
        f"{min(140, 9 + story.age * 2.2 if story.age < 25 else chance.between(48, 110)):.1f}"
        if draft.is_reported()
        else None,
        str(chance.whole(150, 195)) if story.age > 16 and draft.is_reported() else None,
        chance.pick("12") if chance.happens(0.5 + story.thoroughness / 2) else "",
        story.date_of(story.duration) if story.is_fatal and draft.is_reported() else None,
    )
    for _ in range(chance.whole(0, 2)):
        if draft.is_reported():
            draft.add("MedicalHistory", chance.pick(words.HISTORY), str(born + chance.whole(1, story.age)),
                      chance.three_valued(0.6, 0.8))  # fmt: skip


def reporters(draft: Draft) -> None:
    chance, country = draft.chance, draft.chance.pick(words.COUNTRIES)
    for position in range(1 + chance.happens(0.12)):
        draft.add(
            "Reporter",
            chance.pick("ABCDEFGH") + "." if draft.is_reported() else "",
            chance.pick(words.FAMILY_NAMES) if draft.is_reported() else "",
            chance.pick(words.INSTITUTIONS) if draft.is_reported() else "",
            chance.pick(words.CITIES) if draft.is_reported() else "",
            country,
            chance.weighted(words.QUALIFICATIONS),
            "f" if position else "t",
        )


def reported_score(draft: Draft) -> None:
    """The score that the source published; mostly the one that full knowledge of the patient would give."""
    chance = draft.chance
    if not chance.happens(rates.REPORTED_SCORE):
        return
    total = min(8, max(-2, round(8 * draft.story.severity - 1 + chance.between(-1, 1))))
    if chance.happens(rates.REPORTED_BEYOND):
        total = chance.pick((-4, 9))
    category = CLASS_OF.get(total, "definite") if chance.happens(0.6) else ""
    draft.add("ReportedScore", "regiscar", str(total), category, "The authors of the report")


def narrative(draft: Draft) -> None:
    chance, story = draft.chance, draft.story
    first = chance.pick(words.OPENING).format(
        age=f"{story.age}-year-old",
        skin=chance.pick(words.SKIN),
        when=f"{story.latency} days after" if story.is_onset_known else "after",
        drug=story.culprit.name,
    )
    sentences = [first[0].upper() + first[1:]]
    sentences += [chance.pick(words.SIGNS) for _ in range(chance.whole(0, 4)) if draft.is_reported()]
    sentences.append(chance.pick(words.COURSE))
    if chance.happens(0.9):
        draft.add(
            "Narrative", " ".join(sentences), chance.pick(words.COMMENTS) if draft.is_reported() else ""
        )


def root(draft: Draft) -> None:
    """The case itself and its versions; last, as its dates depend on the rest."""
    chance, story = draft.chance, draft.story
    received = story.onset + chance.whole(4, 120)
    is_followed_up = chance.happens(rates.FOLLOW_UP)
    latest = received + chance.whole(5, 200) if is_followed_up else received
    first_day, last_day = _date(received), _date(latest)
    entered = f"{first_day}T{chance.whole(7, 17):02d}:{chance.whole(0, 59):02d}:00+00:00"
    identifier = f"{chance.pick(words.COUNTRIES)}-SYNTHETIC-{draft.number.replace('-', '.')}"
    draft.add(
        "Case", draft.number, "in_review" if is_followed_up else "draft", identifier, entered, "1", first_day,
        last_day, chance.pick("tf"), identifier, "1" if story.source == "company" else "2",
    )  # fmt: skip
    closed = (
        f"{last_day}T{chance.whole(17, 20)}:{chance.whole(0, 59):02d}:00+00:00" if is_followed_up else None
    )
    _version(draft, 1, "initial", received, "Initial report, made by the generator", entered, closed)
    if is_followed_up:
        reason = f"{chance.pick(words.FOLLOW_UPS)}, made by the generator"
        _version(draft, 2, "follow_up", latest, reason, str(closed), None)


def _version(
    draft: Draft, number: int, kind: str, received: int, reason: str, opened: str, closed: str | None
) -> None:
    chance = draft.chance
    has_clock = draft.is_reported()
    draft.add(
        "CaseVersion", str(number), kind, _date(received),
        _date(received + chance.whole(0, 3)) if has_clock else None,
        chance.pick(words.HOLDERS) if has_clock else "",
        draft.story.source if number == 1 else chance.pick(words.FOLLOW_UP_SOURCES),
        chance.weighted(rates.SIGNIFICANCE) if number > 1 else "", reason, opened, closed,
    )  # fmt: skip


def _date(day: int) -> str:
    return date.fromordinal(day).isoformat()
