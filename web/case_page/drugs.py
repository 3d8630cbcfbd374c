"""Drugs seen from onset: when, how long they stay, and whether they were still there."""

from collections.abc import Iterable, Sequence
from typing import Any

from assessments.display.words import (
    NOT_VERIFIED,
    STILL_TAKEN,
    days,
    half_life_words,
    hours,
    is_still_taken,
    number,
    since_dose,
)
from cases.models import Dose, Exposure, Indication, Treatment
from scoring.facts import HalfLife
from scoring.halflife import HALF_LIVES_TO_CLEAR, ByHalfLife, Presence
from scoring.result import NO, UNKNOWN, YES
from values.numbers import plain_number
from values.spans import Span

PRESENT_WORDS = {YES: "Yes", NO: "No"}
BY_HALF_LIFE_WORDS = {YES: "present", NO: "gone", UNKNOWN: "not known"}
WITHIN_WORDS = {YES: "within", NO: "outside"}
NOT_INFORMATIVE = (
    "Recovery under systemic steroids with a drug still in the body is not an informative dechallenge."
)


def drugs_view(
    exposures: Iterable[Exposure],
    doses: Sequence[Dose],
    presences: Iterable[Presence],
    treatments: Iterable[Treatment],
    indications: Sequence[Indication] = (),
) -> dict[str, Any]:
    """All drugs in their order, and whether the recovery is informative about them."""
    by_id = {presence.exposure: presence for presence in presences}
    drugs = [
        _drug(
            exposure,
            [dose for dose in doses if dose.exposure_id == exposure.pk],
            by_id.get(str(exposure.uuid)),
            ", ".join(str(reason) for reason in indications if reason.exposure_id == exposure.pk),
        )
        for exposure in exposures
    ]
    steroids = any(treatment.is_systemic_steroid for treatment in treatments)
    still_there = any(drug["is_suspect"] and drug["is_present"] for drug in drugs)
    return {"drugs": drugs, "dechallenge": NOT_INFORMATIVE if steroids and still_there else ""}


def _drug(
    exposure: Exposure, doses: list[Dose], presence: Presence | None, indication: str
) -> dict[str, Any]:
    stated = hours(exposure.stated_half_life_low_hours, exposure.stated_half_life_high_hours)
    return {
        "uuid": str(exposure.uuid),
        "name": exposure.name,
        "role": exposure.get_role_display(),
        "is_suspect": exposure.is_suspect,
        "indication": indication,
        "earlier": exposure.earlier_response_text or exposure.get_earlier_response_display(),
        "action": exposure.get_action_taken_display(),
        "verbatim": exposure.verbatim,
        "stated": stated or "not stated",
        "references": [
            _reference(half_life, exposure.reference_release) for half_life in exposure.half_lives
        ],
        "doses": [{"uuid": str(dose.uuid), "text": str(dose), "verbatim": dose.verbatim} for dose in doses],
        "is_present": presence is not None and presence.present == YES,
        **(_times(presence) if presence else {}),
    }


def _reference(half_life: HalfLife, release: str) -> dict[str, str]:
    """A half-life of the dictionary, and its badge where nobody has seen the source."""
    return {
        "text": f"{half_life_words(half_life)} (dictionary {release})",
        "badge": "" if half_life.is_verified else NOT_VERIFIED,
    }


def _why(presence: Presence) -> str:
    """Why presence isn't known, in a sentence; empty where it is."""
    if presence.present != UNKNOWN:
        return ""
    last, answers = presence.last_dose, presence.by_half_life
    if any(answer.hours is None for answer in answers) and any(answer.present == NO for answer in answers):
        return "The kidneys failed: it stays longer, and no source says how long."
    if {YES, NO} <= {answer.present for answer in answers}:
        return "The half-lives that may hold for the patient disagree."
    if not answers:
        return "No half-life is known."
    if last.low == 0 and last.high != 0:
        return "Treatment isn't known to have ended before onset: its last dose may lie anywhere up to then."
    return "The day of the last dose isn't known closely enough."


def _answers(presence: Presence) -> list[dict[str, str]]:
    """The answer by each half-life, where there is more than one, side by side."""
    return [_answer(answer) for answer in presence.by_half_life] if len(presence.by_half_life) > 1 else []


def _answer(answer: ByHalfLife) -> dict[str, str]:
    reference = answer.reference
    if reference is None:
        by = f"the half-life as reported, {hours(*answer.hours)}" if answer.hours else "the report"
    else:
        by = f"the dictionary, {half_life_words(reference)}"
    return {
        "answer": BY_HALF_LIFE_WORDS[answer.present],
        "by": by,
        "badge": NOT_VERIFIED if reference and not reference.is_verified else "",
    }


def _times(presence: Presence) -> dict[str, Any]:
    spans = {"first": presence.first_dose, "last": presence.last_dose}
    still_taken = STILL_TAKEN if is_still_taken(presence.last_dose) else ""
    return {
        "windows": [name.replace("-", "–") for name in presence.windows],
        "latencies": [
            {
                "from": f"{which} dose",
                "days": _counted(span, which),
                "windows": [
                    {"name": name, "answer": WITHIN_WORDS.get(answers[f"{which} dose"], "not known")}
                    for name, answers in presence.windows.items()
                ],
            }
            for which, span in spans.items()
        ],
        "present": PRESENT_WORDS.get(presence.present, "Not known"),
        "present_rule": f"given at onset, or stopped no more than {HALF_LIVES_TO_CLEAR} half-lives before",
        "why": _why(presence),
        "answers": _answers(presence),
        "half_lives": still_taken or plain_span(presence.half_lives_since_last),
        "share": still_taken or share(presence.share_remaining),
    }


def _counted(span: Span, which: str) -> str:
    """Days from a dose to onset, in a table that names the dose; a sentence where the onset may be first."""
    return days(span) if span.low is None or span.low >= 0 else since_dose(span, which)


def plain_span(span: Span) -> str:
    if span.low is None or span.high is None:
        return "not known"
    low, high = plain_number(span.low), plain_number(span.high)
    return low if low == high else number(f"{low} to {high}")


def share(bounds: tuple[float, float] | None) -> str:
    """Of all doses given, in whole per cent; below one per cent as "under 1"."""
    if bounds is None:
        return "not known"
    low, high = (_percent(bound) for bound in bounds)
    return f"{low} %" if low == high else f"{low} to {high} %"


def _percent(bound: float) -> str:
    return f"{bound:.0%}".rstrip("%") if bound >= 0.01 or bound == 0 else "under 1"
