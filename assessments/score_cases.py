"""Compute and store the scores of cases by every instrument, in sets.

An assessment is stored once: where facts, answers and result are what they were, the stored one stays the one
that the standing points to, and a row that holds the same already is not written.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from assessments.answers import latest_answers, reported_scores
from assessments.facts import FACTS_VERSION, facts_of
from assessments.models import Assessment, AssessmentKind, Standing
from assessments.score_store import (
    SubjectKey,
    delete_standings,
    keys_for,
    snapshot,
    standings_of,
    store_assessments,
    store_rows,
)
from assessments.standing import fill_standing
from assessments.summary import fill_summary
from cases.effects import Amended
from cases.locks import lock_cases
from cases.models import CaseSummary, Exposure, ReportedScore
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import CaseTimeline
from cases.record.read_cases import read_scored_cases
from scoring.adjudication import Adjudication, adjudicate
from scoring.answer import Answer
from scoring.canonical import digest_text, encode, encode_facts
from scoring.facts import Facts
from scoring.instrument import Instrument, Rules, Subject
from scoring.instruments import INSTRUMENTS
from scoring.result import Result

# By case and instrument.
Answers = Mapping[tuple[int, str], tuple[Answer, ...]]
Reported = Mapping[tuple[int, str], ReportedScore]


def score_cases(case_ids: Iterable[int], records: dict[int, CaseRecord] | None = None) -> int:
    """Score these cases from their rows as they are now; returns for how many of them something changed.

    A fixed number of queries for any number of cases. Locks their summaries first: nobody changes
    evidence between reading and storing. `records` are theirs where the caller holds the lock
    already and has read them since the last change.
    """
    ids = sorted(case_ids)
    with transaction.atomic():
        summaries = lock_cases(ids)
        standings = standings_of(ids)
        answers, reported = latest_answers(ids), reported_scores(ids)
        return store(
            [
                ScoredCase.of(record, summaries[pk], standings.get(pk, {}), answers, reported)
                for pk, record in (read_scored_cases(ids) if records is None else records).items()
            ]
        )


def score_amended(amended: Amended) -> None:
    """Score cases that an amendment has changed, from their records as it left them."""
    score_cases(amended.records, amended.records)


@dataclass(frozen=True)
class RulesOutcome:
    """What rules make of facts, by themselves and with a reviewer's answers."""

    computed: Result
    adjudication: Adjudication | None = None
    held: str = ""  # canonical text of the answers that hold

    @classmethod
    def of(cls, rules: Rules, facts: Facts, answers: tuple[Answer, ...]) -> "RulesOutcome":
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


def _encode_answers(answers: Iterable[Answer]) -> str:
    return "\n".join(encode(answer) for answer in sorted(answers, key=lambda answer: answer.key))


@dataclass
class Scored:
    """A case or a drug scored by one instrument and not yet stored.

    `standing` is where it stands now, `before` what the stored row holds; None where there is none yet.
    """

    standing: Standing
    before: dict[str, Any] | None
    facts: Facts
    facts_text: str
    outcome: RulesOutcome

    @classmethod
    def of(
        cls,
        rules: Rules,
        standing: Standing,
        facts: tuple[Facts, str],
        outcome: RulesOutcome,
        reported: ReportedScore | None,
    ) -> "Scored":
        """Write into the standing what rules made of facts, which are given with their canonical text."""
        before = None if standing._state.adding else snapshot(standing)
        fill_standing(standing, rules, outcome.computed, outcome.adjudication, reported)
        return cls(standing, before, *facts, outcome)

    @property
    def is_changed(self) -> bool:
        """Whether the row holds anything that it didn't hold before."""
        return self.before is None or snapshot(self.standing) != self.before


@dataclass
class ScoredCase:
    """One case, scored and not yet stored. `gone`: standings of drugs that are no suspects any more."""

    summary: CaseSummary
    before: dict[str, Any]
    scored: list[Scored]
    gone: list[Standing] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        record: CaseRecord,
        summary: CaseSummary,
        standings: Mapping[SubjectKey, Standing],
        answers: Answers,
        reported: Reported,
    ) -> "ScoredCase":
        """Score one case from its rows by every instrument, and fill its summary."""
        before, timeline = snapshot(summary), CaseTimeline(record)
        facts = facts_of(record, timeline)
        fill_summary(summary, record, timeline, facts)
        summary.facts_version = FACTS_VERSION
        whole, scored = (facts, encode_facts(facts)), []
        for instrument in INSTRUMENTS.values():
            key = (summary.case_id, instrument.key)
            for exposure_id, own in subjects(instrument, record, whole):
                standing = standings.get((instrument.key, exposure_id)) or new_standing(
                    summary, instrument, exposure_id
                )
                outcome = RulesOutcome.of(instrument.rules, own[0], answers.get(key, ()))
                scored.append(Scored.of(instrument.rules, standing, own, outcome, reported.get(key)))
        written = {id(subject.standing) for subject in scored}
        gone = [row for row in standings.values() if row.exposure_id and id(row) not in written]
        return cls(summary, before, scored, gone)

    @property
    def is_summary_changed(self) -> bool:
        return snapshot(self.summary) != self.before

    @property
    def is_changed(self) -> bool:
        """Whether the summary or any of the standings holds something else than before."""
        return self.is_summary_changed or bool(self.gone) or any(one.is_changed for one in self.scored)


def subjects(
    instrument: Instrument, record: CaseRecord, whole: tuple[Facts, str]
) -> Iterator[tuple[int | None, tuple[Facts, str]]]:
    """What an instrument assesses of a case: the key of the drug, or None for the case, and the facts.

    `whole`: the facts of the case with their canonical text.
    """
    if instrument.subject is Subject.CASE:
        yield None, whole
        return
    keys = {str(row.uuid): row.pk for row in record.all(Exposure)}
    for exposure, facts in instrument.subjects(whole[0]):
        if exposure is not None:
            yield keys[exposure.id], (facts, encode_facts(facts))


def new_standing(summary: CaseSummary, instrument: Instrument, exposure_id: int | None) -> Standing:
    """A standing that isn't stored yet, at the evidence of its case."""
    return Standing(
        case_id=summary.case_id,
        instrument=instrument.key,
        exposure_id=exposure_id,
        evidence_version=summary.evidence_version,
    )


def store(cases: list[ScoredCase]) -> int:
    """Make the assessments that are new, and write the rows that changed; returns of how many cases."""
    fresh: list[tuple[Assessment, Result]] = []
    made = [(one, *_assessments(one, fresh)) for case in cases for one in case.scored]
    keys_for([assessment for assessment, _ in fresh])
    for one, computed, adjudicated in made:
        one.standing.computed_id = computed.pk
        one.standing.adjudicated_id = adjudicated.pk if adjudicated else None
        one.standing.scored_version = one.standing.evidence_version
    for case in cases:
        case.summary.summarised_version = case.summary.evidence_version
    now = timezone.now()
    summaries = [case.summary for case in cases if case.is_changed]
    standings = [one.standing for case in cases for one in case.scored if one.is_changed]
    for summary in summaries:
        summary.updated_at = now
    for standing in standings:
        standing.scored_at = now
    store_assessments(fresh, now)
    store_rows(summaries, standings)
    delete_standings(row for case in cases for row in case.gone)
    if summaries:
        _after_scoring([summary.case_id for summary in summaries])
    return len(summaries)


def _after_scoring(case_ids: list[int]) -> None:
    """Call what follows from new scores, once they are committed: it delays no save and undoes none."""
    for path in settings.AFTER_SCORING:
        transaction.on_commit(partial(import_string(path), case_ids), robust=True)


def _assessments(
    scored: Scored, fresh: list[tuple[Assessment, Result]]
) -> tuple[Assessment, Assessment | None]:
    """The assessments that a standing is to point to. Those that aren't stored are added to `fresh`."""
    standing, outcome = scored.standing, scored.outcome
    stored = standing.computed if standing.computed_id else None
    computed = _assessment(scored, AssessmentKind.COMPUTED, outcome.computed, stored, fresh)
    best = outcome.adjudicated
    if best is None:
        return computed, None
    stored = standing.adjudicated if standing.adjudicated_id else None
    return computed, _assessment(scored, AssessmentKind.ADJUDICATED, best, stored, fresh)


def _assessment(
    scored: Scored,
    kind: AssessmentKind,
    result: Result,
    stored: Assessment | None,
    fresh: list[tuple[Assessment, Result]],
) -> Assessment:
    """The stored assessment if facts (by digest), answers and result are the same, else a new one."""
    answers = "" if kind == AssessmentKind.COMPUTED else scored.outcome.held
    texts = digest_text(scored.facts_text), answers, encode(result)
    if stored and (stored.facts_digest, stored.answers, stored.result) == texts:
        return stored
    made = _new_assessment(scored, kind, result, *texts)
    fresh.append((made, result))
    return made


def _new_assessment(
    scored: Scored, kind: AssessmentKind, result: Result, facts_digest: str, answers: str, text: str
) -> Assessment:
    return Assessment(
        case_id=scored.standing.case_id,
        exposure_id=scored.standing.exposure_id,
        kind=kind,
        instrument=result.instrument,
        rule_version=result.rule_version,
        as_of=date.fromisoformat(scored.facts.as_of) if scored.facts.as_of else None,
        evidence_version=scored.standing.evidence_version,
        facts=scored.facts_text,
        facts_digest=facts_digest,
        answers=answers,
        result=text,
        total=result.total,
        low=result.low,
        high=result.high,
        category=str(result.category),
        provisional=result.provisional,
    )
