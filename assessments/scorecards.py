"""Where cases stand, and why: the stored scores of cases as pages, commands and exports show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from assessments.answers import reported_scores
from cases.models import Assessment, Case, CaseScore, Exposure, ReportedScore, ReviewerAnswer
from scoring.audit import Audit, audit
from scoring.canonical import decode_facts, decode_result
from scoring.facts import Facts
from scoring.halflife import Presence, presence
from scoring.instruments import rules
from scoring.result import Category, Item, Result
from scoring.tally import Row

INSTRUMENT = "regiscar"


@dataclass
class ScoreCard:
    """The scores of one case, side by side. Only a current one may be shown as the class of the case."""

    case: Case
    score: CaseScore
    computed_row: Assessment | None
    adjudicated_row: Assessment | None
    reported: ReportedScore | None
    suspects: list[Exposure] = field(default_factory=list)

    @property
    def is_current(self) -> bool:
        return bool(self.score.is_current)

    @cached_property
    def computed(self) -> Result | None:
        return decode_result(self.computed_row.result) if self.computed_row else None

    @cached_property
    def adjudicated(self) -> Result | None:
        return decode_result(self.adjudicated_row.result) if self.adjudicated_row else None

    @property
    def evidence_result(self) -> Result | None:
        """The result whose items are shown: with the reviewer's answers where there are any."""
        return self.adjudicated or self.computed

    @cached_property
    def facts(self) -> Facts | None:
        return decode_facts(self.computed_row.facts) if self.computed_row else None

    @cached_property
    def audit(self) -> Audit | None:
        """How the reported score compares with the evidence alone."""
        if self.reported is None or self.computed is None:
            return None
        category = Category(self.reported.category) if self.reported.category else None
        return audit(
            self.computed,
            total=self.reported.total,
            category=category,
            classify=rules(self.computed.rule_version).category,
        )

    @cached_property
    def presences(self) -> list[Presence]:
        """For each drug, whether and how much of it was in the body at onset."""
        return [presence(exposure) for exposure in self.facts.exposures] if self.facts else []

    @property
    def table(self) -> Mapping[str, Row]:
        """The lines of the instrument by key."""
        result = self.evidence_result
        return {row.key: row for row in rules(result.rule_version).TABLE} if result else {}

    @property
    def decisive(self) -> list[Item]:
        """The open items that could change the class, most powerful first."""
        result = self.evidence_result
        return [result.item(d.key) for d in result.decisive if d.class_steps] if result else []

    def label(self, key: str) -> str:
        return self.table[key].label


def scorecards(cases: Iterable[Case]) -> list[ScoreCard]:
    """The cards of these cases, in their order. Six queries for any number of cases."""
    wanted = list(cases)
    ids = [case.pk for case in wanted]
    scores = CaseScore.objects.select_related("computed", "adjudicated").in_bulk(ids)
    reported = reported_scores(ids, INSTRUMENT)
    suspects: dict[int, list[Exposure]] = {}
    for exposure in Exposure.objects.filter(case_id__in=ids).order_by("position", "id"):
        if exposure.is_suspect:
            suspects.setdefault(exposure.case_id, []).append(exposure)
    return [
        ScoreCard(
            case,
            scores[case.pk],
            scores[case.pk].computed,
            scores[case.pk].adjudicated,
            reported.get(case.pk),
            suspects.get(case.pk, []),
        )
        for case in wanted
    ]


def as_data(card: ScoreCard) -> dict[str, Any]:
    """A score card as plain data, for `score --json` and machines."""
    score, result = card.score, card.evidence_result
    return {
        "case": card.case.number,
        "current": card.is_current,
        "standing": _standing(card) if card.is_current else None,
        "computed": _of_result(card.computed),
        "adjudicated": _of_result(card.adjudicated),
        "reported": _reported(card),
        "categories": list(result.categories) if result else [],
        "provisional": score.provisional,
        "decisive": [item.key for item in card.decisive],
        "answers_due": score.answers_due,
        "suspects": [exposure.name for exposure in card.suspects],
        "items": [_item(card, item) for item in result.items] if result else [],
    }


def _standing(card: ScoreCard) -> dict[str, Any]:
    score, result = card.score, card.evidence_result
    return {
        "total": score.standing_total,
        "low": result.low if result else None,
        "high": result.high if result else None,
        "category": score.standing_category,
        "rule_version": score.rule_version,
        "origin": score.standing_origin,
    }


def _of_result(result: Result | None) -> dict[str, Any] | None:
    if result is None:
        return None
    return {
        "total": result.total,
        "low": result.low,
        "high": result.high,
        "category": result.category.value,
        "rule_version": result.rule_version,
    }


def _reported(card: ScoreCard) -> dict[str, Any] | None:
    if card.reported is None:
        return None
    return {
        "total": card.reported.total,
        "low": None,
        "high": None,
        "category": card.reported.category or None,
        "rule_version": None,
        "source": card.reported.source,
        "attainable": card.audit.is_attainable if card.audit else None,
    }


def _item(card: ScoreCard, item: Item) -> dict[str, Any]:
    return {
        "key": item.key,
        "label": card.label(item.key),
        "answer": item.answer,
        "points": item.points,
        "low": item.low,
        "high": item.high,
        "basis": item.basis.value,
        "evidence": list(item.evidence),
        "rule": item.rule,
        "needs": item.needs,
    }


def answer_log(case: Case) -> list[ReviewerAnswer]:
    """Every answer that reviewers gave to items of this case, newest first."""
    return list(case.reviewer_answers.select_related("by").order_by("-id"))
