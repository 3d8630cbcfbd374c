"""Compute current scores again from the facts that are stored with them, and write what changed (ADR 14)."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction

from assessments.answers import latest_answers, reported_scores
from assessments.score_cases import RulesOutcome, Scored, ScoredCase, score_cases, store
from assessments.score_store import snapshot, standings_of
from assessments.stored_facts import Stored, stored_facts
from cases.locks import lock_cases
from cases.models import CaseSummary
from scoring.answer import Answer
from scoring.canonical import decode_facts, encode
from scoring.instruments import INSTRUMENTS


class Recomputed(NamedTuple):
    """A current standing whose facts now give something else, not yet stored."""

    stored: Stored
    outcome: RulesOutcome


def rescore_cases(case_ids: Iterable[int]) -> int:
    """Score these cases by the current rules; returns for how many of them something changed.

    Current ones from their stored facts, without a lock unless something changed; the others from rows.
    A fixed number of queries for any number of cases.
    """
    ids = sorted(case_ids)
    stored = stored_facts(ids)
    answers = latest_answers(stored) if stored else {}
    changed: dict[int, list[Recomputed]] = {}
    for pk, of_case in stored.items():
        for one in of_case:
            if recomputed := _recomputed(one, answers.get((pk, one.instrument), ())):
                changed.setdefault(pk, []).append(recomputed)
    written, overtaken = _write(changed) if changed else (0, [])
    due = [*(pk for pk in ids if pk not in stored), *overtaken]
    return written + (score_cases(due) if due else 0)


def _recomputed(stored: Stored, answers: tuple[Answer, ...]) -> Recomputed | None:
    """What the facts give now; None if these are the very bytes that are stored."""
    rules = INSTRUMENTS[stored.instrument].rules
    outcome = RulesOutcome.of(rules, decode_facts(stored.facts, rules.SECTIONS_NOT_READ), answers)
    adjudicated = outcome.adjudicated
    due = len(outcome.adjudication.due) if outcome.adjudication else 0
    is_same = (
        encode(outcome.computed) == stored.computed
        and (encode(adjudicated) if adjudicated else None) == stored.adjudicated
        and outcome.held == (stored.answers or "")
        and due == stored.answers_due
    )
    return None if is_same else Recomputed(stored, outcome)


def _write(changed: dict[int, list[Recomputed]]) -> tuple[int, list[int]]:
    """Store these; returns how many cases changed, and the cases whose evidence changed in the meantime."""
    with transaction.atomic():
        summaries = lock_cases(changed)
        overtaken = [pk for pk, summary in summaries.items() if not _is_still(summary, changed[pk][0].stored)]
        standings, reported = standings_of(changed), reported_scores(changed)
        scored = [
            ScoredCase(
                summary,
                snapshot(summary),
                [
                    Scored.of(
                        INSTRUMENTS[stored.instrument].rules,
                        standings[pk][stored.instrument, stored.exposure_id],
                        (decode_facts(stored.facts), stored.facts),
                        outcome,
                        reported.get((pk, stored.instrument)),
                    )
                    for stored, outcome in changed[pk]
                ],
            )
            for pk, summary in summaries.items()
            if pk not in overtaken
        ]
        return store(scored), overtaken


def _is_still(summary: CaseSummary, stored: Stored) -> bool:
    """Whether a locked case is at the evidence that its facts were read at."""
    return summary.evidence_version == summary.summarised_version == stored.evidence_version
