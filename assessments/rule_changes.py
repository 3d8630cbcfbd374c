"""What other rules would make of the cases, before anybody applies them. Nothing is stored."""

from collections import Counter
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from functools import partial
from types import ModuleType

from assessments.answers import latest_answers, reported_scores
from assessments.assessing import batched_ids
from assessments.score_cases import Outcome, Scored
from assessments.score_changes import ItemChange, Stand, item_changes
from assessments.scorecards import INSTRUMENT
from assessments.stored_facts import Stored, stored_facts
from cases.models import CaseScore, ReportedScore
from cases.record.case_record import CaseRecord
from cases.record.read_cases import read_scored_cases
from cases.workers import spread
from scoring.answer import Answer
from scoring.canonical import decode_facts, decode_result
from scoring.instruments import CURRENT, rules


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
    scores = CaseScore.objects.select_related("case").in_bulk(case_ids)
    stored = {} if from_rows else stored_facts(case_ids)
    found = read_scored_cases([pk for pk in case_ids if pk not in stored])
    answers, reported = latest_answers(case_ids, INSTRUMENT), reported_scores(case_ids, INSTRUMENT)
    moved, items = [], Counter[str]()
    for pk, score in scores.items():
        told = answers.get(pk, ()), reported.get(pk)
        before, after = (
            _from_facts(stored[pk], score, rules(rule_version), *told)
            if pk in stored
            else _from_rows(found[pk], score, rules(rule_version), *told)
        )
        reasons = tuple(_in_words(change) for change in item_changes(before, after))
        items.update(reasons)
        if before.score.standing_category != after.score.standing_category:
            moved.append(_moved(before.score, after.score, reasons))
    return Preview(len(scores), tuple(moved), items)


def _from_facts(
    stored: Stored,
    score: CaseScore,
    other: ModuleType,
    answers: tuple[Answer, ...],
    reported: ReportedScore | None,
) -> tuple[Stand, Stand]:
    """Where a case stands as it is stored, and where it would on the same facts."""
    facts = decode_facts(stored.facts)
    outcome = Outcome.of(other, facts, answers)
    after = Scored.again(other, stored, facts, outcome, copy(score), reported)
    return Stand(score, decode_result(stored.adjudicated or stored.computed)), _stand(after)


def _from_rows(
    record: CaseRecord,
    score: CaseScore,
    other: ModuleType,
    answers: tuple[Answer, ...],
    reported: ReportedScore | None,
) -> tuple[Stand, Stand]:
    """Where a case would stand by its own rules on the evidence as it is now, and where by others."""
    own = rules(score.rule_version) if score.rule_version else CURRENT[INSTRUMENT]
    before, after = (Scored.of(one, record, copy(score), answers, reported) for one in (own, other))
    return _stand(before), _stand(after)


def _stand(scored: Scored) -> Stand:
    return Stand(scored.score, scored.outcome.adjudicated or scored.outcome.computed)


def _moved(before: CaseScore, after: CaseScore, reasons: tuple[str, ...]) -> Moved:
    return Moved(
        number=before.case.number,
        before=before.standing_category,
        after=after.standing_category,
        total_before=before.standing_total,
        total_after=after.standing_total,
        origin=after.standing_origin,
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
