"""Answers of reviewers that come with a case from another registry: read, then given again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from accounts.roles import Permission
from api.case_input import Refused
from assessments.facts import facts_of
from assessments.scorecards import INSTRUMENT
from cases.models import Case, ReviewerAnswer
from cases.record.read_scored import scored_records
from scoring.adjudication import check_answer, item_digest
from scoring.instruments import CURRENT

NAME = "adjudications"
TEXTS = ("key", "answer", "reason", "by", "at", "evidence_digest", "instrument", "uuid")
NEEDED = ("key", "reason")
LONGEST_DIGEST = 64
NOT_YOURS = (
    "Answers of reviewers are entered by those who may answer items: leave them out, or let a reviewer."
)


@dataclass(frozen=True)
class ToldAnswer:
    """An answer to one item; "" withdraws the one before it. The digest says on which evidence it rests."""

    key: str
    answer: str
    reason: str
    evidence_digest: str


def read_answers(told: Mapping[str, Any], *, by: User) -> list[ToldAnswer]:
    """The answers that are told with a new case, in the order in which they were given. Raises Refused."""
    given = [] if told.get(NAME) is None else told[NAME]
    problems = list(_problems(given, by))
    if problems:
        raise Refused([{"path": f"{NAME}{path}", "detail": detail} for path, detail in problems])
    return [
        ToldAnswer(one["key"], one.get("answer") or "", _reason(one, by), one.get("evidence_digest") or "")
        for one in given
    ]


def give_answers(case: Case, answers: list[ToldAnswer], *, by: User) -> list[str]:
    """Store them, for the score to be made with; returns what was done in domain words.

    What is told without a digest rests on the evidence as it was entered.
    """
    if not answers:
        return []
    facts, rules = facts_of(scored_records([case.pk])[case.pk]), CURRENT[INSTRUMENT]
    for one in answers:
        ReviewerAnswer.objects.create(
            case=case,
            instrument=INSTRUMENT,
            key=one.key,
            answer=one.answer,
            reason=one.reason,
            by=by,
            evidence_digest=one.evidence_digest or item_digest(rules, facts, one.key),
        )
    return [f"{one.key}: {one.answer or 'answer withdrawn'}" for one in answers]


def _problems(given: Any, by: User) -> Iterator[tuple[str, str]]:
    if not isinstance(given, list):
        yield "", "Write a list."
        return
    if given and not by.may(Permission.ADJUDICATE):
        yield "", NOT_YOURS
    for number, one in enumerate(given):
        if isinstance(one, Mapping):
            yield from ((f"[{number}]{path}", detail) for path, detail in _of_one(one))
        else:
            yield f"[{number}]", "Write an object."


def _of_one(one: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((f".{name}", "There is no field of this name.") for name in one if name not in TEXTS)
    wrong = [name for name in TEXTS if one.get(name) is not None and not isinstance(one[name], str)]
    wrong += [name for name in NEEDED if one.get(name) is None or not str(one[name]).strip()]
    yield from ((f".{name}", "Write a text.") for name in dict.fromkeys(wrong))
    if wrong:
        return
    if len(one.get("evidence_digest") or "") > LONGEST_DIGEST:
        yield ".evidence_digest", "This is no digest of evidence: leave it out."
    if (one.get("instrument") or INSTRUMENT) != INSTRUMENT:
        yield ".instrument", f"Only answers to items of {INSTRUMENT} are kept."
        return
    try:
        check_answer(CURRENT[INSTRUMENT], one["key"], one.get("answer") or "unknown")
    except ValueError as error:
        yield "", str(error)


def _reason(one: Mapping[str, Any], by: User) -> str:
    """Whoever enters an answer here stands for it; whose it was first is told with the reason."""
    first, at = one.get("by") or "", (one.get("at") or "")[:10]
    told = str(one["reason"])
    return told if first in ("", by.get_username()) else f"{told} ({', '.join(filter(None, (first, at)))})"
