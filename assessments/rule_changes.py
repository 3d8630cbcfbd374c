"""What other rules would make of the cases, before anybody applies them. Nothing is stored."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import partial

from assessments.answers import latest_answers, reported_scores
from assessments.assessing import batched_ids
from assessments.facts import facts_of
from assessments.models import Standing
from assessments.score_cases import RulesOutcome, Scored, new_standing, subjects
from assessments.score_changes import ItemChange, Stand, item_changes
from assessments.score_store import SubjectKey, standings_of
from assessments.stored_facts import Stored, stored_facts
from cases.models import CaseSummary, ReportedScore
from cases.record.case_record import CaseRecord
from cases.record.read_cases import read_scored_cases
from cases.workers import spread
from scoring.answer import Answer
from scoring.canonical import decode_facts, decode_result, encode_facts
from scoring.instrument import Instrument, Rules
from scoring.instruments import INSTRUMENTS, rules


@dataclass(frozen=True)
class Moved:
    """A case whose class would change: where it stands, where it would, and the items that make it so."""

    number: str
    before: str
    after: str
    total_before: int | None
    total_after: int | None
    origin: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """What became of a chunk: its cases, those that change class, and how often each item changes."""

    done: int
    moved: tuple[Moved, ...] = ()
    items: Counter[str] = field(default_factory=Counter)


def preview(
    case_ids: Iterable[int], rule_version: str, *, jobs: int = 1, from_rows: bool = False
) -> Iterator[Preview]:
    """Score cases by their own rules and by others, on the same evidence, and compare.

    Current scores as they are stored, unless `from_rows`; outdated ones from rows. Raises UnknownRuleVersion.
    """
    rules(rule_version)
    task = partial(preview_chunk, rule_version, from_rows=from_rows)
    yield from spread(task, batched_ids(case_ids), jobs)


def preview_chunk(rule_version: str, case_ids: tuple[int, ...], *, from_rows: bool = False) -> Preview:
    """Compare one chunk. A fixed number of queries, and no locks."""
    other = rules(rule_version)
    instrument = INSTRUMENTS[other.INSTRUMENT]
    summaries = CaseSummary.objects.select_related("case").in_bulk(case_ids)
    standings = standings_of(case_ids)
    stored = {} if from_rows else stored_facts(case_ids)
    records = read_scored_cases([pk for pk in case_ids if pk not in stored])
    answers, reported = latest_answers(case_ids), reported_scores(case_ids)
    moved, items = [], Counter[str]()
    for pk, summary in summaries.items():
        key = (pk, instrument.key)
        given = answers.get(key, ()), reported.get(key)
        if pk in stored:
            of_instrument = [one for one in stored[pk] if one.instrument == instrument.key]
            pairs = [
                _from_facts(one, standings[pk][one.instrument, one.exposure_id], summary, other, *given)
                for one in of_instrument
            ]
        else:
            pairs = _from_rows(records[pk], summary, standings.get(pk, {}), instrument, other, *given)
        for before, after in pairs:
            reasons = tuple(_in_words(change) for change in item_changes(before, after))
            items.update(reasons)
            was, becomes = before.standing, after.standing
            if was and becomes and was.category != becomes.category:
                moved.append(_moved(summary.case.number, was, becomes, reasons))
    return Preview(len(summaries), tuple(moved), items)


def _from_facts(
    stored: Stored,
    standing: Standing,
    summary: CaseSummary,
    other: Rules,
    answers: tuple[Answer, ...],
    reported: ReportedScore | None,
) -> tuple[Stand, Stand]:
    """Where a case stands as it is stored, and where it would on the same facts."""
    facts = decode_facts(stored.facts)
    outcome = RulesOutcome.of(other, facts, answers)
    after = Scored.of(other, copy(standing), (facts, stored.facts), outcome, reported)
    return Stand(standing, summary, decode_result(stored.adjudicated or stored.computed)), _stand(
        after, summary
    )


def _from_rows(
    record: CaseRecord,
    summary: CaseSummary,
    standings: Mapping[SubjectKey, Standing],
    instrument: Instrument,
    other: Rules,
    answers: tuple[Answer, ...],
    reported: ReportedScore | None,
) -> list[tuple[Stand, Stand]]:
    """Where a case would stand by its own rules on the evidence as it is now, and where by others."""
    facts = facts_of(record)
    pairs = []
    for exposure_id, own in subjects(instrument, record, (facts, encode_facts(facts))):
        standing = standings.get((instrument.key, exposure_id)) or new_standing(
            summary, instrument, exposure_id
        )
        current = rules(standing.rule_version) if standing.rule_version else instrument.rules
        before, after = (
            _stand(
                Scored.of(one, copy(standing), own, RulesOutcome.of(one, own[0], answers), reported), summary
            )
            for one in (current, other)
        )
        pairs.append((before, after))
    return pairs


def _stand(scored: Scored, summary: CaseSummary) -> Stand:
    return Stand(scored.standing, summary, scored.outcome.adjudicated or scored.outcome.computed)


def _moved(number: str, before: Standing, after: Standing, reasons: tuple[str, ...]) -> Moved:
    return Moved(
        number=number,
        before=before.category,
        after=after.category,
        total_before=before.total,
        total_after=after.total,
        origin=after.origin,
        reasons=reasons,
    )


def _in_words(change: ItemChange) -> str:
    """What happened to one item: how it was read, how it would be."""
    if change.before is None:
        return f"{change.label}: new, {_told(change.after.answer, change.after.points)}"
    was = _told(change.before.answer, change.before.points)
    now = _told(change.after.answer, change.after.points)
    if was != now:
        return f"{change.label}: {was} → {now}"
    reach = (f"[{item.low}, {item.high}]" for item in (change.before, change.after))
    return f"{change.label}: {was}, reach {' → '.join(reach)}"


def _told(answer: str, points: int) -> str:
    return f"{answer} ({points:+d})" if points else f"{answer} (0)"
