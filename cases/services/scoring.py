"""Compute and store the scores of cases, in sets.

An assessment is stored once: where facts, answers and result are what they were, the stored one
stays the one that the case points to, and only the counter moves.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from types import ModuleType

from django.db import transaction
from django.utils import timezone

from cases.facts import Record, facts_of
from cases.models import Assessment, AssessmentItem, AssessmentKind, CaseScore, ReportedScore
from cases.queries.answers import latest_answers, reported_scores
from cases.queries.records import records
from cases.queries.scorecards import INSTRUMENT
from cases.services.standing import settle, settle_completeness
from scoring.adjudication import Adjudication, adjudicate
from scoring.answer import Answer
from scoring.canonical import digest_text, encode, encode_facts
from scoring.facts import Facts
from scoring.instruments import CURRENT
from scoring.result import Result


def score_cases(case_ids: Iterable[int], found: dict[int, Record] | None = None) -> None:
    """Score these cases from their rows as they are now. A fixed number of queries for any number.

    Locks their score rows first: nobody changes evidence between reading and storing. `found` are
    their records where the caller holds the lock already and has read them since the last change.
    """
    ids = sorted(case_ids)
    with transaction.atomic():
        scores = {
            score.case_id: score
            for score in CaseScore.objects.select_for_update().filter(case_id__in=ids).order_by("case_id")
        }
        answers, reported = latest_answers(ids, INSTRUMENT), reported_scores(ids, INSTRUMENT)
        rules = CURRENT[INSTRUMENT]
        _store(
            [
                Scored.of(rules, record, scores[pk], answers.get(pk, ()), reported.get(pk))
                for pk, record in (records(ids) if found is None else found).items()
            ]
        )


@dataclass
class Scored:
    """One case, scored and not yet stored."""

    score: CaseScore
    facts: Facts
    facts_text: str
    computed: Result
    adjudication: Adjudication | None
    held: str  # canonical text of the answers that hold

    @classmethod
    def of(
        cls,
        rules: ModuleType,
        record: Record,
        score: CaseScore,
        answers: tuple[Answer, ...],
        reported: ReportedScore | None,
    ) -> "Scored":
        """Score one case, and write where it stands into its score row."""
        facts = facts_of(record)
        computed: Result = rules.assess(facts)
        adjudication = adjudicate(rules, facts, answers) if answers else None
        settle(score, rules, facts, computed, adjudication, reported)
        settle_completeness(score, record)
        score.rule_version = rules.RULE_VERSION
        held = [answer for answer in answers if adjudication and answer.key in adjudication.held]
        return cls(score, facts, encode_facts(facts), computed, adjudication, _encode_answers(held))


def _encode_answers(answers: Iterable[Answer]) -> str:
    return "\n".join(encode(answer) for answer in sorted(answers, key=lambda answer: answer.key))


def _store(scored: list[Scored]) -> None:
    """Make the assessments that are new, and point the score rows to what holds now."""
    shelf = _Shelf.of(scored)
    now = timezone.now()
    for one in scored:
        one.score.computed = shelf.keep(one, AssessmentKind.COMPUTED, one.computed)
        one.score.adjudicated = (
            shelf.keep(one, AssessmentKind.ADJUDICATED, one.adjudication.result)
            if one.adjudication and one.held
            else None
        )
        one.score.scored_version, one.score.scored_at = one.score.evidence_version, now
    shelf.save()
    CaseScore.objects.bulk_update([one.score for one in scored], STORED_FIELDS, batch_size=500)


# Everything but the key and what the database itself keeps.
STORED_FIELDS = [
    column.name
    for column in CaseScore._meta.fields
    if not column.primary_key and not column.generated and column.name != "evidence_version"
]


@dataclass
class _Shelf:
    """The assessments that score rows point to already, and those that have to be made."""

    stored: dict[int, Assessment]
    fresh: list[tuple[Assessment, Result]] = field(default_factory=list)

    @classmethod
    def of(cls, scored: list[Scored]) -> "_Shelf":
        wanted = [pk for one in scored for pk in (one.score.computed_id, one.score.adjudicated_id) if pk]
        return cls(Assessment.objects.in_bulk(wanted))

    def keep(self, one: Scored, kind: AssessmentKind, result: Result) -> Assessment:
        """The stored assessment if it says the same of the same facts, else a new one beside it."""
        pointer = one.score.computed_id if kind == AssessmentKind.COMPUTED else one.score.adjudicated_id
        stored = self.stored.get(pointer) if pointer else None
        made = _assessment(one, kind, result)
        if stored and _bytes(stored) == _bytes(made):
            return stored
        self.fresh.append((made, result))
        return made

    def save(self) -> None:
        Assessment.objects.bulk_create(assessment for assessment, _ in self.fresh)
        AssessmentItem.objects.bulk_create(
            row for assessment, result in self.fresh for row in _item_rows(assessment, result)
        )


def _bytes(assessment: Assessment) -> tuple[str, str, str]:
    return assessment.facts, assessment.answers, assessment.result


def _assessment(one: Scored, kind: AssessmentKind, result: Result) -> Assessment:
    return Assessment(
        case_id=one.score.case_id,
        kind=kind,
        instrument=result.instrument,
        rule_version=result.rule_version,
        as_of=date.fromisoformat(one.facts.as_of) if one.facts.as_of else None,
        evidence_version=one.score.evidence_version,
        facts=one.facts_text,
        facts_digest=digest_text(one.facts_text),
        answers=one.held if kind == AssessmentKind.ADJUDICATED else "",
        result=encode(result),
        total=result.total,
        low=result.low,
        high=result.high,
        category=result.category.value,
        provisional=result.provisional,
    )


def _item_rows(assessment: Assessment, result: Result) -> Iterator[AssessmentItem]:
    for position, item in enumerate(result.items, start=1):
        yield AssessmentItem(
            assessment=assessment,
            position=position,
            key=item.key,
            answer=item.answer,
            points=item.points,
            low=item.low,
            high=item.high,
            basis=item.basis.value,
            rule=item.rule,
            needs=item.needs,
            evidence=list(item.evidence),
        )
