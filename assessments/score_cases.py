"""Compute and store the scores of cases, in sets.

An assessment is stored once: where facts, answers and result are what they were, the stored one
stays the one that the case points to, and a score row that says the same is not written again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from types import ModuleType
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments.answers import latest_answers, reported_scores
from assessments.facts import FACTS_VERSION, facts_of
from assessments.score_store import keys_for, picture, store_assessments, store_scores
from assessments.scorecards import INSTRUMENT
from assessments.standing import settle_completeness, settle_facts, settle_result
from assessments.stored_facts import Stored
from cases.effects import Amended
from cases.locks import lock_cases
from cases.models import Assessment, AssessmentKind, CaseScore, ReportedScore
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import CaseTimeline
from cases.record.read_cases import read_scored_cases
from scoring.adjudication import Adjudication, adjudicate
from scoring.answer import Answer
from scoring.canonical import digest_text, encode, encode_facts
from scoring.facts import Facts
from scoring.instruments import CURRENT
from scoring.result import Result


def score_cases(case_ids: Iterable[int], found: dict[int, CaseRecord] | None = None) -> int:
    """Score these cases from their rows as they are now; returns how many score rows changed by it.

    A fixed number of queries for any number of cases. Locks their score rows first: nobody changes
    evidence between reading and storing. `found` are their records where the caller holds the lock
    already and has read them since the last change.
    """
    ids = sorted(case_ids)
    with transaction.atomic():
        scores = lock_cases(ids)
        answers, reported = latest_answers(ids, INSTRUMENT), reported_scores(ids, INSTRUMENT)
        rules = CURRENT[INSTRUMENT]
        return store(
            [
                Scored.of(rules, record, scores[pk], answers.get(pk, ()), reported.get(pk))
                for pk, record in (read_scored_cases(ids) if found is None else found).items()
            ]
        )


def score_amended(amended: Amended) -> None:
    """Score cases that an amendment has changed, from their records as it left them."""
    score_cases(amended.records, amended.records)


@dataclass(frozen=True)
class Outcome:
    """What rules make of facts, by themselves and with a reviewer's answers."""

    computed: Result
    adjudication: Adjudication | None = None
    held: str = ""  # canonical text of the answers that hold

    @classmethod
    def of(cls, rules: ModuleType, facts: Facts, answers: tuple[Answer, ...]) -> "Outcome":
        computed = rules.assess(facts)
        if not answers:
            return cls(computed)
        adjudication = adjudicate(rules, facts, answers)
        held = [answer for answer in answers if answer.key in adjudication.held]
        return cls(computed, adjudication, _encode_answers(held))

    @property
    def adjudicated(self) -> Result | None:
        """The result with the answers that hold; None where none does."""
        return self.adjudication.result if self.adjudication and self.held else None


@dataclass
class Scored:
    """One case, scored and not yet stored. Its score row says where it stands now, `before` what it said."""

    score: CaseScore
    before: dict[str, Any]
    facts: Facts
    facts_text: str
    outcome: Outcome

    @classmethod
    def of(
        cls,
        rules: ModuleType,
        record: CaseRecord,
        score: CaseScore,
        answers: tuple[Answer, ...],
        reported: ReportedScore | None,
    ) -> "Scored":
        """Score one case, and write where it stands into its score row."""
        before, timeline = picture(score), CaseTimeline(record)
        facts = facts_of(record, timeline)
        settle_facts(score, facts)
        settle_completeness(score, record, timeline)
        score.facts_version = FACTS_VERSION
        scored = cls(score, before, facts, encode_facts(facts), Outcome.of(rules, facts, answers))
        return scored.settled(rules, reported)

    @classmethod
    def again(
        cls,
        rules: ModuleType,
        stored: Stored,
        facts: Facts,
        outcome: Outcome,
        score: CaseScore,
        reported: ReportedScore | None,
    ) -> "Scored":
        """The same from facts that are stored: what follows from rows alone stays in its score row."""
        return cls(score, picture(score), facts, stored.facts, outcome).settled(rules, reported)

    def settled(self, rules: ModuleType, reported: ReportedScore | None) -> "Scored":
        settle_result(self.score, rules, self.outcome.computed, self.outcome.adjudication, reported)
        self.score.rule_version = rules.RULE_VERSION
        return self

    @property
    def is_changed(self) -> bool:
        """Whether the score row says anything that it didn't say before."""
        return picture(self.score) != self.before


def _encode_answers(answers: Iterable[Answer]) -> str:
    return "\n".join(encode(answer) for answer in sorted(answers, key=lambda answer: answer.key))


def store(scored: list[Scored]) -> int:
    """Make the assessments that are new, and point the score rows to what holds now."""
    shelf = _Shelf.of(scored)
    made = [
        (
            shelf.keep(one, AssessmentKind.COMPUTED, one.outcome.computed),
            shelf.keep(one, AssessmentKind.ADJUDICATED, best) if (best := one.outcome.adjudicated) else None,
        )
        for one in scored
    ]
    keys_for([assessment for assessment, _ in shelf.fresh])
    for one, (computed, adjudicated) in zip(scored, made, strict=True):
        one.score.computed_id = computed.pk
        one.score.adjudicated_id = adjudicated.pk if adjudicated else None
        one.score.scored_version = one.score.evidence_version
    changed = [one.score for one in scored if one.is_changed]
    now = timezone.now()
    for score in changed:
        score.scored_at = now
    store_assessments(shelf.fresh, now)
    store_scores(changed)
    return len(changed)


@dataclass
class _Shelf:
    """The assessments that score rows point to already, and those that have to be made."""

    stored: dict[int, Assessment]
    fresh: list[tuple[Assessment, Result]] = field(default_factory=list)

    @classmethod
    def of(cls, scored: list[Scored]) -> "_Shelf":
        wanted = [pk for one in scored for pk in (one.score.computed_id, one.score.adjudicated_id) if pk]
        told = Assessment.objects.only("facts_digest", "answers", "result")
        return cls(told.in_bulk(wanted))

    def keep(self, one: Scored, kind: AssessmentKind, result: Result) -> Assessment:
        """The stored assessment if facts (by digest), answers and result are the same, else a new one."""
        is_computed = kind == AssessmentKind.COMPUTED
        pointer = one.score.computed_id if is_computed else one.score.adjudicated_id
        stored = self.stored.get(pointer) if pointer else None
        answers = "" if is_computed else one.outcome.held
        said = digest_text(one.facts_text), answers, encode(result)
        if stored and (stored.facts_digest, stored.answers, stored.result) == said:
            return stored
        made = _assessment(one, kind, result, *said)
        self.fresh.append((made, result))
        return made


def _assessment(
    one: Scored, kind: AssessmentKind, result: Result, facts_digest: str, answers: str, text: str
) -> Assessment:
    return Assessment(
        case_id=one.score.case_id,
        kind=kind,
        instrument=result.instrument,
        rule_version=result.rule_version,
        as_of=date.fromisoformat(one.facts.as_of) if one.facts.as_of else None,
        evidence_version=one.score.evidence_version,
        facts=one.facts_text,
        facts_digest=facts_digest,
        answers=answers,
        result=text,
        total=result.total,
        low=result.low,
        high=result.high,
        category=result.category.value,
        provisional=result.provisional,
    )
