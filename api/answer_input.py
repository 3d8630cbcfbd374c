"""Parse and store the reviewers' answers that come with a case from another registry."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from accounts.roles import Permission
from api.case_input import InvalidCaseInput
from assessments.assessing import answerable
from assessments.facts import facts_of
from assessments.models import ReviewerAnswer
from cases.models import Case
from cases.record.read_cases import read_scored_cases
from scoring.adjudication import check_answer, item_digest
from scoring.instruments import INSTRUMENTS, PRIMARY

NAME = "adjudications"
FIELDS = ("key", "answer", "reason", "by", "at", "evidence_digest", "instrument", "uuid")
REQUIRED = ("key", "reason")
MAX_DIGEST_LENGTH = 64
MAY_NOT_ADJUDICATE = (
    "Answers of reviewers are entered by those who may answer items: leave them out, or let a reviewer."
)


@dataclass(frozen=True)
class AnswerInput:
    """An answer to one item; "" withdraws the one before it. The digest names the evidence it rests on."""

    key: str
    answer: str
    reason: str
    evidence_digest: str
    instrument: str = PRIMARY


def parse_answers(case_data: Mapping[str, Any], *, by: User) -> list[AnswerInput]:
    """The answers given with a new case, in the order of the list. Raises InvalidCaseInput."""
    given = [] if case_data.get(NAME) is None else case_data[NAME]
    problems = list(_problems(given, by))
    if problems:
        raise InvalidCaseInput([{"path": f"{NAME}{path}", "detail": detail} for path, detail in problems])
    return [_parse_answer(answer, by) for answer in given]


def store_answers(case: Case, answers: list[AnswerInput], *, by: User) -> list[str]:
    """Store the answers before the case is scored; returns one change for the log per answer.

    An answer without a digest rests on the evidence as it was entered.
    """
    if not answers:
        return []
    facts = facts_of(read_scored_cases([case.pk])[case.pk])
    for answer in answers:
        ReviewerAnswer.objects.create(
            case=case,
            instrument=answer.instrument,
            key=answer.key,
            answer=answer.answer,
            reason=answer.reason,
            by=by,
            evidence_digest=answer.evidence_digest
            or item_digest(INSTRUMENTS[answer.instrument].rules, facts, answer.key),
        )
    return [f"{answer.key}: {answer.answer or 'answer withdrawn'}" for answer in answers]


def _problems(given: Any, by: User) -> Iterator[tuple[str, str]]:
    """Path within the list, and what is wrong there."""
    if not isinstance(given, list):
        yield "", "Write a list."
        return
    if given and not by.may(Permission.ADJUDICATE):
        yield "", MAY_NOT_ADJUDICATE
    for number, answer in enumerate(given):
        if isinstance(answer, Mapping):
            yield from ((f"[{number}]{path}", detail) for path, detail in _problems_of_answer(answer))
        else:
            yield f"[{number}]", "Write an object."


def _problems_of_answer(answer: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((f".{name}", "There is no field of this name.") for name in answer if name not in FIELDS)
    if invalid := _fields_without_text(answer):
        yield from ((f".{name}", "Write a text.") for name in invalid)
        return
    if len(answer.get("evidence_digest") or "") > MAX_DIGEST_LENGTH:
        yield ".evidence_digest", "This is no digest of evidence: leave it out."
    instrument = answer.get("instrument") or PRIMARY
    if instrument not in answerable():
        yield ".instrument", f"Only answers to items of {', '.join(answerable())} are kept."
        return
    try:
        check_answer(INSTRUMENTS[instrument].rules, answer["key"], answer.get("answer") or "unknown")
    except ValueError as error:
        yield "", str(error)


def _fields_without_text(answer: Mapping[str, Any]) -> list[str]:
    """Fields whose value is no text, then required fields that are blank; each once."""
    no_text = [name for name in FIELDS if answer.get(name) is not None and not isinstance(answer[name], str)]
    blank = [name for name in REQUIRED if answer.get(name) is None or not str(answer[name]).strip()]
    return list(dict.fromkeys(no_text + blank))


def _parse_answer(answer: Mapping[str, Any], by: User) -> AnswerInput:
    return AnswerInput(
        answer["key"],
        answer.get("answer") or "",
        _reason(answer, by),
        answer.get("evidence_digest") or "",
        answer.get("instrument") or PRIMARY,
    )


def _reason(answer: Mapping[str, Any], by: User) -> str:
    """The reason, with who gave the answer first and when: whoever enters it here is named as its author."""
    first_by, at = answer.get("by") or "", (answer.get("at") or "")[:10]
    reason = str(answer["reason"])
    if first_by in ("", by.get_username()):
        return reason
    return f"{reason} ({', '.join(filter(None, (first_by, at)))})"
