"""Compute and store the scores of cases, in sets, and say where each case stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.facts import Record, facts_of
from cases.models import Assessment, AssessmentItem, AssessmentKind, CaseScore, Origin
from cases.queries.answers import latest_answers, reported_scores
from cases.queries.records import records
from scoring.adjudication import Adjudication, adjudicate
from scoring.answer import Answer
from scoring.audit import audit
from scoring.canonical import digest_text, encode, encode_facts
from scoring.facts import Exposure, Facts, ResultKind
from scoring.instruments import CURRENT
from scoring.result import Category, Result
from values.spans import UNKNOWN_SPAN, Span

INSTRUMENT = "regiscar"


@dataclass
class Scored:
    """One case, scored and not yet stored."""

    score: CaseScore
    facts: Facts
    facts_text: str
    computed: Result
    adjudicated: Adjudication | None
    answers: tuple[Answer, ...]
    reported: Any


def score_cases(case_ids: Iterable[int]) -> None:
    """Score these cases from their rows as they are now. A fixed number of queries for any number.

    Locks their score rows first: nobody changes evidence between reading and storing.
    """
    ids = sorted(case_ids)
    rules = CURRENT[INSTRUMENT]
    with transaction.atomic():
        scores = {
            score.case_id: score
            for score in CaseScore.objects.select_for_update().filter(case_id__in=ids).order_by("case_id")
        }
        answers, reported = latest_answers(ids, INSTRUMENT), reported_scores(ids, INSTRUMENT)
        scored = [
            _score(rules, record, scores[pk], answers.get(pk, ()), reported.get(pk))
            for pk, record in records(ids).items()
        ]
        _store(rules, scored)


def _score(rules, record: Record, score: CaseScore, answers: tuple[Answer, ...], reported) -> Scored:
    facts = facts_of(record)
    adjudication = adjudicate(rules, facts, answers) if answers else None
    return Scored(score, facts, encode_facts(facts), rules.assess(facts), adjudication, answers, reported)


def _store(rules, scored: list[Scored]) -> None:
    latest = _latest(scored)
    fresh: list[tuple[Assessment, Result]] = []
    for one in scored:
        one.score.computed = _keep_or_make(one, AssessmentKind.COMPUTED, one.computed, "", latest, fresh)
        held = one.adjudicated and [a for a in one.answers if a.key in one.adjudicated.held]
        one.score.adjudicated = (
            _keep_or_make(
                one, AssessmentKind.ADJUDICATED, one.adjudicated.result, encode_answers(held), latest, fresh
            )
            if one.adjudicated and held
            else None
        )
    Assessment.objects.bulk_create(assessment for assessment, _ in fresh)
    AssessmentItem.objects.bulk_create(
        row for assessment, result in fresh for row in _item_rows(assessment, result)
    )
    now = timezone.now()
    for one in scored:
        _stand(rules, one)
        one.score.scored_version = one.score.evidence_version
        one.score.rule_version = rules.RULE_VERSION
        one.score.scored_at = now
    CaseScore.objects.bulk_update([one.score for one in scored], STORED_FIELDS, batch_size=500)


STORED_FIELDS = [
    field.name
    for field in CaseScore._meta.fields
    if not field.primary_key and not field.generated and field.name != "evidence_version"
]


def _latest(scored: list[Scored]) -> dict[int, Assessment]:
    """The assessments that the score rows point to, by id."""
    wanted = [pk for one in scored for pk in (one.score.computed_id, one.score.adjudicated_id) if pk]
    return Assessment.objects.in_bulk(wanted)


def _keep_or_make(
    one: Scored, kind: str, result: Result, answers: str, latest: dict[int, Assessment], fresh: list
) -> Assessment:
    """The stored assessment if it says the same of the same facts, else a new one beside it."""
    stored_id = one.score.computed_id if kind == AssessmentKind.COMPUTED else one.score.adjudicated_id
    stored = latest.get(stored_id) if stored_id else None
    text = encode(result)
    if stored and (stored.facts, stored.answers, stored.result) == (one.facts_text, answers, text):
        return stored
    assessment = Assessment(
        case_id=one.score.case_id,
        kind=kind,
        instrument=result.instrument,
        rule_version=result.rule_version,
        as_of=date.fromisoformat(one.facts.as_of) if one.facts.as_of else None,
        evidence_version=one.score.evidence_version,
        facts=one.facts_text,
        facts_digest=digest_text(one.facts_text),
        answers=answers,
        result=text,
        total=result.total,
        low=result.low,
        high=result.high,
        category=result.category.value,
        provisional=result.provisional,
    )
    fresh.append((assessment, result))
    return assessment


def encode_answers(answers: Iterable[Answer]) -> str:
    """Canonical text of a reviewer's answers, in the order of their items."""
    return "\n".join(encode(answer) for answer in sorted(answers, key=lambda answer: answer.key))


def _item_rows(assessment: Assessment, result: Result) -> Iterable[AssessmentItem]:
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


def _stand(rules, one: Scored) -> None:
    """The standing classification: adjudicated, else reported where attainable, else computed."""
    score, computed = one.score, one.computed
    attainable = _is_attainable(rules, computed, one.reported)
    if score.adjudicated is not None:
        best = one.adjudicated.result
        standing = (Origin.ADJUDICATED, best.total, best.category)
    elif attainable:
        total = one.reported.total
        category = Category(one.reported.category) if one.reported.category else rules.category(total)
        standing = (Origin.REPORTED, total, category)
    else:
        standing = (Origin.COMPUTED, computed.total, computed.category)
    score.standing_origin, score.standing_total, category = standing
    score.standing_category = category.value
    score.reported_is_attainable = attainable
    score.computed_total, score.low, score.high = computed.total, computed.low, computed.high
    score.lowest_category, score.highest_category = (computed.categories[0], computed.categories[-1])
    score.provisional = computed.provisional
    score.answers_due = len(one.adjudicated.due) if one.adjudicated else 0
    _describe_exposure(score, one.facts)
    score.eosinophil_peak = _eosinophil_peak(one.facts)


def _is_attainable(rules, computed: Result, reported) -> bool | None:
    if reported is None:
        return None
    category = Category(reported.category) if reported.category else None
    return audit(computed, total=reported.total, category=category, classify=rules.category).is_attainable


def _describe_exposure(score: CaseScore, facts: Facts) -> None:
    suspect = first_suspect(facts)
    first, last = (suspect.first_dose, suspect.last_dose) if suspect else (UNKNOWN_SPAN, UNKNOWN_SPAN)
    score.latency_first_low, score.latency_first_high = _stored(first)
    score.latency_last_low, score.latency_last_high = _stored(last)


def first_suspect(facts: Facts) -> Exposure | None:
    """The suspect drug that a one-line summary speaks of: the first one entered."""
    return next((exposure for exposure in facts.exposures if exposure.is_suspect), None)


def _stored(span: Span):
    return span.low, span.high


def _eosinophil_peak(facts: Facts):
    counts = [
        test.value
        for test in facts.tests
        if test.name == "eosinophils" and test.kind is ResultKind.MEASURED and test.value is not None
    ]
    return max(counts, default=None)
