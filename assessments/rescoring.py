"""Compute current scores again from the facts that are stored with them, and write what changed (ADR 14)."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction

from assessments.answers import latest_answers, reported_scores
from assessments.score_cases import Outcome, Scored, score_cases, store
from assessments.scorecards import INSTRUMENT
from assessments.stored_facts import Stored, stored_facts
from cases.locks import lock_cases
from cases.models import CaseScore
from scoring.answer import Answer
from scoring.canonical import decode_facts, encode
from scoring.facts import Facts
from scoring.instruments import CURRENT


class Again(NamedTuple):
    """A current score whose facts now give something else, not yet stored."""

    stored: Stored
    facts: Facts
    outcome: Outcome


def rescore_cases(case_ids: Iterable[int]) -> int:
    """Score these cases by the current rules; returns how many score rows changed by it.

    Current ones from their stored facts, without a lock unless something changed; the others from rows.
    A fixed number of queries for any number of cases.
    """
    ids = sorted(case_ids)
    stored = stored_facts(ids)
    answers = latest_answers(stored, INSTRUMENT) if stored else {}
    again = {pk: again for pk, one in stored.items() if (again := _computed_again(one, answers.get(pk, ())))}
    written, overtaken = _write(again) if again else (0, [])
    due = [*(pk for pk in ids if pk not in stored), *overtaken]
    return written + (score_cases(due) if due else 0)


def _computed_again(stored: Stored, answers: tuple[Answer, ...]) -> Again | None:
    """What the facts give now; None if these are the very bytes that are stored."""
    facts = decode_facts(stored.facts)
    outcome = Outcome.of(CURRENT[INSTRUMENT], facts, answers)
    adjudicated = outcome.adjudicated
    due = len(outcome.adjudication.due) if outcome.adjudication else 0
    is_same = (
        encode(outcome.computed) == stored.computed
        and (encode(adjudicated) if adjudicated else None) == stored.adjudicated
        and outcome.held == (stored.answers or "")
        and due == stored.answers_due
    )
    return None if is_same else Again(stored, facts, outcome)


def _write(again: dict[int, Again]) -> tuple[int, list[int]]:
    """Store these; returns how many score rows changed, and the cases whose evidence changed meanwhile."""
    with transaction.atomic():
        scores = lock_cases(again)
        overtaken = [pk for pk, score in scores.items() if not _is_still(score, again[pk].stored)]
        reported = reported_scores(again, INSTRUMENT)
        rules = CURRENT[INSTRUMENT]
        return store(
            [
                Scored.again(rules, *again[pk], score, reported.get(pk))
                for pk, score in scores.items()
                if pk not in overtaken
            ]
        ), overtaken


def _is_still(score: CaseScore, stored: Stored) -> bool:
    """Whether a locked score row is at the evidence that its facts were read at."""
    return score.evidence_version == score.scored_version == stored.evidence_version
