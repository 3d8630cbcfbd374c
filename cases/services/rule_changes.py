"""What other rules would make of the cases, before anybody applies them. Nothing is stored."""

from collections import Counter
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from functools import partial

from cases.models import CaseScore
from cases.queries.answers import latest_answers, reported_scores
from cases.queries.records import scored_records
from cases.queries.score_changes import ItemChange, Stand, item_changes
from cases.queries.scorecards import INSTRUMENT
from cases.services.assessing import batched_ids
from cases.services.scoring import Scored
from cases.services.workers import spread
from scoring.instruments import CURRENT, rules
from scoring.result import Result


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


def preview(case_ids: Iterable[int], rule_version: str, *, jobs: int = 1) -> Iterator[Preview]:
    """Score cases by their own rules and by others, on the same evidence, and compare.

    Raises UnknownRuleVersion.
    """
    rules(rule_version)
    yield from spread(partial(preview_chunk, rule_version), batched_ids(case_ids), jobs)


def preview_chunk(rule_version: str, case_ids: tuple[int, ...]) -> Preview:
    """Compare one chunk. A fixed number of queries, and no locks."""
    scores = CaseScore.objects.select_related("case").in_bulk(case_ids)
    found = scored_records(case_ids)
    answers, reported = latest_answers(case_ids, INSTRUMENT), reported_scores(case_ids, INSTRUMENT)
    moved, items = [], Counter[str]()
    for pk, score in scores.items():
        own = rules(score.rule_version) if score.rule_version else CURRENT[INSTRUMENT]
        before, after = (
            Scored.of(version, found[pk], copy(score), answers.get(pk, ()), reported.get(pk))
            for version in (own, rules(rule_version))
        )
        reasons = tuple(_in_words(change) for change in item_changes(_stand(before), _stand(after)))
        items.update(reasons)
        if before.score.standing_category != after.score.standing_category:
            moved.append(_moved(before.score, after.score, reasons))
    return Preview(len(scores), tuple(moved), items)


def _stand(scored: Scored) -> Stand:
    result: Result = scored.adjudication.result if scored.adjudication and scored.held else scored.computed
    return Stand(scored.score, result)


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
