"""Where cases stand, and why: the stored scores of cases as pages, commands and exports show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from assessments.answers import reported_scores
from assessments.models import Assessment, ReviewerAnswer, Standing
from assessments.row_uses import RowUses, without_parts
from cases.models import Case, CaseSummary, Exposure, ReportedScore
from scoring.audit import Audit, audit
from scoring.canonical import decode_facts, decode_result
from scoring.facts import Facts
from scoring.halflife import Presence, presence
from scoring.instrument import Instrument, Subject
from scoring.instruments import INSTRUMENTS, PRIMARY, others, primary, rules
from scoring.result import Item, Result
from scoring.tally import Row

T = TypeVar("T")


@dataclass
class ScoreCard:
    """The scores of one case by one instrument, side by side. Only a current one may be shown as its class.

    `exposure`: the drug, where the instrument assesses drugs. `standing` is None where it was never scored.
    """

    case: Case
    summary: CaseSummary
    standing: Standing | None
    computed_row: Assessment | None
    adjudicated_row: Assessment | None
    reported: ReportedScore | None
    suspects: list[Exposure] = field(default_factory=list)
    exposure: Exposure | None = None
    instrument: Instrument = field(default_factory=primary)

    @property
    def is_current(self) -> bool:
        return self.standing is not None and bool(self.standing.is_current)

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

    @property
    def stored_standing(self) -> Standing:
        """The standing of a case that was scored. Raises LookupError for one that never was."""
        return _scored(self.standing)

    @property
    def computed_result(self) -> Result:
        """`computed` of a case that was scored. Raises LookupError for one that never was."""
        return _scored(self.computed)

    @property
    def shown_result(self) -> Result:
        """`evidence_result` of a case that was scored. Raises LookupError for one that never was."""
        return _scored(self.evidence_result)

    @cached_property
    def facts(self) -> Facts | None:
        return decode_facts(self.computed_row.facts) if self.computed_row else None

    @cached_property
    def audit(self) -> Audit | None:
        """How the reported score compares with the evidence alone."""
        if self.reported is None or self.computed is None:
            return None
        return audit(
            self.computed,
            total=self.reported.total,
            category=self.reported.category or None,
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
        """The open items that could change the class, most powerful first.

        Each by itself; where none could, and several together could, every open one.
        """
        result = self.evidence_result
        if result is None:
            return []
        alone = [result.item(open_item.key) for open_item in result.decisive if open_item.class_steps]
        together = result.decisive if len(result.categories) > 1 else ()
        return alone or [result.item(open_item.key) for open_item in together]

    def label(self, key: str) -> str:
        return self.table[key].label


def _scored(value: T | None) -> T:
    if value is None:
        raise LookupError("The case was never scored by this instrument.")
    return value


def scorecards(cases: Iterable[Case], instrument: str = PRIMARY) -> list[ScoreCard]:
    """The cards of these cases by an instrument that assesses cases, in their order.

    Three queries for any number of cases; one more where one was never scored.
    """
    wanted = list(cases)
    by_case = all_scorecards(wanted, [instrument])
    return [card for case in wanted for card in by_case[case.pk]]


def all_scorecards(
    cases: Iterable[Case], instruments: Iterable[str] | None = None
) -> dict[int, list[ScoreCard]]:
    """The cards of cases by all of these instruments, or by every one; those of drugs, drug by drug."""
    wanted = {case.pk: case for case in cases}
    keys = list(INSTRUMENTS if instruments is None else instruments)
    standings: dict[tuple[int, str], list[Standing]] = {}
    summaries: dict[int, CaseSummary] = {}
    rows = Standing.objects.filter(case_id__in=list(wanted), instrument__in=keys)
    for row in rows.select_related("computed", "adjudicated", "case__summary").order_by("exposure_id"):
        standings.setdefault((row.case_id, row.instrument), []).append(row)
        summaries[row.case_id] = row.case.summary
    if missing := wanted.keys() - summaries.keys():
        summaries |= CaseSummary.objects.in_bulk(missing)
    reported, suspects = reported_scores(wanted), _suspects(wanted)
    return {
        pk: [
            _card(
                case,
                summaries[pk],
                standing,
                INSTRUMENTS[key],
                reported.get((pk, key)),
                suspects.get(pk, []),
            )
            for key in keys
            for standing in _standings_or_none(standings.get((pk, key), []), INSTRUMENTS[key])
        ]
        for pk, case in wanted.items()
    }


def _standings_or_none(rows: list[Standing], instrument: Instrument) -> list[Standing] | list[None]:
    """Where an instrument that assesses cases has not scored one yet, there is still a card to show that."""
    return rows or ([None] if instrument.subject is Subject.CASE else [])


def _card(
    case: Case,
    summary: CaseSummary,
    standing: Standing | None,
    instrument: Instrument,
    reported: ReportedScore | None,
    suspects: list[Exposure],
) -> ScoreCard:
    return ScoreCard(
        case=case,
        summary=summary,
        standing=standing,
        computed_row=standing.computed if standing else None,
        adjudicated_row=standing.adjudicated if standing else None,
        reported=reported,
        suspects=suspects,
        exposure=next((drug for drug in suspects if standing and drug.pk == standing.exposure_id), None),
        instrument=instrument,
    )


def _suspects(case_ids: Iterable[int]) -> dict[int, list[Exposure]]:
    suspects: dict[int, list[Exposure]] = {}
    for exposure in Exposure.objects.filter(case_id__in=list(case_ids)).order_by("position", "id"):
        if exposure.is_suspect:
            suspects.setdefault(exposure.case_id, []).append(exposure)
    return suspects


def evidence_as_data(card: ScoreCard, uses: RowUses) -> dict[str, Any]:
    """What the score is made of, as plain data: the state of each organ, of each drug, and rows not counted.

    `organs`: `involved`, `open` or `not_involved`, by organ. `present_at_onset`: `yes`, `no` or `unknown`.
    """
    facts = card.facts
    states = card.instrument.rules.states(facts) if facts else {}
    names = {exposure.id: exposure.name for exposure in facts.exposures} if facts else {}
    return {
        **states,
        "drugs": [
            {"name": names[drug.exposure], "present_at_onset": drug.present} for drug in card.presences
        ],
        "not_counted": [
            {
                "row": str(left_out.row),
                "kind": str(left_out.row._meta.verbose_name),
                "uuid": str(left_out.row.uuid),
                "reason": left_out.reason,
                "remedy": left_out.remedy,
            }
            for left_out in without_parts(uses.not_counted)
        ],
    }


def as_data(card: ScoreCard) -> dict[str, Any]:
    """A score card as plain data, for `score --json` and machines."""
    standing, result = card.standing, card.evidence_result
    return {
        "case": card.case.number,
        "current": card.is_current,
        "standing": _standing(card) if card.is_current else None,
        "computed": _of_result(card.computed),
        "adjudicated": _of_result(card.adjudicated),
        "reported": _reported(card),
        "categories": list(result.categories) if result else [],
        "provisional": standing.provisional if standing else False,
        "decisive": [item.key for item in card.decisive],
        "answers_due": standing.answers_due if standing else 0,
        "suspects": [exposure.name for exposure in card.suspects],
        "items": [_item(card, item) for item in result.items] if result else [],
    }


def others_as_data(cards: Iterable[ScoreCard]) -> dict[str, list[dict[str, Any]]]:
    """The cards of a case by all instruments but the primary one, as plain data by the instrument's key.

    One card for an instrument that assesses cases; one for each suspect drug, with the UUID of the drug in
    `exposure`, for one that assesses drugs.
    """
    by_instrument: dict[str, list[dict[str, Any]]] = {instrument.key: [] for instrument in others()}
    for card in cards:
        if card.instrument.key != PRIMARY:
            exposure = str(card.exposure.uuid) if card.exposure else None
            by_instrument[card.instrument.key].append({**as_data(card), "exposure": exposure})
    return by_instrument


def _standing(card: ScoreCard) -> dict[str, Any]:
    standing, result = card.stored_standing, card.evidence_result
    return {
        "total": standing.total,
        "low": result.low if result else None,
        "high": result.high if result else None,
        "category": standing.category,
        "rule_version": standing.rule_version,
        "origin": standing.origin,
        "settled": standing.is_settled,
        "badge": str(standing.badge),
    }


def _of_result(result: Result | None) -> dict[str, Any] | None:
    if result is None:
        return None
    return {
        "total": result.total,
        "low": result.low,
        "high": result.high,
        "category": str(result.category),
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
