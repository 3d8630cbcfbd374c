"""A reviewer's answers in place of the evidence, each only while the evidence of its item is unchanged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scoring.answer import Answer
from scoring.canonical import digest
from scoring.facts import Facts
from scoring.instrument import Rules
from scoring.result import UNKNOWN, Basis, Reading, Result


@dataclass(frozen=True, slots=True)
class Adjudication:
    """The result, and the item keys of the answers that still hold and of those due for re-review."""

    result: Result
    held: tuple[str, ...]
    due: tuple[str, ...]


def item_digest(rules: Rules, facts: Facts, key: str) -> str:
    """The SHA-256 digest of the facts that one item reads, without row ids and order."""
    return digest(*rules.inputs(facts, key))


def adjudicate(rules: Rules, facts: Facts, answers: Iterable[Answer]) -> Adjudication:
    """The score of the facts with a reviewer's answers in place of the readings of the evidence.

    An answer to an item whose evidence has changed since is not applied: the item falls back to
    the evidence, and its key is among `due`. Raises ValueError for an answer the table lacks.
    """
    readings: dict[str, Reading] = rules.read(facts)
    held, due = [], []
    for answer in answers:
        check_answer(rules, answer.key, answer.answer)
        if answer.evidence_digest == item_digest(rules, facts, answer.key):
            readings[answer.key] = _with_answer(readings[answer.key], answer)
            held.append(answer.key)
        else:
            due.append(answer.key)
    result = rules.score(readings, provisional=_is_provisional(rules, facts, readings))
    return Adjudication(result, tuple(sorted(held)), tuple(sorted(due)))


def check_answer(rules: Rules, key: str, answer: str) -> None:
    """Raise ValueError, naming what is allowed, for an item or an answer that the table lacks."""
    allowed = {row.key: tuple(row.points) for row in rules.TABLE}
    if key not in allowed:
        raise ValueError(f"{rules.INSTRUMENT} has no item {key!r}; its items are {', '.join(allowed)}.")
    if answer not in allowed[key]:
        raise ValueError(f"{answer!r} is no answer to {key!r}; choose one of {', '.join(allowed[key])}.")


def _with_answer(reading: Reading, answer: Answer) -> Reading:
    rule = f"Answered by {answer.by}: {answer.reason}"
    if answer.answer == UNKNOWN:
        # A reviewer looked and could not decide: the item stays as open as the evidence leaves it.
        return reading._replace(answer=UNKNOWN, basis=Basis.ADJUDICATED, rule=rule)
    return reading._replace(
        answer=answer.answer,
        basis=Basis.ADJUDICATED,
        attainable=(answer.answer,),
        rule=rule,
        needs="",
    )


def _is_provisional(rules: Rules, facts: Facts, readings: Mapping[str, Reading]) -> bool:
    timed = readings.get(rules.TIMED_ITEM)
    answered = timed is not None and timed.basis is Basis.ADJUDICATED and timed.answer != UNKNOWN
    return not answered and rules.is_provisional(facts)
