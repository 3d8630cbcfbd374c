"""One row per item of the score, in the order of the table."""

from collections.abc import Mapping, Sequence
from typing import Any

from assessments.display.words import (
    answer_words,
    from_onset,
    interval,
    points_words,
    readable_units,
    signed,
)
from assessments.evidence import Evidence
from assessments.models import ReviewerAnswer
from assessments.scorecards import ScoreCard
from cases.models.base import RESULT_CHOICES
from scoring.facts import ResultKind
from scoring.result import UNKNOWN, Basis, Item
from scoring.tally import Row

# What each basis means, for readers who meet it for the first time.
BASIS_MEANINGS = [
    {"key": basis.value, "means": means}
    for basis, means in (
        (Basis.MEASURED, "a recorded value decides"),
        (Basis.DENIED, "the report says it was absent"),
        (Basis.REPORTED, "at the reporter’s word, without the measure asked for"),
        (Basis.ADJUDICATED, "a reviewer answered"),
        (Basis.MISSING, "nothing recorded decides"),
    )
]

# How the choices of a result read in a title, where the kind of row has better words for them.
LONG_RESULTS = dict(RESULT_CHOICES)
RESULT_WORDS: dict[str, dict[str, str]] = {
    ResultKind.POSITIVE.value: {
        "temperature": "reported",
        "lymphnodeexamination": "enlarged",
        "organinvolvement": "involved",
        "": "positive",
    },
    ResultKind.NEGATIVE.value: {
        "temperature": "denied",
        "lymphnodeexamination": "not enlarged",
        "organinvolvement": "not involved",
        "symptom": "absent",
        "": "negative",
    },
    ResultKind.QUALITATIVE.value: {"": "in words only"},
    ResultKind.NOT_DONE.value: {"": "not done"},
    ResultKind.NOT_STATED.value: {"": "not stated"},
}


def item_rows(
    card: ScoreCard,
    evidence: Mapping[str, Evidence],
    answers: Mapping[str, ReviewerAnswer],
    digests: Mapping[str, str],
) -> list[dict[str, Any]]:
    """The rows of the shown result. `answers`: the latest to each item; `digests`: of its facts."""
    table, result = card.table, card.evidence_result
    if result is None:
        return []
    return [
        _row(card, table[item.key], item, evidence, answers.get(item.key), digests.get(item.key))
        for item in result.items
    ]


def _row(
    card: ScoreCard,
    row: Row,
    item: Item,
    evidence: Mapping[str, Evidence],
    answer: ReviewerAnswer | None,
    digest: str | None,
) -> dict[str, Any]:
    holds = answer is not None and answer.evidence_digest == digest
    return {
        "key": item.key,
        "label": row.label,
        "answer": answer_words(item.answer),
        "is_unknown": item.answer == UNKNOWN,
        "points": signed(item.points),
        "points_words": points_words(item.points),
        "options": options(row, item),
        "reach": f"{interval(item.low, item.high)} attainable" if item.is_open else "settled",
        "is_open": item.is_open,
        "basis": item.basis.value,
        "rule": _rule(item, answer if holds else None),
        "needs": item.needs,
        "evidence": [evidence_line(evidence[key]) for key in item.evidence if key in evidence],
        "answered": _answered(answer) if answer is not None and holds else None,
        "due": _answered(answer) if answer is not None and not holds else None,
        "alone": _alone(card, item),
    }


def options(row: Row, item: Item) -> list[dict[str, str]]:
    """Every number of points the table knows for an item: taken, still attainable, or out of reach."""
    span = range(min(row.points.values()), max(row.points.values()) + 1)
    return [{"points": signed(points), "state": _state(item, points)} for points in span]


def _state(item: Item, points: int) -> str:
    if points == item.points:
        return "taken"
    return "attainable" if item.low <= points <= item.high else "out"


def _rule(item: Item, held: ReviewerAnswer | None) -> str:
    """The sentence of the table that fired; a reviewer's own words are shown as theirs instead."""
    return "" if item.basis is Basis.ADJUDICATED and held else item.rule


def reviewer_name(answer: ReviewerAnswer) -> str:
    """Who answered."""
    return answer.by.get_full_name() or answer.by.get_username()


def _answered(answer: ReviewerAnswer) -> dict[str, Any]:
    return {
        "answer": answer_words(answer.answer),
        "by": reviewer_name(answer),
        "at": answer.at,
        "reason": answer.reason,
    }


def _alone(card: ScoreCard, item: Item) -> dict[str, str] | None:
    """What the evidence alone says on an item that a reviewer answered."""
    if item.basis is not Basis.ADJUDICATED or card.computed is None:
        return None
    alone = card.computed.item(item.key)
    return {"answer": answer_words(alone.answer), "points": points_words(alone.points), "rule": alone.rule}


def evidence_line(row: Evidence) -> dict[str, str]:
    """One row of evidence as it is named beside an item or in the list of all."""
    return {
        "uuid": str(row.uuid),
        "title": readable_title(row),
        "kind": row.kind,
        "verbatim": row.verbatim,
        "when": from_onset(row.days_from_onset),
    }


def readable_title(row: Evidence) -> str:
    """The title with the short words for a choice: "Fever: reported", "EBV PCR: negative"."""
    title = readable_units(row.title)
    for choice, words in RESULT_WORDS.items():
        title = title.replace(LONG_RESULTS[choice], words.get(row.model, words[""]))
    return title


def latest_by_item(log: Sequence[ReviewerAnswer]) -> dict[str, ReviewerAnswer]:
    """The answer that counts for each item, of a log with the newest first; withdrawn ones left out."""
    latest: dict[str, ReviewerAnswer] = {}
    for answer in log:
        latest.setdefault(answer.key, answer)
    return {key: answer for key, answer in latest.items() if answer.answer != ReviewerAnswer.WITHDRAWN}
